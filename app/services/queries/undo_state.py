"""What undo and redo would take back."""

from collections.abc import Sequence

from app.domain.facts.kinds import KINDS
from app.domain.facts.records import Recorded, effect_of_corrections
from app.services.study.study import Study
from app.wording.fact_sentences import kind_name
from app.wording.language import counted

# Taken in whole from elsewhere, so taken in anew rather than corrected.
_TAIL = 400


def undo_and_redo(study: Study) -> tuple[tuple[Recorded, int] | None, tuple[Recorded, int] | None]:
    """What undo would take back and redo bring back now: the command's first fact and how many it has; None: nothing.

    The end of the chain is enough for most: a fact is changed by later ones alone.
    """
    start = max(study.head().seq - _TAIL, 0)
    records = study.store.facts(after=start)
    void, _changes = effect_of_corrections(records)
    number = last_undoable(records, void)
    if start and (number is None or number == records[0].command):
        records = study.store.facts()
        void, _changes = effect_of_corrections(records)
        number = last_undoable(records, void)
    mine = [one for one in records if one.command == number and one.seq not in void]
    undos = last_undos(records, void)
    back = study.store.fact(undos[0].about) if undos else None
    return (mine[0], len(mine)) if mine else None, (back, len(undos)) if back is not None else None


def standing_undos(records: Sequence[Recorded], void: frozenset[int]) -> list[Recorded]:
    """The undos that stand, without redos."""
    taken_back = {one.seq for one in records if is_undo(one)}
    return [one for one in records if one.seq in taken_back and one.seq not in void and one.about not in taken_back]


def last_undos(records: Sequence[Recorded], void: frozenset[int]) -> list[Recorded]:
    """The undo that redo takes back when none is named; empty when something else was recorded since."""
    undos = standing_undos(records, void)
    number = max((one.command for one in undos), default=0)
    if any(one.command > number and not _allows_redo(one) for one in records):
        return []
    return [one for one in undos if one.command == number]


def last_undoable(records: Sequence[Recorded], void: frozenset[int]) -> int | None:
    """The last command that stands, is no undo itself and can be taken back."""
    for record in reversed(records):
        if record.seq not in void and not _allows_redo(record):
            return record.command
    return None


def is_undo(record: Recorded) -> bool:
    """Whether a fact was made by an undo or a redo."""
    return (
        record.kind == "correction" and record.fields.get("void") is True and record.fields.get("cleared") is not True
    )


def _allows_redo(record: Recorded) -> bool:
    """Whether what was undone before this fact may still be brought back after it: undos, redos, what is for good."""
    return KINDS[record.kind].permanent or is_undo(record)


def named_command(first: Recorded | None, count: int) -> str:
    """A command in a few words, as the menu names it: ``visit done, SP-C02#3``."""
    if first is None:
        return ""
    visit = first.text("visit")
    said = f"{kind_name(first.kind)}, {visit}" if visit else kind_name(first.kind)
    return f"{said} {counted('and {n} more', 'and {n} more', count - 1)}" if count > 1 else said
