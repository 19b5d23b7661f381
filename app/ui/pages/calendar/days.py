"""The days of a month or a week with their visits, as the grid shows them."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.domain.calendar.agenda import AgendaRow
from app.services.queries.visits_of_days import ClosedDay, VisitsOfDays
from app.wording import dates
from app.wording.agenda import state_text
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.names import visit_name

WEEK = 7
SATURDAY = 5
Chosen = tuple[str, str]
"""A visit, by the participant's code and its key."""


@dataclass(slots=True)
class Day:
    """One day. `outside`: it is of the month before or after; `closed`: why it is closed, None where it is open."""

    on: date
    rows: list[AgendaRow] = field(default_factory=list)
    closed: ClosedDay | None = None
    outside: bool = False

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return self.on.weekday() >= SATURDAY

    def place_of(self, chosen: Chosen | None) -> int | None:
        """Return the number of a visit among those of the day; None where it is not there."""
        return next((number for number, row in enumerate(self.rows) if chosen_of(row) == chosen), None)


def chosen_of(row: AgendaRow) -> Chosen:
    """Return what chooses a visit."""
    return (row.participant, row.entry.key)


def days_of_month(on: date) -> tuple[date, date]:
    """Return the first and the last day of the weeks that have a day of the month."""
    first = on.replace(day=1)
    last = on.replace(day=monthrange(on.year, on.month)[1])
    return monday_of(first), monday_of(last) + timedelta(WEEK - 1)


def days_of_week(on: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of the week."""
    return monday_of(on), monday_of(on) + timedelta(WEEK - 1)


def monday_of(on: date) -> date:
    """Return the Monday of the week of that day."""
    return on - timedelta(on.weekday())


def months_on(on: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def weeks_of(found: VisitsOfDays, month: date | None) -> list[list[Day]]:
    """Return the weeks of the days that were found. `month`: any day of the month that is shown; None for a week."""
    days = [found.first + timedelta(number) for number in range((found.last - found.first).days + 1)]
    by_day: dict[date, list[AgendaRow]] = {}
    for row in found.rows:
        if row.entry.assumed is not None:
            by_day.setdefault(row.entry.assumed, []).append(row)
    made = [
        Day(on, by_day.get(on, []), found.closed.get(on), month is not None and on.month != month.month) for on in days
    ]
    return [made[start : start + WEEK] for start in range(0, len(made), WEEK)]


def spoken_day(day: Day, today: date) -> str:
    """Return a day with everything on it, for a screen reader."""
    closed = _("closed: {why}").format(why=day.closed.text) if day.closed is not None else ""
    count = counted("{n} visit", "{n} visits", len(day.rows)) if day.rows else _("no visits")
    head = ", ".join(filter(None, (dates.day_long(day.on), closed, count)))
    return "; ".join([head, *(spoken_visit(row, today) for row in day.rows)])


def spoken_visit(row: AgendaRow, today: date) -> str:
    """Return a visit of a day for a screen reader: time, code, name and state."""
    parts = (row.entry.appointment_time, row.participant, visit_name(row.entry), state_text(row, today))
    return ", ".join(filter(None, parts))


def line_texts(row: AgendaRow) -> tuple[str, str, str]:
    """Return the time, the code and the name of a visit in the grid."""
    return (row.entry.appointment_time or row.entry.performed_at, row.participant, visit_name(row.entry))


def summary(rows: Sequence[AgendaRow]) -> str:
    """Return how many visits there are, how many are booked, and how many have to be booked again."""
    booked = sum(row.entry.is_booked for row in rows)
    again = sum(row.entry.needs_rebooking for row in rows)
    parts = [counted("{n} visit", "{n} visits", len(rows))]
    parts += [_("{n} booked").format(n=booked)] if booked else []
    parts += [_("{n} to rebook").format(n=again)] if again else []
    return " · ".join(parts)
