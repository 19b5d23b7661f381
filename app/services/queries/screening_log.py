"""The screening and enrolment log: who was screened and consented, the outcome and its reason, and the enrolment."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.domain.calendar.entries import natural
from app.domain.facts.consent_kinds import GIVEN
from app.domain.facts.kind import Field
from app.domain.facts.kinds import KINDS
from app.domain.facts.log_names import SCREENING
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import Recorded
from app.domain.planning.eligibility import contradictions
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.queries.log_table import EMPTY, Cell, Column, LogRow, LogTable, day_cell, field_cell, number, words
from app.services.study.everybody import everybody
from app.services.study.study import Study
from app.wording.eligibility import contradictions_text
from app.wording.fact_sentences import stage_text
from app.wording.fact_values import field_name, line_of
from app.wording.log_words import column_title
from app.wording.protocol_names import NO_NAMES, Names, names_in

_OF_SCREENING = (
    "outcome", "failed_for", "reason", "investigator", "sex", "year_of_birth", "ecog", "metastases", "largest_mm",
    "liver", "confirmed_by", "criteria",
)  # fmt: skip
_OF_ENROLMENT = ("regimen", "cohort", "timing", "country", "centre", "choices")
"""What a row has of the screening and of the enrolment, as it was recorded."""
_COLUMNS = (
    "fact", "participant", "protocol", "centre", "identified", "consented", "form", "screened", "outcome", "failed_for",
    "criterion", "reason", "enrolled", "regimen", "cohort", "stage",
)  # fmt: skip
_MORE = (
    "investigator", "sex", "year_of_birth", "ecog", "metastases", "largest_mm", "liver", "confirmed_by", "criteria",
    "timing", "country", "choices", "recorded", "by",
)  # fmt: skip
"""What paper and a spreadsheet have as well."""
CONFERENCE = "conference"
"""The sort of visit at which somebody is identified for the trial."""


def screening_table(study: Study, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return the log as of a day, of one participant or of all; who was screened again has a row for each screening.

    Raises:
        Refused: there is no such participant.
    """
    cases = [study.case(study.subject(code))] if code else everybody(study.store, progress)
    rows = [row for case in cases if not case.is_nameless for row in _rows(study, case, today)]
    rows.sort(key=lambda row: natural(row.participant))
    columns = [Column(name, _title(name)) for name in _COLUMNS]
    columns += [Column(name, _title(name), at_terminal=False) for name in _MORE]
    return LogTable(SCREENING, tuple(columns), tuple(rows))


def _title(name: str) -> str:
    if name in _OF_SCREENING:
        return field_name(name, "screened")
    return field_name(name, "enrolled") if name in _OF_ENROLMENT else column_title(name)


def _rows(study: Study, case: ParticipantRecord, today: date) -> Iterator[LogRow]:
    """Yield a row for each screening, the last one with the enrolment; without a screening one for the enrolment."""
    screenings = [one for one in case.records if one.kind == "screened"]
    protocol, names = _protocol(study, case), NO_NAMES
    entry: dict[str, Cell] = {}
    if case.enrolled is not None and protocol is not None:
        entry, names = _entry_cells(study, case, protocol, today)
        entry["stage"] = words(stage_text(case.stage), case.stage.value)
    for screening in screenings[:-1]:
        yield _row(case, protocol, names, screening, {})
    last = screenings[-1] if screenings else None
    yield _row(case, protocol, names, last, entry)


def _row(
    case: ParticipantRecord,
    protocol: ProtocolVersion | None,
    names: Names,
    screening: Recorded | None,
    entry: Mapping[str, Cell],
) -> LogRow:
    first = screening or case.enrolled
    cells: dict[str, Cell] = {"participant": words(case.code), **entry}
    trial = first.text("protocol") if first is not None else ""
    cells["protocol"] = words(protocol.short_title if protocol is not None else trial, trial)
    if screening is not None:
        cells["screened"] = day_cell(screening.day("on"))
        cells |= _field_cells(screening, _OF_SCREENING, names)
        if protocol is not None:
            cells["criterion"] = words(contradictions_text(contradictions(protocol, screening.fields)))
    records = [one for one in (screening, case.enrolled if entry else None) if one is not None]
    if first is not None:
        recorded = first.planned_as_of
        cells["fact"] = number(first.seq)
        cells["recorded"] = day_cell(recorded) if isinstance(recorded, date) else words(recorded)
        cells["by"] = words(line_of(first.who))
    return LogRow(case.code, cells, "", first, tuple(_days(records)), trial)


def _entry_cells(
    study: Study, case: ParticipantRecord, protocol: ProtocolVersion, today: date
) -> tuple[dict[str, Cell], Names]:
    """Return the cells of the way into the study, and the names of what the protocol knows."""
    calendar = study.calendar(case, today)
    names = names_in(calendar, protocol)
    epoch = protocol.visits[protocol.enrolment_visit].epoch
    conferences = (
        one.performed
        for one in calendar.entries
        if one.visit.sort == CONFERENCE and one.visit.epoch == epoch and one.performed is not None
    )
    consents = [one for one in case.records if one.kind == "consent" and one.text("answer") == GIVEN]
    enrolled = case.enrolled
    cells = {
        "identified": day_cell(min(conferences, default=None)),
        "consented": day_cell(study.participant(case).first_day),
        "form": words(line_of(consents[0].text("version"))) if consents else EMPTY,
        "enrolled": day_cell(case.enrolled_on),
    }
    return {**(_field_cells(enrolled, _OF_ENROLMENT, names) if enrolled is not None else {}), **cells}, names


def _field_cells(record: Recorded, wanted: Iterable[str], names: Names) -> dict[str, Cell]:
    fields = filter(None, (KINDS[record.kind].field(name) for name in wanted))
    return {field.name: _named(record, field, names) for field in fields}


def _named(record: Recorded, field: Field, names: Names) -> Cell:
    cell = field_cell(record, field)
    name = names.of_field(field, cell.value)
    return Cell(line_of(name), cell.value) if name and cell.text else cell


def _protocol(study: Study, case: ParticipantRecord) -> ProtocolVersion | None:
    """Return the protocol version of a participant, else the newest of the one of the screening."""
    try:
        if case.enrolled is not None:
            return study.protocol(case)
        row = study.facts.latest(case.screened.text("protocol")) if case.screened is not None else None
        return study.protocol_text(row.hash) if row is not None else None
    except Refused:
        return None


def _days(records: Iterable[Recorded]) -> Iterator[date]:
    """Yield when somebody was screened, consented or was enrolled, and when that was recorded."""
    for record in records:
        for name in ("on", "consented"):
            found = record.day(name)
            if found is not None:
                yield found
        if isinstance(recorded := record.planned_as_of, date):
            yield recorded
