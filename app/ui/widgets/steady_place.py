"""The place of a widget whose words change often: the page is laid out again only where it needs more room."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class SteadyPlace(QWidget):
    """Gives one widget all of its room, and asks for more or less only where the widget does.

    Qt would lay out all that contains the widget, up to the window, whenever a word of it changes.
    """

    def __init__(self, inside: QWidget) -> None:
        """`inside`: the widget, which becomes the child of its place."""
        super().__init__()
        self._inside = inside
        inside.setParent(self)
        self.setSizePolicy(inside.sizePolicy())
        self._known = self._asked()

    def _asked(self) -> tuple[QSize, int]:
        """Return the least size of the widget, and the height that it would like to have."""
        return self._inside.minimumSizeHint(), self._inside.sizeHint().height()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            known, self._known = self._known, self._asked()
            if known != self._known:
                self.updateGeometry()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.setGeometry(self.rect())

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSizeHint()
