"""Opening, making and closing a study file, with the backups that are made by themselves."""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from app import paths
from app.domain.facts.chain_head import Broken, Head
from app.domain.refusal import Refused
from app.services.study import visit_cache
from app.services.study.environment import Circumstances
from app.services.study.study import Study
from app.storage.sqlite import backups
from app.storage.sqlite.atomic_files import remove_with_side_files
from app.storage.sqlite.backups import Backup
from app.storage.sqlite.fact_store import Progress
from app.storage.sqlite.holder_note import Holder
from app.storage.sqlite.open_file import new_study, open_study

SUFFIX = ".studyday"
# Folders that a synchroniser copies behind the program's back, and file systems that lock as they please.
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud")
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "davfs"})


def default_path() -> Path:
    """The study file that is meant when none is named: in the user's own data folder on this computer."""
    return paths.data_dir() / f"study{SUFFIX}"


def new(path: Path, circumstances: Circumstances, today: date, name: str = "", anywhere: bool = False) -> Study:
    """Make a new study file and open it. `anywhere`: also in a folder that is synchronised or on a network.

    Raises:
        Refused: something lies there already, the folder is no good place, or it cannot be written.
    """
    place = "" if anywhere else doubtful_place(path)
    if place:
        raise Refused("doubtful_place", path=str(path), folder=place)
    with _own_names():
        return Study(new_study(path, _holder(circumstances), circumstances.stamp(today), name), circumstances)


@contextmanager
def _own_names() -> Iterator[None]:
    """A refusal names the file that is meant, not the other name under which it is made."""
    try:
        yield
    except Refused as refused:
        path = Path(str(refused.values.get("path", "")))
        if not (path.name.startswith(".") and path.name.endswith(".part")):
            raise
        own = path.with_name(path.name[1 : -len(".part")])
        raise Refused(refused.kind, refused.place, **{**refused.values, "path": str(own)}) from refused


def doubtful_place(path: Path) -> str:
    """Why a study file should not lie there: a synchronised folder or a network drive; empty where it may."""
    for part in path.absolute().parts:
        for name in _SYNCED:
            if part.casefold().startswith(name):
                return part
    if str(path).startswith(("\\\\", "//")):
        return str(path)[:40]
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


def open_file(path: Path, circumstances: Circumstances, today: date, writing: bool = True) -> Study:
    """Open a study file; at the first opening of a day it is backed up first.

    Raises:
        Refused: it cannot be opened, for a reason that the refusal names.
    """
    stamp = circumstances.stamp(today)
    study = Study(open_study(path, _holder(circumstances), stamp, writing), circumstances)
    if not study.store.read_only:
        clear_unfinished(study.path.with_name(f"{study.path.name}.open"))
        with contextlib.suppress(OSError):
            # The other name of a study that was killed just after it got its own.
            remove_with_side_files(study.path.with_name(f".{study.path.name}.part"))
    return study


def clear_unfinished(path: Path) -> None:
    """Remove what a process has left that was killed while it wrote that file under another name."""
    unfinished = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]{{8}}\.part", re.ASCII)
    with contextlib.suppress(OSError):
        for part in [one for one in path.parent.iterdir() if unfinished.fullmatch(one.name)]:
            part.unlink(missing_ok=True)


@contextmanager
def session(path: Path, circumstances: Circumstances, today: date) -> Iterator[Study]:
    """The study as long as it is worked in; backed up at the first opening of a day and when it is closed changed.

    Raises:
        Refused: it cannot be opened.
    """
    study = open_file(path, circumstances, today)
    try:
        back_up_quietly(study, back_up_daily)
        yield study
        back_up_quietly(study, back_up_changes)
    finally:
        study.close()


def back_up_quietly(study: Study, back_up: Callable[[Study], Path | None]) -> None:
    """Back up by itself: what keeps a backup from being made keeps nobody from working, and is told."""
    try:
        with _own_names():
            back_up(study)
    except Refused as refused:
        study.notices.append(refused)


