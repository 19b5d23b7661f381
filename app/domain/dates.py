"""Civil dates: ISO 8601 periods, windows, closed days, and the day that a clinic would propose.

A visit is a civil date, never an instant. Months are calendar months clipped at the month's end (31 August + 6 months
is 28 or 29 February) and are always counted from the anchor, never from the month before.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_PERIOD = re.compile(r"(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
_SEARCH_DAYS = 400
"""How far an open day is looked for: a year and a month, longer than any closure that a site can enter at once."""
LONGEST_MONTHS = 1200
LONGEST_DAYS = 36525
"""A hundred years, the longest period that a protocol or a site may set."""


class Roll(StrEnum):
    """The direction in which a proposed day avoids closed days."""

    NONE = "none"
    FORWARD = "forward"
    BACKWARD = "backward"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of civil time: calendar months first, then days; both may be negative."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return an ISO 8601 duration of years, months, weeks and days, such as ``P2M`` or ``-P14D``.

        Raises:
            ValueError: the text is no such duration, or the duration is longer than a century.
        """
        found = _PERIOD.fullmatch(text)
        if found is None:
            raise ValueError(text)
        years, months, weeks, days = (int(part or 0) for part in found.groups()[1:])
        sign = -1 if found[1] else 1
        period = cls(sign * (12 * years + months), sign * (7 * weeks + days))
        if abs(period.months) > LONGEST_MONTHS or abs(period.days) > LONGEST_DAYS:
            raise ValueError(text)
        return period

    def __str__(self) -> str:
        """The ISO 8601 form."""
        negative = self.months < 0 or self.days < 0
        months, days = abs(self.months), abs(self.days)
        text = (f"{months}M" if months else "") + (f"{days}D" if days or not months else "")
        return ("-P" if negative else "P") + text

    def after(self, day: date) -> date:
        """Return the day that is this period later."""
        if self.months:
            return _months_later(day, self.months) + timedelta(self.days)
        return day + timedelta(self.days)

    def before(self, day: date) -> date:
        """Return the day that is this period earlier."""
        if self.months:
            return _months_later(day, -self.months) - timedelta(self.days)
        return day - timedelta(self.days)


def iso(value: date | None) -> str | None:
    """Return a day or a moment as ISO 8601, for other programs; None for none."""
    return value.isoformat() if value is not None else None


