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

    Raises:
        Refused: it cannot be written.
    """
    moment = study.environment.clock().astimezone(UTC)
    if any(one.at.date() >= moment.date() for one in study.backups.listed()):
        return None
    return back_up_changes(study)


def back_up_changes(study: Study) -> Path | None:
    """Back up what no backup has yet; return the backup's path.

    Raises:
        Refused: it cannot be written.
    """
    store = study.store
    if store.read_only or store.broken is not None:
        return None
    known = study.backups.listed()
    if known and known[-1].seq >= store.head().seq:
        return None
    return study.backups.make(study.environment.clock())


def back_up_seldom(study: Study) -> Path | None:
    """Back up what no backup has yet, unless the newest backup is younger than the minutes between two of them.

    Raises:
        Refused: it cannot be written.
    """
    known = study.backups.listed()
    age = study.environment.clock().astimezone(UTC) - known[-1].at if known else timedelta.max
    # One that seems to be made later than now says that the clock was set back.
    if timedelta(0) <= age < timedelta(minutes=study.environment.backup_minutes):
        return None
    return back_up_changes(study)


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