def back_up_daily(study: Study) -> Path | None:
    """Back up what is not yet in a backup of today; the backup's path.

    Raises:
        Refused: it cannot be written.
    """
    moment = study.circumstances.clock().astimezone(UTC)
    if any(one.at.date() >= moment.date() for one in backups_of(study.path)):
        return None
    return back_up_changes(study)


def back_up_changes(study: Study) -> Path | None:
    """Back up what no backup has yet; the backup's path.

    Raises:
        Refused: it cannot be written.
    """
    store = study.store
    if store.read_only or store.broken is not None:
        return None
    known = backups_of(study.path)
    if known and known[-1].seq >= store.head().seq:
        return None
    return backups.make_backup(store, study.circumstances.clock())


def back_up(study: Study, folder: Path | None, progress: Progress | None = None) -> Backup:
    """Back the study up now, into its own folder of backups or another one.

    Raises:
        Refused: it cannot be written, or the study's chain does not hold.
    """
    with _own_names():
        made = backups.make_backup(study.store, study.circumstances.clock(), folder, progress)
    found = backups.read_note(made)
    if found is None:
        raise Refused("backup_failed", path=str(made.parent))
    return found


def backups_of(path: Path) -> list[Backup]:
    """The backups of a study, the oldest first.

    Raises:
        Refused: their folder cannot be looked at.
    """
    try:
        return backups.backups_of(path)
    except OSError:
        raise Refused("cannot_open", path=str(backups.folder_of(path))) from None


def restore(backup: Path, target: Path, circumstances: Circumstances, today: date) -> Head:
    """Make a new study file from a backup; its head.

    Raises:
        Refused: the backup does not hold, or something lies at the target.
    """
    try:
        if target.exists():
            raise Refused("exists", path=str(target))
    except OSError as error:
        raise Refused("unwritable", path=str(target), problem=(error.strerror or "an error").lower()) from None
    source = open_study(backup, _holder(circumstances), circumstances.stamp(today), writing=False)
    try:
        with _own_names():
            backups.restore(source, target, circumstances.stamp(today))
    finally:
        source.close()
    restored = open_study(target, _holder(circumstances), circumstances.stamp(today))
    try:
        return restored.head()
    finally:
        restored.close()


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the chain holds; where it does not, the first broken place, what is wrong there and in which field."""

    holds: bool
    facts: int
    head: str
    seq: int = 0
    what: str = ""
    field: str = ""


def verify(study: Study, head: str = "", progress: Progress | None = None) -> Verified:
    """Whether every fact is as it was recorded, also by the heads beside the backups and one known from paper.

    Raises:
        Refused: what was given as a head is none, or the folder of backups cannot be looked at.
    """
    backups_of(study.path)
    found = study.store.verify(backups.marks_beside(study.path), progress)
    last = study.head()
    if isinstance(found, Head) and head:
        number, start = _printed(head)
        known = study.store.digest_of(number).hex()
        if not known:
            found = Broken(found.seq + 1, "cut_off")
        elif not known.startswith(start):
            found = Broken(number, "other_chain")
    if isinstance(found, Head):
        return Verified(True, found.seq, str(found))
    return Verified(False, last.seq, str(last), found.seq, found.what, found.field)


def mend_derived(study: Study, today: date, progress: Progress | None = None) -> bool:
    """Make the derived visits anew where they say anything else than planning does; whether that was so."""
    if study.store.read_only or not visit_cache.differs(study, today, progress):
        return False
    visit_cache.rebuild(study, today, progress)
    return True


def _printed(head: str) -> tuple[int, str]:
    """The number and the beginning of the digest of a head as it is printed."""
    number, *rest = head.replace("·", " ").split()
    start = "".join(rest).casefold()
    if not number.isdigit() or len(start) < 8 or any(c not in "0123456789abcdef" for c in start):
        raise Refused("head_form", value=head[:60])
    return int(number), start


def _holder(circumstances: Circumstances) -> Holder:
    since = circumstances.clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Holder(circumstances.who, circumstances.workstation, since, os.getpid())
