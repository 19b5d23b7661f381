"""What the backups around a study know of facts that it lacks: an older copy, a cut end, another file in its place.

Judged by number and digest, as the notes have them, never by the number in a name. The digest of a fact covers all
facts before it, so two chains that have one digest in common are the same up to there.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from app.domain.facts.branch import Branch, BranchKind, named_head
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.refusal import Refused
from app.storage.sqlite.backup_proof import problem_by
from app.storage.sqlite.connection import connect, refusals
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.notes import Backup, noted

_MOST_SUBJECTS = 500
"""Participants whose codes are read from the other file."""


def left_out(store: SqliteStore, folder: Path, stem: str) -> list[Backup]:
    """Return the noted backups whose head the study has not and has not settled either, the highest number first."""
    settled = _settled(store)
    found = [
        one
        for one in noted(folder, stem)
        if store.digest_of(one.seq).hex() != one.digest and named_head(one.seq, one.digest) not in settled
    ]
    return sorted(found, key=lambda one: (one.seq, one.at), reverse=True)


def marks(store: SqliteStore, folder: Path, stem: str) -> dict[int, bytes]:
    """Return the digests that the notes of backups have, by number, without those that the study has settled."""
    settled, found = _settled(store), {}
    for one in noted(folder, stem):
        if named_head(one.seq, one.digest) not in settled:
            with suppress(ValueError):
                found[one.seq] = bytes.fromhex(one.digest)
    return found


def heads_of(backups: Iterable[Backup]) -> list[str]:
    """Return the heads of backups as a fact `restored` names those that it leaves out."""
    return sorted({named_head(one.seq, one.digest) for one in backups})


def branches(store: SqliteStore, folder: Path, stem: str) -> list[Branch]:
    """Return each branch that the study lacks, told by the backup that goes farthest in it."""
    rest, found = left_out(store, folder, stem), []
    while rest:
        top = rest[0]
        branch, same = _branch(store, top, rest)
        found.append(branch)
        rest = [one for one in rest if one not in same]
    return found


def having(folder: Path, stem: str, number: int, start: str) -> Path | None:
    """Return a backup with a fact of that number whose digest begins so; None where none is found."""
    for one in sorted(noted(folder, stem), key=lambda each: each.at, reverse=True):
        if one.seq < number or problem_by(one):
            continue
        opened = _opened(one)
        if opened is None:
            continue
        try:
            if opened.digest_of(number).hex().startswith(start):
                return one.path
        except Refused:
            continue
        finally:
            opened.connection.close()
    return None


def _settled(store: SqliteStore) -> frozenset[str]:
    facts = store.facts(kinds=("restored",))
    named = [fact.fields.get("left_out") for fact in facts]
    return frozenset(str(one) for names in named if isinstance(names, list) for one in names)


def _branch(store: SqliteStore, top: Backup, rest: Sequence[Backup]) -> tuple[Branch, list[Backup]]:
    """Return the branch of a backup, and those of the others that are on it."""
    opened = None if problem_by(top) else _opened(top)
    if opened is None:
        return _witnessed(store, top), [top]
    try:
        return _compared(store, opened, top, rest)
    except Refused:
        return _witnessed(store, top), [top]
    finally:
        opened.connection.close()


def _witnessed(store: SqliteStore, top: Backup) -> Branch:
    return Branch("witnessed", str(top.path), store.head().seq, top.seq, heads=tuple(heads_of([top])))


def _compared(
    store: SqliteStore, other: SqliteStore, top: Backup, rest: Sequence[Backup]
) -> tuple[Branch, list[Backup]]:
    ours = store.head().seq
    if other.digest_of(top.seq).hex() != top.digest:
        return _witnessed(store, top), [top]
    common = _common(store, other, min(ours, top.seq))
    same = [one for one in rest if one is top or other.digest_of(one.seq).hex() == one.digest]
    since, until, of_study = _recorded(other, common)
    kind: BranchKind = "other_study" if not common else "behind" if common == ours else "forked"
    codes = tuple(_codes(other, common))
    heads = tuple(heads_of(same))
    branch = Branch(kind, str(top.path), ours, top.seq, common, since, until, codes, of_study, heads)
    return branch, same


def _common(one: SqliteStore, other: SqliteStore, last: int) -> int:
    """Return the number of the last fact that both chains have."""
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        digest = one.digest_of(middle)
        if digest and digest == other.digest_of(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _opened(backup: Backup) -> SqliteStore | None:
    try:
        return SqliteStore(backup.path, connect(backup.path, False), read_only=True)
    except Refused:
        return None


def _recorded(other: SqliteStore, after: int) -> tuple[str, str, int]:
    """Return when the first and the last fact after a number were recorded, and how many are about the study."""
    with refusals(other.path):
        row = other.connection.execute(
            "SELECT MIN(recorded_at), MAX(recorded_at), SUM(subject = 0) FROM fact WHERE seq > ?", (after,)
        ).fetchone()
    return str(row[0] or ""), str(row[1] or ""), int(row[2] or 0)


def _codes(other: SqliteStore, after: int) -> list[str]:
    """Return the codes of those whom facts after a number are about."""
    with refusals(other.path):
        rows = other.connection.execute(
            "SELECT DISTINCT subject FROM fact WHERE seq > ? AND subject > 0 ORDER BY subject LIMIT ?",
            (after, _MOST_SUBJECTS),
        )
        subjects = {int(row[0]) for row in rows}
    cases = ParticipantRecord.each(other.facts(kinds=("screened", "enrolled", "correction")))
    return [case.code for case in cases if case.subject in subjects and case.records]
