"""Facts that belong to another participant: taken back of the one, and recorded of the other, by one command."""

from app.domain.facts.consent_kinds import CONSENT_KINDS
from app.domain.facts.kind import Subject
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_kinds import ENTRY_KINDS
from app.domain.facts.records import Recorded
from app.domain.facts.visit_kinds import CLASS_KIND

_OWN = frozenset({*(kind.id for kind in (*ENTRY_KINDS, *CONSENT_KINDS)), CLASS_KIND})
"""How somebody came into the study, and the decision on a row of the own deviation log."""


def is_own(kind: str) -> bool:
    """Return whether facts of that kind are of their participant alone, so that no other one can be meant."""
    return kind in _OWN


def may_be_reassigned(kind: str) -> bool:
    """Return whether a fact of that kind can have been recorded of the wrong participant, and be given to another."""
    return KINDS[kind].subject is Subject.PARTICIPANT and not KINDS[kind].permanent and not is_own(kind)


def takes_back(record: Recorded) -> bool:
    """Return whether the fact says that another one no longer counts."""
    return record.kind == "correction" and record.fields.get("void") is True


def hands_over(record: Recorded) -> bool:
    """Return whether the fact takes another one back by a command of its own, as one that belongs to somebody else."""
    return record.subject > 0 and takes_back(record) and record.fields.get("cleared") is True


def takes_place(record: Recorded) -> bool:
    """Return whether the fact was recorded in the place of one that had been recorded of another participant."""
    return record.about > 0 and KINDS[record.kind].subject is not Subject.FACT
