"""The list of participants."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import natural
from app.domain.facts.participant_record import ParticipantRecord
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One participant in a list. `stage`: screened, enrolled, lost, withdrawn or died."""

    code: str
    protocol: str
    stage: str
    enrolled_on: date | None
    regimen: str
    centre: str


def people(study: Study) -> list[PersonRow]:
    """Return every participant, screened or enrolled, by code."""
    kinds = ("screened", "enrolled", "withdrawn", "lost", "found_again", "died", "correction")
    cases = ParticipantRecord.each(study.store.facts(kinds=kinds))
    return sorted((_person(case) for case in cases if case.records), key=lambda row: natural(row.code))


def _person(case: ParticipantRecord) -> PersonRow:
    first = case.enrolled or case.screened
    stage = "screened" if case.enrolled is None else "enrolled"
    for record in case.records:
        if record.kind in ("withdrawn", "lost", "died"):
            stage = record.kind
        elif record.kind == "found_again":
            stage = "enrolled"
    if case.died_on is not None:
        stage = "died"
    if first is None:
        return PersonRow(case.code, "", stage, None, "", "")
    on = first.day("on") if case.enrolled is not None else None
    return PersonRow(case.code, first.text("protocol"), stage, on, first.text("regimen"), first.text("centre"))
