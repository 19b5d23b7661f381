"""The words of a row of the agenda: its status, how urgent it is, its window, and the next step."""

from datetime import date

from app.domain.calendar.agenda import CLOSING_DAYS, AgendaRow
from app.domain.calendar.entries import Entry, Status
from app.wording.dates import days_left, window_short
from app.wording.language import gettext as _
from app.wording.language import marked
from app.wording.names import status_text

NEXT = {
    "performed": marked("Record"),
    "booked": marked("Book"),
    "rebooked": marked("Rebook"),
    "decided": marked("Decide"),
}

CATEGORIES = {"dose": marked("Chemotherapy"), "phone": marked("Phone"), "unbooked": marked("Not booked")}
"""The names of the categories of visits that can be chosen."""


def state_text(row: AgendaRow, today: date) -> str:
    """Return the status for the list: ``closed 4 days ago``, ``5 days left``, ``due, booked``, ``booked 10:00``."""
    entry = row.entry
    if row.days_left is not None and (entry.status is Status.OVERDUE or is_closing(row, today)):
        return days_left(row.days_left)
    if entry.is_booked and entry.booked_at and entry.status is Status.PLANNED:
        return _("booked {time}").format(time=entry.booked_at)
    return status_text(entry)


def is_closing(row: AgendaRow, today: date) -> bool:
    """Return whether a visit's day has passed and its window closes within a week."""
    day = row.entry.assumed
    passed = row.entry.status is Status.DUE and day is not None and day < today
    return passed and row.days_left is not None and row.days_left <= CLOSING_DAYS


def next_step(entry: Entry, today: date, decides: bool) -> str:
    """Return the next step of a visit (``performed``, ``booked``, ``rebooked``, ``decided``); `NEXT` has the words."""
    if entry.status is Status.AWAITING:
        return "decided" if decides else "booked"
    if entry.assumed is not None and entry.assumed <= today:
        return "decided" if decides else "performed"
    return "rebooked" if entry.is_booked else "booked"


def window_text(entry: Entry, today: date) -> str:
    """Return the window for a list; empty without one."""
    return window_short(entry.earliest, entry.latest, today) if entry.earliest and entry.latest else ""
