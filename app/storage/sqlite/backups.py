"""Backups: a copy by SQLite's own means, verified before it gets its name and before an older one goes.

A backup is marked as one in its header, so that it opens for reading and is never worked in by accident. Next to it is
a note with the head of its chain and the digest of the file, as a second witness to the chain.
"""

import contextlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.atomic_write import write_atomically
from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.records import NewFact, Stamp
from app.domain.refusal import Refused
from app.private_files import make_file, make_folder
from app.progress import Progress
from app.storage.sqlite.atomic_files import put_in_place, remove_with_side_files, sync_folder
from app.storage.sqlite.connection import connect, disconnect, refusals
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.rows import APPLICATION_ID, BACKUP_ID

_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6}Z)-(?P<seq>\d+)\.studyday", re.ASCII)
_UNFINISHED = re.compile(rf"\.{_NAME.pattern}(\.json\..+)?\.part(-journal|-wal|-shm)?", re.ASCII)
_STAMP = "%Y%m%dT%H%M%SZ"
_PAGES = 512
ALL_FOR_DAYS, DAILY, WEEKLY, MONTHLY, AT_LEAST = 2, 12, 10, 12, 3


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its file, when it was made (UTC), and the number and digest of its last fact."""

    path: Path
    at: datetime
    seq: int
    digest: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class StudyBackups:
    """The backups of one open study file, in the folder next to it."""

    store: SqliteStore

    def listed(self) -> list[Backup]:
        """Return the backups, the oldest first.

        Raises:
            Refused: their folder cannot be read.
        """
        try:
            return backups_of(self.store.path)
        except OSError:
            raise Refused("cannot_open", path=str(folder_of(self.store.path))) from None

    def make(self, moment: datetime, folder: Path | None = None, progress: Progress | None = None) -> Path:
        """Back the study up; see `make_backup`."""
        return make_backup(self.store, moment, folder, progress)

    def noted(self, backup: Path) -> Backup | None:
        """Return what the note next to a backup says; see `read_note`."""
        return read_note(backup)

    def heads(self) -> dict[int, bytes]:
        """Return the heads that the backups have witnessed; see `marks_beside`."""
        return marks_beside(self.store.path)


def folder_of(path: Path) -> Path:
    """Return the folder for the backups of that study file, unless another one is named."""
    return path.with_name(f"{path.stem}-backups")


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
    head = store.head()
    name = f"{store.path.stem}-{moment.astimezone(UTC).strftime(_STAMP)}-{head.seq}.studyday"
    target, part = folder / name, folder / f".{name}.part"
    try:
        make_folder(folder)
        _must_be_free(target, head)
        _clear_unfinished(folder, store.path.stem)
        try:
            _copy(store.connection, part, BACKUP_ID, progress)
            _same_head(part, head)
            digest = _file_digest(part)
            note = {"backup": name, "facts": head.seq, "head": head.digest.hex(), "sha256": digest}
            write_atomically(_note(target), (json.dumps(note, indent=1) + "\n").encode())
            part.replace(target)
            sync_folder(folder)
        finally:
            remove_with_side_files(part)
    except OSError as error:
        raise Refused("unwritable", path=str(folder), problem=(error.strerror or "an error").lower()) from None
    _thin(folder, store, moment)
    return target


def _must_be_free(target: Path, head: Head) -> None:
    """Refuse to write over another study's backup, or over anything that is no backup with its note.

    Raises:
        Refused: there is one; a backup of the same facts, made in the same second, is none.
    """
    note = read_note(target)
    for path in (target, _note(target)):
        if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
            raise Refused("exists", path=str(path))
    same = note is not None and (note.seq, note.digest) == (head.seq, head.digest.hex())
    if target.exists() and not same:
        raise Refused("exists", path=str(target))


def backups_of(path: Path, folder: Path | None = None) -> list[Backup]:
    """Return the backups of that study, the oldest first."""
    return _listed(folder_of(path) if folder is None else folder, path.stem)


def read_note(backup: Path) -> Backup | None:
    """Return the note next to a backup; None where there is none that can be read."""
    found = _NAME.fullmatch(backup.name)
    try:
        note = json.loads(_note(backup).read_bytes())
        at = datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC) if found else datetime.fromtimestamp(0, UTC)
        return Backup(backup, at, int(note["facts"]), str(note["head"]), str(note["sha256"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def marks_beside(path: Path) -> dict[int, bytes]:
    """Return the digests that the backups of a study have witnessed, by the number of their last fact."""
    marks: dict[int, bytes] = {}
    for backup in backups_of(path):
        note = read_note(backup.path)
        if note is not None:
            with contextlib.suppress(ValueError):
                marks[note.seq] = bytes.fromhex(note.digest)
    return marks


def restore(backup: SqliteStore, target: Path, stamp: Stamp) -> None:
    """Make a new study file from an opened backup, or from any readable study file.

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
                fact = NewFact("restored", {"backup": backup.path.name, "head": str(head), "facts": head.seq})
                with restored.transaction():
                    restored.append(stamp, restored.last()[0] + 1, [fact])
            finally:
                disconnect(connection)
            put_in_place(part, target)
        finally:
            remove_with_side_files(part)
    except OSError as error:
        raise Refused("unwritable", path=str(target), problem=(error.strerror or "an error").lower()) from None


