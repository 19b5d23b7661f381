"""Backups in a second place: each one that the program makes is made there too, by the same means, and verified."""

from datetime import UTC, timedelta
from pathlib import Path

from app.domain.refusal import Refused
from app.progress import Progress
from app.services.commands.backup import back_up, can_back_up
from app.services.queries.second_place import REMEMBERED, newest_second, note_second, second_folder, second_place
from app.services.study.output_path import check_folder
from app.services.study.ports import Backup
from app.services.study.study import Study


def set_second_place(study: Study, place: Path, progress: Progress | None = None) -> Backup:
    """Make a backup in a folder of its own there, and remember it as the second place; return the backup.

    Raises:
        Refused: it is no folder, it is where the backups are already, or no backup can be made there.
    """
    study.must_write()
    check_folder(place)
    if not place.is_dir():
        raise Refused("no_folder", path=str(place))
    own = study.backups.folder
    folder = place.absolute() / own.name
    if folder.resolve() == own.resolve() or place.resolve() == own.resolve():
        raise Refused("second_is_first", path=str(own))
    made = back_up(study, folder, progress)
    _remember(study, str(folder))
    note_second(study, folder, made)
    return made


def stop_second_place(study: Study) -> Path:
    """Make no more backups in the second place; those that are there stay. Return their folder.

    Raises:
        Refused: there is no second place, or nothing may be written.
    """
    study.must_write()
    folder = second_folder(study)
    if folder is None:
        raise Refused("second_none")
    _remember(study, "")
    return folder


def _remember(study: Study, folder: str) -> None:
    with study.store.transaction():
        study.store.remember(REMEMBERED, folder)


def back_up_now(study: Study, progress: Progress | None = None) -> tuple[Backup, Refused | None]:
    """Back the study up now into its own folder and the second place; return the first, and what kept the second.

    Raises:
        Refused: its own folder cannot be written, or the study's chain does not hold.
    """
    made, folder = back_up(study, None, progress), second_folder(study)
    if folder is not None and not folder.is_dir():
        return made, Refused("second_gone", path=str(folder))
    return made, _kept_from(study, timedelta(0))


def back_up_second(study: Study) -> Path | None:
    """Back up what the second place lacks, unless its newest backup is younger than the minutes between two of them.

    A place that is not there is not made: it is left for the day when it is.

    Raises:
        Refused: it cannot be written.
    """
    return _copied(study, timedelta(minutes=study.environment.backup_minutes))


def back_up_second_at_end(study: Study) -> Path | None:
    """Back up all that the second place lacks, however young its newest backup is.

    Raises:
        Refused: it cannot be written.
    """
    return _copied(study, timedelta(0))


def back_up_second_while_open(study: Study) -> Refused | None:
    """Do as `back_up_second` for a study that stays open; return what keeps the backup from being made."""
    return _kept_from(study, timedelta(minutes=study.environment.backup_minutes))


def _kept_from(study: Study, least: timedelta) -> Refused | None:
    try:
        _copied(study, least)
    except Refused as refused:
        return refused
    return None


def tell_second(study: Study) -> None:
    """Note that the second place has not been there for longer than a day, although something was recorded since."""
    found = second_place(study)
    if found is not None and found.trouble == "gone":
        study.notices.append(Refused("second_gone", path=str(found.folder)))


def _copied(study: Study, least: timedelta) -> Path | None:
    folder = second_folder(study)
    if folder is None or not can_back_up(study) or not folder.is_dir():
        return None
    newest, head = newest_second(study, folder), study.head()
    if newest is not None:
        if (newest.seq, newest.digest) == (head.seq, head.digest.hex()):
            note_second(study, folder, newest)
            return None
        if timedelta(0) <= study.environment.clock().astimezone(UTC) - newest.at < least:
            return None
    made = back_up(study, folder)
    note_second(study, folder, made)
    return made.path
