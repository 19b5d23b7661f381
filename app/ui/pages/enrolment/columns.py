"""Two columns; on a narrow page they are one below the other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui.pages.enrolment.preview import EnrolmentPreview
from app.ui.style import tokens
from app.ui.widgets.buttons import rule
from app.ui.widgets.scroll_column import NARROWEST, ColumnContent, ScrollColumn

_SIDE_BY_SIDE = 760
_LEFT = 504
_SHARE = 40
"""The greatest width of the left column, and its share of a narrower page in percent."""


class Columns(ScrollColumn):
    """The form at the left and its preview at the right, or one below the other where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = ColumnContent(self.viewport(), NARROWEST)
        self.hold(inside)
        self.left = ScrollColumn(inside)
        for area in (self, self.left):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._line = rule(inside, vertical=True)
        self.right = EnrolmentPreview(inside)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self._box.addWidget(self.left)
        self._box.addWidget(self._line)
        self._box.addWidget(self.right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side_by_side = self.width() >= tokens.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        self.left.set_full_height(not side_by_side)
        if side_by_side:
            self.left.setFixedWidth(min(tokens.px(_LEFT), self.width() * _SHARE // 100))
        else:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
        self._line.setVisible(side_by_side)
        self._box.setDirection(way)