def _copy(source: Connection, part: Path, application: int, progress: Progress | None) -> None:
    """Make a complete copy of an open file, on the disk, with the given mark in its header."""
    with refusals(part):
        make_file(part)
        target = connect(part, True)
        try:

            def report(status: int, remaining: int, total: int) -> None:
                if progress is not None:
                    progress(total - remaining, total)

            live: Any = source.connection.dbapi_connection
            live.backup(target.connection.dbapi_connection, pages=_PAGES, progress=report)
            target.exec_driver_sql(f"PRAGMA application_id = {application}")
        finally:
            disconnect(target)
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _same_head(part: Path, head: Head) -> None:
    """Refuse a copy that is damaged or whose chain does not end where the study's does."""
    connection = connect(part, False)
    try:
        with refusals(part):
            intact = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() == "ok"
            copied = SqliteStore(part, connection, read_only=True)
            verified = copied.verify() if intact else Broken(0, "edited")
        if verified != head:
            raise Refused("backup_failed", path=str(part.parent))
    finally:
        disconnect(connection)


def _file_digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _note(backup: Path) -> Path:
    return backup.with_name(f"{backup.name}.json")


def _listed(folder: Path, stem: str) -> list[Backup]:
    return sorted(_named(folder, stem), key=lambda one: (one.at, one.seq, one.path.name))


def _named(folder: Path, stem: str) -> Iterator[Backup]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        found = _NAME.fullmatch(path.name)
        if found is not None and found["stem"] == stem:
            with contextlib.suppress(ValueError):
                yield Backup(path, datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC), int(found["seq"]))


def _clear_unfinished(folder: Path, stem: str) -> None:
    """Remove the unfinished files of a killed backup of this study; other files in the folder stay."""
    for part in list(folder.iterdir()):
        found = _UNFINISHED.fullmatch(part.name)
        if found is not None and found["stem"] == stem:
            remove_with_side_files(part)


def _thin(folder: Path, store: SqliteStore, moment: datetime) -> None:
    """Remove what the rule does not keep of this study's backups; one that cannot be removed stays.

    Another study may have backups of the same name in the same folder: those whose note names a fact of another chain,
    or that have no note, are neither counted nor removed.
    """
    own = [one for one in _listed(folder, store.path.stem) if _is_of(one, store)]
    for backup in to_remove(own, moment):
        with contextlib.suppress(OSError):
            backup.path.unlink(missing_ok=True)
            _note(backup.path).unlink(missing_ok=True)


def _is_of(backup: Backup, store: SqliteStore) -> bool:
    note = read_note(backup.path)
    return note is not None and note.digest == store.digest_of(note.seq).hex()


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