def _months_later(day: date, months: int) -> date:
    """Return the day so many calendar months later (earlier, if negative), clipped at the end of its month."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, day.day if day.day < 29 else min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `earliest` to `latest`, both included."""

    earliest: date
    latest: date

    def days_out(self, day: date) -> int:
        """Return the number of days before `earliest` (negative) or after `latest` (positive); 0 inside."""
        if day < self.earliest:
            return (day - self.earliest).days
        return max((day - self.latest).days, 0)

    def shifted(self, days: int) -> "Window":
        """Return the window so many days later, or earlier if negative."""
        return Window(self.earliest + timedelta(days), self.latest + timedelta(days))


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The public holidays of a country in a year, and the weekend days on which it works (`working`)."""

    country: str
    year: int
    closed: Mapping[date, str]
    working: frozenset[date] = frozenset()
    official: bool = True
    source: str = ""


@dataclass(frozen=True)
class ClosedDays:
    """The closed days of a site, and the reasons. A day that the site opens is open whatever else closes it."""

    weekdays: frozenset[int] = frozenset({5, 6})
    holidays: Mapping[int, HolidayYear] = field(default_factory=dict)
    closed: Mapping[date, str] = field(default_factory=dict)
    opened: frozenset[date] = frozenset()
    _known: dict[date, str] = field(default_factory=dict, compare=False, repr=False)
    _asked: set[date] = field(default_factory=set, compare=False, repr=False)

    def reason(self, day: date) -> str:
        """Return why a day is closed: ``weekday``, ``site`` or ``holiday:NAME``; `""` when it is open."""
        self._asked.add(day)
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._find_reason(day)
        return found

    def watched(self) -> "ClosedDays":
        """Return the same closed days, which have not been asked about any day yet."""
        return ClosedDays(self.weekdays, self.holidays, self.closed, self.opened, self._known)

    @property
    def asked(self) -> frozenset[date]:
        """The days of which somebody has asked whether they are closed."""
        return frozenset(self._asked)

    def _find_reason(self, day: date) -> str:
        if day in self.opened:
            return ""
        if day in self.closed:
            return "site"
        year = self.holidays.get(day.year)
        if year is not None:
            if day in year.closed:
                return f"holiday:{year.closed[day]}"
            if day in year.working:
                return ""
        return "weekday" if day.weekday() in self.weekdays else ""

    def next_open(self, day: date) -> date | None:
        """Return the first open day from `day` on; None when there is none within 400 days."""
        reason = self.reason
        for _ in range(_SEARCH_DAYS):
            if not reason(day):
                return day
            day += timedelta(1)
        return None

    def nearest_open(self, day: date, first: date, last: date) -> date | None:
        """Return the open day in first..last that is nearest to `day`, the later of two; None if there is none."""
        if first <= day <= last and not self.reason(day):
            return day
        for distance in range(1, _SEARCH_DAYS):
            later, earlier = day + timedelta(distance), day - timedelta(distance)
            if later > last and earlier < first:
                return None
            if first <= later <= last and not self.reason(later):
                return later
            if first <= earlier <= last and not self.reason(earlier):
                return earlier
        return None


class Outcome(StrEnum):
    """The result of proposing a day.

    ``notice``: a later day, where an earlier one was wanted. ``problem``: a closed day, or one outside the window.
    """

    FINE = "fine"
    NOTICE = "notice"
    PROBLEM = "problem"


def propose(
    target: date, window: Window, roll: Roll, closed: ClosedDays, not_before: date | None = None
) -> tuple[date, Outcome]:
    """Return the day that a clinic would propose for a visit, and whether it is inside the window.

    `not_before`: the first day that the gap to the last dose allows, heeded by `forward` and `nearest`. Target Saturday
    12 December, weekends closed: `forward` proposes Monday the 14th, `backward` and `nearest` Friday the 11th.
    """
    if roll is Roll.NONE:
        return target, Outcome.PROBLEM if closed.reason(target) else Outcome.FINE
    if roll is Roll.FORWARD:
        start = target if not_before is None or not_before <= target else not_before
        day = closed.next_open(start)
        if day is None:
            return start, Outcome.PROBLEM
        return day, Outcome.PROBLEM if day > window.latest else Outcome.FINE
    if roll is Roll.BACKWARD:
        return _backward(target, window, closed)
    first = window.earliest if not_before is None else max(window.earliest, not_before)
    found = closed.nearest_open(target, first, window.latest)
    if found is not None:
        return found, Outcome.FINE
    return _nearest_anywhere(target, closed, not_before), Outcome.PROBLEM


def _backward(target: date, window: Window, closed: ClosedDays) -> tuple[date, Outcome]:
    day = target
    while day >= window.earliest:
        if not closed.reason(day):
            return day, Outcome.FINE
        day -= timedelta(1)
    day = target
    while day <= window.latest:
        if not closed.reason(day):
            return day, Outcome.NOTICE
        day += timedelta(1)
    return _nearest_anywhere(target, closed, None), Outcome.PROBLEM


def _nearest_anywhere(target: date, closed: ClosedDays, not_before: date | None) -> date:
    first = date.min if not_before is None else not_before
    start = max(target, first)
    margin = timedelta(_SEARCH_DAYS)
    found = closed.nearest_open(start, max(first, start - margin), start + margin)
    return found or start


Value = str | int | bool | date | Period | None
"""A parameter of a reason, a problem or a refusal."""
