"""The log of what is open: visits that nobody recorded, deviations without a reason, reports that were not sent."""

from collections.abc import Iterable
from datetime import date

from app.domain.calendar.agenda import AgendaRow, ReportDue
from app.domain.calendar.entries import natural
from app.progress import Progress
from app.services.queries.agenda import agenda, with_named_visits
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import deviations
from app.services.queries.log_table import Cell, Column, LogRow, LogTable, day_cell, words
from app.services.study.study import Study
from app.wording.agenda import agenda_status, left_text
from app.wording.dates import window
from app.wording.deviations import deviation_text
from app.wording.log_words import column_title
from app.wording.names import visit_name
from app.wording.open_visits import overdue_remedy, reason_missing, reason_remedy, report_remedy
from app.wording.safety import due_text

_COLUMNS = ("participant", "visit", "visit_name", "on", "window", "what", "left", "remedy")


def open_table(study: Study, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return what is open as of a day, of one participant or of all.

    Visits whose day has passed without a result, or whose booking cannot be kept; participants whose death waits for
    its day; deviations without a reason; serious adverse events whose report was not sent.

    Raises:
        Refused: there is no such participant.
    """
    return open_of(study, today, deviations(study, today, code, progress), code)


def open_of(study: Study, today: date, found: Iterable[Deviation], code: str = "") -> LogTable:
    """Return the log of what is open, as `open_table` does, for deviations that are known already."""
    own = study.case(study.subject(code)).code if code else ""
    due = with_named_visits(study, agenda(study, today, last=today))
    visits = [row for row in (*due.rebooking, *due.pressing, *due.now, *due.waiting) if _is_open(row, today)]
    rows = [*map(_visit_row, visits)]
    listed = {(row.participant, row.visit) for row in rows}
    rows += [_deviation_row(one) for one in found if one.lacks_reason and (one.participant, one.visit) not in listed]
    rows += [_report_row(one, today) for one in due.reports]
    mine = (row for row in rows if own in ("", row.participant))
    columns = tuple(Column(name, column_title(name)) for name in _COLUMNS)
    return LogTable("open", columns, tuple(sorted(mine, key=lambda row: natural(row.participant))))


def _is_open(row: AgendaRow, today: date) -> bool:
    """Return whether somebody has to do something about the visit that should have been done before today."""
    entry = row.entry
    if entry.suspended or entry.to_check or entry.needs_rebooking:
        return True
    return entry.assumed is not None and entry.assumed < today and not row.waits_for_date


def _visit_row(row: AgendaRow) -> LogRow:
    entry = row.entry
    on = entry.performed if entry.to_check else entry.assumed
    own = window(entry.earliest, entry.latest) if entry.earliest and entry.latest else ""
    status = agenda_status(row)
    return _row(row.participant, entry.key, visit_name(entry), on, own, status, left_text(row), overdue_remedy(row))


def _deviation_row(one: Deviation) -> LogRow:
    own = window(one.earliest, one.latest) if one.earliest and one.latest else ""
    what = reason_missing(deviation_text(one.what, one.days, one.detail))
    return _row(one.participant, one.visit, one.name, one.on, own, what, "", reason_remedy())


def _report_row(one: ReportDue, today: date) -> LogRow:
    said = due_text(one, today)
    return _row(one.participant, "", "", one.event.aware.on, "", said, "", report_remedy())


def _row(code: str, visit: str, name: str, on: date | None, own: str, what: str, left: str, remedy: str) -> LogRow:
    cells: dict[str, Cell] = {
        "participant": words(code),
        "visit": words(visit),
        "visit_name": words(name),
        "on": day_cell(on),
        "window": words(own),
        "what": words(what),
        "left": words(left),
        "remedy": words(remedy),
    }
    return LogRow(code, cells, visit)
