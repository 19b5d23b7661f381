"""Two columns next to each other, below one another where there is little room; the area scrolls."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn

BREAKS_AT = 720
"""Narrower than this, at a text size of 100 %, the second column is below the first."""
_NARROWEST = 216


class TwoColumns(ScrollColumn):
    """Columns to be filled: `left` and `right`, and `top` above both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = ColumnContent(narrowest=_NARROWEST)
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        self.top, self.left, self.right = _column(), _column(), _column()
        down.addLayout(self.top)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(24)
        down.addLayout(self._box, 1)
        self._down = down
        self._box.addLayout(self.left, 1)
        self._box.addLayout(self.right, 1)
        self.hold(content)

    def stretch_top(self) -> None:
        """Give the height that is left to what is above the columns, and not to them."""
        self._down.setStretch(0, 1)
        self._down.setStretch(1, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= tokens.px(BREAKS_AT)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


def _column() -> QVBoxLayout:
    found = QVBoxLayout()
    found.setContentsMargins(0, 0, 0, 0)
    found.setSpacing(8)
    return found
