"""The visits of a period as a table that the window and a spreadsheet read: day, time, participant, visit, state."""

from datetime import date

from app.domain.calendar.agenda import AgendaRow
from app.domain.calendar.day_order import sort_of
from app.domain.calendar.entries import OPEN
from app.progress import Progress
from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.services.queries.log_table import EMPTY, Cell, Column, LogRow, LogTable, day_cell, words
from app.services.queries.visits_of_days import VisitsOfDays, visits_of_days
from app.services.study.study import Study
from app.wording.agenda import SORTS, TABLE_COLUMNS, state_text, window_text
from app.wording.language import gettext as _
from app.wording.names import visit_name

NAME = "visits"


def visit_table(
    study: Study,
    today: date,
    first: date,
    last: date,
    chosen: Filter = EVERYTHING,
    progress: Progress | None = None,
) -> LogTable:
    """Return the chosen visits of these days.

    Raises:
        Refused: `last` is before `first`, or what is chosen is not in the study.
    """
    return table_of(visits_of_days(study, today, first, last, chosen, progress))


def table_of(found: VisitsOfDays) -> LogTable:
    """Return visits that were found as a table."""
    columns = tuple(Column(name, _(title)) for name, title in TABLE_COLUMNS.items())
    return LogTable(NAME, columns, tuple(_row(row, found.today) for row in found.rows))


def _row(row: AgendaRow, today: date) -> LogRow:
    entry = row.entry
    at = entry.appointment_time or entry.performed_at
    cells: dict[str, Cell] = {
        "day": day_cell(entry.assumed),
        "time": Cell(at, at, True) if at else EMPTY,
        "participant": words(row.participant),
        "visit": words(visit_name(entry)),
        "kind": words(_(SORTS[sort_of(entry.visit, entry.day_kind)])),
        "state": words(state_text(row, today)),
        "booked": words(_("yes") if entry.is_booked else _("no")) if entry.status in OPEN else EMPTY,
        "window": words(window_text(entry, today)),
    }
    return LogRow(row.participant, cells, entry.key)
