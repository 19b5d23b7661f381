"""The page of the deviation log: every departure from the protocol, its reason, and its class to be decided on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.facts.visit_kinds import CLASS_KIND
from app.services.queries.deviation_log import class_lines
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import deviations, rule_texts
from app.services.study.study import Study
from app.ui.pages.deviations.log_model import CLASS, DAY, REASON, VISIT, WHAT, WHO, WINDOW, LogModel, cells_of
from app.ui.pages.page_base import Page
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.lines_below import lines_below
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import Elided, Label, Wrapped
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.visible import visible_line

_WIDTHS = {WHO: 84, DAY: 130, WINDOW: 192, CLASS: 190}
"""The widths of the columns that do not share the rest."""


class LogView(QTableView):
    """The table of the log; Enter or a double click asks for the class of the chosen row."""

    opened = Signal()

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        set_up_rows(self)
        header = self.horizontalHeader()
        for column in range(model.columnCount()):
            fixed = column in _WIDTHS
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            )
        self.setAccessibleName(_("Deviation log"))
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.verticalHeader().setDefaultSectionSize(tokens.row_height())
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, tokens.px(width))

    def chosen(self) -> Deviation | None:
        """Return the chosen row; None for none."""
        row = self.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def choose(self, wanted: Deviation | None) -> None:
        """Choose the row about the same deviation, or the first one where there is none."""
        same = (
            row
            for row, one in enumerate(self._model.rows)
            if wanted is not None
            and (one.participant, one.visit, one.what) == (wanted.participant, wanted.visit, wanted.what)
        )
        self.setCurrentIndex(self._model.index(next(same, 0), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class DeviationsPage(Page):
    """The deviation log with its filter, the chosen row in full, and the buttons to decide and to print."""

    asked = Signal(str, str, str, dict)
    """A kind of fact is to be recorded: its id, the participant's code, the visit's key, and fields filled in."""
    opened = Signal(str, str)
    """A participant is to be shown, with a visit."""
    printed = Signal()

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model = LogModel(self)
        self._job: Job | None = None
        self.list = LogView(self._model)
        self.search = search_box(
            _("Code, visit, deviation, reason or class"), _("Narrow the log: code, visit, deviation, reason or class")
        )
        self.search.textChanged.connect(self._narrow)
        self.undecided = QCheckBox(_("Undecided only"))
        self.undecided.toggled.connect(self._narrow)
        self.decide_button = Button(_("Decide…"), self._decide, "primary")
        self.open_button = Button(_("Open the participant"), self._open)
        self._count = Elided("", "muted")
        self._nothing = Wrapped("", "muted")
        self.detail = Wrapped("")
        self._rules = Wrapped("", "muted")
        self._build()
        self.list.opened.connect(self._decide)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(_("Deviations"), "title"))
        row.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.undecided)
        self.search.setMinimumWidth(tokens.px(80))
        row.addWidget(self.search, 1)
        column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.decide_button, self.open_button, Button(_("Print…"), self.printed.emit, icon="printer")):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 3)
        column.addWidget(lines_below(self.detail, self._rules), 1)
        self.first: QWidget = self.list

    def selection(self) -> tuple[str, str] | None:
        """Return the participant and the visit of the chosen row."""
        row = self.list.chosen()
        return (row.participant, row.visit) if row is not None else None

    def read(self) -> None:
        """Ask the file for the log."""
        today = self._session.today
        if self._job is not None:
            self._job.stop()

        def read_log(study: Study, job: Job) -> list[Deviation]:
            return deviations(study, today, progress=job.progress)

        self._job = self._session.ask(read_log, self._answer, owner=self, label=_("Looking for deviations"))

    def _answer(self, rows: list[Deviation]) -> None:
        chosen = self.list.chosen()
        self._rules.setText("\n".join(rule_texts(rows)))
        self._model.show_log(rows)
        self._tell(chosen)

    def _narrow(self) -> None:
        chosen = self.list.chosen()
        self._model.narrow(self.search.text(), self.undecided.isChecked())
        self._tell(chosen)

    def _tell(self, chosen: Deviation | None) -> None:
        shown = len(self._model.rows)
        self._count.setText(counted("{n} deviation", "{n} deviations", shown))
        self._nothing.setVisible(shown == 0)
        self.list.setVisible(shown > 0)
        narrowed = bool(self.search.text().strip()) or self.undecided.isChecked()
        self._nothing.setText(
            _("No deviation fits. Empty the box and take the tick away to see all of them.")
            if narrowed
            else _("No deviation.")
        )
        if shown:
            self.list.choose(chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the chosen row in full below the table, where the columns have no room."""
        row = self.list.chosen()
        for button in (self.decide_button, self.open_button):
            button.setEnabled(row is not None and row.entry is not None)
        self.decide_button.setEnabled(self.decide_button.isEnabled() and self._session.can_write)
        if row is None:
            self.detail.setText("")
            return
        cells = cells_of(row)
        what = f"{cells[WHAT]}: {cells[REASON]}" if cells[REASON] else cells[WHAT]
        lines = [f"{cells[WHO]}, {cells[VISIT]} ({row.visit})", what, *map(visible_line, class_lines(row))]
        self.detail.setText("\n".join(lines))

    def _decide(self) -> None:
        row = self.list.chosen()
        if row is not None and self.decide_button.isEnabled():
            self.asked.emit(CLASS_KIND, row.participant, row.visit, {"deviation": row.what})

    def _open(self) -> None:
        row = self.list.chosen()
        if row is not None:
            self.opened.emit(row.participant, row.visit)
