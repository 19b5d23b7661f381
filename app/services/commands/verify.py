"""Verifying that a study file is as it was recorded."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.facts.chain_head import Broken
from app.domain.facts.file_warning import FileWarning
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.queries.backup_state import note_verified
from app.services.study import visit_cache
from app.services.study.study import Study
from app.wording.branches import branch_text
from app.wording.broken_chain import broken_text
from app.wording.file_warnings import file_warning_text
from app.wording.language import gettext as _

_HEAD = re.compile(r"(\d{1,18}) ((?:[0-9a-f] ?){7,63}[0-9a-f])", re.ASCII | re.IGNORECASE)
"""A number, and at least eight digits of a digest."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of verifying a chain: its number of facts, its head as printed, and the first broken place.

    `known_in`: a backup with the fact of a printed head that the file has not.
    """

    facts: int
    head: str
    broken: Broken | None = None
    known_in: Path | None = None


def verify(study: Study, head: str = "", progress: Progress | None = None) -> Verified:
    """Verify every fact, also against the heads noted with the backups and one known from paper.

    Raises:
        Refused: the given head is malformed, or the folder of backups cannot be read.
    """
    printed = _printed(head) if head else None
    study.backups.listed()
    found = study.store.verify(dict(study.backups.heads()), progress)
    differs = _compared(study, *printed) if printed is not None else None
    broken = found if isinstance(found, Broken) else differs
    known_in = study.backups.having(*printed) if printed is not None and differs is not None else None
    last = study.head()
    if broken is None:
        note_verified(study, last.seq, len(study.people()))
    return Verified(last.seq, str(last), broken, known_in)


def verified_lines(study: Study, found: Verified, mended: bool = False, on_screen: bool = False) -> list[str]:
    """Return the sentences about a result; `mended`: the planned visits were made again from the facts."""
    if found.broken is None:
        holds = _("Every fact is as it was recorded: {n} facts, head {head}.")
        lines = [holds.format(n=found.facts, head=found.head)]
    else:
        lines = [broken_text(found.broken) + "."]
    if found.known_in is not None:
        lines.append(_("The backup {path} has the fact of that head.").format(path=found.known_in))
    lines += [branch_text(one, str(study.path), study.store.backup, on_screen) + "." for one in study.branches]
    if mended:
        lines.append(file_warning_text(FileWarning("visits_made_again")) + ".")
    return lines


def repair_cached_visits(study: Study, today: date, progress: Progress | None = None) -> bool:
    """Plan the cached visits again where they differ from planning; return whether they did."""
    if study.store.read_only or not visit_cache.differs(study, today, progress):
        return False
    visit_cache.rebuild(study, today, progress)
    return True


def _compared(study: Study, number: int, start: str) -> Broken | None:
    """Return where the chain is not that of a head from paper; None where it is."""
    known = study.store.digest_of(number).hex()
    if not known:
        return Broken(study.head().seq + 1, "cut_off")
    return None if known.startswith(start) else Broken(number, "other_chain")


def _printed(head: str) -> tuple[int, str]:
    """Return the number and the beginning of the digest of a head as it is printed."""
    found = _HEAD.fullmatch(re.sub(r"[\s·:…]+", " ", head).strip())
    if found is None:
        raise Refused("head_form", value=head[:60])
    return int(found[1]), found[2].replace(" ", "").casefold()
