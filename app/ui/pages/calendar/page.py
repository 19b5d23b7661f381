"""The page of the calendar: a month, a week or a list of everybody's visits, next to the chosen visit."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.domain.calendar.agenda import AgendaRow
from app.services.commands.print_visits import write_visits
from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.services.queries.log_table import LogTable
from app.services.queries.participant import VisitView, visit_view
from app.services.queries.visit_table import table_of
from app.services.queries.visits_of_days import VisitsOfDays, visits_of_days
from app.services.study.output_path import Replace
from app.services.study.study import Study
from app.ui.pages.calendar.day_list_dialog import DayListDialog
from app.ui.pages.calendar.day_model import DayModel
from app.ui.pages.calendar.day_view import DayView
from app.ui.pages.calendar.days import (
    WEEK,
    Chosen,
    Day,
    chosen_of,
    days_of_month,
    days_of_week,
    months_on,
    summary,
    weeks_of,
)
from app.ui.pages.calendar.filter_bar import FilterBar
from app.ui.pages.calendar.foot import Foot
from app.ui.pages.calendar.head import Head, PeriodBar, View
from app.ui.pages.calendar.visit_list import VisitList, VisitListModel, default_period
from app.ui.pages.page_base import LongPage
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.visit.event_menu import EVENTS, below
from app.ui.visit.inspector import Inspector
from app.ui.widgets.csv_files import ask_csv_path, save_csv
from app.ui.widgets.side_splitter import SideSplitter
from app.ui.widgets.text import no_mnemonic
from app.wording.dates import day_short
from app.wording.language import counted
from app.wording.language import gettext as _

_CHOSEN_AFTER_MS = 40
_BACK, _AHEAD = 28, 366
_SIDE = 0.25
"""The share of the card in the width: the days need more of it than a list."""
_DAY_FIELDS = {"booked": "on", "rebooked": "on", "moved": "to"}
"""The kinds of facts that are about the day at which the keyboard is, each with its field for it."""


class CalendarPage(LongPage):
    """The visits of a period, with their filters, and the inspector."""

    asked = Signal(str, str, str)
    """A kind of fact (or ``print``), the code, and the visit."""
    asked_on = Signal(str, str, str, object)
    """A kind of fact, the code, the visit, and the fields that are known."""
    opened = Signal(str, str)
    """A participant to open, and the visit chosen there."""
    printed = Signal(str, object)
    """``print_list`` or ``print_day``, and the days by a word or the first and the last one."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Show an empty month until the file has answered."""
        super().__init__(session, parent)
        self.view: View = "month"
        self.on = session.today
        self._found: VisitsOfDays | None = None
        self._wanted: Chosen | None = None
        self._drawn: tuple[date, date] | None = None
        self._goes = False
        self._visit_job: Job | None = None
        self._model, self._list_model = DayModel(self), VisitListModel(self)
        self.grid, self.list = DayView(self._model), VisitList(self._list_model)
        self.head = Head(self.turn, self.show_view, lambda: self.printed.emit("print_list", "today"))
        self.period = PeriodBar(session.today, self._typed_days, self._save)
        self.filters = FilterBar()
        self.search = self.filters.search
        self._foot = Foot()
        self.inspector = Inspector()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_CHOSEN_AFTER_MS)
        self._later.timeout.connect(self._ask_visit)
        self._build()
        self._connect()
        self.period.show_days(*default_period(session.today))

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.list)
        for widget in (self.head, self.filters, self.period, self.banner):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(SideSplitter(left, self.inspector, share=_SIDE))
        self.first: QWidget = self.grid
        self._show_head()

    def _connect(self) -> None:
        self.grid.chosen_changed.connect(self._later.start)
        self.list.chosen_changed.connect(self._later.start)
        self.grid.keyed.connect(self._key)
        self.list.keyed.connect(self._key)
        self.grid.turned.connect(self.turn)
        self.grid.left.connect(self._go_to)
        self._session.opened.connect(self._forget)
        self.grid.day_opened.connect(self._open_day)
        self.grid.visit_opened.connect(lambda: self._key("open"))
        self.grid.dropped.connect(lambda on: self._ask_on("moved", on))
        self.filters.changed.connect(self.read)
        self.inspector.asked.connect(self.asked)
        self.inspector.opened.connect(lambda code: self.opened.emit(code, (self._wanted or ("", ""))[1]))

    # What is shown

    def days(self) -> tuple[date, date]:
        """Return the days that are shown: of the weeks of a month, of a week, or those that were typed."""
        if self.view == "list":
            return self.period.days() or default_period(self._session.today)
        return days_of_month(self.on) if self.view == "month" else days_of_week(self.on)

    def chosen_days(self) -> tuple[date, date]:
        """Return the days of what is printed from here: of a month its own, without those of other months."""
        if self.view != "month":
            return self.days()
        first = self.on.replace(day=1)
        return first, months_on(first, 1) - timedelta(1)

    def chosen_filter(self) -> Filter:
        """Return the filter, which is that of what is printed from here."""
        return self.filters.filter

    def show_print_menu(self) -> None:
        """Show what can be printed: the list of what is shown, the sheets of a day, the sheet of the chosen visit."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = menu.addAction(_("&List: {what}…").format(what=no_mnemonic(self.head.title.text())))
        lines.triggered.connect(lambda: self.printed.emit("print_list", "today"))
        day = self.grid.day if self.view != "list" else None
        if day is not None:
            sheets = menu.addAction(_("&Sheets of {day}…").format(day=day_short(day.on, self._session.today)))
            sheets.triggered.connect(lambda: self.printed.emit("print_day", (day.on, day.on)))
        chosen = self.selection()
        if chosen is not None:
            sheet = menu.addAction(_("Sheet of the &chosen visit…"))
            sheet.triggered.connect(lambda: self.asked.emit("print", *chosen))
        menu.popup(self.head.print_button.mapToGlobal(self.head.print_button.rect().bottomLeft()))

    def show_view(self, view: View) -> None:
        """Show a month, a week or a list."""
        if view == "week" and self.view == "week":
            view = "month"
        if view != "list" and self.grid.day is not None:
            self.on = self.grid.day.on
        self.view = view
        self._stack.setCurrentWidget(self.list if view == "list" else self.grid)
        self.first = self.list if view == "list" else self.grid
        self._show_head()
        self.read()
        self.first.setFocus()

    def show_day(self, on: date) -> None:
        """Show the month of a day, with the keyboard on that day."""
        self.on, self.view = on, "month"
        self._stack.setCurrentWidget(self.grid)
        self.first = self.grid
        self._show_head()
        self.read()

    def show_words(self, words: str) -> None:
        """List the visits with these words from four weeks ago until a year ahead."""
        today = self._session.today
        self.period.show_days(today - timedelta(_BACK), today + timedelta(_AHEAD))
        self.show_view("list")
        self.filters.show_filter(Filter(text=words.strip()))

    def _go_to(self, on: date) -> None:
        """Show the month or week of a day."""
        self.on = on
        self._show_head()
        self.read()

    def _forget(self) -> None:
        """Begin again with another study."""
        self._wanted, self._found, self.on = None, None, self._session.today
        self.grid.keep(None)
        self.filters.show_filter(EVERYTHING)
        self._show_head()

    def turn(self, leaves: int) -> None:
        """Show the month or week so many on; 0: that of today."""
        day = self.grid.day
        if day is not None and not day.outside:
            self.on = day.on
        if leaves == 0:
            self.on = self._session.today
        elif self.view == "week":
            self.on += timedelta(WEEK * leaves)
        else:
            self.on = months_on(self.on, leaves)
        self._show_head()
        self.read()

    def _show_head(self) -> None:
        self._goes = True
        self.head.show_period(self.view, *self.days(), self.on)
        self.period.setVisible(self.view == "list")
        self._foot.show_keys(of_list=self.view == "list")

    def _typed_days(self) -> None:
        if self.view == "list" and self.period.days() is not None:
            self._show_head()
            self.read()

    def read(self) -> None:
        """Ask the file for the visits of the days."""
        view = self._session.view
        if view is None:
            return
        self.filters.offer_trials(view.titles)
        first, last = self.days()
        today, chosen = self._session.today, self.chosen_filter()
        listed = self.view == "list"

        def read(study: Study, job: Job) -> tuple[VisitsOfDays, LogTable | None]:
            found = visits_of_days(study, today, first, last, chosen, job.progress)
            return found, table_of(found) if listed else None

        self.ask_for(read, self._answer, _("Reading the visits"), self._refused)

    def _refused(self, error: BaseException) -> None:
        self.banner.tell(error_text(error))

    def _answer(self, answer: tuple[VisitsOfDays, LogTable | None]) -> None:
        self.clear_banner()
        found, table = answer
        self._found = found
        self.head.count.setText(summary(found.rows))
        if table is not None:
            self._list_model.show_visits(found.rows, table)
            self.list.choose(self._wanted)
            if not found.rows:
                self.inspector.say(self._nothing())
        else:
            self._show_grid(found)
        self._later.start()

    def _show_grid(self, found: VisitsOfDays) -> None:
        day, same = self.grid.day, self._drawn == (found.first, found.last)
        self._model.show_weeks(weeks_of(found, self.on if self.view == "month" else None), found.today)
        # After a change the keyboard stays at its day.
        self.grid.go_to(day.on if same and day is not None and not self._goes else self.on)
        self._drawn, self._goes = (found.first, found.last), False
        if not self.grid.choose(self._wanted) and self.grid.row is None:
            of_day = next((row for row in found.rows if row.entry.assumed == self.on), None)
            self.grid.keep(of_day)
        if self.grid.row is None:
            self.inspector.say(self._nothing())

    def _nothing(self) -> str:
        if self._found is not None and self._found.rows:
            return _("Choose a visit to see its dates, why they are so, and what to do at it.")
        if self.chosen_filter() != EVERYTHING:
            return _("No visit of these days fits the filters.")
        return _("Nobody has a visit on these days.")

    # The chosen visit

    def _row(self) -> AgendaRow | None:
        return self.list.row if self.view == "list" else self.grid.row

    def selection(self) -> Chosen | None:
        """Return the code and the key of the chosen visit."""
        row = self._row()
        return chosen_of(row) if row is not None else None

    def choose(self, chosen: Chosen) -> None:
        """Choose a visit that is shown."""
        self._wanted = chosen
        if self.view == "list":
            self.list.choose(chosen)
        else:
            self.grid.choose(chosen)

    def _ask_visit(self) -> None:
        chosen = self._wanted = self.selection()
        self.filters.offer_participant(chosen[0] if chosen is not None else "")
        if chosen is None:
            return
        if self._visit_job is not None:
            self._visit_job.stop()
        today = self._session.today

        def read(study: Study, _job: Job) -> VisitView:
            return visit_view(study, *chosen, today)

        self._visit_job = self._session.ask(
            read, self._show_visit, lambda error: self.inspector.say(error_text(error)), self
        )

    def _show_visit(self, view: VisitView) -> None:
        person = self._session.participants.keep(view.participant)
        if self.selection() != (person.code, view.entry.key):
            return
        self.inspector.can_write, self.inspector.can_print = self._session.can_write, self._session.can_print
        self.inspector.show_visit(view)
        if self.view != "list":
            # It may have moved since, to a day that is not shown.
            self.grid.keep(AgendaRow.of(person.code, person.protocol.id, view.entry, self._session.today))

    def _key(self, command: str) -> None:
        chosen = self.selection()
        if command in ("week", "list"):
            self.show_view("week" if command == "week" else "list")
        elif chosen is not None and command == "open":
            self.opened.emit(*chosen)
        elif chosen is not None and command == EVENTS:
            self.inspector.events.open_for(*chosen, below(self.list if self.view == "list" else self.grid))
        elif chosen is not None:
            day = self.grid.day if self.view != "list" else None
            self._ask_on(command, day.on if day is not None else None)

    def _ask_on(self, command: str, on: date | None) -> None:
        """Ask for a dialog about the chosen visit; with the day, where that is another than it has."""
        row = self._row()
        if row is None:
            return
        field = _DAY_FIELDS.get(command)
        given = {field: on} if field is not None and on is not None and on != row.entry.assumed else {}
        self.asked_on.emit(command, *chosen_of(row), given)

    def _open_day(self, day: Day) -> None:
        if self._found is None:
            return
        narrowed = self.chosen_filter() != EVERYTHING
        dialog = DayListDialog(self._found, day, self._wanted, narrowed, self)
        dialog.chosen.connect(self.choose)
        dialog.keyed.connect(self._key)
        dialog.open()

    # Saving

    def _save(self) -> None:
        first, last = self.days()
        path = ask_csv_path(self, f"visits-{first.isoformat()}-to-{last.isoformat()}.csv")
        if path is not None:
            self.save_to(path, asked=True)

    def save_to(self, path: Path, asked: bool = False) -> None:
        """Save the list as CSV. `asked`: somebody has agreed that a file of that name is replaced."""
        (first, last), today, chosen = self.days(), self._session.today, self.chosen_filter()

        def write(study: Study, target: Path, replace: Replace, job: Job) -> int:
            return write_visits(study, target, today, first, last, chosen, replace, job.progress)

        save_csv(self._session, self.banner, path, asked, write, lambda rows: counted("{n} visit", "{n} visits", rows))
