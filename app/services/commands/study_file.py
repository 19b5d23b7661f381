"""Opening, making and closing a study file, with its automatic backups.

This is the one module of the services that names an adapter of the store."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.atomic_write import clear_unfinished
from app.domain.facts.branch import Branch
from app.domain.facts.chain_head import Head
from app.domain.facts.file_warning import FileWarning
from app.domain.refusal import Refused
from app.operating_system import is_network_drive, number_of_names
from app.progress import Progress
from app.services.commands.backup import (
    back_up_changes,
    back_up_daily,
    back_up_quietly,
    back_up_seldom,
    final_name_in_refusals,
)
from app.services.commands.second_backup import back_up_second, back_up_second_at_end, tell_second
from app.services.study.environment import Environment
from app.services.study.output_path import check_new
from app.services.study.planned_before import look_at_planning
from app.services.study.privacy import close_study_to_others
from app.services.study.study import Study
from app.storage.sqlite import backups
from app.storage.sqlite.atomic_files import remove_with_side_files
from app.storage.sqlite.connection import version
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.holder_note import Holder
from app.storage.sqlite.notes import folder_of, is_too_long
from app.storage.sqlite.open_file import new_study, open_to_rescue
from app.storage.sqlite.open_file import open_study as open_store
from app.storage.sqlite.rescue import rescue as make_rescued
from app.wording.damage import LostFact, lost_facts
from app.wording.dates import instant

# Folders that a synchroniser copies while the program writes, and file systems without reliable locks.
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud")
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "davfs"})


def new(path: Path, environment: Environment, today: date, name: str = "", anywhere: bool = False) -> Study:
    """Make a new study file and open it. `anywhere`: also in a folder that is synchronised or on a network.

    Raises:
        Refused: there is something already, the folder is not suitable, or it cannot be written.
    """
    _must_be_new(path)
    place = "" if anywhere else doubtful_place(path)
    if place:
        raise Refused("doubtful_place", path=str(path), folder=place)
    with final_name_in_refusals():
        store = new_study(path, _holder(environment), environment.stamp(today), name)
        study = Study(store, backups.StudyBackups(store), environment, warnings=close_study_to_others(store.path))
        study.branches += _lacking(study)  # backups of another study that had its name
        return study


def backups_folder(study: Path) -> Path:
    """Return the folder for the automatic backups of a study file."""
    return folder_of(study)


def sqlite_version() -> str:
    """Return the release of the database that keeps the study file."""
    return version()


def doubtful_place(path: Path) -> str:
    """Return the synchronised folder or network drive that the path is in; empty: the place is suitable."""
    for part in path.absolute().parts:
        for name in _SYNCED:
            if part.casefold().startswith(name):
                return part
    if str(path).startswith(("\\\\", "//")):
        return str(path)[:40]
    if is_network_drive(path.absolute()):
        return path.absolute().drive
    return _network(path.absolute())


def _network(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    found, kind = "", ""
    for line in lines:
        _device, point, what, *_ = [*line.split(), "", "", ""]
        point = point.replace("\\040", " ")
        if path.is_relative_to(point or "?") and len(point) >= len(found):
            found, kind = point, what
    return found if kind in _NETWORK else ""


@contextmanager
def _since_by_own_clock(environment: Environment) -> Iterator[None]:
    """Let a refusal say by the clock of this computer since when somebody else has the file."""
    try:
        yield
    except Refused as refused:
        try:
            since = instant(environment.wall(datetime.fromisoformat(str(refused.values["since"]))))
        except (KeyError, ValueError, OverflowError):
            raise refused from None
        raise Refused(refused.kind, refused.place, **{**refused.values, "since": since}) from None


def open_file(
    path: Path, environment: Environment, today: date, writing: bool = True, progress: Progress | None = None
) -> Study:
    """Open a study file, and see whether its visits were planned by other rules (`planned_before`).

    Raises:
        Refused: it cannot be opened, for a reason that the refusal names.
    """
    stamp = environment.stamp(today)
    with _newest_in_refusals(path), _since_by_own_clock(environment):
        store = open_store(path, _holder(environment), stamp, writing, progress)
    study = Study(store, backups.StudyBackups(store), environment, to_read=not writing)
    if store.recovered:
        study.warnings.append(FileWarning("change_taken_back" if store.rolled_back else "not_closed"))
    study.warnings += close_study_to_others(study.path)
    if store.mended:
        study.warnings.append(FileWarning("pages_made_again", {"path": str(study.path)}))
    if store.broken is None:
        study.branches += _lacking(study)
    if not store.read_only:
        clear_unfinished(study.path.with_name(f"{study.path.name}.open"))
        with contextlib.suppress(OSError):
            # The other name of a study that was killed just after it got its own.
            remove_with_side_files(study.path.with_name(f".{study.path.name}.part"))
        if number_of_names(study.path) > 1:
            study.warnings.append(FileWarning("second_name", {"path": str(study.path)}))
        with contextlib.suppress(OSError):
            backups.clear_unfinished_backups(folder_of(study.path), study.path.stem)
    try:
        look_at_planning(study, today, progress)
    except BaseException:
        study.close()
        raise
    return study


def _must_be_new(path: Path) -> None:
    """Refuse a place for a new study where something is already, or whose name is too long for what lies next to it."""
    if is_too_long(path):
        raise Refused("name_too_long", path=str(path))
    check_new(path)


def _must_exist(path: Path) -> None:
    """Refuse a file to read from that does not exist, without the remedies for a study that is to be opened."""
    if not os.path.lexists(path):
        raise Refused("file_missing", path=str(path))


@contextmanager
def _nothing_to_read_from(restoring: bool = False) -> Iterator[None]:
    """Refuse a file of which nothing can be read with the remedy for somebody who is restoring, or rescuing."""
    try:
        yield
    except Refused as refused:
        if refused.kind not in ("damaged", "empty_file", "not_a_study", "strange_schema"):
            raise
        path = str(refused.values["path"])
        raise Refused("other_backup" if restoring else "nothing_to_read", path=path) from refused


@contextmanager
def _newest_in_refusals(path: Path) -> Iterator[None]:
    """Name the newest good backup where the file cannot be opened."""
    try:
        yield
    except Refused as refused:
        raise backups.with_newest(refused, path) from refused


def _lacking(study: Study) -> list[Branch]:
    """Return what the backups know of facts that the study lacks, with moments by the clocks of its sites."""
    return _by_own_clocks(study, study.backups.branches())


def _by_own_clocks(study: Study, found: Sequence[Branch]) -> list[Branch]:
    if not found:
        return []
    zone, wall = study.zone, study.environment.at_the_wall
    return [replace(one, since=wall(one.since, zone), until=wall(one.until, zone)) for one in found]


@contextmanager
def session(path: Path, environment: Environment, today: date, progress: Progress | None = None) -> Iterator[Study]:
    """Open a study for the time of the block; back it up at the first opening of a day and, some minutes apart, after
    changes. `progress`: of checking the file completely, and of planning everybody again, where
    another release had planned them.

    Raises:
        Refused: it cannot be opened.
    """
    study = open_file(path, environment, today, progress=progress)
    try:
        back_up_quietly(study, back_up_daily)
        yield study
        back_up_quietly(study, back_up_seldom)
        back_up_quietly(study, back_up_second)
        tell_second(study)
    finally:
        study.close()


@dataclass(frozen=True, slots=True)
class Restored:
    """A study that was made from a backup: its head, and what other backups have that it goes on `without`.

    `warnings`: what is odd about the backup.
    """

    head: Head
    without: tuple[Branch, ...] = ()
    warnings: tuple[FileWarning, ...] = ()


def restore(backup: Path, target: Path, environment: Environment, today: date) -> Restored:
    """Make a new study file from a backup, and say what it goes on without.

    Raises:
        Refused: the backup's chain is broken, or there is something at the target.
    """
    _must_be_new(target)
    _must_exist(backup)
    with _nothing_to_read_from(restoring=True), _since_by_own_clock(environment):
        source = open_store(backup, _holder(environment), environment.stamp(today), writing=False)
    try:
        warnings = backups.doubts_about(source)
        with final_name_in_refusals():
            without = backups.restore(source, target, environment.stamp(today))
    finally:
        source.close()
    restored = open_store(target, _holder(environment), environment.stamp(today))
    try:
        without = _by_own_clocks(Study(restored, backups.StudyBackups(restored), environment), without)
        return Restored(restored.head(), tuple(without), tuple(warnings))
    finally:
        restored.close()


@contextmanager
def restored_copy(backup: Path, environment: Environment, today: date) -> Iterator[Study]:
    """Make a study from a backup, as `restore` does, in a folder of its own that is gone afterwards; yield it.

    Raises:
        Refused: as for `restore`, or there is no room for the copy.
    """
    with tempfile.TemporaryDirectory(prefix="studyday-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "restored.studyday"
        restore(backup, target, environment, today)
        store = open_store(target, _holder(environment), environment.stamp(today), writing=False)
        try:
            yield Study(store, backups.StudyBackups(store), environment)
        finally:
            store.close()


@dataclass(frozen=True, slots=True)
class Rescued:
    """A new study made of what could be read. `facts`: how many; `lost`: those that could not be read."""

    path: Path
    head: Head
    facts: int
    lost: tuple[LostFact, ...]


def rescue(damaged: Path, target: Path, environment: Environment, today: date) -> Rescued:
    """Make a new study of what can be read of a damaged file, which is never written.

    Raises:
        Refused: nothing of it can be read, or there is something at the target.
    """
    _must_be_new(target)
    _must_exist(damaged)
    with _newest_in_refusals(damaged), _nothing_to_read_from(), _since_by_own_clock(environment):
        source = open_to_rescue(damaged)
    try:
        return _rescue(source, target, environment, today)
    finally:
        source.close()


def rescue_open(study: Study, target: Path, today: date) -> Rescued:
    """Make a new study of what can be read of a damaged study that is open.

    Raises:
        Refused: there is something at the target, or it cannot be written.
    """
    _must_be_new(target)
    store = study.store
    if not isinstance(store, SqliteStore):
        raise Refused("damaged", path=str(study.path))
    return _rescue(store, target, study.environment, today)


def _rescue(source: SqliteStore, target: Path, environment: Environment, today: date) -> Rescued:
    with final_name_in_refusals():
        found = make_rescued(source, target, environment.stamp(today))
    made = open_file(target, environment, today)
    try:
        codes = {number: code for code, number in made.subjects().items()}
        return Rescued(target, made.head(), len(found.rows), lost_facts(found.lost, codes))
    finally:
        made.close()


def _holder(environment: Environment) -> Holder:
    since = environment.clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Holder(environment.who, environment.workstation, since, os.getpid())


def open_study(
    path: Path, environment: Environment, make: bool = False, name: str = "", writing: bool = True,
    anywhere: bool = False, progress: Progress | None = None,
) -> Study:  # fmt: skip
    """Open a study file, or make one; back it up at the first opening of a day.

    Raises:
        Refused: it cannot be opened or made.
    """
    today = environment.today()
    if make:
        return new(path, environment, today, name, anywhere)
    study = open_file(path, environment, today, writing, progress)
    back_up_quietly(study, back_up_daily)
    return study


def leave(study: Study) -> None:
    """Back up what changed, and close the file."""
    back_up_quietly(study, back_up_changes)
    back_up_quietly(study, back_up_second_at_end)
    study.close()
