"""The days that the site closed or opened, those that follow one another joined."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.facts.study_record import DayRow
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days in a row that were closed, or opened, for one reason. `site`: the only one concerned; empty for all."""

    first: date
    last: date
    is_open: bool
    reason: str
    site: str


def day_ranges(study: Study) -> list[DayRange]:
    """Return the days that were closed or opened by their first day; those with one reason in a row are one range."""
    return joined(study.facts.days)


def joined(rows: Sequence[DayRow]) -> list[DayRange]:
    """Return these days in ranges, by their first day and site."""
    found: list[DayRange] = []
    for row in sorted(rows, key=lambda one: (one.site, one.is_open, one.reason, one.on)):
        one = DayRange(row.on, row.on, row.is_open, row.reason, row.site)
        before = found[-1] if found else None
        if before is not None and replace(before, first=one.first, last=one.last) == one and _follows(before, one):
            found[-1] = replace(before, last=one.last)
        else:
            found.append(one)
    return sorted(found, key=lambda one: (one.first, one.last, one.site))


def _follows(before: DayRange, one: DayRange) -> bool:
    return one.first - before.last == timedelta(1)
