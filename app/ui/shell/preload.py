"""What is likely wanted next is loaded while the window rests, a little at a time, so that no first click waits."""

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from app.ui.session.session import StudySession

STEP_MS = 60
ROOMS = (
    "app.ui.visit.participant_header",
    "app.ui.pages.participant.calendar_view",
    "app.ui.timeline.frame",
    "app.ui.timeline.timeline",
    "app.ui.pages.participant.page",
    "app.ui.forms.day_edit",
    "app.ui.forms.choice_editors",
    "app.ui.forms.editor_factory",
    "app.ui.forms.fact_form",
    "app.ui.dialogs.impact.table",
    "app.ui.dialogs.change.frame",
    "app.ui.dialogs.booking.day_grid",
    "app.ui.dialogs.change.dialog",
    "app.ui.pages.participants.page",
)
"""Each after what it stands on, so that no step alone keeps the window from answering."""


class Preload(QObject):
    """Begins when a study is open, and goes on whenever the worker has nothing to do."""

    def __init__(self, session: StudySession, parent: QObject) -> None:
        """Nothing is loaded yet."""
        super().__init__(parent)
        self._rest = list(reversed(ROOMS))
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)
        session.opened.connect(self._timer.start)
        session.worker.began.connect(lambda _job: self._set_busy(True))
        session.worker.answered.connect(lambda _answer: self._set_busy(False))

    @property
    def done(self) -> bool:
        """Whether everything is loaded."""
        return not self._rest

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
