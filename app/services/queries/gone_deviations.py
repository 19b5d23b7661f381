"""Why a numbered deviation is one no more: the last command after which it no longer follows from the record."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import Recorded
from app.services.queries.deviation_row import Deviation
from app.services.queries.fact_names import FactNames
from app.services.queries.history import history_rows
from app.services.study.study import Study
from app.wording.dates import day
from app.wording.deviations import gone_text
from app.wording.fact_values import line_of
from app.wording.history_sentences import past_text

FollowsAt = Callable[[ParticipantRecord], Deviation | None]
"""Returns the deviation as it follows from a participant's record; None where it does not."""


def why_gone(
    study: Study, case: ParticipantRecord, today: date, since: int, follows: FollowsAt
) -> tuple[Deviation | None, str]:
    """Return the row as it read before it no longer followed, and the sentence about what changed.

    `since`: the number of the decision that numbered it. Where it does not follow from the participant's facts of then
    either, something else changed: what the site or the study says. Then there is no row.
    """
    records = sorted(study.store.facts(subject=case.subject), key=lambda one: one.seq)
    ends = [one.seq for one, after in pairwise(records) if one.command != after.command]
    cuts = [seq for seq in ends if seq >= since]

    def row_at(number: int) -> Deviation | None:
        kept = [one for one in records if one.seq <= cuts[number]]
        return follows(ParticipantRecord.of(case.subject, kept))

    number = _last_that_follows(len(cuts), row_at)
    if number is None:
        return None, gone_text()
    cause = next(one for one in records if one.seq > cuts[number])
    return row_at(number), gone_text(_said(study, today, records, cause))


def _last_that_follows(count: int, row_at: Callable[[int], Deviation | None]) -> int | None:
    """Return the last of the states of the record from which the row follows; None where it follows from none.

    Looked for from the end in growing steps, then between the last two: each look plans the participant once more.
    """
    after, step = count, 1
    while after > 0:
        before = max(after - step, 0)
        if row_at(before) is not None:
            while after - before > 1:
                middle = (before + after) // 2
                before, after = (middle, after) if row_at(middle) is not None else (before, middle)
            return before
        after, step = before, step * 2
    return None


def _said(study: Study, today: date, records: Sequence[Recorded], cause: Recorded) -> tuple[int, str, str, str]:
    """Return the number of a fact, the day on which it was recorded, by whom, and what it says."""
    past = next(row.past for row in history_rows(study, records) if row.record.seq == cause.seq)
    on = cause.planned_as_of
    names = FactNames(study, today, [one for one in (past.record, past.of) if one is not None])
    said = past_text(past, names.of(cause.subject))
    return cause.seq, day(on) if isinstance(on, date) else "", line_of(cause.who), said
