"""How the rows of the cascade are painted: the marks of a visit as icons, and the frame of the row in focus."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.ui import theme
from app.ui.marks import Mark, draw_mark


class _Engine(QIconEngine):
    """Draws a mark in the colours in use when it is drawn, sharp at every scale."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        middle = QPointF(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2)
        draw_mark(painter, self.mark, middle, min(rect.width(), rect.height()) - 3)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        found = QPixmap(size)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        self.paint(painter, found.rect(), mode, state)
        painter.end()
        return found

    def clone(self) -> QIconEngine:
        return _Engine(self.mark)


def mark_icon(mark: Mark) -> QIcon:
    """The mark as an icon."""
    return QIcon(_Engine(mark))


_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Rows without a box around the cell, and with a frame around the row that has the focus."""

    def __init__(self, view: QTableView, names: int) -> None:
        """For the rows of that table; `names` is the column of the visits' names."""
        super().__init__(view)
        self._names = names

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Long texts end with …."""
        super().initStyleOption(option, index)
        # What tells one infusion from the next stands at the end of its name.
        in_name = index.column() == self._names
        option.textElideMode = Qt.TextElideMode.ElideMiddle if in_name else Qt.TextElideMode.ElideRight

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The cell, then the lines of the frame."""
        super().paint(painter, option, index)
        view = self.parent()
        if not isinstance(view, QTableView) or not view.hasFocus() or view.currentIndex().row() != index.row():
            return
        painter.save()
        painter.setPen(QPen(theme.color("accent"), 2))
        rect = option.rect.adjusted(0, 1, 0, -1)
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()
