"""The list of participants."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import natural
from app.domain.facts.participant_record import ParticipantRecord, Stage
from app.domain.facts.study_kinds import LOST
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One participant in a list."""

    code: str
    protocol: str
    stage: Stage
    enrolled_on: date | None
    regimen: str
    centre: str


def people(study: Study) -> list[PersonRow]:
    """Return every participant, screened or enrolled, by code."""
    kinds = ("screened", "enrolled", "included", "withdrawn", "lost", "found_again", "died", "correction", LOST)
    cases, known = ParticipantRecord.each(study.store.facts(kinds=kinds)), study.people()
    return sorted((_person(case) for case in cases if case.code in known), key=lambda row: natural(row.code))


def _person(case: ParticipantRecord) -> PersonRow:
    first = case.enrolled or case.screened
    if first is None:
        return PersonRow(case.code, "", case.stage, None, "", "")
    return PersonRow(
        case.code, first.text("protocol"), case.stage, case.enrolled_on, first.text("regimen"), first.text("centre")
    )
