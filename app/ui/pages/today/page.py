"""The page that opens first: the agenda of overdue, present, coming and waiting visits, next to the chosen visit."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.calendar.agenda import Agenda, AgendaRow, DoneRow, ReportDue
from app.services.queries.agenda import Morning, morning
from app.services.queries.agenda_filter import USUAL, Filter
from app.services.queries.participant import VisitView, visit_view
from app.services.queries.print_days import PrintChoices, print_choices
from app.services.study.study import Study
from app.ui.pages.page_base import LongPage
from app.ui.pages.today.agenda_groups import Line, visit_of
from app.ui.pages.today.agenda_model import AgendaModel
from app.ui.pages.today.agenda_view import AgendaView, Place
from app.ui.pages.today.print_menu import print_menu
from app.ui.pages.today.report_card import ReportCard
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.visit.event_menu import EVENTS, below
from app.ui.visit.inspector import Inspector
from app.ui.visit.mends import TAKE_BACK
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.search_box import search_box
from app.ui.widgets.side_splitter import SideSplitter
from app.ui.widgets.text import Elided, Label, no_mnemonic
from app.wording.agenda import CATEGORIES
from app.wording.dates import day_long
from app.wording.language import gettext as _

DAYS_AHEAD = 14
_CHOSEN_AFTER_MS = 40


class TodayPage(LongPage):
    """Today's list with its filters, and the inspector."""

    asked = Signal(str, str, str)
    """A kind of fact (or ``print``), the code, and the visit."""
    opened = Signal(str, str)
    """A participant to open, and the visit chosen there."""
    printed = Signal(str, object)
    """What is to be printed, ``print_list`` or ``print_day``, and the days by a word; None for days that are typed."""
    reported = Signal(str, int)
    """A safety report of a participant was sent: on the adverse event of the fact of that number."""
    event_asked = Signal(str, int)
    """An event is to be shown: the participant, and the number of its fact."""
    older = Signal()
    """The older visits that nobody recorded are gone through."""
    counted = Signal(int)
    """The number of visits and reports that need somebody today."""
    arranged = Signal(bool)
    """The visits to come are shown by participant, not by day."""

    def __init__(self, session: StudySession, by_participant: bool = False, parent: QWidget | None = None) -> None:
        """Show an empty list until the file has answered. `by_participant`: the visits to come are not by day."""
        super().__init__(session, parent)
        self._by_participant = by_participant
        self._agenda: Agenda | None = None
        self._deciding: frozenset[tuple[str, str]] = frozenset()
        self._filter = Filter()
        self._wanted: Place | None = None
        self._visit_job: Job | None = None
        self._model = AgendaModel(self)
        self.list = AgendaView(self._model)
        self.inspector, self.report_card = Inspector(), ReportCard()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_CHOSEN_AFTER_MS)
        self._later.timeout.connect(self._ask_visit)
        self._build()

    # Layout

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._title_row())
        column.addWidget(self.banner)
        self._chips = FlowLayout(spacing=6)
        chips = QWidget()
        chips.setLayout(self._chips)
        column.addWidget(chips)
        self.list.setAccessibleName(_("Visits that are due"))
        column.addWidget(self.list, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._side = QStackedWidget()
        for card in (self.inspector, self.report_card):
            self._side.addWidget(card)
        outer.addWidget(SideSplitter(left, self._side))
        # Where the keyboard begins; as the page's focus proxy Qt would leave out what comes before it when Tab walks.
        self.first: QWidget = self.list
        self._chip_buttons: list[tuple[Button, Filter]] = []
        self.list.stepped.connect(self._step)
        self.list.headed.connect(self._head)
        self.list.keyed.connect(self._key)
        self.list.doubleClicked.connect(lambda _index: self._open_chosen())
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._later.start())
        self.inspector.asked.connect(self.asked)
        self.inspector.opened.connect(lambda _code: self._open_chosen())
        self.report_card.sent.connect(self._step_chosen)
        self.report_card.event_asked.connect(self.event_asked)

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.setContentsMargins(0, 0, 16, 0)
        row.addWidget(Label(_("Today"), "title"))
        self._date = Elided("", "muted")
        row.addWidget(self._date, 1, Qt.AlignmentFlag.AlignBottom)
        self.search = search_box(_("Code or visit"), _("Filter by code or visit"))
        self.search.setMaximumWidth(tokens.px(200))
        self.search.textChanged.connect(self._search)
        row.addWidget(self.search)
        self.print_button = Button(_("Print  Ctrl+P"), self.show_print_menu, icon="chevron-down")
        self.print_button.setAccessibleName(_("Print, Ctrl+P"))
        row.addWidget(self.print_button)
        return row

    def _show_chips(self) -> None:
        """Show the filters as chips; those of the protocols only where there are several."""
        view = self._session.view
        wanted = [(_("All"), Filter())]
        if view is not None and len(view.protocols) > 1:
            wanted += [(title, Filter(protocol=name)) for name, title in view.titles]
        wanted += [(_(CATEGORIES[category]), Filter(category=category)) for category in USUAL]
        if [(button.text(), one) for button, one in self._chip_buttons] == [(no_mnemonic(t), f) for t, f in wanted]:
            return
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._chip_buttons = []
        for text, one in wanted:
            button = Button(no_mnemonic(text), variant="chip")
            button.clicked.connect(self._choosing(one))
            self._chips.addWidget(button)
            self._chip_buttons.append((button, one))
        self._mark_chips()

    def _choosing(self, one: Filter) -> Callable[[bool], None]:
        return lambda _checked: self._choose_filter(one)

    def _choose_filter(self, one: Filter) -> None:
        text = self._filter.text
        if not one.protocol and not one.category:
            chosen = Filter(text=text)
        elif one.protocol:
            same = self._filter.protocol == one.protocol
            chosen = replace(self._filter, protocol="" if same else one.protocol)
        else:
            chosen = replace(self._filter, category="" if self._filter.category == one.category else one.category)
        self._filter = chosen
        self._mark_chips()
        self._show()

    def _mark_chips(self) -> None:
        for button, one in self._chip_buttons:
            everything = not self._filter.protocol and not self._filter.category
            mine = (one.protocol and one.protocol == self._filter.protocol) or (
                one.category and one.category == self._filter.category
            )
            button.setChecked(bool(mine) or (everything and not one.protocol and not one.category))

    def _search(self, text: str) -> None:
        self._filter = replace(self._filter, text=text)
        self._show()

    # What is shown

    def read(self) -> None:
        """Ask the file what is due."""
        today = self._session.today

        def read(study: Study, job: Job) -> Morning:
            return morning(study, today, DAYS_AHEAD, job.progress)

        self.ask_for(read, self._answer, _("Looking what is due"))

    def _answer(self, morning: Morning) -> None:
        self._agenda, self._deciding = morning.agenda, morning.deciding
        self._date.setText(day_long(morning.agenda.today))
        self._show_chips()
        found = morning.agenda
        self.counted.emit(sum(map(len, (found.rebooking, found.reports, found.pressing, found.now))))
        self._show()

    def _head(self, act: str) -> None:
        """Do what the button of a heading does."""
        done = self._agenda.done if self._agenda is not None else ()
        last = next((one for one in done if self._filter.accepts(one.row)), None)
        if act == "older":
            self.older.emit()
        elif act == "arrange":
            self._arrange()
        elif last is not None:
            self._undo(last)

    def _arrange(self) -> None:
        """Show the visits to come by participant instead of by day, or again by day."""
        self._by_participant = not self._by_participant
        self.arranged.emit(self._by_participant)
        self._show()

    def _show(self) -> None:
        if self._agenda is None:
            return
        place = self.list.place() or self._wanted
        scrolled = self.list.verticalScrollBar().value()
        self._model.show_agenda(self._agenda, self._filter, self._decides, self._by_participant)
        self._wanted = place
        if place is None or not self.list.go_to(place):
            self.list.choose_first()
        else:
            self.list.verticalScrollBar().setValue(scrolled)
        if not self.list.currentIndex().isValid():
            self.inspector.say(self._nothing())
        self._later.start()

    def _decides(self, row: AgendaRow) -> bool:
        return (row.protocol, row.entry.visit.id) in self._deciding

    def _nothing(self) -> str:
        view = self._session.view
        if view is not None and not view.participants:
            return _(
                "Nobody is enrolled yet. Enrol the first participant, and the visits that are due are listed here."
            )
        if self._filter != Filter():
            return _("No visit fits the filters. Choose “All” and empty the box to see every visit.")
        return _("Nothing is due in the next 14 days.")

    def chosen_filter(self) -> Filter:
        """Return the filter of the list, which is that of its print."""
        return self._filter

    def show_print_menu(self) -> None:
        """Show what can be printed of the days to come, once it is known how many visits are on them."""
        today, chosen = self._session.today, self._filter

        def show(found: PrintChoices) -> None:
            visit = self.selection()
            sheet = partial(self.asked.emit, "print", *visit) if visit is not None else None
            menu = print_menu(found, self.printed.emit, sheet, self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.print_button.mapToGlobal(self.print_button.rect().bottomLeft()))

        self._session.ask(
            lambda study, job: print_choices(study, today, chosen, job.progress),
            show, owner=self, label=_("Looking what is due"),
        )  # fmt: skip

    # The chosen visit

    def selection(self) -> tuple[str, str] | None:
        """Return the code and the key of the chosen visit."""
        line = self.list.chosen_line()
        return visit_of(line) if line is not None and not isinstance(line, ReportDue) else None

    def _ask_visit(self) -> None:
        if self._visit_job is not None:
            self._visit_job.stop()
        chosen, line = self.selection(), self.list.chosen_line()
        if chosen is None:
            if isinstance(line, ReportDue):
                self.report_card.show_report(line, self._session.today, self._session.can_write)
                self._side.setCurrentWidget(self.report_card)
                return
            self._side.setCurrentWidget(self.inspector)
            if self.list.chosen_heading() is not None:
                self.inspector.say(str(self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)))
            return
        self._side.setCurrentWidget(self.inspector)
        (code, visit), today = chosen, self._session.today

        def read(study: Study, _job: Job) -> VisitView:
            return visit_view(study, code, visit, today)

        self._visit_job = self._session.ask(
            read, self._show_visit, lambda error: self.inspector.say(error_text(error)), self
        )

    def _show_visit(self, view: VisitView) -> None:
        self._session.participants.keep(view.participant)
        if self.selection() == (view.participant.code, view.entry.key):
            self.inspector.can_write, self.inspector.can_print = self._session.can_write, self._session.can_print
            self.inspector.show_visit(view)

    def _step_chosen(self) -> None:
        line = self.list.chosen_line()
        if line is not None:
            self._step(line)

    def _step(self, line: Line) -> None:
        if isinstance(line, AgendaRow):
            self.asked.emit(self._model.step_of(line), line.participant, line.entry.key)
        elif isinstance(line, DoneRow):
            self._undo(line)
        elif self._session.can_write:
            self.reported.emit(line.participant, line.event.seq)

    def _undo(self, done: DoneRow) -> None:
        """Take back what was recorded today: at once, or previewed where it moves others, or others came after it."""
        preview = partial(self.asked.emit, TAKE_BACK, done.participant, str(done.seq))
        self._session.take_back(done.command, preview, self)

    def _key(self, command: str, row: AgendaRow) -> None:
        if command == "open":
            self._open_chosen()
        elif command == EVENTS:
            self.inspector.events.open_for(row.participant, row.entry.key, below(self.list))
        else:
            self.asked.emit(command, row.participant, row.entry.key)

    def _open_chosen(self) -> None:
        line = self.list.chosen_line()
        if line is not None:
            self.opened.emit(*visit_of(line))
