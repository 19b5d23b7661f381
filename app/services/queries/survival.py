"""The log of survival: for each participant and each counted endpoint its start, its end, and the time between them."""

from datetime import date

from app.domain.calendar.entries import natural
from app.domain.calendar.survival import Survival, events_of, last_known_alive, survival
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.protocol.endpoints import time_counts
from app.domain.protocol.version import ProtocolVersion
from app.progress import Progress
from app.services.queries.log_table import Cell, Column, LogRow, LogTable, day_cell, number, words
from app.services.study.study import Study
from app.wording.fact_values import line_of
from app.wording.log_words import column_title
from app.wording.names import visit_name
from app.wording.survival import counted_text, end_text, months_text

_COLUMNS = (
    "participant", "protocol", "centre", "endpoint", "started_by", "start", "ended_by", "end", "days", "months",
    "last_alive", "died_on",
)  # fmt: skip


def survival_table(study: Study, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return the log of survival of one participant or of all who are enrolled, as of a day.

    Raises:
        Refused: there is no such participant.
    """
    cases = [study.case(study.subject(code))] if code else study.each_case(progress=progress)
    rows: list[LogRow] = []
    protocols: dict[str, ProtocolVersion] = {}
    for case in cases:
        if case.enrolled is not None:
            protocol = study.protocol(case)
            protocols[protocol.id] = protocol
            rows += _rows(study, case, protocol, today)
    rows.sort(key=lambda row: natural(row.participant))
    notes = [counted_text(one, protocols[name]) for name in sorted(protocols) for one in time_counts(protocols[name])]
    columns = tuple(Column(name, column_title(name)) for name in _COLUMNS)
    return LogTable("survival", columns, tuple(rows), (*notes, months_text()) if rows else ())


def _rows(study: Study, case: ParticipantRecord, protocol: ProtocolVersion, today: date) -> list[LogRow]:
    calendar = study.calendar(case, today)
    events, last = events_of(case.facts, case.records), last_known_alive(calendar, case.records)
    centre = case.enrolled.text("centre") if case.enrolled is not None else ""
    rows = []
    for count in time_counts(protocol):
        found = survival(count, calendar, events, last)
        started_by = calendar.by_key.get(found.visit)
        cells: dict[str, Cell] = {
            "participant": words(case.code),
            "protocol": words(protocol.short_title),
            "centre": words(line_of(centre)),
            "endpoint": words(count.id.upper(), count.id),
            "started_by": words(visit_name(started_by) if started_by is not None else "", found.visit or None),
            "start": day_cell(found.start),
            "ended_by": words(end_text(found), _end(found)),
            "end": day_cell(found.until),
            "days": number(found.days),
            "months": number(found.months, 1),
            "last_alive": day_cell(last),
            "died_on": day_cell(case.died_on),
        }
        rows.append(LogRow(case.code, cells, found.visit))
    return rows


def _end(found: Survival) -> str:
    """Return for programs what ended the count."""
    return (found.event or "censored") if found.start is not None else "not_started"
