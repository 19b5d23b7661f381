"""What a change does to the calendar as a table."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from app.ui import theme
from app.ui.dialogs.cascade_model import ALONG, HEADS, NEW, NOW, SHIFT, VISIT, WHY, WINDOW, CascadeModel
from app.ui.dialogs.cascade_paint import MARK_ROOM, CellDelegate, draw_focus
from app.ui.widgets.tables import set_up_rows
from app.wording.language import gettext as _

__all__ = ["ALONG", "NEW", "NOW", "SHIFT", "VISIT", "WHY", "WINDOW", "CascadeModel", "CascadeView"]

_WIDEST = (
    "",
    "Preoperative cycle 6 day 15 infusi",
    "Mon 28 Dec",
    "Mon 28 Dec",
    "stays: set by hand",
    "closed: a Sat",
    "28 days after Preoperative",
)
"""A text of the width that each column has room for."""
_LEAST_NAME = "Preoperative cycle 6 day"
_Index = QModelIndex | QPersistentModelIndex


class CascadeView(QTableView):
    """The table: rows of one height, columns of fixed widths, Space ticks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A table with its model."""
        super().__init__(parent)
        self.cascade = CascadeModel(self)
        self.setModel(self.cascade)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(_("What it changes"))
        set_up_rows(self)
        self.cascade.modelAboutToBeReset.connect(self._keep_place)
        self.cascade.modelReset.connect(self._find_place)
        self._place: tuple[str, int] = ("", 0)
        self._measure()

    def _measure(self) -> None:
        """Heights and widths from the type in use, never from the rows."""
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(theme.row_height(self) - theme.GRID)
        columns.setStyleSheet("QHeaderView::section { padding-left: 9px; }")
        columns.setMinimumSectionSize(theme.px(24))
        for column in range(len(HEADS)):
            self.setColumnWidth(column, self._width(column))

    def _width(self, column: int, text: str = "") -> int:
        """Room for the head and for a text."""
        metrics = self.fontMetrics()
        room = 22 + (theme.px(MARK_ROOM) if column == VISIT else 0)
        head = _(HEADS[column]) if column != ALONG else ""
        return max(map(metrics.horizontalAdvance, (head, text or _WIDEST[column]))) + room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The reason takes the room that is left."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Narrower names before anything is out of sight; the reason takes the room that is left."""
        most, least = self._width(VISIT), self._width(VISIT, _LEAST_NAME)
        others = sum(self.columnWidth(column) for column in (ALONG, *range(NOW, WHY)))
        self.setColumnWidth(VISIT, min(max(self.viewport().width() - others, least), most))
        left = self.viewport().width() - others - self.columnWidth(VISIT)
        self.setColumnWidth(WHY, max(left, self._width(WHY)))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again for another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "cascade"):
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the row, in whatever column; Enter is for the dialog."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.cascade.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and a frame around the row that the keyboard is on."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            draw_focus(self.viewport(), self.visualRect(self.currentIndex()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame comes with the keyboard."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And goes with it."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """The frame goes with the row."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _keep_place(self) -> None:
        current = self.currentIndex()
        key = self.cascade.rows[current.row()].key if current.isValid() else ""
        self._place = (key, self.verticalScrollBar().value())

    def _find_place(self) -> None:
        """A new preview leaves the reader in the row where he was."""
        key, scrolled = self._place
        rows = self.cascade.rows
        places = {one.key: number for number, one in enumerate(rows)}
        row = places.get(key, places.get(self.cascade.own, 0))
        if rows:
            self.selectionModel().setCurrentIndex(self.cascade.index(row, VISIT), _SELECT)
        self.verticalScrollBar().setValue(scrolled)


_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
