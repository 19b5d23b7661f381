"""What holds for the whole program: the wheel changes no value by chance, and a bug does not end the work."""

from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar

_FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider)


class WheelGuard(QObject):
    """Lets the wheel pass a field that has not the focus on to the page, which scrolls."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the wheel stops here."""
        kind = event.type()
        if kind not in (QEvent.Type.Wheel, QEvent.Type.Polish) or not isinstance(watched, _FIELDS):
            return False
        if isinstance(watched, QScrollBar):
            return False
        if kind == QEvent.Type.Polish:
            # Qt would else give the focus to the field that the wheel is turned over, and then change its value.
            if watched.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return False
        if watched.hasFocus():
            return False
        event.ignore()
        return True


def guard_wheel(app: QApplication) -> WheelGuard:
    """Guard every field, also those that are made later."""
    guard = WheelGuard(app)
    app.installEventFilter(guard)
    return guard


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def bug_hook(tell: Callable[[BaseException], object]) -> Hook:
    """A hook for what escapes from a slot, a model or a paint event: it is told, and the program goes on."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        tell(error)

    return hook
