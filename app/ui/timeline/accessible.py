"""The timeline for screen readers: a list whose items are the visits."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from app.ui.timeline.hit_testing import HitTestingCanvas

# Qt calls the methods below, and an exception in one of them would end the program: each must work after the timeline
# is gone.
# Qt keeps bare pointers to the interfaces that a screen reader asked for, so none of them may ever be collected. A
# timeline has one for each key that it ever showed.
_kept: list[QAccessibleInterface] = []
_installed: list[bool] = []


class VisitItem(QAccessibleInterface):
    """The accessible item of one visit of a timeline, found by its key in whatever calendar is shown."""

    def __init__(self, canvas: HitTestingCanvas, key: str) -> None:
        super().__init__()
        self._canvas, self.key = canvas, key
        _kept.append(self)

    def isValid(self) -> bool:
        return isValid(self._canvas) and self.key in self._canvas.order

    def object(self) -> QObject:
        """Return None: a visit is drawn, and no object of its own."""
        return None  # type: ignore[return-value]  # the stub knows no None

    def window(self) -> QWindow:
        """Return the window that the timeline is in, None when the timeline is gone."""
        return self._canvas.window().windowHandle() if isValid(self._canvas) else None  # type: ignore[return-value]

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._canvas) if isValid(self._canvas) else None  # type: ignore[return-value]

    def child(self, index: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        found = self._canvas.rect_of(self.key)
        return QRect(self._canvas.viewport().mapToGlobal(found.topLeft()), found.size())

    def text(self, t: QAccessible.Text) -> str:
        """Return the visit with its status as the name, and the lines of its card as the description."""
        if not self.isValid():
            return ""
        if t == QAccessible.Text.Name:
            return self._canvas.spoken_name(self.key)
        return self._canvas.spoken_details(self.key) if t == QAccessible.Text.Description else ""

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Do nothing: a visit is read, never written."""

    def state(self) -> QAccessible.State:
        found = QAccessible.State()
        if not self.isValid():
            found.invalid = True
            return found
        selected = self._canvas.selected == self.key
        found.selectable = found.focusable = True
        found.selected = selected
        found.focused = selected and self._canvas.hasFocus()
        found.offscreen = not self._canvas.is_in_sight(self.key)
        return found


class TimelineList(QAccessibleWidget):
    """The accessible list of a timeline: its visits in time order, those without a date last."""

    def __init__(self, canvas: HitTestingCanvas) -> None:
        super().__init__(canvas, QAccessible.Role.List)
        self._canvas = canvas
        self._items: dict[str, VisitItem] = {}
        _kept.append(self)

    def childCount(self) -> int:
        return len(self._canvas.order) if isValid(self._canvas) else 0

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < self.childCount():
            return None  # type: ignore[return-value]
        key = self._canvas.order[index]
        if key not in self._items:
            self._items[key] = VisitItem(self._canvas, key)
        return self._items[key]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        order = self._canvas.order if isValid(self._canvas) else ()
        return order.index(child.key) if isinstance(child, VisitItem) and child.key in order else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        if not isValid(self._canvas):
            return None  # type: ignore[return-value]
        key = self._canvas.key_at(self._canvas.viewport().mapFromGlobal(QPoint(x, y)))
        return self.child(self._canvas.order.index(key)) if key else None  # type: ignore[return-value]

    def focusChild(self) -> QAccessibleInterface:
        order = self._canvas.order if isValid(self._canvas) else ()
        selected = self._canvas.selected if order else ""
        return self.child(order.index(selected)) if selected in order else None  # type: ignore[return-value]


def install() -> None:
    """Register these accessible objects with Qt."""
    if not _installed:
        QAccessible.installFactory(_make)
        _installed.append(True)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    return TimelineList(thing) if isinstance(thing, HitTestingCanvas) else None


def announce_selection(canvas: HitTestingCanvas) -> None:
    """Tell screen readers which visit is selected now."""
    if QAccessible.isActive() and canvas.selected in canvas.order:
        event = QAccessibleEvent(canvas, QAccessible.Event.Focus)
        event.setChild(canvas.order.index(canvas.selected))
        send(event)


def send(event: QAccessibleEvent) -> None:
    """Hand an event to the screen reader."""
    QAccessible.updateAccessibility(event)
