"""The timeline for screen readers: a list whose items are the visits."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from app.ui.timeline.hit_testing import Survey

# An exception in a method that Qt calls here would end the program, so every one of them bears a timeline that is gone.
# Qt keeps bare pointers to interfaces that a screen reader has asked for, so none of them may ever be collected; a
# timeline has one for each key that it ever showed.
_kept: list[QAccessibleInterface] = []
_installed: list[bool] = []


class VisitItem(QAccessibleInterface):
    """One visit of a timeline."""

    def __init__(self, area: Survey, key: str) -> None:
        """The visit of that key, whatever calendar is shown."""
        super().__init__()
        self._area, self.key = area, key
        _kept.append(self)

    def isValid(self) -> bool:
        """Whether the timeline shows the visit."""
        return isValid(self._area) and self.key in self._area.order

    def object(self) -> QObject:
        """A visit is drawn and no object of its own."""
        return None  # type: ignore[return-value]  # the stub knows no None

    def window(self) -> QWindow:
        """The window that the timeline is in."""
        return self._area.window().windowHandle() if isValid(self._area) else None  # type: ignore[return-value]

    def parent(self) -> QAccessibleInterface:
        """The timeline."""
        return QAccessible.queryAccessibleInterface(self._area) if isValid(self._area) else None  # type: ignore[return-value]

    def child(self, index: int) -> QAccessibleInterface:
        """A visit has no parts."""
        return None  # type: ignore[return-value]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """A visit has no parts."""
        return None  # type: ignore[return-value]

    def childCount(self) -> int:
        """A visit has no parts."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """A visit has no parts."""
        return -1

    def role(self) -> QAccessible.Role:
        """An item of the list."""
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        """Where it is on the screen."""
        if not self.isValid():
            return QRect()
        found = self._area.rect_of(self.key)
        return QRect(self._area.viewport().mapToGlobal(found.topLeft()), found.size())

    def text(self, t: QAccessible.Text) -> str:
        """Its name says all that matters; the description is what its card says."""
        if not self.isValid():
            return ""
        if t == QAccessible.Text.Name:
            return self._area.spoken_name(self.key)
        return self._area.spoken_details(self.key) if t == QAccessible.Text.Description else ""

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Nothing can be written."""

    def state(self) -> QAccessible.State:
        """Selected, focused, and whether it is in sight."""
        found = QAccessible.State()
        if not self.isValid():
            found.invalid = True
            return found
        selected = self._area.selected == self.key
        found.selectable = found.focusable = True
        found.selected = selected
        found.focused = selected and self._area.hasFocus()
        found.offscreen = not self._area.is_in_sight(self.key)
        return found


class TimelineList(QAccessibleWidget):
    """The timeline as a list."""

    def __init__(self, area: Survey) -> None:
        """The list of an area's visits."""
        super().__init__(area, QAccessible.Role.List)
        self._area = area
        self._items: dict[str, VisitItem] = {}
        _kept.append(self)

    def childCount(self) -> int:
        """How many visits there are."""
        return len(self._area.order) if isValid(self._area) else 0

    def child(self, index: int) -> QAccessibleInterface:
        """A visit, in time order, those without a date last."""
        if not 0 <= index < self.childCount():
            return None  # type: ignore[return-value]
        key = self._area.order[index]
        if key not in self._items:
            self._items[key] = VisitItem(self._area, key)
        return self._items[key]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which visit that is."""
        order = self._area.order if isValid(self._area) else ()
        return order.index(child.key) if isinstance(child, VisitItem) and child.key in order else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The visit at a point of the screen."""
        if not isValid(self._area):
            return None  # type: ignore[return-value]
        key = self._area.key_at(self._area.viewport().mapFromGlobal(QPoint(x, y)))
        return self.child(self._area.order.index(key)) if key else None  # type: ignore[return-value]

    def focusChild(self) -> QAccessibleInterface:
        """The visit that is selected."""
        order = self._area.order if isValid(self._area) else ()
        selected = self._area.selected if order else ""
        return self.child(order.index(selected)) if selected in order else None  # type: ignore[return-value]


def install() -> None:
    """Have Qt ask for these interfaces."""
    if not _installed:
        QAccessible.installFactory(_make)
        _installed.append(True)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    return TimelineList(thing) if isinstance(thing, Survey) else None


def tell_selection(area: Survey) -> None:
    """Tell screen readers which visit is selected now."""
    if QAccessible.isActive() and area.selected in area.order:
        event = QAccessibleEvent(area, QAccessible.Event.Focus)
        event.setChild(area.order.index(area.selected))
        send(event)


def send(event: QAccessibleEvent) -> None:
    """Hand an event to the screen reader."""
    QAccessible.updateAccessibility(event)
