"""The table of a change's impact on the calendar, one row for each visit."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.ui.dialogs.impact.row_painter import EDGE, MARK_ROOM, RowPainter
from app.ui.dialogs.impact.table_model import ALONG, HEADS, NEW, NOW, SHIFT, VISIT, WHY, WINDOW, ImpactTableModel
from app.ui.style import tokens
from app.ui.widgets.row_table import set_up_rows
from app.wording.language import gettext as _

_NATURAL: Mapping[int, str] = {
    ALONG: "",
    VISIT: "Preoperative cycle 6 day 15 infusi",
    NOW: "Wed 28 Nov",
    NEW: "Wed 28 Nov",
    SHIFT: "stays: set by hand",
    WINDOW: "closed: a Saturday",
    WHY: "28 days after Preoperative",
}
"""A text of the width that each column wishes for."""
_LEAST: Mapping[int, str] = {
    VISIT: "Preo… cycle 6 day",
    SHIFT: "stays: booked",
    WINDOW: "4 days before",
    WHY: "28 days after Preop",
}
"""A text of the minimum width of each column that can shrink; a narrower reason is hidden."""
_Index = QModelIndex | QPersistentModelIndex


class TickDelegate(QStyledItemDelegate):
    """Ticks rows at a click; `RowPainter` paints them."""

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        if index.column() != ALONG:
            return super().editorEvent(event, model, option, index)
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(model, ImpactTableModel):
            return False
        model.toggle(index.row())
        return True


class ImpactTable(QTableView):
    """A table with rows of one height and columns of fixed widths; Space ticks a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("impact", "true")
        self.changes = ImpactTableModel(self)
        self.setModel(self.changes)
        self.setItemDelegate(TickDelegate(self))
        self._rows = RowPainter(self, self.changes)
        self.setAccessibleName(_("What it changes"))
        set_up_rows(self)
        self.changes.modelAboutToBeReset.connect(self._keep_position)
        self.changes.modelReset.connect(self._restore_position)
        self._position: tuple[str, int] = ("", 0)
        self._measure()

    def _measure(self) -> None:
        """Calculate heights and widths from the font in use, never from the rows."""
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(tokens.row_height(self) - tokens.GRID)
        columns.setMinimumSectionSize(tokens.px(24))
        self._natural = {column: self._width(column, text) for column, text in _NATURAL.items()}
        self._least = {**self._natural, **{column: self._width(column, text) for column, text in _LEAST.items()}}
        self._share()

    def _width(self, column: int, text: str) -> int:
        """Return the width that a column needs for its head and a text."""
        metrics = self.fontMetrics()
        room = 2 * EDGE + 2 + (tokens.px(MARK_ROOM) if column == VISIT else 0)
        head = _(HEADS[column]) if column != ALONG else ""
        return max(metrics.horizontalAdvance(head), metrics.horizontalAdvance(text), tokens.px(8)) + room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Share the width: each column its minimum, then names their wish; the reason gets the rest or is hidden."""
        shown = [column for column in _NATURAL if column != WHY]
        widths = {column: self._least[column] for column in shown}
        rest = self.viewport().width() - sum(widths.values())
        for column in (WINDOW, VISIT, SHIFT):
            more = max(0, min(rest, self._natural[column] - widths[column]))
            widths[column] += more
            rest -= more
        with_why = rest >= self._least[WHY]
        self.setColumnHidden(WHY, not with_why)
        if with_why:
            widths[WHY] = rest
        else:
            widths[VISIT] += max(rest, 0)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "changes"):
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the row with Space, in any column; Enter is left to the dialog."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.changes.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._rows.paint(painter, event.rect())
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def _keep_position(self) -> None:
        current = self.currentIndex()
        key = self.changes.rows[current.row()].key if current.isValid() else ""
        self._position = (key, self.verticalScrollBar().value())

    def _restore_position(self) -> None:
        """Select the visit that was selected before the new preview, and scroll to the same position."""
        key, scrolled = self._position
        rows = self.changes.rows
        places = {one.key: number for number, one in enumerate(rows)}
        row = places.get(key, places.get(self.changes.own, 0))
        if rows:
            self.selectionModel().setCurrentIndex(self.changes.index(row, VISIT), _SELECT)
        self.verticalScrollBar().setValue(scrolled)


_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
