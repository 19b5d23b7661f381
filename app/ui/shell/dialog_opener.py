"""What is asked for from anywhere (a list, the timeline, a menu) becomes a dialog over the window."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.session.session import StudySession
from app.ui.session.worker import Answer, Job

if TYPE_CHECKING:
    from app.services.commands.record import Saved
    from app.services.queries.participant import ParticipantView

_AS_FACT = {"rebooked": "booked"}


class Actions(QObject):
    """Opens the dialog of a change, or prints."""

    saved = Signal(object, str)
    """What was saved, and whose it is."""

    def __init__(self, desk: StudySession, window: QWidget) -> None:
        """Dialogs stand over `window`."""
        super().__init__(window)
        self._desk, self._window = desk, window
        self._ticket: Job | None = None
        desk.worker.answered.connect(self._answered)

    def start(self, kind: str, code: str, visit: str = "", given: Mapping[str, object] | None = None) -> None:
        """Ask for a change of a kind, or (``print``, ``print_calendar``) for paper."""
        if kind.startswith("print"):
            self._print(kind, code, visit)
            return
        if self._ticket is not None:
            # A second Enter or click before the dialog is there means the same dialog.
            return
        today = self._desk.today

        def look(study: object, _ticket: object) -> "ParticipantView":
            from app.services.queries.participant import participant_view

            return participant_view(study, code, today)  # type: ignore[arg-type]

        self._ticket = self._desk.ask(
            look, lambda found: self._open(found, _AS_FACT.get(kind, kind), visit, given or {}), owner=self
        )  # fmt: skip

    def _answered(self, answer: Answer) -> None:
        if answer.ticket is self._ticket:
            self._ticket = None

    def _open(self, look: "ParticipantView", kind: str, visit: str, given: Mapping[str, object]) -> None:
        from app.ui.dialogs.change.dialog import ask_change

        dialog = ask_change(self._desk, look, kind, visit, given, self._window)
        dialog.saved.connect(lambda saved: self._saved(saved, look.code))

    def _saved(self, saved: "Saved", code: str) -> None:
        self.saved.emit(saved, code)

    def _print(self, kind: str, code: str, visit: str) -> None:
        from app.ui.dialogs.print_dialog import ask_print

        ask_print(self._desk, kind, code, [visit] if visit else [], self._window)

    def print_list(self) -> None:
        """Print what is due."""
        from app.ui.dialogs.print_dialog import ask_print

        ask_print(self._desk, "print_list", "", [], self._window)
