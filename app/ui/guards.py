"""What holds for the whole program: the wheel changes no value by chance, and a bug does not end the work."""

from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar


class WheelGuard(QObject):
    """Lets the wheel pass a field that has not the focus on to the page, which scrolls."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the wheel stops here."""
        if event.type() != QEvent.Type.Wheel:
            return False
        changes = isinstance(watched, QComboBox | QAbstractSpinBox | QAbstractSlider)
        if changes and not isinstance(watched, QScrollBar) and not watched.hasFocus():  # type: ignore[attr-defined]
            event.ignore()
            return True
        return False


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
