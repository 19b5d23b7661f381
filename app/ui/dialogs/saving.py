"""Saving a change: exactly what was wanted is proposed and recorded in one job of the file's worker."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.domain.refusal import Refused
from app.ui.session.proposal_jobs import ChangeRequest, proposal_of
from app.ui.session.session import StudySession
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.record import Proposal, Saved
    from app.services.study.study import Study
    from app.ui.session.worker import Job


class Saver(QObject):
    """Saves for a dialog, one change at a time."""

    saved = Signal(object)
    """A `Saved`."""
    failed = Signal(str, object)
    """The words, and the `Refused` that they come from; None for a mistake of the program."""

    def __init__(self, desk: StudySession, owner: QObject) -> None:
        """`owner` is who is named in the one message of the change."""
        super().__init__(owner)
        self._desk, self._owner = desk, owner
        self.under_way = False

    def save(self, wanted: ChangeRequest, proposal: "Proposal | None") -> None:
        """Record it; `proposal`: what was worked out of exactly this already."""
        today = self._desk.today
        caught: list[Refused] = []

        def work(study: "Study", _ticket: "Job") -> "Saved":
            from app.services.commands.record import save

            try:
                return save(study, proposal or proposal_of(study, wanted, today))
            except Refused as refused:
                # The desk passes on the words alone; the form needs to know which field is meant.
                caught.append(refused)
                raise

        self.under_way = True
        self._desk.change(
            work,
            self._saved,
            lambda said: self._failed(said, caught),
            owner=self._owner,
            codes=[wanted.code],
            text=lambda saved: _text(saved, wanted.code),
            label=_("Saving"),
        )

    def _saved(self, saved: "Saved") -> None:
        self.under_way = False
        self.saved.emit(saved)

    def _failed(self, said: str, caught: list[Refused]) -> None:
        if isValid(self):
            self.under_way = False
            self.failed.emit(said, caught[-1] if caught else None)


def _text(saved: "Saved", code: str) -> str:
    """What the status bar says of it."""
    from app.services.queries.overview import saved_text

    return saved_text(saved.facts, code)
