"""The backups of a study at a glance: the last one, where they are, how many, and what was tried and verified when."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from app import cache
from app.domain.refusal import Refused
from app.services.queries.second_place import A_DAY, SecondPlace, second_place
from app.services.study.study import Study
from app.wording.backup_words import (
    checked_text,
    facts_text,
    overdue_text,
    second_text,
    second_trouble_text,
    since_text,
    size_text,
)
from app.wording.dates import instant
from app.wording.language import counted
from app.wording.language import gettext as _

Overdue = Literal["", "folder", "none", "old"]
"""Why somebody should see to the backups: their folder is gone, none is good, the last good one lacks what was recorded
for longer than a day; empty where all is well."""
_ROOM = "backups"


@dataclass(frozen=True, slots=True)
class Checked:
    """Something that was checked on this computer: when by the clocks of the sites, by whom, and what it held."""

    at: datetime
    who: str
    facts: int
    participants: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """The backups of a study. `made`: when the last good one was, by the clocks of the sites; None for none.

    `size`: its bytes; `facts`: how many it has; `since`: how many the study has that it lacks; `kept`: how many there
    are. `tried`, `verified`: the last trial of a restore and the last complete check of the study on this computer.
    `second`: how the second place is; None where none was chosen.
    """

    folder: Path
    made: datetime | None
    path: Path | None
    size: int
    facts: int
    since: int
    kept: int
    overdue: Overdue
    tried: Checked | None
    verified: Checked | None
    second: SecondPlace | None = None


def backup_state(study: Study) -> BackupState:
    """Return it. The last backup is read where that was not done since it was written."""
    folder, head = study.backups.folder, study.head()
    try:
        newest, kept = study.backups.newest(), len(study.backups.listed())
    except Refused:
        newest, kept = None, 0
    facts = newest.seq if newest is not None else 0
    return BackupState(
        folder,
        study.environment.wall(newest.at, study.zone) if newest is not None else None,
        newest.path if newest is not None else None,
        _size(newest.path) if newest is not None else 0,
        facts,
        head.seq - facts,
        kept,
        _overdue(study, folder, newest.at if newest is not None else None, head.seq - facts),
        _checked(study, "tried"),
        _checked(study, "verified"),
        second_place(study),
    )


def note_tried(study: Study, facts: int, participants: int) -> None:
    """Remember on this computer that a restore was tried now, and what it held."""
    _note(study, "tried", facts, participants)


def note_verified(study: Study, facts: int, participants: int) -> None:
    """Remember on this computer that the study was verified completely now."""
    _note(study, "verified", facts, participants)


def _overdue(study: Study, folder: Path, made: datetime | None, since: int) -> Overdue:
    now = study.environment.clock().astimezone(UTC)
    if study.store.read_only or study.store.broken is not None or now - _begun(study, now) < A_DAY:
        return ""
    if not folder.is_dir():
        return "folder"
    if made is None:
        return "none"
    return "old" if since > 0 and now - made > A_DAY else ""


def _begun(study: Study, now: datetime) -> datetime:
    """Return when the study was made."""
    first = study.store.fact(1)
    try:
        return datetime.fromisoformat(first.recorded_at).astimezone(UTC) if first is not None else now
    except (ValueError, OverflowError):
        return now


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _note(study: Study, what: str, facts: int, participants: int) -> None:
    now = study.environment.clock().astimezone(UTC).isoformat()
    cache.remember(_ROOM, _name(study, what), [now, study.environment.who, facts, participants])


def _checked(study: Study, what: str) -> Checked | None:
    found = cache.recall(_ROOM, _name(study, what))
    try:
        at, who, facts, participants = found
        moment = study.environment.wall(datetime.fromisoformat(at), study.zone)
        return Checked(moment, str(who), int(facts), int(participants))
    except (TypeError, ValueError, OverflowError):
        return None


def _name(study: Study, what: str) -> str:
    return cache.digest(what.encode(), os.fsencode(study.path.absolute()))


def state_rows(state: BackupState) -> list[tuple[str, str]]:
    """Return it in words, each with what it is."""
    last = _("none yet")
    if state.made is not None:
        parts = instant(state.made), size_text(state.size), since_text(state.since)
        last = ", ".join(parts)
    rows = [
        (_("Last"), last),
        (_("Where"), str(state.folder)),
        (_("Kept"), counted("{n} backup", "{n} backups", state.kept)),
    ]
    if state.made is not None:
        read = _("read back when it was made: {facts}, equal to the study").format(facts=facts_text(state.facts))
        rows.append((_("Verified"), read))
    rows.append((_("Second place"), _second(state.second)))
    for name, found in ((_("Restore tried"), state.tried), (_("Study verified"), state.verified)):
        never = _("not yet on this computer")
        said = checked_text(found.at, found.who, found.facts, found.participants) if found is not None else never
        rows.append((name, said))
    return rows


def trouble_text(state: BackupState) -> str:
    """Return why somebody should see to the backups; empty where all is well."""
    said = [overdue_text(state.overdue, state.folder, state.made, state.since)]
    second = state.second
    if second is not None:
        said.append(second_trouble_text(second.trouble, second.folder, second.made, second.since))
    return " ".join(filter(None, said))


def _second(found: SecondPlace | None) -> str:
    if found is None:
        return second_text(None, there=False, made=None, since=0, same_disk=False)
    return second_text(found.folder, found.there, found.made, found.since, found.same_disk)
