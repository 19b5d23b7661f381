"""A log on the page: a table to sort, with the box that narrows it and the sentences below it."""

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from app.domain.facts.records import Recorded
from app.ui.pages.monitor.table_model import LogTableModel, ShownLog
from app.ui.style import tokens
from app.ui.visit.mends import CORRECT, TAKE_BACK
from app.ui.widgets.lines_below import lines_below
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import Elided, NothingHere, Wrapped
from app.wording.language import gettext as _
from app.wording.log_words import count_text
from app.wording.visible import visible_line

WIDEST = 320
"""The widest column, at a text size of 100 %."""
LOW = 260
"""Below this height only the table is shown, at a text size of 100 %."""
_MEASURED = 200
"""So many rows are measured for the widths of the columns."""
_SETTLES_MS, _AT_ONCE = 200, 2_000
"""A table with more rows than this waits until somebody has stopped typing."""
_KEYS = {Qt.Key.Key_C: CORRECT, Qt.Key.Key_T: TAKE_BACK}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class LogList(QTableView):
    """The table; Enter or a double click opens the chosen row."""

    opened = Signal()
    keyed = Signal(str)
    """What is to be done to the fact of the chosen row, by its key."""
    menu_asked = Signal(QPoint)
    """All that can be done to it is asked for, at this place of the screen."""

    def __init__(self, model: LogTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        set_up_rows(self)
        self.setAccessibleName(_("Lines of the log"))
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.modifiers() in _PLAIN and (mend := _KEYS.get(Qt.Key(event.key()))) is not None:
            self.keyed.emit(mend)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the mouse, or of the chosen one."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_asked.emit(place)


class LogView(QWidget):
    """One log with its search."""

    opened = Signal(str, str)
    """A participant is to be shown, with a visit or none."""
    turned = Signal()
    """Another row is chosen, or another log is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LogTableModel(self)
        self.list = LogList(self.model)
        self.list.opened.connect(self.open_chosen)
        self.search = search_box(_("Text in any column"), _("Narrow the log: text in any column"))
        self.search.textChanged.connect(self._typed)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self._count = Elided("", "muted")
        self._nothing, self._notes = NothingHere(), Wrapped("", "muted")
        self.detail = Wrapped("")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLES_MS)
        self._later.timeout.connect(self._narrow)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.row.addWidget(self._count, 1)
        self.search.setMinimumWidth(tokens.px(80))
        self.row.addWidget(self.search, 1)
        column.addLayout(self.row)
        column.addWidget(self._nothing)
        header = self.list.horizontalHeader()
        header.setSectionsClickable(True)
        header.setResizeContentsPrecision(_MEASURED)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMaximumSectionSize(tokens.px(WIDEST))
        header.sortIndicatorChanged.connect(self.model.sort)
        column.addWidget(self.list, 3)
        self._below = lines_below(self.detail, self._notes)
        column.addWidget(self._below, 1)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())

    def chosen_fact(self) -> Recorded | None:
        """Return the fact of the chosen row; None where it follows from several."""
        row = self.list.currentIndex().row()
        return self.model.rows[row].record if 0 <= row < len(self.model.rows) else None

    def lists_facts(self) -> bool:
        """Return whether the rows of the log are facts."""
        return any(row.record is not None for row in self.model.table.rows[:1])

    def selection(self) -> tuple[str, str] | None:
        """Return the participant and the visit of the chosen row; None where it has no participant."""
        row = self.list.currentIndex().row()
        found = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        return (found.participant, found.visit) if found is not None and found.participant else None

    def show_log(self, shown: ShownLog) -> None:
        """Show a log, or the same one as it is now with the same row chosen."""
        table = shown.table
        chosen = self.list.currentIndex().row() if table.name == self.model.table.name else 0
        if table.name != self.model.table.name:
            self.list.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.show_log(shown)
        self.list.verticalHeader().setDefaultSectionSize(tokens.row_height())
        self.list.resizeColumnsToContents()
        self._notes.setText("\n".join(map(visible_line, table.notes)))
        self._tell(max(chosen, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is below the table where there is little room."""
        super().resizeEvent(event)
        self._below.setVisible(self.height() >= tokens.px(LOW))

    def open_chosen(self) -> None:
        """Ask for the participant of the chosen row."""
        chosen = self.selection()
        if chosen is not None:
            self.opened.emit(*chosen)

    def _typed(self) -> None:
        if len(self.model.table.rows) <= _AT_ONCE:
            self._narrow()
        else:
            self._later.start()

    def _narrow(self) -> None:
        self.model.narrow(self.search.text())
        if self.model.table.name:  # else none was read yet
            self._tell(0)

    def _tell(self, chosen: int) -> None:
        shown, name = len(self.model.rows), self.model.table.name
        self._count.setText(count_text(name, shown))
        self._nothing.take_place_of(self.list, self.search, shown == 0)
        everything = not self.search.text().strip()
        self._nothing.setText(
            self.model.table.said_empty if everything else _("No line fits. Empty the box to see all.")
        )
        if shown:
            self.list.setCurrentIndex(self.model.index(min(chosen, shown - 1), 0))
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the chosen row in full below the table, where the columns have no room."""
        self.detail.setText(self.model.in_full(self.list.currentIndex().row()))
        self.turned.emit()
