"""The commands that undo would take back and redo bring back."""

from collections.abc import Sequence

from app.domain.facts.kinds import KINDS
from app.domain.facts.records import Recorded, effect_of_corrections
from app.services.study.study import Study

_TAIL = 400
"""How many of the last facts are read first; eight times as many while they do not suffice."""


def undo_and_redo(study: Study) -> tuple[tuple[Recorded, ...], tuple[Recorded, ...]]:
    """Return the facts of the commands for undo and redo; none where there is no such command."""
    records = recent_facts(study)
    void, _changes = effect_of_corrections(records)
    number = last_undoable(records, void)
    mine = tuple(one for one in records if one.command == number and one.seq not in void)
    undone = (study.store.fact(undo.about) for undo in last_undos(records, void))
    return mine, tuple(one for one in undone if one is not None)


def recent_facts(study: Study) -> list[Recorded]:
    """Return enough of the chain's end for the last command that can be undone, and for the undo before a redo.

    Only later facts change a fact, and with the last command that can be undone every redo is after it; so the end of
    the chain is usually enough. Before it come the earlier facts that its own facts are about.
    """
    head, tail = study.head().seq, _TAIL
    while True:
        start = max(head - tail, 0)
        records = study.store.facts(after=start)
        void, _changes = effect_of_corrections(records)
        number = last_undoable(records, void)
        if not start or (number is not None and number != records[0].command):
            break
        tail *= 8
    about = sorted({one.about for one in records if 0 < one.about <= start})
    earlier = [one for one in map(study.store.fact, about) if one is not None]
    return [*earlier, *records]


def standing_undos(records: Sequence[Recorded], void: frozenset[int]) -> list[Recorded]:
    """Return the undos that count, without redos."""
    taken_back = {one.seq for one in records if is_undo(one)}
    return [one for one in records if one.seq in taken_back and one.seq not in void and one.about not in taken_back]


def last_undos(records: Sequence[Recorded], void: frozenset[int]) -> list[Recorded]:
    """Return the undo that redo takes back by itself; empty when something else was recorded since."""
    undos = standing_undos(records, void)
    number = max((one.command for one in undos), default=0)
    if any(one.command > number and not _allows_redo(one) for one in records):
        return []
    return [one for one in undos if one.command == number]


def last_undoable(records: Sequence[Recorded], void: frozenset[int]) -> int | None:
    """Return the last command that counts, is not an undo itself and can be taken back."""
    for record in reversed(records):
        if record.seq not in void and not _allows_redo(record):
            return record.command
    return None


def is_undo(record: Recorded) -> bool:
    """Return whether an undo or a redo made the fact."""
    return (
        record.kind == "correction" and record.fields.get("void") is True and record.fields.get("cleared") is not True
    )


def _allows_redo(record: Recorded) -> bool:
    """Return whether redo is still possible after this fact: after undos, redos and facts that are for good."""
    return KINDS[record.kind].permanent or is_undo(record)
