"""What became of each fact: whether it counts, how it was corrected, and what a correction changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.facts.reassigned import takes_back, takes_place
from app.domain.facts.records import Recorded, as_corrected, effect_of_corrections

_NOBODY: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class PastFact:
    """A fact of the chain. `now`: with the corrections that count, as it holds unless it was taken back.

    `corrections`: those that count. `taken_back_by`: what takes it back, None where it counts. Of a correction, `of` is
    the fact that it changes, as it was before; it `brings_back` that fact where it takes an undo back.

    `belongs_to`: the number of the participant about whom it was recorded instead when it was taken back, of the fact
    and of what takes it back. `came_from`: of the fact that was recorded instead, whose it was before. 0 for nobody.
    """

    record: Recorded
    now: Recorded
    corrections: tuple[Recorded, ...] = ()
    taken_back_by: Recorded | None = None
    of: Recorded | None = None
    brings_back: bool = False
    belongs_to: int = 0
    came_from: int = 0


def past_facts(records: Sequence[Recorded], others: Mapping[int, int] = _NOBODY) -> tuple[PastFact, ...]:
    """Return what became of each of these facts, in their order; corrections are among the records.

    `others`: the other participant of each fact that was taken back of one and recorded of another, by the number of
    the fact that takes it back, and of the one that was recorded instead.
    """
    void, changes = effect_of_corrections(records)
    by_seq = {one.seq: one for one in records}
    taken = {one.about: one for one in records if takes_back(one) and one.seq not in void}
    found = []
    for record in records:
        corrections = tuple(changes.get(record.seq, ()))
        of, brings_back = _changed_fact(record, by_seq, changes)
        now = as_corrected(record, corrections)
        taken_by = taken.get(record.seq)
        other = others.get(record.seq, 0)
        belongs_to = others.get(taken_by.seq, 0) if taken_by is not None else other if takes_back(record) else 0
        came_from = other if takes_place(record) else 0
        found.append(PastFact(record, now, corrections, taken_by, of, brings_back, belongs_to, came_from))
    return tuple(found)


def _changed_fact(
    record: Recorded, by_seq: dict[int, Recorded], changes: dict[int, list[Recorded]]
) -> tuple[Recorded | None, bool]:
    of = by_seq.get(record.about) if record.kind == "correction" else None
    brings_back = False
    while of is not None and takes_back(of):
        brings_back = not brings_back
        of = by_seq.get(of.about)
    if of is None:
        return None, False
    earlier = [one for one in changes.get(of.seq, ()) if one.seq < record.seq]
    return as_corrected(of, earlier), brings_back
