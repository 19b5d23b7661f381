"""Two columns that stand under one another where the page is narrow."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from app.ui.pages.enrolment.preview import EnrolmentPreview
from app.ui.style import tokens
from app.ui.widgets.buttons import rule

_SIDE_BY_SIDE = 760
_LEFT = 504
_SHARE = 40
"""The widest column at the left, and its share of a narrower page in percent."""


class Whole(QScrollArea):
    """Scrolls what it holds, or (`whole`) is as high as that and leaves the scrolling to who holds it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty one that scrolls."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole = False

    def set_whole(self, whole: bool) -> None:
        """Be as high as what it holds, or scroll it."""
        self._whole = whole
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """The height of the content where it is shown whole."""
        held = self.widget()
        if held is None or not self._whole:
            return QSize(tokens.px(216), tokens.px(96))
        height = held.heightForWidth(self.viewport().width()) if held.hasHeightForWidth() else held.sizeHint().height()
        return QSize(tokens.px(216), height)

    def sizeHint(self) -> QSize:
        """No more than is needed."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if self._whole:
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it holds has become higher or lower."""
        if self._whole and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class _Inside(QWidget):
    """What scrolls: as high as its content at its own width, not at the narrowest."""

    def minimumSizeHint(self) -> QSize:
        """The height at the width it has."""
        box, narrow = self.layout(), tokens.px(216)
        if box is None:
            return QSize(narrow, 0)
        return QSize(narrow, max(box.minimumHeightForWidth(max(self.width(), narrow)), 0))


class Columns(QScrollArea):
    """The form at the left, its consequences at the right; under one another where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Both of them side by side, the left one empty."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = _Inside(self.viewport())
        self.setWidget(inside)
        self.left = Whole(inside)
        self._line = rule(inside, vertical=True)
        self.right = EnrolmentPreview(inside)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self._box.addWidget(self.left)
        self._box.addWidget(self._line)
        self._box.addWidget(self.right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or under one another."""
        super().resizeEvent(event)
        beside = self.width() >= tokens.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self.left.set_whole(not beside)
        if beside:
            self.left.setFixedWidth(min(tokens.px(_LEFT), self.width() * _SHARE // 100))
        else:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
        self._line.setVisible(beside)
        self._box.setDirection(way)
