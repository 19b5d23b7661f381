"""The outcome of each operation of a study: the worst grade to day 90, and the index, with the complications."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.domain.calendar.after_surgery import GRADINGS, AfterSurgery, after_surgery
from app.domain.calendar.entries import Calendar, Entry, natural
from app.domain.facts.participant_record import ParticipantRecord
from app.progress import Progress
from app.services.queries.log_table import Cell, Column, LogRow, LogTable, day_cell, number, words
from app.services.study.study import Study
from app.wording.after_surgery import after_surgery_text, events_text, rule_text
from app.wording.fact_values import field_name, line_of
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.log_words import column_title
from app.wording.names import visit_name

_COLUMNS = (
    "participant", "protocol", "centre", "visit", "on", "worst_grade", "cci_90", "popf", "pph", "dge", "events",
    "until", "state", "died_on",
)  # fmt: skip


def surgery_table(study: Study, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return the outcome of every operation that was performed, of one participant or of all who are enrolled.

    Raises:
        Refused: there is no such participant.
    """
    cases = [study.case(study.subject(code))] if code else study.each_case(progress=progress)
    rows = [row for case in cases if _may_be_operated(case) for row in _rows(study, case, today)]
    rows.sort(key=lambda row: natural(row.participant))
    columns = tuple(Column(name, _title(name)) for name in _COLUMNS)
    return LogTable("surgery", columns, tuple(rows), (rule_text(),) if rows else ())


def _title(name: str) -> str:
    """Return the title of a column; a grading has that of its field."""
    return field_name(name, "complication") if name in (*GRADINGS, "on") else column_title(name)


def review_text(calendar: Calendar, case: ParticipantRecord, entry: Entry) -> str:
    """Return what followed the operation that a visit reviews the complications of; empty for another visit."""
    if not entry.visit.complication_review:
        return ""
    found = after_surgery(calendar, case.records, case.died_on)
    return next((after_surgery_text(one) for one in found if one.operation == entry.after), "")


def with_outcomes(
    notes: Mapping[str, Sequence[str]], calendar: Calendar, case: ParticipantRecord, entries: Iterable[Entry]
) -> dict[str, list[str]]:
    """Return the notes on these visits, for a review of complications with what followed its operation so far."""
    found = {visit: [*texts] for visit, texts in notes.items()}
    for entry in entries:
        if text := review_text(calendar, case, entry):
            found.setdefault(entry.key, []).append(sentence_case(text))
    return found


def _may_be_operated(case: ParticipantRecord) -> bool:
    return case.enrolled is not None and any(one.kind in ("performed", "operation") for one in case.records)


def _rows(study: Study, case: ParticipantRecord, today: date) -> list[LogRow]:
    protocol, calendar = study.protocol(case), study.calendar(case, today)
    centre = case.enrolled.text("centre") if case.enrolled is not None else ""
    rows = []
    for found in after_surgery(calendar, case.records, case.died_on):
        cells: dict[str, Cell] = {
            "participant": words(case.code),
            "protocol": words(protocol.short_title),
            "centre": words(line_of(centre)),
            "visit": words(visit_name(calendar.by_key[found.operation]), found.operation),
            "on": day_cell(found.on),
            "worst_grade": Cell(found.worst or _("none"), found.worst or None),
            "cci_90": number(found.index, 1),
            **{name: words(found.gradings.get(name, "")) for name in ("popf", "pph", "dge")},
            "events": words(events_text(found.events)),
            "until": day_cell(found.until),
            "state": words(_state(found), "reviewed" if found.reviewed else "over" if found.over else "open"),
            "died_on": day_cell(found.died_on),
        }
        rows.append(LogRow(case.code, cells, found.operation, days=(found.on, found.until)))
    return rows


def _state(found: AfterSurgery) -> str:
    """Return whether the outcome is complete: its last review was held, or the days are over."""
    if found.reviewed:
        return _("reviewed")
    return _("over, not reviewed") if found.over else _("not over")
