"""The splitter of a page with the chosen visit at its side: the side gets a share of the width until it is dragged."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.style import tokens

LEAST, MOST, SHARE = 252, 344, 0.31


class SideSplitter(QSplitter):
    """A page and its side, next to each other."""

    def __init__(self, page: QWidget, side: QWidget, parent: QWidget | None = None, share: float = SHARE) -> None:
        """Give `side` that share of the width, about a third if none is given, within bounds."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._dragged, self._share = False, share
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(page)
        self.addWidget(side)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        side.setMinimumWidth(180)
        self.splitterMoved.connect(self._keep)

    def _keep(self) -> None:
        self._dragged = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._dragged:
            side = max(tokens.px(LEAST), min(tokens.px(MOST), round(self.width() * self._share)))
            self.setSizes([self.width() - side, side])
