"""The notes on visits, for paper."""

from collections.abc import Iterable

from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import Recorded
from app.services.study.study import Study
from app.wording.fact_sentences import note_text


def notes_by_visit(records: Iterable[Recorded]) -> dict[str, list[str]]:
    """Return the notes among one participant's facts that count, in words, by the key of their visit."""
    found: dict[str, list[str]] = {}
    for record in records:
        if record.kind == "note" and record.text("visit") and record.text("text"):
            found.setdefault(record.text("visit"), []).append(note_text(record))
    return found


def notes_of_study(study: Study) -> dict[tuple[str, str], list[str]]:
    """Return the notes on visits of everybody, by study code and key."""
    codes = {person.subject: person.code for person in study.people().values()}
    cases = ParticipantRecord.each(study.store.facts(kinds=("note", "correction")))
    return {
        (codes[case.subject], visit): notes
        for case in cases
        if case.subject in codes
        for visit, notes in notes_by_visit(case.records).items()
    }
