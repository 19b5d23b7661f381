"""One recorded fact of a participant corrected or taken back: proposed and saved as any other change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.facts.records import Recorded
from app.services.commands import correct, record
from app.services.commands.reassign import propose_reassignment
from app.services.commands.record import Proposal, Saved
from app.services.queries.intake_state import protocol_entered
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class MendProposal(Proposal):
    """A correction or an undo as a proposal for one participant; `correction`: what is saved."""

    correction: correct.CorrectionProposal | None = None


def propose_mend(
    study: Study, code: str, fact: Recorded, changes: Mapping[str, object] | None, reason: str, today: date
) -> MendProposal:
    """Return the effect of other fields in a fact; without `changes`, of taking back the command that recorded it.

    Raises:
        Refused: it cannot be corrected or taken back, or no reason is given.
    """
    if changes is None:
        found = correct.propose_undo(study, fact.command, today, reason, corrected=True)
    else:
        found = correct.propose_correction(study, fact.seq, changes, reason, today)
    return _for_participant(study, code, found, today)


def propose_handing_over(study: Study, code: str, fact: Recorded, other: str, reason: str, today: date) -> MendProposal:
    """Return the effect of giving a fact to the participant whose code is `other`.

    Raises:
        Refused: it can be of nobody else, there is no such participant, or it contradicts what is recorded there.
    """
    return _for_participant(study, code, propose_reassignment(study, fact.seq, other, reason, today), today)


def _for_participant(study: Study, code: str, found: correct.CorrectionProposal, today: date) -> MendProposal:
    case = study.case(study.subject(code))
    before, after = found.calendars.get(case.subject, (None, None))
    moved = tuple(change for changes_of in found.changes.values() for change in changes_of)
    return MendProposal(
        case.subject, case.code, today, found.head, found.facts, before, after, moved, protocol_entered(study, case),
        doubt=found.doubt, correction=found,
    )  # fmt: skip


def save_proposal(study: Study, proposal: Proposal, sure: bool = False) -> Saved:
    """Record what was proposed, be it a new fact or a correction. `sure`: a person has confirmed it.

    Raises:
        Doubted: there is a doubt about it, and nobody has confirmed it.
        Refused: the file has changed since, is open for reading only, or cannot be written.
    """
    if isinstance(proposal, MendProposal) and proposal.correction is not None:
        return correct.save_correction(study, proposal.correction, sure)
    return record.save(study, proposal, sure)
