"""The two jobs of a form: a preview while somebody types, and saving exactly what the preview showed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, Self

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.facts.kinds import KINDS
from app.domain.refusal import Doubted, Refused
from app.services.commands.intake import Intake, propose_intake
from app.services.commands.mend import save_proposal
from app.services.commands.record import Asked, Proposal, Saved, propose
from app.services.study.study import Study
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.wording.fact_sentences import saved_text

if TYPE_CHECKING:
    from datetime import date


WAIT_MS = 200
"""How long somebody has stopped typing before a preview is asked for."""
_PLACEHOLDERS: Mapping[str, object] = {"reason": "…", "pancreas": "other", "liver": "other", "given": "full"}
"""Fields that no day depends on: while one of them is empty, the preview is made with this value."""


class ProposalRequest(Protocol):
    """What a form asks for. Equal requests have the same proposal as long as the study stays as it is."""

    @property
    def code(self) -> str:
        """The participant's code."""

    def completed(self) -> Self:
        """Return the request with placeholders for empty fields that no day depends on."""

    def propose(self, study: Study, today: "date") -> Proposal:
        """Return the proposal of the services.

        Raises:
            Refused: the request cannot be granted.
        """

    def can_save(self, proposal: Proposal, study: Study, today: "date") -> bool:
        """Whether that earlier proposal is handed to the services, rather than a new one."""

    def saved_text(self, saved: Saved) -> str:
        """Return what the status bar says after saving."""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change of one participant as it is typed in the form.

    `held_visits`: the keys of visits that stay on their day although others move, and `reason` says why.
    `visit_performed`: the visit at which something was decided took place on that day; it is recorded as performed in
    the same command.
    """

    code: str
    kind: str
    fields: Mapping[str, object] = field(default_factory=dict)
    held_visits: frozenset[str] = frozenset()
    reason: str = ""
    visit_performed: bool = False

    def completed(self) -> "ChangeRequest":
        """Return the change with placeholders for empty fields that no day depends on."""
        kind = KINDS[self.kind]
        empty = {
            name: value
            for name, value in _PLACEHOLDERS.items()
            if kind.field(name) is not None and self.fields.get(name) in (None, "")
        }
        reason = self.reason or ("…" if self.held_visits else "")
        fields = {**self.fields, **empty}
        return replace(self, fields=fields, reason=reason)

    def propose(self, study: Study, today: "date") -> Proposal:
        """Return the proposal of the services.

        Raises:
            Refused: the change cannot be made.
        """
        asked = [Asked(self.kind, self.fields)]
        if self.visit_performed:
            asked.insert(0, Asked("performed", {name: self.fields.get(name) for name in ("visit", "on")}))
        return propose(study, self.code, asked, today, sorted(self.held_visits), self.reason)

    def can_save(self, proposal: Proposal, study: Study, today: "date") -> bool:
        """Always: where the study has changed, the services refuse it, and the person sees the new preview first."""
        return True

    def saved_text(self, saved: Saved) -> str:
        """Return the fact that was saved, with the participant's code."""
        return saved_text(saved.facts, self.code, saved.names)


@dataclass(frozen=True, slots=True)
class IntakeRequest:
    """What is to be recorded of somebody who enters the study, as it is typed in the form."""

    intake: Intake

    @property
    def code(self) -> str:
        """The participant's code, without spaces around it."""
        return self.intake.code

    def completed(self) -> "IntakeRequest":
        """Return the same request: it has no field without a meaning for the calendar."""
        return self

    def propose(self, study: Study, today: "date") -> Proposal:
        """Return its facts with the calendar.

        Raises:
            Refused: a part of it cannot be recorded.
        """
        return propose_intake(study, self.intake, today)

    def can_save(self, proposal: Proposal, study: Study, today: "date") -> bool:
        """Only while the study and the day are the same: what others recorded does not stop an enrolment."""
        return proposal.head == study.head() and proposal.today == today

    def saved_text(self, saved: Saved) -> str:
        """Return the farthest step in words; an enrolment and a screening name the code themselves."""
        last = next((one for one in saved.facts if one.kind in ("enrolled", "included")), saved.facts[0])
        return saved_text([last], "" if last.kind in ("enrolled", "screened") else self.code, saved.names)


