"""The marks of a visit as icons, for cells that Qt paints itself."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

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
