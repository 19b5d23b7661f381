"""The keys of the timeline: which action a key press means. They act only while the timeline has the focus."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Key = Qt.Key


class KeyAction(Enum):
    """An action that a person asks a timeline for by a key."""

    EARLIER_VISIT = auto()
    LATER_VISIT = auto()
    LANE_ABOVE = auto()
    LANE_BELOW = auto()
    PAGE_BACK = auto()
    PAGE_ON = auto()
    TODAY = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    OPEN = auto()
    CLOSE_CARD = auto()
    DAY_EARLIER = auto()
    DAY_LATER = auto()
    DROP = auto()
    CANCEL_DRAG = auto()


@dataclass(frozen=True, slots=True)
class KeyState:
    """The state of a timeline that decides what a key means.

    `can_move`: another day can be tried for the selected visit; `drags`: one is being tried.
    """

    has_selection: bool
    can_move: bool
    drags: bool
    shows_card: bool


def action_of(event: QKeyEvent, state: KeyState) -> KeyAction | None:
    """Return the action that a key press means in that state; None when the key is left to the window."""
    key = Key(event.key())
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    if modifiers == Qt.KeyboardModifier.AltModifier:
        return _WITH_ALT.get(key) if state.drags or state.can_move else None
    if modifiers:
        return None
    if state.drags and key in _WHILE_DRAGGING:
        return _WHILE_DRAGGING[key]
    if key == Key.Key_Escape:
        return KeyAction.CLOSE_CARD if state.shows_card else None
    if key in (Key.Key_Return, Key.Key_Enter) and not state.has_selection:
        return None
    return _PLAIN.get(key)


_WITH_ALT: Mapping[Key, KeyAction] = {
    Key.Key_Left: KeyAction.DAY_EARLIER,
    Key.Key_Right: KeyAction.DAY_LATER,
}
_WHILE_DRAGGING: Mapping[Key, KeyAction] = {
    Key.Key_Escape: KeyAction.CANCEL_DRAG,
    Key.Key_Return: KeyAction.DROP,
    Key.Key_Enter: KeyAction.DROP,
}
_PLAIN: Mapping[Key, KeyAction] = {
    Key.Key_Left: KeyAction.EARLIER_VISIT,
    Key.Key_Right: KeyAction.LATER_VISIT,
    Key.Key_Up: KeyAction.LANE_ABOVE,
    Key.Key_Down: KeyAction.LANE_BELOW,
    Key.Key_PageUp: KeyAction.PAGE_BACK,
    Key.Key_PageDown: KeyAction.PAGE_ON,
    Key.Key_Home: KeyAction.TODAY,
    Key.Key_Plus: KeyAction.ZOOM_IN,
    Key.Key_Equal: KeyAction.ZOOM_IN,
    Key.Key_Minus: KeyAction.ZOOM_OUT,
    Key.Key_Return: KeyAction.OPEN,
    Key.Key_Enter: KeyAction.OPEN,
}
