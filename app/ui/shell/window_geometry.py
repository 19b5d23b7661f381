"""The window's geometry: the last one, if a screen still shows it, and never larger than that screen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect

USUAL_WIDTH, USUAL_HEIGHT = 1280, 800
TITLE_BAR = 32
SEEN = 64
"""The width of title bar, in pixels, that must be on a screen for a person to drag it."""


def geometry_on(wanted: QRect | None, screens: Sequence[QRect]) -> QRect:
    """Return the rectangle for the window without its title bar, which also fits on the screen.

    `screens` are the free parts of the screens, the main one first.
    """
    if not screens:
        return wanted or QRect(0, 0, USUAL_WIDTH, USUAL_HEIGHT)
    if wanted is not None and wanted.width() > 0 and wanted.height() > 0:
        for screen in screens:
            if _can_be_taken_hold_of(wanted, screen):
                return _shrunk(wanted, _room(screen))
    return _centred(_room(screens[0]))


def _room(screen: QRect) -> QRect:
    """Return the room for the window below its title bar, which the window system adds."""
    return screen.adjusted(0, TITLE_BAR, 0, 0)


def _can_be_taken_hold_of(wanted: QRect, screen: QRect) -> bool:
    bar = QRect(wanted.x(), wanted.y() - TITLE_BAR, wanted.width(), TITLE_BAR)
    seen = bar.intersected(screen)
    return seen.width() >= SEEN and seen.height() >= TITLE_BAR // 2 and bar.y() >= screen.y()


def _shrunk(wanted: QRect, screen: QRect) -> QRect:
    """Return the rectangle shrunk and moved so that all of it is in that room."""
    width, height = min(wanted.width(), screen.width()), min(wanted.height(), screen.height())
    x = max(screen.x(), min(wanted.x(), screen.x() + screen.width() - width))
    y = max(screen.y(), min(wanted.y(), screen.y() + screen.height() - height))
    return QRect(x, y, width, height)


def _centred(screen: QRect) -> QRect:
    width, height = min(USUAL_WIDTH, screen.width()), min(USUAL_HEIGHT, screen.height())
    return QRect(
        screen.x() + (screen.width() - width) // 2, screen.y() + (screen.height() - height) // 2, width, height
    )
