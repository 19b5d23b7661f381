"""A column that scrolls, or is as high as its content so that the area around it scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.style import tokens

NARROWEST, LOWEST = 216, 96
"""The least size of a column that scrolls, at a text size of 100 %."""


class ColumnContent(QWidget):
    """The content of a scroll area: it needs the height for its own width, not for the narrowest."""

    def __init__(self, parent: QWidget | None = None, narrowest: int = 0) -> None:
        """`narrowest`: the least width at a text size of 100 %; 0: that of the layout."""
        super().__init__(parent)
        self._narrowest = narrowest

    def minimumSizeHint(self) -> QSize:
        found, layout = super().minimumSizeHint(), self.layout()
        narrow = tokens.px(self._narrowest) if self._narrowest else found.width()
        if layout is None or not layout.hasHeightForWidth():
            return QSize(narrow, found.height())
        return QSize(narrow, max(layout.totalMinimumHeightForWidth(max(self.width(), narrow)), 0))


class ScrollColumn(QScrollArea):
    """An invisible scroll area, which Tab leaves out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full_height = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def hold(self, content: QWidget) -> None:
        """Show a content instead of the one before."""
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def set_full_height(self, full: bool) -> None:
        """Be as high as the content, or scroll the content."""
        self._full_height = full
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if full else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        held = self.widget()
        if held is None or not self._full_height:
            return QSize(tokens.px(NARROWEST), tokens.px(LOWEST))
        return held.minimumSizeHint()

    def sizeHint(self) -> QSize:
        held = self.widget()
        return held.sizeHint().expandedTo(self.minimumSizeHint()) if held is not None else self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._full_height:
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take another height when the content does, as by a message at a field; Qt watches the content by itself."""
        if self._full_height and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
