"""Backups of a study."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path

from app.domain.refusal import Refused
from app.progress import Progress
from app.services.study.output_path import check_folder
from app.services.study.ports import Backup
from app.services.study.study import Study


@contextmanager
def final_name_in_refusals() -> Iterator[None]:
    """Let a refusal name the file under its final name, not under the one it has while it is being made."""
    try:
        yield
    except Refused as refused:
        path = Path(str(refused.values.get("path", "")))
        if not (path.name.startswith(".") and path.name.endswith(".part")):
            raise
        own = path.with_name(path.name[1 : -len(".part")])
        raise Refused(refused.kind, refused.place, **{**refused.values, "path": str(own)}) from refused


def back_up_quietly(study: Study, back_up: Callable[[Study], Path | None]) -> None:
    """Back up without being asked: what keeps a backup from being made becomes a notice and stops nobody's work."""
    try:
        with final_name_in_refusals():
            back_up(study)
    except Refused as refused:
        study.notices.append(refused)


def back_up_daily(study: Study) -> Path | None:
    """Back up what is not yet in a backup of today; return the backup's path.

    The newest backup is read before. One that is no longer what was written is named, and another is made for it.

    Raises:
        Refused: it cannot be written.
    """
    today = study.environment.clock().astimezone(UTC).date()
    newest = study.backups.newest()
    if newest is not None and newest.at.date() >= today:
        return None
    wrong = study.backups.check(today.isoformat())
    study.warnings += wrong
    if wrong and can_back_up(study):
        return study.backups.make(study.environment.clock())
    return back_up_changes(study)


def back_up_changes(study: Study) -> Path | None:
    """Back up what no backup has yet; return the backup's path.

    Raises:
        Refused: it cannot be written.
    """
    if not can_back_up(study):
        return None
    head, newest = study.head(), study.backups.newest()
    if newest is not None and (newest.seq, newest.digest) == (head.seq, head.digest.hex()):
        return None
    return study.backups.make(study.environment.clock())


def can_back_up(study: Study) -> bool:
    """Whether a backup of the study may be made: it can be written, and its chain holds."""
    return not study.store.read_only and study.store.broken is None


def back_up_seldom(study: Study) -> Path | None:
    """Back up what no backup has yet, unless the newest backup is younger than the minutes between two of them.

    Raises:
        Refused: it cannot be written.
    """
    newest = study.backups.newest()
    age = study.environment.clock().astimezone(UTC) - newest.at if newest is not None else timedelta.max
    # One that seems to be made later than now says that the clock was set back.
    if timedelta(0) <= age < timedelta(minutes=study.environment.backup_minutes):
        return None
    return back_up_changes(study)


def back_up_while_open(study: Study) -> Refused | None:
    """Back up a study that stays open: the first change of a day, and changes some minutes after the last backup.

    Return what keeps a backup from being made, None where nothing does; the study goes on in any case.
    """
    try:
        with final_name_in_refusals():
            back_up_daily(study)
            back_up_seldom(study)
    except Refused as refused:
        return refused
    return None


def back_up(study: Study, folder: Path | None, progress: Progress | None = None) -> Backup:
    """Back the study up now, into its own folder of backups or another one.

    Raises:
        Refused: it cannot be written, or the study's chain does not hold.
    """
    if folder is not None:
        check_folder(folder)
    with final_name_in_refusals():
        made = study.backups.make(study.environment.clock(), folder, progress)
    found = study.backups.noted(made)
    if found is None:
        raise Refused("backup_failed", path=str(made.parent))
    return found
