"""Two columns; on a narrow page they are one below the other."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from app.ui.pages.enrolment.preview import EnrolmentPreview
from app.ui.style import tokens
from app.ui.widgets.buttons import rule

_SIDE_BY_SIDE = 760
_LEFT = 504
_SHARE = 40
"""The greatest width of the left column, and its share of a narrower page in percent."""


class ContentArea(QScrollArea):
    """A scroll area that can instead be as high as its content, so that the area around it scrolls both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._full_height = False

    def set_full_height(self, full: bool) -> None:
        """Be as high as the content, or scroll the content."""
        self._full_height = full
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if full else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        held = self.widget()
        if held is None or not self._full_height:
            return QSize(tokens.px(216), tokens.px(96))
        height = held.heightForWidth(self.viewport().width()) if held.hasHeightForWidth() else held.sizeHint().height()
        return QSize(tokens.px(216), height)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._full_height:
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take another height when the content does."""
        if self._full_height and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class _Inside(QWidget):
    """The content of a scroll area: it needs the height for its own width, not for the narrowest."""

    def minimumSizeHint(self) -> QSize:
        box, narrow = self.layout(), tokens.px(216)
        if box is None:
            return QSize(narrow, 0)
        return QSize(narrow, max(box.minimumHeightForWidth(max(self.width(), narrow)), 0))


class Columns(QScrollArea):
    """The form at the left and its preview at the right, or one below the other where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = _Inside(self.viewport())
        self.setWidget(inside)
        self.left = ContentArea(inside)
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
