"""The history as a log: every fact in its order as an inspector reads it, with what became of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.domain.facts.kind import Subject
from app.domain.facts.kinds import KINDS
from app.domain.facts.log_names import HISTORY
from app.domain.facts.records import Recorded
from app.progress import Progress
from app.services.queries.fact_names import FactNames
from app.services.queries.history import HistoryRow, history
from app.services.queries.log_filter import (
    COMPLETE,
    LogFilter,
    log_filter_fields,
    log_filter_text,
    titles,
    trials_of_people,
)
from app.services.queries.log_table import EMPTY, Cell, Column, LogRow, LogTable, day_cell, number, words
from app.services.study.study import Study
from app.wording.fact_sentences import clock_text, kind_name, local_moment, unsaid_text
from app.wording.fact_values import day_of, line_of
from app.wording.history_sentences import entered_text, past_text, state_text
from app.wording.log_words import column_title
from app.wording.protocol_names import Names

_COLUMNS = (
    "fact", "command", "participant", "kind", "what", "further", "on", "became", "reason", "by", "workstation",
    "recorded_at", "local_time", "zone", "clock_change", "entered", "protocol",
)  # fmt: skip
_SHOWN = (
    "fact", "participant", "what", "became", "recorded_at", "local_time", "clock_change", "entered", "by",
    "workstation",
)  # fmt: skip
"""The columns that one line has room for; the others are in the file for a spreadsheet, or in the words."""


def chosen_history(study: Study, code: str = "", chosen: LogFilter = COMPLETE) -> list[HistoryRow]:
    """Return the facts that were recorded in the period, by the person, of the trial, in their order.

    Raises:
        Refused: there is no such participant.
    """
    trials = trials_of_people(study) if chosen.protocol else {}
    return [
        row
        for row in history(study, code)
        if chosen.has_day(_recorded_days(row.record))
        and chosen.by in ("", row.record.who)
        and chosen.is_of_trial(trials.get(row.participant, "") if row.participant else row.record.text("protocol"))
    ]


def history_table(
    study: Study, today: date, code: str = "", chosen: LogFilter = COMPLETE, progress: Progress | None = None
) -> LogTable:
    """Return the history of one participant or of the study as a table.

    Raises:
        Refused: there is no such participant.
    """
    found = chosen_history(study, code, chosen)
    names = FactNames(study, today, (row.record for row in found))
    rows = []
    for done, row in enumerate(found, start=1):
        rows.append(_row(row, names.of(row.record.subject)))
        if progress is not None:
            progress(done, len(found))
    columns = tuple(Column(one, column_title(one), at_terminal=one in _SHOWN) for one in _COLUMNS)
    said = log_filter_text(chosen, titles(study)) if chosen != COMPLETE else ""
    return LogTable(HISTORY, columns, tuple(rows), narrowed=said, limits=log_filter_fields(chosen))


def _row(row: HistoryRow, names: Names) -> LogRow:
    record = row.record
    kind = KINDS[record.kind]
    on = day_of(record.text(kind.day_field)) if kind.field(kind.day_field) is not None else None
    cells = {
        "fact": number(record.seq),
        "command": number(record.command),
        "participant": words(row.participant),
        "kind": words(kind_name(record.kind), record.kind),
        "what": words(past_text(row.past, names)),
        "further": words(unsaid_text(record, names) if kind.subject is not Subject.FACT else ""),
        "on": day_cell(on),
        "became": words(state_text(row.past)),
        "reason": words(line_of(record.text("reason"))),
        "recorded_at": _moment(record.recorded_at),
        "local_time": words(" ".join(filter(None, (local_moment(record), line_of(record.zone))))),
        "zone": words(line_of(record.zone)),
        "clock_change": words(clock_text(record)),
        "entered": words(entered_text(_days_after(record, on))),
        "by": words(line_of(record.who)),
        "workstation": words(line_of(record.workstation)),
        "protocol": words(line_of(record.protocol)),
    }
    return LogRow(row.participant, cells, record.text("visit"), record, tuple(_recorded_days(record)))


def _recorded_days(record: Recorded) -> Sequence[date]:
    on = record.planned_as_of
    return (on,) if isinstance(on, date) else ()


def _days_after(record: Recorded, on: date | None) -> int:
    """Return by how many days a fact was recorded after it happened; 0 for what was still to come."""
    recorded = record.planned_as_of
    return max((recorded - on).days, 0) if on is not None and isinstance(recorded, date) else 0


def _moment(recorded_at: str) -> Cell:
    """Return a moment of UTC as ``2026-12-20 08:00:00``; the text of the file where it is none."""
    try:
        at = datetime.fromisoformat(recorded_at)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return words(line_of(recorded_at)) if recorded_at else EMPTY
    text = f"{at:%Y-%m-%d %H:%M:%S}"
    return Cell(text, text, True)
