"""A scroll bar whose room is kept: what is next to it keeps its width, and its lines, when the bar comes or goes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar

from app.ui.style import tokens


class KeptBar(QScrollBar):
    """Of a surface; nothing more is drawn while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface"))
        painter.end()
        if self.maximum() > self.minimum():
            super().paintEvent(event)


def keep_bar_room(area: QScrollArea) -> None:
    """Keep the room of the vertical bar of a scroll area."""
    area.setVerticalScrollBar(KeptBar(Qt.Orientation.Vertical, area))
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
