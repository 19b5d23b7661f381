"""What is asked for when a recorded fact is corrected or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from app.domain.facts.records import Recorded, as_corrected, provisional
from app.services.commands.mend import MendProposal, propose_handing_over, propose_mend
from app.services.commands.record import Proposal, Saved
from app.services.study.study import Study
from app.wording.fact_sentences import changed_text, fact_text
from app.wording.language import gettext as _
from app.wording.protocol_names import NO_NAMES, Names

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class _FactRequest:
    """What both ask for: a fact of a participant, and why it is not right. `names`: those to say for ids."""

    code: str
    fact: Recorded
    reason: str
    names: Names = field(default=NO_NAMES, compare=False)

    def completed(self) -> Self:
        """Return the request with a placeholder for a missing reason: no day depends on it."""
        return replace(self, reason=self.reason or "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class MendRequest(_FactRequest):
    """A correction of a fact as it is typed; without `changes`, the taking back of the command that recorded it.

    `others`: the other participants whom it concerns.
    """

    changes: Mapping[str, object] | None
    others: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Everybody whom it concerns."""
        return self.code, *self.others

    def propose(self, study: Study, today: "date") -> MendProposal:
        """Return the proposal of the services.

        Raises:
            Refused: the fact cannot be corrected so, or not taken back.
        """
        return propose_mend(study, self.code, self.fact, self.changes, self.reason, today)

    def can_save(self, proposal: Proposal, study: Study, today: "date") -> bool:
        """Always: where the study has changed, the services refuse it, and the person sees the new preview first."""
        return True

    def saved_text(self, saved: Saved) -> str:
        """Return what was corrected, with the old and the new values, or what was taken back."""
        if self.changes is None:
            return _("Taken back: {what}").format(what=f"{self.code}: {fact_text(self.fact, self.names)}")
        now = as_corrected(self.fact, [provisional(one, 0) for one in saved.facts])
        return _("Corrected: {what}").format(what=f"{self.code}: {changed_text(self.fact, now, self.names)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRequest(_FactRequest):
    """A fact that belongs to another participant, as it is typed. `other`: the code of that one."""

    other: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Both participants."""
        return self.code, self.other

    def propose(self, study: Study, today: "date") -> MendProposal:
        """Return the proposal of the services.

        Raises:
            Refused: the fact cannot be given to that participant.
        """
        return propose_handing_over(study, self.code, self.fact, self.other, self.reason, today)

    def can_save(self, proposal: Proposal, study: Study, today: "date") -> bool:
        """Always, as for a correction."""
        return True

    def saved_text(self, saved: Saved) -> str:
        """Return what belongs to whom."""
        said = _("{code}: {what} belongs to {other}")
        return said.format(code=self.code, what=fact_text(self.fact, self.names), other=self.other)
