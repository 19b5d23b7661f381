"""What of a damaged study cannot be read, whom that concerns, and which backup holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.calendar.entries import natural
from app.domain.facts.chain_head import Broken
from app.domain.facts.records import Recorded
from app.domain.refusal import Refused
from app.services.study.study import Study
from app.wording.damage import LostFact, damage_text, lost_facts


@dataclass(frozen=True, slots=True)
class Damage:
    """The damage to an open study. `broken`: its first place. `lost`: each fact that cannot be read.

    `participants`: those whose days are uncertain; empty where that may be everybody. `left_out`: those who cannot be
    planned at all. `backup`: the newest backup that is as it was written; None where there is none.
    """

    broken: Broken
    lost: tuple[LostFact, ...]
    participants: tuple[str, ...]
    left_out: tuple[str, ...]
    backup: Path | None


def damage_of(study: Study) -> Damage | None:
    """Return the damage to an open study; None where there is none."""
    broken = study.store.broken
    if broken is None:
        return None
    codes = {number: code for code, number in study.subjects().items()}
    lost = study.store.lost
    return Damage(broken, lost_facts(lost, codes), _concerned(lost, codes), study.left_out(), newest_good_backup(study))


def said_of(damage: Damage, what_next: str) -> str:
    """Return the damage in words; `what_next`: as for `damage_text`."""
    backup = str(damage.backup) if damage.backup is not None else ""
    return damage_text(damage.broken, damage.lost, damage.participants, damage.left_out, backup, what_next)


def newest_good_backup(study: Study) -> Path | None:
    """Return the newest backup that is, byte by byte, what its note says."""
    try:
        found = study.backups.newest_good()
    except Refused:
        return None
    return found.path if found is not None else None


@dataclass(frozen=True, slots=True)
class Losses:
    """What could not be read when an open study was rescued, as long as nobody has settled it.

    `participants`: those whose days are uncertain; empty where that may be everybody. `left_out`: those who cannot be
    planned.
    """

    lost: tuple[LostFact, ...]
    participants: tuple[str, ...]
    left_out: tuple[str, ...]


def losses_of(study: Study) -> Losses | None:
    """Return what a rescued study still misses; None where there is nothing, or the study itself is damaged."""
    if study.store.broken is not None or not study.losses:
        return None
    codes = {number: code for code, number in study.subjects().items()}
    return Losses(lost_facts(study.losses, codes), _concerned(study.losses, codes), study.left_out())


def _concerned(lost: Sequence[Recorded], codes: Mapping[int, str]) -> tuple[str, ...]:
    """Return whom these facts concern; nobody where that may be everybody."""
    if any(not one.subject for one in lost):
        return ()
    return tuple(sorted((codes.get(one, f"({one})") for one in {one.subject for one in lost}), key=natural))
