"""The label of a status: its mark and its word."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.style import tokens
from app.ui.style.status_marks import Mark, draw_mark
from app.ui.widgets.text import Wrapped


class MarkPicture(QWidget):
    """The mark alone; the word next to it says the same."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_mark(mark)

    def show_mark(self, mark: Mark) -> None:
        """Show another mark, or the same one at another text size."""
        self.mark = mark
        self.setFixedSize(tokens.px(16), tokens.px(18))
        self.setAccessibleName(mark.value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_mark(painter, self.mark, QPointF(self.width() / 2, self.height() / 2), tokens.px(11))
        painter.end()


class MarkWord(Wrapped):
    """The word of a mark. It draws its colour itself: for another one Qt would go through all rules of the style."""

    def __init__(self, text: str, tone: str, parent: QWidget) -> None:
        super().__init__(text, "strong", "", parent)
        self.tone = tone

    def set_tone(self, tone: str) -> None:
        """Draw the word in another colour of the theme."""
        self.tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(tokens.color(self.tone or "text"))
        flags = int(self.alignment()) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self.contentsRect(), flags, self.text())
        painter.end()


class MarkLabel(QWidget):
    """Mark and word on one line."""

    def __init__(self, mark: Mark, text: str, tone: str, parent: QWidget | None = None) -> None:
        """`tone`: the token of the word's colour."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._picture = MarkPicture(mark, self)
        self._word = MarkWord(text, tone, self)
        row.addWidget(self._picture)
        row.addWidget(self._word, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(text)

    def show_status(self, mark: Mark, text: str, tone: str) -> None:
        """Show another status."""
        self._picture.show_mark(mark)
        self._word.setText(text)
        self._word.set_tone(tone)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(160, max(tokens.px(20), super().sizeHint().height()))
