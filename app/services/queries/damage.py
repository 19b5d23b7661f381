"""What of a damaged study cannot be read, whom that concerns, and which backup holds."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.domain.calendar.entries import natural
from app.domain.facts.chain_head import Broken
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
    of_somebody = {one.subject for one in lost if one.subject}
    everybody = len(of_somebody) < len({one.subject for one in lost})
    concerned = () if everybody else tuple(sorted((codes.get(one, f"({one})") for one in of_somebody), key=natural))
    return Damage(broken, lost_facts(lost, codes), concerned, study.left_out(), newest_good_backup(study))


def said_of(damage: Damage, what_next: str) -> str:
    """Return the damage in words; `what_next`: as for `damage_text`."""
    backup = str(damage.backup) if damage.backup is not None else ""
    return damage_text(damage.broken, damage.lost, damage.participants, damage.left_out, backup, what_next)


def newest_good_backup(study: Study) -> Path | None:
    """Return the newest backup that is, byte by byte, what its note says."""
    try:
        known = list(study.backups.listed())
    except Refused:
        return None
    for backup in reversed(known):
        noted = study.backups.noted(backup.path)
        if noted is not None and noted.sha256 == _digest(backup.path):
            return backup.path
    return None


def _digest(path: Path) -> str:
    digest = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
