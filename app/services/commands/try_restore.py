"""Trying whether a backup can be restored: a study is made from it, verified completely, counted, and thrown away."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.facts.chain_head import Broken, Head
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.commands.study_file import restored_copy
from app.services.queries.backup_state import note_tried
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class TriedRestore:
    """A backup that was restored on trial: what it holds.

    `made_at`: when it was made, by the clocks of the sites; None where its name does not say so. `is_of_study`: its
    last fact is one of the study, so that both are equal up to it; `since`: how many facts the study has after it.
    """

    backup: Path
    made_at: datetime | None
    facts: int
    head: str
    participants: int
    is_of_study: bool
    since: int


def try_restore(study: Study, backup: Path | None, today: date, progress: Progress | None = None) -> TriedRestore:
    """Restore a backup on trial, or the newest good one of the study. The study and its backups stay as they are.

    Raises:
        Refused: there is none, it cannot be restored, or a fact in it is not as it was recorded.
    """
    newest = study.backups.newest_good() if backup is None else None
    chosen = backup or (newest.path if newest is not None else None)
    if chosen is None:
        raise Refused("backup_none", path=str(study.path))
    with restored_copy(chosen, study.environment, today) as copy:
        found = copy.store.verify(None, progress)
        if isinstance(found, Broken):
            raise Refused("chain_broken", path=str(chosen), seq=found.seq)
        # The last fact is the one that says that it was restored.
        facts = found.seq - 1
        digest = copy.store.digest_of(facts)
        people = len(copy.people())
    is_of_study = bool(digest) and study.store.digest_of(facts) == digest
    noted = study.backups.noted(chosen)
    made_at = study.environment.wall(noted.at, study.zone) if noted is not None else None
    since = study.head().seq - facts if is_of_study else 0
    tried = TriedRestore(chosen, made_at, facts, str(Head(facts, digest)), people, is_of_study, since)
    note_tried(study, facts, people)
    return tried
