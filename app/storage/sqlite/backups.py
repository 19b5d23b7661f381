"""Backups: a copy by SQLite's own means, verified before it gets its name and before an older one goes.

A backup is marked as one in its header, so that it opens for reading and is never worked in by accident. Next to it is
a note with the head of its chain and the digest of the file, as a second witness to the chain.
"""

import contextlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.atomic_write import write_atomically
from app.domain.facts.branch import Branch
from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.file_warning import BackupProblem, FileWarning
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Stamp
from app.domain.refusal import Refused
from app.operating_system import replace_file, sync_folder
from app.private_files import make_file, make_folder
from app.progress import Progress
from app.storage.sqlite.atomic_files import put_in_place, remove_with_side_files
from app.storage.sqlite.backup_proof import digest_of_file, problem_by, problem_of, remember_digest, was_read
from app.storage.sqlite.branches import branches, having, heads_of, left_out, marks
from app.storage.sqlite.connection import Connection, connect, refusals
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.file_format import APPLICATION_ID, BACKUP_ID
from app.storage.sqlite.notes import NAME, STAMP, Backup, folder_of, named, note_of, noted, read_note

__all__ = [
    "Backup",
    "StudyBackups",
    "clear_unfinished_backups",
    "folder_of",
    "make_backup",
    "read_note",
    "restore",
    "to_remove",
]

_UNFINISHED = re.compile(rf"\.{NAME.pattern}(\.json\..+)?\.part(-journal|-wal|-shm)?", re.ASCII)
_HELPED = ("no_study", "empty_file", "not_a_study", "damaged", "nothing_to_read", "strange_schema")
_PAGES = 512
"""Pages of the file that are copied at a time; then progress is told."""
_SECONDS_LATER = 60
"""For so many seconds a backup's name is looked for after the moment at which it is made."""
ALL_FOR_DAYS, DAILY, WEEKLY, MONTHLY, AT_LEAST = 2, 12, 10, 12, 3
"""Which backups are kept: all of some days, the newest of so many days, weeks and months, and so many in any case."""


@dataclass(frozen=True, slots=True)
class StudyBackups:
    """The backups of one open study file, in the folder next to it."""

    store: SqliteStore

    @property
    def folder(self) -> Path:
        """The folder next to the study file."""
        return folder_of(self.store.path)

    def listed(self, folder: Path | None = None) -> list[Backup]:
        """Return all backups of that name, the oldest first, each with what its note says where it has one.

        Raises:
            Refused: their folder, or the given one, cannot be read.
        """
        try:
            return [read_note(one.path) or one for one in backups_of(self.store.path, folder)]
        except OSError:
            raise Refused("cannot_open", path=str(folder or self.folder)) from None

    def problem(self, backup: Path) -> BackupProblem:
        """Return what keeps a backup from counting as one; empty where it holds."""
        return problem_of(backup)

    def newest(self, folder: Path | None = None) -> Backup | None:
        """Return the newest backup that counts: of this chain, and what was written; None where there is none.

        Raises:
            Refused: their folder, or the given one, cannot be read.
        """
        own = (one for one in reversed(self.listed(folder)) if _is_of(one, self.store))
        return next((one for one in own if not problem_by(one)), None)

    def newest_good(self) -> Backup | None:
        """Return the newest backup that is what was written, whatever the study itself holds; None for none.

        Raises:
            Refused: their folder cannot be read.
        """
        return next((one for one in reversed(self.listed()) if one.digest and not problem_by(one)), None)

    def check(self, on: str) -> list[FileWarning]:
        """Read the newest backups until one of this chain holds, once a day; return those that do not, with why.

        Raises:
            Refused: their folder cannot be read.
        """
        wrong: list[FileWarning] = []
        for one in reversed(self.listed()):
            seen = was_read(one.path, on)
            problem = problem_by(one, on) if one.digest else problem_of(one.path)
            if problem and not seen:
                wrong.append(FileWarning(problem, {"path": str(one.path)}))
            elif not problem and _is_of(one, self.store):
                break
        return wrong

    def make(self, moment: datetime, folder: Path | None = None, progress: Progress | None = None) -> Path:
        """Back the study up; see `make_backup`."""
        return make_backup(self.store, moment, folder, progress)

    def noted(self, backup: Path) -> Backup | None:
        """Return what the note next to a backup says; see `read_note`."""
        return read_note(backup)

    def branches(self) -> list[Branch]:
        """Return what the backups know of facts that the study lacks; see `branches`."""
        return branches(self.store, folder_of(self.store.path), self.store.path.stem)

    def heads(self) -> dict[int, bytes]:
        """Return the heads that the backups have witnessed, without those that the study goes on without."""
        return marks(self.store, folder_of(self.store.path), self.store.path.stem)

    def left_out(self) -> list[str]:
        """Return the heads of the backups whose facts the study lacks, as a fact `restored` names them."""
        return heads_of(left_out(self.store, folder_of(self.store.path), self.store.path.stem))

    def having(self, number: int, start: str) -> Path | None:
        """Return a backup with a fact of that number whose digest begins so; see `having`."""
        return having(folder_of(self.store.path), self.store.path.stem, number, start)


