"""Loads the modules that the first click is likely to need while the window rests, so that the click does not wait."""

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from app.startup import PRELOADED
from app.ui.session.session import StudySession

STEP_MS = 60


class Preload(QObject):
    """Loads one module after another: from the opening of the study on, whenever the worker has nothing to do."""

    def __init__(self, session: StudySession, parent: QObject) -> None:
        """Wait for the study; nothing is loaded yet."""
        super().__init__(parent)
        self._rest = list(reversed(PRELOADED))
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)
        session.opened.connect(self._timer.start)
        session.worker.began.connect(self._wait)
        session.worker.answered.connect(self._go_on)

    @property
    def done(self) -> bool:
        """Whether everything is loaded."""
        return not self._rest

    def _wait(self) -> None:
        self._set_busy(True)

    def _go_on(self) -> None:
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if self._timer.isActive():
            # The answer is shown first.
            self._timer.start()

    def _step(self) -> None:
        if self._busy:
            return
        if self._rest:
            import_module(self._rest.pop())
        if not self._rest:
            self._timer.stop()
