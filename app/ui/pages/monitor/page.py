"""The page of the monitor: deviations, what is open, the logs, what was confirmed, and the history, each in a tab."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.facts.log_names import DEVIATIONS, HISTORY, OPEN, log_names
from app.domain.facts.visit_kinds import CLASS_KIND
from app.services.commands.print_logs import write_log
from app.services.queries.confirmation_log import confirmed_rows
from app.services.queries.history_log import history_table
from app.services.queries.log_filter import COMPLETE, LogFilter, log_filter_name, log_filter_text
from app.services.queries.logs import log_table
from app.services.queries.monitor import MonitorView, monitor_view
from app.services.study.output_path import Replace
from app.services.study.study import Study
from app.ui.forms.choice_editors import Combo
from app.ui.pages.monitor.deviation_tab import DeviationTab
from app.ui.pages.monitor.log_view import LogView
from app.ui.pages.monitor.mending import Mending
from app.ui.pages.monitor.period_dialog import PeriodDialog
from app.ui.pages.monitor.table_model import ShownLog
from app.ui.pages.page_base import LongPage
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.widgets.buttons import Button
from app.ui.widgets.csv_files import ask_csv_path, save_csv
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Elided, Label
from app.wording.language import gettext as _
from app.wording.log_words import count_text, log_title

LOGS, CONFIRMATIONS = "logs", "confirmations"


class MonitorPage(LongPage):
    """Everything that a monitor reads, narrowed to a trial, a participant and a period."""

    opened = Signal(str, str)
    """A participant is to be shown, with a visit or none."""
    asked = Signal(str, str, str, dict)
    """A kind of fact is to be recorded: its id, the participant's code, the visit's key, and fields filled in."""
    signing = Signal(object, object)
    """Deviations are to be signed: the chosen one or none, and all that may be."""
    printed = Signal(str, str, object)
    """The log of that name is to be printed: of a participant or of all, the part of a `LogFilter`."""
    counted = Signal(int)
    """The number of deviations without a class."""
    mending = Signal(str, object)
    """Something is to be done to the fact of a row: what, and its `HistoryRow`."""
    fact_asked = Signal(object)
    """The fact of a row is to be shown where it belongs: its `HistoryRow`."""
    confirming = Signal()
    """The sheet of what is to be confirmed is to be printed."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.chosen, self.code = COMPLETE, ""
        self._table_job: Job | None = None
        self.names = {
            DEVIATIONS: _("Deviations"), OPEN: _("Open visits"), LOGS: _("Logs"), CONFIRMATIONS: _("Confirmations"),
            HISTORY: _("History"),
        }  # fmt: skip
        self.tabs = Tabs(self.names, _("Parts of the page"))
        self.deviations = DeviationTab(session)
        self.views = {name: LogView() for name in (OPEN, LOGS, CONFIRMATIONS, HISTORY)}
        self.mends = [Mending(session, self.views[name]) for name in (LOGS, HISTORY)]
        self.which = Combo(_("Which log"))
        for name in log_names():
            self.which.add(log_title(name))
            self.which.setItemData(self.which.count() - 1, name)
        self.period_button = Button(_("Period and trial…"), self.ask_period, icon="calendar")
        self._persons: tuple[str, ...] = ()
        self._printed: date | None = None
        self.print_button = Button(_("Print…"), self.print_shown, icon="printer")
        self.save_button = Button(_("CSV…"), self._save)
        self._about = Elided("", "muted")
        self._stack = QStackedWidget()
        self.first: QWidget = self.deviations.list
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(_("Monitor"), "title"))
        head.addWidget(self._about, 1, Qt.AlignmentFlag.AlignBottom)
        for button in (self.period_button, self.save_button, self.print_button):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.tabs)
        column.addWidget(self.banner)
        self._stack.addWidget(self.deviations)
        for view in self.views.values():
            self._stack.addWidget(view)
        self.views[LOGS].row.insertWidget(0, self.which)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_tab)
        self.which.currentIndexChanged.connect(lambda _now: self._read_table())
        self.deviations.opened.connect(self.opened)
        self.deviations.signing.connect(self.signing)
        self.deviations.deciding.connect(lambda code, visit, typed: self.asked.emit(CLASS_KIND, code, visit, typed))
        for view in self.views.values():
            view.opened.connect(self.opened)
        for one in self.mends:
            one.asked.connect(self.mending)
            one.shown.connect(self.fact_asked)

    # What is shown

    @property
    def name(self) -> str:
        """The name of the log that is shown."""
        return str(self.which.currentData()) if self.tabs.key == LOGS else self.tabs.key

    def selection(self) -> tuple[str, str] | None:
        """Return the participant and the visit of the chosen row; None where it has no participant."""
        shown = self._stack.currentWidget()
        return shown.selection() if isinstance(shown, DeviationTab | LogView) else None

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self.deviations if key == DEVIATIONS else self.views[key])
        self.first = self.deviations.list if key == DEVIATIONS else self.views[key].list
        self.save_button.setEnabled(key != CONFIRMATIONS)
        self.clear_banner()
        self._say_chosen()
        self._read_table()

    def narrow(self, chosen: LogFilter, code: str) -> None:
        """Show the part of everything that was chosen, of one participant or of all."""
        self.chosen, self.code = chosen, code
        self.refresh()

    def _part(self) -> LogFilter:
        """Return the part that is shown; only a history is of what one person recorded."""
        chosen = self.chosen
        return chosen if self.tabs.key == HISTORY else replace(chosen, by="")

    def _say_chosen(self) -> None:
        view = self._session.view
        said = [self.code, log_filter_text(self._part(), dict(view.titles) if view is not None else {})]
        self._about.setText(", ".join(filter(None, said)) or _("all trials, from the beginning"))

    def ask_period(self) -> None:
        """Ask for a trial, a participant and a period."""
        view = self._session.view
        if view is None:
            return
        persons = self._persons if self.tabs.key == HISTORY else None
        dialog = PeriodDialog(self._session.today, view.titles, view.participants, persons, self._printed, self)
        dialog.show_chosen(self.chosen, self.code)
        dialog.chosen.connect(self.narrow)
        dialog.open()

    # Reading

    def read(self) -> None:
        """Ask the file for what the tabs show and count."""
        self._say_chosen()
        today, code = self._session.today, self.code
        chosen = replace(self.chosen, by="")

        def read_all(study: Study, job: Job) -> tuple[MonitorView, ShownLog, ShownLog]:
            view = monitor_view(study, today, chosen, code, job.progress)
            return view, ShownLog.of(view.open), ShownLog.of(view.confirmations)

        narrowed = bool(code) or chosen != COMPLETE
        self.ask_for(read_all, partial(self._answer, narrowed), _("Looking for deviations"), self._refused)
        self._read_table()

    def _answer(self, narrowed: bool, found: tuple[MonitorView, ShownLog, ShownLog]) -> None:
        """Show what was found. `narrowed`: that is a part of the study's deviations and open visits."""
        view, of_visits, of_confirmations = found
        self._persons, self._printed = view.persons, view.printed
        self.deviations.show_deviations(view.deviations, narrowed)
        if not narrowed:
            # Next to the name of the page is what all of the study has to be decided.
            self.counted.emit(sum(one.decided_class is None for one in view.deviations))
        self.views[OPEN].show_log(of_visits)
        self.views[CONFIRMATIONS].show_log(of_confirmations)
        asked = _("{n} of {all}").format(n=confirmed_rows(view.confirmations), all=len(view.confirmations.rows))
        counts = {
            DEVIATIONS: str(len(view.deviations)),
            OPEN: str(len(view.open.rows)),
            LOGS: str(len(log_names())),
            CONFIRMATIONS: asked,
            HISTORY: str(view.facts),
        }
        for key, count in counts.items():
            self.tabs.rename(key, f"{self.names[key]} {count}")

    def _read_table(self) -> None:
        """Ask the file for the log or the history, where that is what is shown."""
        if self._session.view is None or self.tabs.key not in (LOGS, HISTORY):
            return
        if self._table_job is not None:
            self._table_job.stop()
        today, name, chosen, code = self._session.today, self.name, self._part(), self.code
        view = self.views[self.tabs.key]

        def read_log(study: Study, job: Job) -> ShownLog:
            if name == HISTORY:
                return ShownLog.of(history_table(study, today, code, chosen, job.progress))
            return ShownLog.of(log_table(study, name, today, code, job.progress, chosen))

        self._table_job = self._session.ask(
            read_log, view.show_log, self._refused, self, _("Reading the log"), self._tell_given_up
        )

    def _refused(self, error: BaseException) -> None:
        self.banner.tell(error_text(error))

    # Printing and saving

    def print_shown(self) -> None:
        """Ask for the shown log on paper, or for the sheet of what is to be confirmed."""
        if self.tabs.key == CONFIRMATIONS:
            self.confirming.emit()
        else:
            self.printed.emit(self.name, self.code, self._part())

    def proposed_name(self) -> str:
        """Return the name that is proposed for the file: the log, what was chosen of it, and the day."""
        parts = (self.name, self.code, log_filter_name(self._part()), self._session.today.isoformat())
        return f"{'-'.join(filter(None, parts))}.csv"

    def _save(self) -> None:
        path = ask_csv_path(self, self.proposed_name())
        if path is not None:
            self.save_to(path, asked=True)

    def save_to(self, path: Path, asked: bool = False) -> None:
        """Save the shown log as CSV. `asked`: somebody has agreed that a file of that name is replaced."""
        today, name, chosen, code = self._session.today, self.name, self._part(), self.code

        def write(study: Study, target: Path, replace: Replace, job: Job) -> int:
            return write_log(study, name, target, today, code, replace, job.progress, chosen)

        save_csv(self._session, self.banner, path, asked, write, lambda rows: count_text(name, rows))

    # What is typed

    def draft_name(self) -> str:
        """Return what is being typed, for a question."""
        return self.deviations.draft_name()

    def has_typed(self) -> bool:
        """Whether something is typed in the form of a deviation and not saved."""
        return self.deviations.has_typed()

    def discard(self) -> None:
        """Forget what was typed."""
        self.deviations.discard()
