"""The letters that act on the chosen visit, in the grid and in the list."""

from PySide6.QtCore import Qt

from app.ui.visit.event_menu import EVENTS

VISIT_KEYS = {
    Qt.Key.Key_Space: "performed",
    Qt.Key.Key_R: "rebooked",
    Qt.Key.Key_B: "booked",
    Qt.Key.Key_M: "moved",
    Qt.Key.Key_P: "print",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_O: "open",
    Qt.Key.Key_E: EVENTS,
}
VIEW_KEYS = {Qt.Key.Key_W: "week", Qt.Key.Key_L: "list"}
"""The letters that show another view, whether a visit is chosen or not."""
