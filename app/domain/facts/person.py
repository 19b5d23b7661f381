"""Who is in a study: of each participant what lists and look-ups need, without their other facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import Recorded
from app.domain.facts.study_kinds import LOST

NAMING_KINDS = ("screened", "enrolled", "included", "correction", LOST)
"""The kinds of facts of which a person is made; of somebody whose naming fact was lost, what says so."""


@dataclass(frozen=True, slots=True)
class Person:
    """A participant's number and code, and of the enrolment the hash of the protocol version, centre, country and day.

    These are empty, and the day is None, before it; the day alone is None in screening.
    """

    subject: int
    code: str
    protocol: str
    centre: str = ""
    country: str = ""
    enrolled_on: date | None = None


def persons_of(records: Iterable[Recorded]) -> list[Person]:
    """Return the participants of these facts of `NAMING_KINDS`, in the order of their first facts."""
    return [_person(case) for case in ParticipantRecord.each(records) if case.records]


def _person(case: ParticipantRecord) -> Person:
    enrolled = case.enrolled
    if enrolled is None:
        return Person(case.subject, case.code, "")
    centre, country = enrolled.text("centre"), enrolled.text("country")
    return Person(case.subject, case.code, enrolled.text("hash"), centre, country, case.enrolled_on)
