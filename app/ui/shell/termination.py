"""The system asks the program to end, at log-out or shutdown: then the study is closed properly, without a question."""

import contextlib
import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from app.operating_system import on_windows

_ASKING = ("SIGTERM", "SIGHUP")


class Termination(QObject):
    """Tells when the system asks. On Windows it asks the window itself, by way of Qt."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        """Listen from now on until `end`."""
        super().__init__(parent)
        self._handles: tuple[int, ...] = ()
        self._before: dict[int, object] = {}
        if on_windows():
            return
        # Python calls a handler only between two of its own steps, and a window that rests takes none.
        self._handles = out, into = os.pipe()
        for handle in self._handles:
            os.set_blocking(handle, False)
        for name in _ASKING:
            number = getattr(signal, name)
            self._before[number] = signal.signal(number, lambda _number, _frame: None)
        signal.set_wakeup_fd(into, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(out, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            if any(number in self._before for number in os.read(self._handles[0], 100)):
                self.asked.emit()

    def end(self) -> None:
        """Let the signals do what they did before."""
        if self._handles:
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(-1)
            for number, before in self._before.items():
                signal.signal(number, before)  # type: ignore[arg-type] # it is what `signal` has returned
            for handle in self._handles:
                os.close(handle)
            self._handles = ()
