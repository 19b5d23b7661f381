"""The preview of what is being typed: worked out by the file's worker a moment after the last key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused
from app.ui.session.session import StudySession
from app.ui.session.worker import Job

if TYPE_CHECKING:
    from datetime import date

    from app.services.commands.record import Proposal
    from app.services.study.study import Study

WAIT_MS = 200
_NO_MATTER: Mapping[str, object] = {"reason": "…", "pancreas": "other", "liver": "other", "given": "full"}
"""What no day hangs on: where it is still empty, a preview does as if this stood there."""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change as it stands in the form. `hold`: visits that stay on their day, and why.

    `held`: the visit at which it was decided was held on that day, and is recorded as done in the same command.
    """

    code: str
    kind: str
    fields: Mapping[str, object] = field(default_factory=dict)
    hold: frozenset[str] = frozenset()
    reason: str = ""
    held: bool = False

    def completed(self) -> "ChangeRequest":
        """The same change with something in the place of what its days do not hang on."""
        kind = KINDS[self.kind]
        empty = {
            name: value
            for name, value in _NO_MATTER.items()
            if kind.field(name) is not None and self.fields.get(name) in (None, "")
        }
        reason = self.reason or ("…" if self.hold else "")
        return ChangeRequest(self.code, self.kind, {**self.fields, **empty}, self.hold, reason, self.held)


def proposal_of(study: "Study", wanted: ChangeRequest, today: "date") -> "Proposal":
    """What the services propose for it.

    Raises:
        Refused: it cannot be.
    """
    from app.services.commands.record import Asked, propose

    asked = [Asked(wanted.kind, wanted.fields)]
    if wanted.held:
        asked.insert(0, Asked("performed", {name: wanted.fields.get(name) for name in ("visit", "on")}))
    return propose(study, wanted.code, asked, today, sorted(wanted.hold), wanted.reason)


class PreviewJob(QObject):
    """Asks for previews, the last one asked for alone."""

    began = Signal()
    ready = Signal(object)
    """A `Proposal` of what was wanted last."""
    refused = Signal(object)
    """The `Refused` of what was wanted last."""

    def __init__(self, desk: StudySession, parent: QObject) -> None:
        """Nothing is worked out until it is asked for."""
        super().__init__(parent)
        self._desk = desk
        self._wanted: ChangeRequest | None = None
        self._known: ChangeRequest | None = None
        self._proposal: Proposal | None = None
        self._ticket: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def under_way(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or self._ticket is not None

    def want(self, wanted: ChangeRequest, at_once: bool = False) -> None:
        """Work this out after a moment, or at once."""
        self.stop()
        self._wanted = wanted
        if at_once:
            self._ask()
        else:
            self._timer.start()

    def stop(self) -> None:
        """What was asked is of no use any more."""
        self._timer.stop()
        if self._ticket is not None:
            self._ticket.stop()
            self._ticket = None

    def forget(self) -> None:
        """What was worked out no longer holds."""
        self._known = self._proposal = None

    def proposal(self, wanted: ChangeRequest) -> "Proposal | None":
        """The last proposal, if it is of exactly this."""
        return self._proposal if self._known == wanted else None

    def _ask(self) -> None:
        wanted, today = self._wanted, self._desk.today
        if wanted is None:
            return
        tried = wanted.completed()

        def work(study: "Study", _ticket: Job) -> "Proposal | Refused":
            try:
                return proposal_of(study, tried, today)
            except Refused as refused:
                return refused

        self.began.emit()
        ticket = self._desk.ask(work, lambda found: self._answered(ticket, tried, found), self._failed, self)
        self._ticket = ticket

    def _answered(self, ticket: Job, tried: ChangeRequest, found: "Proposal | Refused") -> None:
        if ticket is not self._ticket:
            return
        self._ticket = None
        if isinstance(found, Refused):
            self.forget()
            self.refused.emit(found)
        else:
            self._known, self._proposal = tried, found
            self.ready.emit(found)

    def _failed(self, _said: str) -> None:
        """A mistake of the program; the window tells of it."""
        self._ticket = None
        self.forget()
