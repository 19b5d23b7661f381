"""A view above a bar of tools: where there is little height, the bar gives way to the view."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class OverBar(QWidget):
    """The view asks for its own least height alone; the bar is shown as long as the view keeps twice of that."""

    def __init__(self, view: QWidget, bar: QWidget, parent: QWidget | None = None) -> None:
        """What is in `bar` must be reached otherwise as well, as by keys."""
        super().__init__(parent)
        self._view, self._bar = view, bar
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(view, 1)
        column.addWidget(bar)

    def minimumSizeHint(self) -> QSize:
        view, bar = self._view.minimumSizeHint(), self._bar.minimumSizeHint()
        return QSize(max(view.width(), bar.width()), view.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = 2 * self._view.minimumSizeHint().height() + self._bar.sizeHint().height()
        self._bar.setVisible(self.height() >= needed)
