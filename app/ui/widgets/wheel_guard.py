"""What holds for the whole program: the wheel changes no value by chance, and a bug does not end the work."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class WheelGuard(QObject):
    """Lets the wheel pass a field that has not the focus on to the page, which scrolls."""

    def __init__(self, field: QWidget) -> None:
        """Guard that field."""
        super().__init__(field)
        # Qt would else give the focus to the field that the wheel is turned over, and then change its value.
        if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget) or watched.hasFocus():
            return False
        event.ignore()
        return True


def guard_wheel(field: QWidget) -> None:
    """Guard a list, a number or a slider. One guard for the whole program would see its every event."""
    WheelGuard(field)