class PreviewJob(QObject):
    """Asks for previews. A new request stops the one before, so that only the last one is answered."""

    began = Signal()
    ready = Signal(object)
    """The `Proposal` for the last request."""
    refused = Signal(object)
    """The `Refused` for the last request."""
    failed = Signal(object)
    """Another error in the place of a proposal; the window has shown a bug already."""

    def __init__(self, session: StudySession, parent: QObject) -> None:
        """Wait for the first request."""
        super().__init__(parent)
        self._session = session
        self._request: ProposalRequest | None = None
        self._answered_request: ProposalRequest | None = None
        self._proposal: Proposal | None = None
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def under_way(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or self._job is not None

    def want(self, request: ProposalRequest, at_once: bool = False) -> None:
        """Ask for the preview of a request after `WAIT_MS`, or at once."""
        self.stop()
        self._request = request
        if at_once:
            self._ask()
        else:
            self._timer.start()

    def stop(self) -> None:
        """Drop the request that is not answered yet."""
        self._timer.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def forget(self) -> None:
        """Drop the last proposal: it no longer holds."""
        self._answered_request = self._proposal = None

    def proposal(self, request: ProposalRequest) -> Proposal | None:
        """Return the last proposal, if it answers exactly this request."""
        return self._proposal if self._answered_request == request else None

    def _ask(self) -> None:
        if self._request is None:
            return
        request, today = self._request.completed(), self._session.today

        def propose(study: Study, _job: Job) -> Proposal:
            return request.propose(study, today)

        self.began.emit()
        job = self._session.ask(
            propose,
            lambda proposal: self._proposed(job, request, proposal),
            lambda error: self._not_proposed(job, error),
            self,
        )
        self._job = job

    def _proposed(self, job: Job, request: ProposalRequest, proposal: Proposal) -> None:
        if job is self._job:
            self._job = None
            self._answered_request, self._proposal = request, proposal
            self.ready.emit(proposal)

    def _not_proposed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._job = None
            self.forget()
            (self.refused if isinstance(error, Refused) else self.failed).emit(error)


class SaveJob(QObject):
    """Saves for a form, one request at a time: proposed and recorded in one job of the worker."""

    saved = Signal(object)
    """A `Saved`."""
    failed = Signal(object)
    """The error: a `Refused` where it is known which field is meant. Nothing was saved."""

    def __init__(self, session: StudySession, owner: QObject, label: str = "") -> None:
        """`owner` is named in the one message of the change; `label` is shown when saving takes a second."""
        super().__init__(owner)
        self._session, self._owner, self._label = session, owner, label
        self.under_way = False

    def save(self, request: ProposalRequest, proposal: Proposal | None, confirmed: Doubted | None = None) -> None:
        """Record the request; `proposal` is the preview of exactly this request, where there is one.

        `confirmed`: the doubts that a person has seen and answered; what is doubted besides is asked about.
        """
        today = self._session.today

        def propose_and_save(study: Study, _job: Job) -> Saved:
            ready = proposal if proposal is not None and request.can_save(proposal, study, today) else None
            ready = ready or request.propose(study, today)
            sure = confirmed is not None and ready.doubt is not None and confirmed.covers(ready.doubt)
            return save_proposal(study, ready, sure)

        self.under_way = True
        self._session.change(
            propose_and_save,
            self._saved,
            self._failed,
            owner=self._owner,
            codes=getattr(request, "codes", (request.code,)),
            text=request.saved_text,
            label=self._label,
        )

    def _saved(self, saved: Saved) -> None:
        self.under_way = False
        self.saved.emit(saved)

    def _failed(self, error: BaseException) -> None:
        # The form may have been closed in the meantime.
        if isValid(self):
            self.under_way = False
            self.failed.emit(error)
