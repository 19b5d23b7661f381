"""The doubts about facts that are recorded already."""

from collections.abc import Sequence

from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import NewFact
from app.domain.facts.repeats import repeated
from app.domain.refusal import Doubted, joined
from app.wording.fact_sentences import fact_text
from app.wording.protocol_names import NO_NAMES, Names


def doubt_of_repeat(
    case: ParticipantRecord, facts: Sequence[NewFact], changes_calendar: bool, names: Names = NO_NAMES
) -> Doubted | None:
    """Return the doubts about the facts that are recorded already; None where all are new."""
    planned = {record.seq for record, _fact in case.planned}
    known = [one for one in case.records if one.seq in planned or not KINDS[one.kind].plans]
    return joined(
        Doubted("repeats", what=fact_text(one, names), seq=one.seq, who=one.who, on=one.planned_as_of)
        for one in repeated(facts, known, changes_calendar)
    )
