"""Dates, windows and lengths of time in words, the same on every machine whatever its locale."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from app.domain.dates import Period, Window
from app.wording.language import counted, marked, pgettext
from app.wording.language import gettext as _

_WEEKDAYS = tuple(map(marked, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")))
_WEEKDAYS_LONG = tuple(map(marked, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_LONG = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WITH_WEEKDAYS_UP_TO = 14


@lru_cache(maxsize=4_000)
def two_figures(text: str) -> str:
    """Return a text whose days have two figures, as they are written on worksheets: ``Mon 08 Mar``, ``03 May``."""
    days = "|".join(re.escape(_(name)) for name in _WEEKDAYS)
    months = "|".join(re.escape(pgettext("month, short", name)) for name in _MONTHS)
    padded = re.sub(rf"\b({days}) (\d)(?!\d)", r"\1 0\2", text)
    return re.sub(rf"(?<![\d.,:])\b(\d)(?=( – \d\d?)? ({months})\b)", r"0\1", padded)


def weekday(on: date) -> str:
    """Return ``Monday``."""
    return _(_WEEKDAYS_LONG[on.weekday()])


def weekday_of(number: int, short: bool = False) -> str:
    """Return the name of a weekday, Monday is 0: ``Monday``, or in short ``Mon``."""
    return _((_WEEKDAYS if short else _WEEKDAYS_LONG)[number])


def month_long(on: date) -> str:
    """Return ``February 2027``."""
    month = pgettext("month", _MONTHS_LONG[on.month - 1])
    return _("{month} {year}").format(month=month, year=on.year)


def day_of_month(on: date) -> str:
    """Return ``4 February 2027``."""
    month = pgettext("month of a day", _MONTHS_LONG[on.month - 1])
    return _("{day} {month} {year}").format(day=on.day, month=month, year=on.year)


def month_short(on: date) -> str:
    """Return ``Feb 2027``."""
    return f"{_month(on)} {on.year}"


def day(on: date) -> str:
    """Return ``Mon 8 Feb 2027``."""
    return f"{_with_weekday(on)} {_month(on)} {on.year}"


def day_long(on: date) -> str:
    """Return ``Monday 8 February 2027``."""
    return f"{weekday(on)} {day_of_month(on)}"


def day_at(on: date, at: str) -> str:
    """Return the day with its time, if it has one: ``Mon 8 Feb 2027, 09:30``."""
    return f"{day(on)}, {at}" if at else day(on)


def day_short(on: date, today: date, at: str = "") -> str:
    """Return a day for lists: ``Mon 8 Feb``, with the year unless it is today's, and with the time if there is one."""
    said = f"{_with_weekday(on)} {_month(on)}" if on.year == today.year else day(on)
    return f"{said}, {at}" if at else said


def day_and_month(on: date) -> str:
    """Return ``8 Feb``."""
    return f"{on.day} {_month(on)}"


def day_narrow(on: date, today: date, at: str = "") -> str:
    """Return a day for narrow columns: ``Mon 8 Feb``, or with the year instead of the weekday: ``8 Feb 2026``."""
    said = f"{_with_weekday(on)} {_month(on)}" if on.year == today.year else f"{on.day} {_month(on)} {on.year}"
    return f"{said}, {at}" if at else said


def window_short(earliest: date, latest: date, today: date) -> str:
    """Return a window for lists: ``15 – 18 Nov``, ``28 Dec – 4 Jan``; the year unless it is today's or the next."""
    if earliest == latest:
        return day_short(earliest, today)
    first, last = str(earliest.day), f"{latest.day} {_month(latest)}"
    if (earliest.year, earliest.month) != (latest.year, latest.month):
        first = f"{first} {_month(earliest)}"
    if not today.year <= earliest.year <= latest.year <= today.year + 1:
        last = f"{last} {latest.year}"
    return f"{first} – {last}"


def instant(at: datetime) -> str:
    """Return day and wall-clock time: ``Wed 10 Feb 2027, 08:15``."""
    return day_at(at.date(), f"{at:%H:%M}")


def window(earliest: date, latest: date) -> str:
    """Return the days from `earliest` to `latest`, without repetition; long windows have no weekdays.

    ``Mon 8 – Thu 11 Feb 2027``, ``29 Mar – 3 May 2027``, ``Mon 28 Dec 2026 – Mon 4 Jan 2027``.
    """
    if earliest == latest:
        return day(earliest)
    write = _with_weekday if (latest - earliest).days <= _WITH_WEEKDAYS_UP_TO else _number
    first, last = write(earliest), f"{write(latest)} {_month(latest)} {latest.year}"
    if earliest.year != latest.year:
        first = f"{first} {_month(earliest)} {earliest.year}"
    elif earliest.month != latest.month:
        first = f"{first} {_month(earliest)}"
    return f"{first} – {last}"


def optional_window(days: Window | None, otherwise: str = "") -> str:
    """Return the days of a window, as `window` does; `otherwise` without one."""
    return otherwise if days is None else window(days.earliest, days.latest)


def between(first: date | None, last: date | None) -> str:
    """Return a period that may be open at an end: ``1 Sep – 27 Nov 2026``, ``from Tue 1 Sep 2026``; empty for none."""
    if first is not None and last is not None:
        return window(first, last)
    if first is not None:
        return _("from {day}").format(day=day(first))
    return _("until {day}").format(day=day(last)) if last is not None else ""


def period(length: Period | str) -> str:
    """Return a length of time, given as a `Period` or in its ISO 8601 form: ``14 days``, ``2 months``."""
    if isinstance(length, str):
        length = Period.parse(length)
    sign = "−" if length.months < 0 or length.days < 0 else ""
    months, days = abs(length.months), abs(length.days)
    parts = []
    if months:
        parts.append(counted("{n} month", "{n} months", months))
    if days or not months:
        parts.append(counted("{n} day", "{n} days", days))
    return sign + _(" and ").join(parts)


def days_left(count: int) -> str:
    """Return how long a window is open: ``5 days left``, ``last day``, ``closed 4 days ago``."""
    if count > 0:
        return counted("{n} day left", "{n} days left", count)
    if count == 0:
        return _("last day")
    return counted("closed {n} day ago", "closed {n} days ago", -count)


def _with_weekday(on: date) -> str:
    return f"{_(_WEEKDAYS[on.weekday()])} {on.day}"


def _number(on: date) -> str:
    return str(on.day)


def _month(on: date) -> str:
    return pgettext("month, short", _MONTHS[on.month - 1])


def taken_text(times: Sequence[str]) -> str:
    """Return the times at which others are booked: ``booked 09:30, 10:00 (2)``."""
    counts = {one: list(times).count(one) for one in times}
    said = ", ".join(f"{one} ({count})" if count > 1 else one for one, count in counts.items())
    return _("booked {times}").format(times=said)
