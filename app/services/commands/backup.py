"""Backups of a study."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from app.domain.refusal import Refused
from app.services.study.study import Study
from app.storage.sqlite import backups
from app.storage.sqlite.backups import Backup
from app.storage.sqlite.fact_store import Progress


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
