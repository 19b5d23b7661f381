"""The page of the logs: one of them as a table to sort and search, to print, and to save for a spreadsheet."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.facts.log_names import log_names
from app.services.commands.print_logs import write_log
from app.services.queries.log_table import LogTable
from app.services.queries.logs import log_table
from app.services.study.output_path import Replace
from app.services.study.study import Study
from app.ui.forms.choice_editors import Combo
from app.ui.pages.logs.table_model import LogTableModel
from app.ui.pages.page_base import Page
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.lines_below import lines_below
from app.ui.widgets.notes import Banner
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import Elided, Label, Wrapped
from app.wording.language import gettext as _
from app.wording.log_words import count_text, empty_text, log_title
from app.wording.visible import visible_line

WIDEST = 320
"""The widest column, at a text size of 100 %."""


class LogsPage(Page):
    """One log of the study with its search, and the buttons to print and to save it."""

    opened = Signal(str, str)
    """A participant is to be shown, with a visit or none."""
    printed = Signal(str)
    """The log of that name is to be printed."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._job: Job | None = None
        self.model = LogTableModel(self)
        self.list = QTableView()
        self.list.setModel(self.model)
        set_up_rows(self.list)
        self.list.setAccessibleName(_("Lines of the log"))
        self.list.doubleClicked.connect(lambda _index: self._open())
        self.which = Combo(_("Which log"))
        for name in log_names():
            self.which.addItem(log_title(name), name)
        self.which.currentIndexChanged.connect(lambda _now: self.read())
        self.search = search_box(_("Text in any column"), _("Narrow the log: text in any column"))
        self.search.textChanged.connect(self._narrow)
        self.open_button = Button(_("Open the participant"), self._open)
        self.print_button = Button(_("Print…"), lambda: self.printed.emit(self.name), icon="printer")
        self.save_button = Button(_("Save for a spreadsheet…"), self._save)
        self.banner = Banner()
        self._count = Elided("", "muted")
        self._nothing, self._notes = Wrapped("", "muted"), Wrapped("", "muted")
        self.first: QWidget = self.list
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(_("Logs"), "title"))
        row.addWidget(self.which)
        row.addWidget(self._count, 1)
        self.search.setMinimumWidth(tokens.px(80))
        row.addWidget(self.search, 1)
        column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.print_button, self.save_button, self.open_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        for widget in (self.banner, self._nothing):
            column.addWidget(widget)
        header = self.list.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMaximumSectionSize(tokens.px(WIDEST))
        header.sortIndicatorChanged.connect(self.model.sort)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        column.addWidget(self.list, 3)
        self._below = lines_below(self._notes)
        column.addWidget(self._below, 1)

    @property
    def name(self) -> str:
        """The name of the log that is shown."""
        return str(self.which.currentData())

    def selection(self) -> tuple[str, str] | None:
        """Return the participant and the visit of the chosen row; None where it has no participant."""
        row = self.list.currentIndex().row()
        found = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        return (found.participant, found.visit) if found is not None and found.participant else None

    def read(self) -> None:
        """Ask the file for the log."""
        if self._session.view is None:
            return
        today, name = self._session.today, self.name
        if self._job is not None:
            self._job.stop()

        def read_log(study: Study, job: Job) -> LogTable:
            return log_table(study, name, today, progress=job.progress)

        self._job = self._session.ask(read_log, self._answer, self._refused, self, _("Reading the log"))

    def _answer(self, table: LogTable) -> None:
        if table.name != self.model.table.name:
            self.list.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.show_table(table)
        self.list.verticalHeader().setDefaultSectionSize(tokens.row_height())
        self.list.resizeColumnsToContents()
        self._notes.setText("\n".join(map(visible_line, table.notes)))
        self._below.setVisible(bool(table.notes))
        self._tell()

    def _refused(self, error: BaseException) -> None:
        self.banner.tell(error_text(error))

    def _narrow(self) -> None:
        self.model.narrow(self.search.text())
        self._tell()

    def _tell(self) -> None:
        shown = len(self.model.rows)
        self._count.setText(count_text(self.name, shown))
        self._nothing.setVisible(shown == 0)
        self.list.setVisible(shown > 0)
        everything = not self.search.text().strip()
        self._nothing.setText(empty_text(self.name) if everything else _("No line fits. Empty the box to see all."))
        if shown:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.open_button.setEnabled(self.selection() is not None)

    def _open(self) -> None:
        chosen = self.selection()
        if chosen is not None:
            self.opened.emit(*chosen)

    # Saving

    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"{self.name}-{self._session.today.isoformat()}.csv"
        name, _kind = QFileDialog.getSaveFileName(self, _("Save for a spreadsheet"), str(proposed), "CSV (*.csv)")
        if name:
            self.save_to(Path(name), asked=True)

    def save_to(self, path: Path, asked: bool = False) -> None:
        """Save the complete log as CSV. `asked`: somebody has agreed that a file of that name is replaced."""
        has_ending = path.suffix.casefold() == ".csv"
        target = path if has_ending else path.with_name(path.name + ".csv")
        replace: Replace = "any" if asked and has_ending else "never"
        today, name = self._session.today, self.name

        def write(study: Study, job: Job) -> int:
            return write_log(study, name, target, today, replace=replace, progress=job.progress)

        def said(rows: int) -> None:
            text = _("Saved {lines} to {path}").format(lines=count_text(name, rows), path=visible_line(str(target)))
            self.banner.tell(text, "notice")

        self._session.ask(write, said, self._refused, self, _("Saving the log"))
