"""The distances of a series from its anchor, each with the number that is part of the occurrence's key."""

from collections.abc import Iterator
from datetime import date

from app.domain.dates import Period
from app.domain.protocol.timing import Series

LONGEST_SERIES = 1200
"""The most visits of a series: one a month for a hundred years."""
_DAYS_A_MONTH = 365.2425 / 12
"""The average month of the Gregorian calendar."""


def length_in_days(period: Period) -> float:
    """Return the average length of a period in days, to compare months with days."""
    return period.months * _DAYS_A_MONTH + period.days


def times(period: Period, factor: int) -> Period:
    """Return a period multiplied by a number."""
    return Period(period.months * factor, period.days * factor)


def plus(one: Period, other: Period) -> Period:
    """Return the sum of two periods."""
    return Period(one.months + other.months, one.days + other.days)


def number_of(series: Series, distance: Period, index: int) -> int:
    """Return the number in the key of the occurrence at that distance; `index` counts the occurrences from 1."""
    if series.number == "months":
        return distance.months
    if series.number == "weeks":
        return distance.days // 7
    return distance.days if series.number == "days" else index


def distances(series: Series) -> Iterator[tuple[Period, bool]]:
    """Yield each distance from the anchor, and whether it belongs to a stretch without end."""
    for distance in series.at:
        yield distance, False
    start = series.start
    for stretch in series.stretches:
        count = stretch.count
        if count is None and stretch.lasting is not None:
            # Without the slack, 12 months divided by 3 months may come out just below 4, for the rounding of floats.
            count = int(length_in_days(stretch.lasting) / length_in_days(stretch.every) + 1e-6)
        for step in range(1, (count or LONGEST_SERIES) + 1):
            yield plus(start, times(stretch.every, step)), count is None
        start = plus(start, times(stretch.every, count or 0))


def due_distances(series: Series, anchor: date | None, horizon: date) -> Iterator[tuple[int, Period]]:
    """Yield number and distance of each occurrence; in a stretch without end only those due by `horizon`."""
    for index, (distance, endless) in enumerate(distances(series), start=1):
        if endless and (anchor is None or distance.after(anchor) > horizon):
            return
        yield number_of(series, distance, index), distance
