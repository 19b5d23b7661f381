"""A status: its mark and its word."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.marks import Mark, draw_mark
from app.ui.widgets.text import Wrapped


class MarkPicture(QWidget):
    """The mark alone; the word beside it says the same."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        """A mark in the size of the text."""
        super().__init__(parent)
        self.mark = mark
        self.setFixedSize(theme.px(16), theme.px(18))
        self.setAccessibleName(mark.value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        draw_mark(painter, self.mark, QPointF(self.width() / 2, self.height() / 2), theme.px(11))
        painter.end()


class MarkLabel(QWidget):
    """Mark and word in one line."""

    def __init__(self, mark: Mark, text: str, tone: str, parent: QWidget | None = None) -> None:
        """A status in the colour of its mark."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(MarkPicture(mark))
        row.addWidget(Wrapped(text, "strong", tone), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(160, max(theme.px(20), super().sizeHint().height()))
