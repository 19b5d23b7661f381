"""The wheel guard: a field without the focus keeps its value when the wheel is turned over it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class WheelGuard(QObject):
    """Passes the wheel over a field without the focus on to the page, which scrolls."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        # Otherwise Qt gives the focus to the field that the wheel is turned over, and then changes its value.
        if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget) or watched.hasFocus():
            return False
        event.ignore()
        return True


def guard_wheel(field: QWidget) -> None:
    """Guard a list, a number or a slider. One guard for the complete program would see its every event."""
    WheelGuard(field)
