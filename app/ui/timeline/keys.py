"""The keys of the timeline; they act only while it has the focus."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.ui.timeline import walking

if TYPE_CHECKING:
    from app.ui.timeline.timeline import Timeline

Act = Callable[["Timeline"], object]
Key = Qt.Key


def act(timeline: "Timeline", event: QKeyEvent) -> bool:
    """Do what the key means; whether it means anything."""
    found = _meaning(timeline, event)
    if found is not None:
        found(timeline)
    return found is not None


def wants(timeline: "Timeline", event: QKeyEvent) -> bool:
    """Whether the key means something here, so that no shortcut of the window may take it."""
    return _meaning(timeline, event) is not None


def _meaning(timeline: "Timeline", event: QKeyEvent) -> Act | None:
    key = Key(event.key())
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    if held == Qt.KeyboardModifier.AltModifier:
        movable = timeline.ghost is not None or timeline.can_move(timeline.selected)
        return _WITH_ALT.get(key) if movable else None
    if held:
        return None
    if timeline.ghost is not None and key in _WITH_GHOST:
        return _WITH_GHOST[key]
    if key == Key.Key_Escape:
        return type(timeline).close_card if timeline.card.isVisible() else None
    if key in (Key.Key_Return, Key.Key_Enter) and not timeline.selected:
        return None
    return _PLAIN.get(key)


def _walk(step: int) -> Act:
    def walk(timeline: "Timeline") -> None:
        timeline.choose(walking.beside(timeline.order, timeline.selected, step, timeline.nearest_today()), card=True)

    return walk


def _cross(step: int) -> Act:
    def cross(timeline: "Timeline") -> None:
        key = timeline.selected
        found = walking.across(timeline.layout_of, key, step) if key else timeline.nearest_today()
        timeline.choose(found, card=True)

    return cross


def _page(step: int) -> Act:
    def page(timeline: "Timeline") -> None:
        bar = timeline.horizontalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    return page


def _nudge(days: int) -> Act:
    return lambda timeline: timeline.nudge(days)


_WITH_ALT: Mapping[Key, Act] = {Key.Key_Left: _nudge(-1), Key.Key_Right: _nudge(1)}
_WITH_GHOST: Mapping[Key, Act] = {
    Key.Key_Escape: lambda timeline: timeline.cancel_ghost(),
    Key.Key_Return: lambda timeline: timeline.drop(),
    Key.Key_Enter: lambda timeline: timeline.drop(),
}
_PLAIN: Mapping[Key, Act] = {
    Key.Key_Left: _walk(-1),
    Key.Key_Right: _walk(1),
    Key.Key_Up: _cross(-1),
    Key.Key_Down: _cross(1),
    Key.Key_PageUp: _page(-1),
    Key.Key_PageDown: _page(1),
    Key.Key_Home: lambda timeline: timeline.go_to_today(),
    Key.Key_Plus: lambda timeline: timeline.zoom_in(),
    Key.Key_Equal: lambda timeline: timeline.zoom_in(),
    Key.Key_Minus: lambda timeline: timeline.zoom_out(),
    Key.Key_Return: lambda timeline: timeline.activate(),
    Key.Key_Enter: lambda timeline: timeline.activate(),
}
