"""Keeping a window on its screen with the frame that the window system has put around it."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget


def keep_on_screen(window: QWidget) -> None:
    """Shrink and move a window that reaches beyond the free part of its screen; the frame is counted."""
    if not window.isVisible() or window.isMaximized() or window.isFullScreen():
        return
    placed = within(window.geometry(), window.frameGeometry(), window.screen().availableGeometry())
    if placed != window.geometry():
        window.setGeometry(placed)


def within(inside: QRect, frame: QRect, room: QRect) -> QRect:
    """Return the geometry without frame, so that the frame lies in the room; a window that does so stays as it is."""
    if room.contains(frame):
        return inside
    left, top = inside.x() - frame.x(), inside.y() - frame.y()
    width = min(inside.width(), room.width() - (frame.width() - inside.width()))
    height = min(inside.height(), room.height() - (frame.height() - inside.height()))
    last_x = room.x() + room.width() - (frame.width() - inside.width()) - width + left
    last_y = room.y() + room.height() - (frame.height() - inside.height()) - height + top
    x = max(room.x() + left, min(inside.x(), last_x))
    y = max(room.y() + top, min(inside.y(), last_y))
    return QRect(x, y, width, height)
