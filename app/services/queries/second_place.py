"""The second place for the backups of a study, such as a folder on a USB stick: where it is, and how its copies are.

The place is remembered in the study file, outside the chain: it is a matter of this computer, not of the trial. In it
the backups have a folder of their own, made when the place was chosen: an empty mount point without the stick is not
taken for the stick.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from app import cache
from app.domain.refusal import Refused
from app.services.study.ports import Backup
from app.services.study.study import Study

REMEMBERED = "second_place"
"""Under this name the store remembers the folder of the second backups; see `FactStore.remembered`."""
SecondTrouble = Literal["", "gone", "none", "old"]
"""Why somebody should see to it: it is not there, it has no good backup, or its last one lacks what was recorded for
longer than a day; empty where all is well."""
A_DAY = timedelta(hours=24)
_ROOM = "backups"


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """How the backups in the second place are. `there`: the folder can be reached now.

    `made`: when the last good one was made, by the clocks of the sites; None where that is not known. `since`: how many
    facts the study has that it lacks. `same_disk`: a broken disk would take the study and this place together.
    """

    folder: Path
    there: bool
    made: datetime | None
    since: int
    same_disk: bool
    trouble: SecondTrouble


def second_folder(study: Study) -> Path | None:
    """Return the folder of the second backups; None where no second place was chosen."""
    found = study.store.remembered(REMEMBERED)
    return Path(found) if found else None


def second_place(study: Study) -> SecondPlace | None:
    """Return how the second place is; None where none was chosen."""
    folder = second_folder(study)
    if folder is None:
        return None
    there, known = folder.is_dir(), _recalled(study, folder)
    if there:
        newest = newest_second(study, folder)
        known = (newest.at, newest.seq) if newest is not None else None
    head = study.head().seq
    since = head - known[1] if known is not None else head
    return SecondPlace(
        folder,
        there,
        study.environment.wall(known[0], study.zone) if known is not None else None,
        since,
        there and _same_disk(folder, study.path),
        _trouble(study, there, known[0] if known is not None else None, since),
    )


def newest_second(study: Study, folder: Path) -> Backup | None:
    """Return the newest good backup of this study in the second place; None where there is none to be read."""
    try:
        return study.backups.newest(folder)
    except Refused:
        return None


def note_second(study: Study, folder: Path, made: Backup) -> None:
    """Remember on this computer what the second place got last, for the time when it is not there."""
    cache.remember(_ROOM, _name(study, folder), [made.at.isoformat(), made.seq])


def _recalled(study: Study, folder: Path) -> tuple[datetime, int] | None:
    try:
        at, facts = cache.recall(_ROOM, _name(study, folder))
        return datetime.fromisoformat(at).astimezone(UTC), int(facts)
    except (TypeError, ValueError, OverflowError):
        return None


def _name(study: Study, folder: Path) -> str:
    return cache.digest(b"second", os.fsencode(study.path.absolute()), os.fsencode(folder))


def _trouble(study: Study, there: bool, made: datetime | None, since: int) -> SecondTrouble:
    if study.store.read_only or study.store.broken is not None:
        return ""
    old = made is None or (since > 0 and study.environment.clock().astimezone(UTC) - made > A_DAY)
    if not old:
        return ""
    if not there:
        return "gone"
    return "old" if made is not None else "none"


def _same_disk(folder: Path, study: Path) -> bool:
    try:
        return folder.stat().st_dev == study.stat().st_dev
    except OSError:
        return False