def make_backup(
    store: SqliteStore, moment: datetime, folder: Path | None = None, progress: Progress | None = None
) -> Path:
    """Back the study up; return the file's path. Older backups are thinned only after this one was verified.

    Raises:
        Refused: it cannot be written, or the study's own chain does not hold; every older backup is as it was.
    """
    if store.broken is not None:
        raise Refused("backup_of_broken", path=str(store.path), seq=store.broken.seq)
    folder = folder_of(store.path) if folder is None else folder
    try:
        target = _written(store, moment, folder, progress)
    except OSError as error:
        raise Refused("unwritable", path=str(folder), problem=(error.strerror or "an error").lower()) from None
    _thin(folder, store, moment)
    return target


def _written(store: SqliteStore, moment: datetime, folder: Path, progress: Progress | None) -> Path:
    """Copy, verify and note a study, and give the copy its name; return the path."""
    head = store.head()
    if os.path.lexists(folder) and not folder.is_dir():
        raise Refused("no_room_for_backups", path=str(folder))
    make_folder(folder)
    target = _free_name(folder, store.path.stem, moment.astimezone(UTC), head)
    part = folder / f".{target.name}.part"
    clear_unfinished_backups(folder, store.path.stem)
    try:
        _copy(store.connection, part, BACKUP_ID, progress)
        _same_head(part, head)
        digest = digest_of_file(part)
        note = {"backup": target.name, "facts": head.seq, "head": head.digest.hex(), "sha256": digest}
        write_atomically(note_of(target), (json.dumps(note, indent=1) + "\n").encode())
        replace_file(part, target)
        remember_digest(target, digest, moment.astimezone(UTC).date().isoformat())
        sync_folder(folder)
    finally:
        remove_with_side_files(part)
    return target


def _free_name(folder: Path, stem: str, moment: datetime, head: Head) -> Path:
    """Return the name for a backup made at that moment: of the first second that no other state's backup has.

    Raises:
        Refused: something that is no backup with its note has the name.
    """
    moments = [(moment + timedelta(seconds=later)).strftime(STAMP) for later in range(_SECONDS_LATER)]
    names = [folder / f"{stem}-{at}-{head.seq}.studyday" for at in moments]
    for target in names:
        for path in (target, note_of(target)):
            if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
                raise Refused("exists", path=str(path))
        note = read_note(target)
        if not target.exists() or (note is not None and (note.seq, note.digest) == (head.seq, head.digest.hex())):
            return target
        if note is None:
            raise Refused("exists", path=str(target))
    raise Refused("exists", path=str(names[0]))


def backups_of(path: Path, folder: Path | None = None) -> list[Backup]:
    """Return the backups of that study, the oldest first."""
    return named(folder_of(path) if folder is None else folder, path.stem)


def with_newest(refused: Refused, path: Path) -> Refused:
    """Return the refusal of a file that cannot be opened, with the newest backup of it that is as it was written.

    A refusal that no backup helps is returned as it was.
    """
    if refused.kind not in _HELPED:
        return refused
    try:
        found = [read_note(one.path) for one in reversed(backups_of(path))]
    except OSError:
        return refused
    newest = next((one.path for one in found if one is not None and one.digest and not problem_by(one)), None)
    return refused if newest is None else Refused(refused.kind, refused.place, **refused.values, newest=str(newest))


def doubts_about(backup: SqliteStore) -> list[FileWarning]:
    """Return what is odd about an opened backup although its chain holds: it is not what was written."""
    problem = problem_of(backup.path) if read_note(backup.path) is not None else ""
    return [FileWarning("restored_from_changed", {"path": str(backup.path)})] if problem else []


