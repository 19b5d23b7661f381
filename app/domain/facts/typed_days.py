"""Days as people type and paste them: the one reader for every surface.

What the program prints is read back, weekday, time and distance included (``Mon 8 Feb 2027``, ``Monday 8 February
2027, in 2 days``), and so are ``2026-11-30``, ``20261130``, ``2026/11/30``, ``2026年11月30日``, ``30-Nov-2026``, ``nov
30``, ``30/11``, ``30.11.``, ``thu``, ``next thu``, ``15``, ``t``, ``+2``, ``-3``, ``+1w``, and ``p+7``, which counts
from the planned day. With ``/`` or ``.`` the day comes first; two-digit numbers joined by hyphens are year first.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from app.domain.facts.parsing import check_range
from app.domain.facts.typed_text import plain_text
from app.domain.facts.typed_times import typed_time
from app.domain.refusal import Refused, quoted

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_NAME, _LONGEST = 3, 80
"""The fewest letters of the name of a month or weekday, and the most characters of a day."""
_CENTURY, _WEEK = 2000, 7
_NOT_MEANT_DAYS = 60
"""Without a year, no plan is meant for a day so long ago, and nothing happened on a day so far ahead."""
_WORDS = {"t": 0, "today": 0, "y": -1, "yesterday": -1, "tomorrow": 1}
_DISTANCE = (
    r"(.+), (?:today|tomorrow|yesterday|in \d+ days?|\d+ days? ago|the planned day"
    r"|\d+ days? (?:from|before) (?:today|the planned day))"
)
_WITH_TIME = r"(.*\d.*?)(?:, ?(?:at )?| at | |(?<=\d)t)(\d{1,2}:\d{2}(?::\d{2})?)"
_WEEKDAY = r"(?:(this|next|last) )?([a-z]+)[.,]?"
_WITH_WEEKDAY = r"([a-z]+)[.,]? (.+)"
_COUNT = r"([+-]) ?(\d{1,4}) ?(d|days?|w|weeks?)?"
_FROM_PLANNED = rf"p(?: ?{_COUNT})?"
_AHEAD = r"in (\d{1,4}) (days?|weeks?)"
_AGO = r"(\d{1,4}) (days?|weeks?) ago"
_NUMBER = r"(\d{1,2})(?:\.|st|nd|rd|th)?"
_DAY_NAMED = r"(\d{1,2})(?:\.|st|nd|rd|th)?[ -]?([a-z]+)\.?(?:,? ?|-)(\d{4}|\d{2})?"
_NAMED_DAY = r"([a-z]+)\.?[ -]?(\d{1,2})(?:st|nd|rd|th)?(?:(?:, ?| |-)(\d{4}))?"
_YEAR_FIRST = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?|(\d{4})(\d{2})(\d{2})"
_HYPHENS = r"(\d{1,2})-(\d{1,2})(?:-(\d{4}|\d{1,2}))?"
_DAY_FIRST = r"(\d{1,2})([./]) ?(\d{1,2})(?:\2 ?(\d{4}|\d{2})?)?\.?"
_CHINESE = r"(?:(\d{4}|\d{2})年)?(\d{1,2})月(\d{1,2})[日号]?"
_SEVERAL = r".*\d.* [-–—−] .*\d.*|.*\d[–—].*\d.*"
Basis = Literal["date", "today", "planned"]


class Aim(StrEnum):
    """The days that a field is for: days to come, days that have been, or both.

    A plan's ``15`` is the next 15th, and that of what happened the last one; both may be today.
    """

    COMING = "coming"
    PAST = "past"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day that was read. `days`: how far it was counted from its `basis`; `time`: the time after it, if any."""

    day: date
    basis: Basis = "date"
    days: int = 0
    time: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text to read, as it was typed and folded, and what its meaning depends on."""

    typed: str
    text: str
    place: str
    today: date | None
    aim: Aim
    planned: date | None
    weekday: int | None = None

    @property
    def start(self) -> date:
        """The day from which it is counted."""
        if self.today is None:
            raise Refused("date_no_today", self.place, value=quoted(self.typed))
        return self.today


def typed_day(text: str, place: str, today: date | None, aim: Aim = Aim.BOTH, planned: date | None = None) -> date:
    """Return the day that a person means, as `read_day` does.

    Raises:
        Refused: the text means no day, more than one, one that no calendar has, or has a time as well.
    """
    found = read_day(text, place, today, aim, planned)
    if found.time:
        raise Refused("date_with_time", place, value=quoted(text))
    return found.day


def read_day(text: str, place: str, today: date | None, aim: Aim = Aim.BOTH, planned: date | None = None) -> TypedDay:
    """Return the day that a person means, and from which day it was counted.

    `today`: None where words such as ``tomorrow`` mean nothing. `planned`: the day from which ``p+7`` counts. Without a
    year the day nearest to today is meant, or the one on the weekday that is named.

    Raises:
        Refused: the text means no day, more than one, or one that no calendar has.
    """
    if len(text) > _LONGEST:
        raise Refused("date_form", place, value=quoted(text))
    given, time = plain_text(text), ""
    if found := _match(_DISTANCE, given):
        given = found[1]
    if found := _match(_WITH_TIME, given):
        given, time = found[1], typed_time(found[2], place)
    asked = _Asked(text, given, place, today, aim, planned)
    for read in _READERS:
        day = read(asked)
        if day is not None:
            check_range(day.day, place)
            return replace(day, time=time)
    if (found := _match(_WITH_WEEKDAY, given)) and (weekday := _number(_WEEKDAYS, found[1])) is not None:
        named = replace(asked, text=found[2], weekday=weekday)
        for read in (_numbers, _names):
            day = read(named)
            if day is not None:
                check_range(day.day, place)
                return replace(_on_weekday(day, named), time=time)
    raise Refused("date_several" if _match(_SEVERAL, text) else "date_form", place, value=quoted(text))


def _on_weekday(found: TypedDay, asked: _Asked) -> TypedDay:
    if found.day.weekday() != asked.weekday:
        raise Refused("date_weekday", asked.place, value=quoted(asked.typed), on=found.day)
    return found


# Days that are counted


def _counted(asked: _Asked) -> TypedDay | None:
    if asked.text in _WORDS:
        return _from_today(asked, _WORDS[asked.text])
    if found := _match(_COUNT, asked.text):
        return _from_today(asked, _days(found[2], found[3], found[1]))
    if found := _match(_AHEAD, asked.text):
        return _from_today(asked, _days(found[1], found[2]))
    if found := _match(_AGO, asked.text):
        return _from_today(asked, _days(found[1], found[2], "-"))
    if found := _match(_FROM_PLANNED, asked.text):
        if asked.planned is None:
            raise Refused("date_no_planned", asked.place, value=quoted(asked.typed))
        days = _days(found[2], found[3], found[1]) if found[2] else 0
        return TypedDay(asked.planned + timedelta(days), "planned", days)
    return None


def _days(number: str, unit: str | None, sign: str = "+") -> int:
    days = int(number) * (_WEEK if (unit or "").startswith("w") else 1)
    return -days if sign == "-" else days


def _from_today(asked: _Asked, days: int) -> TypedDay:
    return TypedDay(asked.start + timedelta(days), "today", days)


def _weekdays(asked: _Asked) -> TypedDay | None:
    """Read ``thu`` as the Thursday to come or the last one, and ``next thu`` as the one of next week.

    Raises:
        Refused: today is a Thursday, so ``thu`` may be today.
    """
    found = _match(_WEEKDAY, asked.text)
    weekday = _number(_WEEKDAYS, found[2]) if found else None
    if found is None or weekday is None:
        return None
    ahead = weekday - asked.start.weekday()
    if found[1]:
        return TypedDay(asked.start + timedelta(ahead + {"this": 0, "next": _WEEK, "last": -_WEEK}[found[1]]))
    to_come = timedelta(ahead % _WEEK or _WEEK)
    other = asked.start + (to_come - timedelta(_WEEK if ahead else 2 * _WEEK) if asked.aim is Aim.PAST else to_come)
    if not ahead:
        raise Refused("date_two_ways", asked.place, value=quoted(asked.typed), one=asked.start, other=other)
    return TypedDay(other)


def _day_of_month(asked: _Asked) -> TypedDay | None:
    """Read a bare number as the nearest such day of a month in the direction of the field."""
    found = _match(_NUMBER, asked.text)
    if found is None or not 1 <= int(found[1]) <= 31:
        return None
    first = asked.start.year * 12 + asked.start.month - 1
    months = [divmod(first + step, 12) for step in range(-2, 3)]
    near = [day for year, month in months if (day := _date_or_none(year, month + 1, int(found[1])))]
    match asked.aim:
        case Aim.COMING:
            near = [day for day in near if day >= asked.start]
        case Aim.PAST:
            near = [day for day in near if day <= asked.start]
    return TypedDay(_nearest(near, asked.start))


# Days with a month


def _names(asked: _Asked) -> TypedDay | None:
    """Read ``30 Nov 2026``, ``30-nov-26`` and ``nov 30, 2026``."""
    if (found := _match(_DAY_NAMED, asked.text)) and (month := _number(_MONTHS, found[2])) is not None:
        return _dated(asked, found[3], month + 1, int(found[1]))
    if (found := _match(_NAMED_DAY, asked.text)) and (month := _number(_MONTHS, found[1])) is not None:
        return _dated(asked, found[3], month + 1, int(found[2]))
    return None


def _numbers(asked: _Asked) -> TypedDay | None:
    if found := _match(_YEAR_FIRST, asked.text):
        year, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return _dated(asked, year, int(month), int(day))
    if found := _match(_HYPHENS, asked.text):
        return _hyphens(asked, found[1], found[2], found[3])
    if found := _match(_DAY_FIRST, asked.text):
        return _dated(asked, found[4], int(found[3]), int(found[1]))
    if found := _match(_CHINESE, asked.text):
        return _dated(asked, found[1], int(found[2]), int(found[3]))
    return None


def _hyphens(asked: _Asked, first: str, second: str, third: str | None) -> TypedDay:
    """Read ``26-12-14`` year first and ``14-12-2026`` day first; other numbers joined by hyphens have two readings."""
    if third is not None and len(third) == len("2026"):
        return _dated(asked, third, int(second), int(first))
    if third is not None and len(first) == len("26"):
        return _dated(asked, first, int(second), int(third))
    one, other = (third, second, first), (first, second, third) if third is not None else (None, first, second)
    readings = [day for parts in (one, other) if (day := _reading(asked, *parts)) is not None]
    if len(readings) < 2:
        raise Refused("date_hyphens", asked.place, value=quoted(asked.typed))
    raise Refused("date_two_ways", asked.place, value=quoted(asked.typed), one=readings[0], other=readings[1])


def _reading(asked: _Asked, year: str | None, month: str, day: str) -> date | None:
    try:
        return _dated(asked, year.zfill(2) if year is not None else None, int(month), int(day)).day
    except Refused:
        return None


def _dated(asked: _Asked, year: str | None, month: int, day: int) -> TypedDay:
    """Return the day of that month in that year, or without a year in the likeliest one."""
    if year is not None:
        wanted = int(year) if len(year) > len("26") else _CENTURY + int(year)
        found = _date_or_none(wanted, month, day)
        if found is None:
            raise Refused("date_impossible", asked.place, value=quoted(asked.typed))
        return TypedDay(found)
    start = asked.start
    near = _same_days(start, month, day, 1) or _same_days(start, month, day, 4)
    if not near:
        raise Refused("date_impossible", asked.place, value=quoted(asked.typed))
    likeliest = _nearest([one for one in near if _may_be_meant((one - start).days, asked.aim)] or near, start)
    fitting = [one for one in near if one.weekday() == asked.weekday]
    if not fitting or likeliest in fitting:
        return TypedDay(likeliest)
    named = _nearest(fitting, start)
    if named.year != start.year:
        # The program prints a day of another year with its year; a slip of the weekday would move the day by a year.
        raise Refused("date_two_ways", asked.place, value=quoted(asked.typed), one=likeliest, other=named)
    return TypedDay(named)


def _same_days(start: date, month: int, day: int, years: int) -> list[date]:
    around = range(start.year - years, start.year + years + 1)
    return [found for year in around if (found := _date_or_none(year, month, day)) is not None]


def _may_be_meant(days: int, aim: Aim) -> bool:
    if aim is Aim.COMING:
        return days >= -_NOT_MEANT_DAYS
    return aim is Aim.BOTH or days <= _NOT_MEANT_DAYS


def _nearest(days: list[date], start: date) -> date:
    return min(days, key=lambda one: (abs((one - start).days), one < start))


def _match(pattern: str, text: str) -> re.Match[str] | None:
    """Return the match of an entire text. Patterns are compiled when the first day is read, not at the start."""
    return re.fullmatch(pattern, text, re.ASCII)


def _number(names: tuple[str, ...], given: str) -> int | None:
    """Return the place of a name in its list, by at least its first three letters; None for no such name."""
    if len(given) < _SHORTEST_NAME:
        return None
    return next((number for number, name in enumerate(names) if name.startswith(given)), None)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_READERS: tuple[Callable[[_Asked], TypedDay | None], ...] = (_numbers, _counted, _names, _weekdays, _day_of_month)
