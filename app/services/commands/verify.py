"""Verifying that a study file is as it was recorded."""

from dataclasses import dataclass
from datetime import date

from app.domain.facts.chain_head import Broken, Head
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.study import visit_cache
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of verifying a chain: its number of facts, its head as printed, and the first broken place."""

    facts: int
    head: str
    broken: Broken | None = None


def verify(study: Study, head: str = "", progress: Progress | None = None) -> Verified:
    """Verify every fact, also against the heads noted with the backups and one known from paper.

    Raises:
        Refused: the given head is malformed, or the folder of backups cannot be read.
    """
    study.backups.listed()
    found = study.store.verify(dict(study.backups.heads()), progress)
    last = study.head()
    if isinstance(found, Head) and head:
        number, start = _printed(head)
        known = study.store.digest_of(number).hex()
        if not known:
            found = Broken(found.seq + 1, "cut_off")
        elif not known.startswith(start):
            found = Broken(number, "other_chain")
    if isinstance(found, Head):
        return Verified(found.seq, str(found))
    return Verified(last.seq, str(last), found)


def repair_cached_visits(study: Study, today: date, progress: Progress | None = None) -> bool:
    """Plan the cached visits again where they differ from planning; return whether they did."""
    if study.store.read_only or not visit_cache.differs(study, today, progress):
        return False
    visit_cache.rebuild(study, today, progress)
    return True


def _printed(head: str) -> tuple[int, str]:
    """Return the number and the beginning of the digest of a head as it is printed."""
    number, *rest = head.replace("·", " ").split()
    start = "".join(rest).casefold()
    if not number.isdigit() or len(start) < 8 or any(c not in "0123456789abcdef" for c in start):
        raise Refused("head_form", value=head[:60])
    return int(number), start