def restore(backup: SqliteStore, target: Path, stamp: Stamp) -> list[Branch]:
    """Make a new study file from an opened backup, or from any readable study file; return what it goes on without.

    Raises:
        Refused: the target exists, the backup is not what its note says, or it cannot be written.
    """
    if target.exists():
        raise Refused("exists", path=str(target))
    if backup.broken is not None:
        raise Refused("chain_broken", path=str(backup.path), seq=backup.broken.seq)
    note, head = read_note(backup.path), backup.head()
    if note is not None and (note.seq, note.digest) != (head.seq, head.digest.hex()):
        raise Refused("backup_changed", path=str(backup.path))
    part = target.with_name(f".{target.name}.part")
    try:
        make_folder(target.parent)
        remove_with_side_files(part)
        try:
            _copy(backup.connection, part, APPLICATION_ID, None)
            _same_head(part, head)
            connection = connect(part, True)
            try:
                restored = SqliteStore(part, connection)
                fields: dict[str, Json] = {"backup": backup.path.name, "head": str(head), "facts": head.seq}
                around = {_around(backup.path), _around(target)}
                without = [one for place in around for one in branches(restored, *place)]
                if without:
                    fields["left_out"] = [*sorted({head for one in without for head in one.heads})]
                with restored.transaction():
                    restored.append(stamp, restored.last()[0] + 1, [NewFact("restored", fields)])
            finally:
                connection.close()
            put_in_place(part, target)
        finally:
            remove_with_side_files(part)
        return without
    except OSError as error:
        raise Refused("unwritable", path=str(target), problem=(error.strerror or "an error").lower()) from None


def _around(path: Path) -> tuple[Path, str]:
    """Return the folder of backups that a file belongs to, and the name of their study."""
    found = NAME.fullmatch(path.name)
    return (path.parent, found["stem"]) if found is not None else (folder_of(path), path.stem)


def _copy(source: Connection, part: Path, application: int, progress: Progress | None) -> None:
    """Make a complete copy of an open file, on the disk, with the given mark in its header."""
    with refusals(part):
        make_file(part)
        target = connect(part, True)
        try:

            def report(status: int, remaining: int, total: int) -> None:
                if progress is not None:
                    progress(total - remaining, total)

            source.backup(target, pages=_PAGES, progress=report)
            target.execute(f"PRAGMA application_id = {application}")
        finally:
            target.close()
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _same_head(part: Path, head: Head) -> None:
    """Refuse a copy that is damaged or whose chain does not end where the study's does."""
    verified: Head | Broken = Broken(0, "edited")
    with contextlib.suppress(Refused):
        connection = connect(part, False)
        try:
            with refusals(part):
                if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                    verified = SqliteStore(part, connection, read_only=True).verify()
        finally:
            connection.close()
    if verified != head:
        raise Refused("backup_failed", path=str(part.parent))


def clear_unfinished_backups(folder: Path, stem: str) -> None:
    """Remove the unfinished files of a killed backup of this study; other files in the folder stay.

    Raises:
        OSError: there is no such folder, or one of them cannot be removed.
    """
    for part in list(folder.iterdir()):
        found = _UNFINISHED.fullmatch(part.name)
        if found is not None and found["stem"] == stem:
            remove_with_side_files(part)


def _thin(folder: Path, store: SqliteStore, moment: datetime) -> None:
    """Remove what the rule does not keep of this study's backups; one that cannot be removed stays.

    Neither counted nor removed are those that have no note, that are not what their note says, and whose note names a
    fact of another chain: another study's of the same name, and what is left of facts that this file lacks.
    """
    own = [one for one in noted(folder, store.path.stem) if _is_of(one, store)]
    if not to_remove(own, moment):
        return
    for backup in to_remove([one for one in own if not problem_by(one)], moment):
        with contextlib.suppress(OSError):
            backup.path.unlink(missing_ok=True)
            note_of(backup.path).unlink(missing_ok=True)


def _is_of(note: Backup, store: SqliteStore) -> bool:
    return bool(note.digest) and note.digest == store.digest_of(note.seq).hex()


def to_remove(backups: Iterable[Backup], moment: datetime) -> list[Backup]:
    """Return the backups that need not be kept.

    Kept are all of the last two days, then the newest of each of 12 days, 10 weeks and 12 months, by UTC days; at least
    three, and always the newest.
    """
    ordered = sorted(backups, key=lambda one: (one.at, one.seq, one.path.name), reverse=True)
    recent = moment.astimezone(UTC) - timedelta(days=ALL_FOR_DAYS)
    keep = {one.path for one in ordered if one.at >= recent} | {one.path for one in ordered[:AT_LEAST]}
    older = [one for one in ordered if one.at < recent]
    for most, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        newest: dict[str, Path] = {}
        for one in older:
            newest.setdefault(one.at.strftime(period), one.path)
        keep.update(list(newest.values())[:most])
    return [one for one in ordered if one.path not in keep]
