"""The words for the days of a printed list."""

from collections.abc import Mapping
from datetime import date, timedelta

from app.domain.calendar.print_days import PrintDays
from app.wording.dates import day_short, window_short
from app.wording.language import counted, marked
from app.wording.language import gettext as _

DAY_NAMES: Mapping[PrintDays, str] = {
    "today": marked("Today"),
    "next-open": marked("The next open day"),
    "this-week": marked("This week, until Sunday"),
    "next-week": marked("Next week"),
}
"""The names of the days that are asked for by a word."""


def days_and_count(first: date, last: date, visits: int, today: date) -> str:
    """Return the days and the number of visits on them: ``Mon 30 Nov, 8 visits``, ``23 – 29 Nov, 12 visits``."""
    days = day_short(first, today) if first == last else window_short(first, last, today)
    return ", ".join((days, counted("{n} visit", "{n} visits", visits)))


def sheets_title(on: date, today: date) -> str:
    """Return what the sheets of the next open day are called."""
    return _("Tomorrow's sheets") if on == today + timedelta(1) else _("Sheets of the next open day")


def filter_line(only: str) -> str:
    """Return which visits are printed: ``Filter: only ScanPan``; ``Filter: all visits``."""
    return _("Filter: {what}").format(what=only or _("all visits"))
