"""What became of each fact: whether it counts, how it was corrected, and what a correction changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts.records import Recorded, as_corrected, effect_of_corrections


@dataclass(frozen=True, slots=True)
class PastFact:
    """A fact of the chain. `now`: with the corrections that count, as it holds unless it was taken back.

    `corrections`: those that count. `taken_back_by`: what takes it back, None where it counts. Of a correction, `of` is
    the fact that it changes, as it was before; it `brings_back` that fact where it takes an undo back.
    """

    record: Recorded
    now: Recorded
    corrections: tuple[Recorded, ...] = ()
    taken_back_by: Recorded | None = None
    of: Recorded | None = None
    brings_back: bool = False


def past_facts(records: Sequence[Recorded]) -> tuple[PastFact, ...]:
    """Return what became of each of these facts, in their order; corrections are among the records."""
    void, changes = effect_of_corrections(records)
    by_seq = {one.seq: one for one in records}
    taken = {one.about: one for one in records if takes_back(one) and one.seq not in void}
    found = []
    for record in records:
        corrections = tuple(changes.get(record.seq, ()))
        of, brings_back = _changed_fact(record, by_seq, changes)
        now = as_corrected(record, corrections)
        found.append(PastFact(record, now, corrections, taken.get(record.seq), of, brings_back))
    return tuple(found)


def takes_back(record: Recorded) -> bool:
    """Return whether the fact says that another one no longer counts."""
    return record.kind == "correction" and record.fields.get("void") is True


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
