"""Dates and the site for the naive planner: which days are open, and how a target becomes a proposal."""

import re
from datetime import date, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

from .tables import ROWS, Dose, Span

Window = tuple[date, date]

COUNTRIES = {"scanpan": ("SE", "FI"), "nct06873178": ("CN", "SE", "FI")}
"""Whose time zone is known: countries with one, and those of the sites; elsewhere the site has to tell it."""
DEFAULT_ZONES = {"SE": "Europe/Stockholm", "FI": "Europe/Helsinki", "CN": "Asia/Shanghai"}


class Refusal(Exception):  # noqa: N818
    """The scenario holds something that the rules refuse."""


def iso(text: Any) -> date:
    """A date that must exist."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise Refusal(f"no date: {text!r}")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"no date: {text!r}") from error


def clock(text: Any) -> time | None:
    """A time of day, or nothing."""
    if text is None:
        return None
    if not isinstance(text, str) or not re.fullmatch(r"\d\d:\d\d", text):
        raise Refusal(f"no time: {text!r}")
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"no time: {text!r}") from error


def duration(text: str) -> relativedelta:
    """An ISO 8601 duration of whole years, months, weeks and days."""
    match = re.fullmatch(r"(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", text)
    if match is None:
        raise Refusal(f"no duration: {text!r}")
    sign = -1 if match[1] else 1
    years, months, weeks, days = (sign * int(part or 0) for part in match.groups()[1:])
    return relativedelta(years=years, months=months, weeks=weeks, days=days)


def length(span: Span) -> relativedelta:
    """A table's span."""
    return relativedelta(months=span[0]) if span[1] == "mo" else relativedelta(days=span[0])


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


@cache
def public_days(country: str) -> Any:
    """The holidays of a country over all years that a test may reach."""
    span = range(2015, 2051)
    if country == "SE":
        return holidays.country_holidays("SE", years=span, categories=("public", "de_facto"))
    try:
        return holidays.country_holidays(country, years=span)
    except NotImplementedError as error:
        raise Refusal(f"unknown country {country}") from error


class Site:
    """Open days and the values that the site has set."""

    def __init__(self, protocol: str, country: str, given: dict[str, Any]) -> None:
        self.country = country
        self.public = public_days(country)
        zone = given.get("time_zone") or (DEFAULT_ZONES[country] if country in COUNTRIES[protocol] else None)
        self.zone = None if zone is None else ZoneInfo(zone)
        self.weekdays: list[int] = given.get("closed_weekdays", [5, 6])
        self.shut = {iso(text) for text in given.get("closed", [])}
        self.opened = {iso(text) for text in given.get("open", [])}
        self.values: dict[str, Any] = given.get("values", {})
        self.rolled: dict[tuple[str, date, Window, date | None], date] = {}
        self.windows: dict[tuple[str, date], Window] = {}

    def is_open(self, day: date) -> bool:
        """Whether the clinic works on that day."""
        if day in self.opened:
            return True
        if day in self.shut or day in self.public:
            return False
        if day.weekday() in self.weekdays:
            return self.country == "CN" and day in self.public.weekend_workdays
        return True

    def offset(self, event: str) -> relativedelta:
        """How far an event lies from its anchor."""
        text = self.values.get(f"{event}.offset")
        return duration(text) if text is not None else length(ROWS[event].offset)

    def window(self, event: str, target: date) -> Window:
        """The window of a protocol row round a target."""
        if (event, target) not in self.windows:
            row = ROWS[event]
            self.windows[event, target] = self.framed(event, row.before, row.after, target)
        return self.windows[event, target]

    def framed(self, name: str, before: int, after: int, target: date) -> Window:
        """A window by the site's values, where it has set them."""
        own_before, own_after = self.values.get(f"{name}.before"), self.values.get(f"{name}.after")
        return (
            target - (duration(own_before) if own_before is not None else days(before)),
            target + (duration(own_after) if own_after is not None else days(after)),
        )

    def dose_window(self, regimen: str, dose: Dose, target: date) -> Window:
        """The window of a regimen day round a target."""
        return self.framed(f"{regimen}.{dose.day}", dose.before, dose.after, target)

    def gap(self, regimen: str, dose: Dose) -> relativedelta:
        """How long after the infusion before it this infusion may be given at the earliest."""
        text = self.values.get(f"{regimen}.{dose.day}.gap")
        return duration(text) if text is not None else relativedelta(days=dose.gap)

    def cycles(self, phase: str) -> int | None:
        """The number of cycles that the site has set for a phase."""
        number: int | None = self.values.get(f"cycles.{phase}")
        return number

    def returns(self) -> bool:
        """Whether cycles return to the preferred weekday."""
        return bool(self.values.get("return_to_weekday", False))

    # how a target becomes a proposal

    def roll(self, how: str, target: date, window: Window, floor: date | None) -> date:
        """The day that is proposed for a target."""
        question = (how, target, window, floor)
        if question not in self.rolled:
            self.rolled[question] = self.look(how, target, window, floor)
        return self.rolled[question]

    def look(self, how: str, target: date, window: Window, floor: date | None) -> date:
        """Look for that day."""
        earliest, latest = window
        if how == "none":
            return target
        if how == "forward":
            day = target if floor is None else max(target, floor)
            while not self.is_open(day):
                day += days(1)
            return day
        if how == "backward":
            day = target
            while day >= earliest:
                if self.is_open(day):
                    return day
                day -= days(1)
            day = target
            while day <= latest:
                if self.is_open(day):
                    return day
                day += days(1)
            return self.nearest_open(target, None)
        if how == "nearest":
            first = earliest if floor is None else max(earliest, floor)
            best: date | None = None
            day = first
            while day <= latest:
                if self.is_open(day) and (best is None or abs((day - target).days) <= abs((best - target).days)):
                    best = day
                day += days(1)
            return best if best is not None else self.nearest_open(target, floor)
        raise AssertionError(how)

    def nearest_open(self, target: date, floor: date | None) -> date:
        """The nearest open day whatever the window, a tie to the later."""
        for distance in range(2000):
            for day in (target + days(distance), target - days(distance)):
                if self.is_open(day) and (floor is None or day >= floor):
                    return day
        raise AssertionError("no open day")
