"""The card at the side of a list: what is chosen there in full, or a sentence while nothing is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.widgets.column_part import ColumnPart
from app.ui.widgets.text import Wrapped


class KeptBar(QScrollBar):
    """Of a surface; nothing more is drawn while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface"))
        painter.end()
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class SideCard(QScrollArea):
    """Its widgets stay, and their words change. It scrolls; Tab leaves it out, but not the buttons in it.

    The room of its bar is kept: what is next to the bar keeps its width, and its lines, when the bar comes or goes.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name`: what a screen reader says."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(KeptBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = ColumnPart(self)
        self._inside.setProperty("surface", "true")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._placeholder = Wrapped("", "muted", parent=self._inside)
        self._shown = ColumnPart(self._inside)
        column = column_in(self._inside)
        # The bar is the rest of the right margin.
        column.setContentsMargins(16, 12, 8, 16)
        column.addWidget(self._placeholder)
        column.addWidget(self._shown)
        column.addStretch(1)
        self.setWidget(self._inside)

    def say(self, text: str) -> None:
        """Show a sentence in the place of what was chosen."""
        self._placeholder.setText(text)
        self._placeholder.show()
        self._shown.hide()

    def show_chosen(self) -> None:
        """Show what is chosen in the place of the sentence."""
        self._placeholder.hide()
        self._shown.show()

    def sizeHint(self) -> QSize:
        return QSize(tokens.px(340), 400)


def column_in(widget: QWidget) -> QVBoxLayout:
    """Return a column of all of a widget, without margins."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return column
