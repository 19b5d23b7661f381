"""How often a visit repeats: the distances of a series from its anchor, each with the number that its key carries."""

from collections.abc import Iterator
from datetime import date

from app.domain.dates import Period
from app.domain.protocol.timing import Series

LONGEST_SERIES = 1200
_DAYS_A_MONTH = 365.2425 / 12


def length_in_days(period: Period) -> float:
    """A period's average length, to compare periods of months with periods of days."""
    return period.months * _DAYS_A_MONTH + period.days


def times(period: Period, factor: int) -> Period:
    """A period several times over."""
    return Period(period.months * factor, period.days * factor)


def plus(one: Period, other: Period) -> Period:
    """Two periods after one another."""
    return Period(one.months + other.months, one.days + other.days)


def number_of(series: Series, distance: Period, index: int) -> int:
    """The number in the key of the occurrence at that distance."""
    if series.number == "months":
        return distance.months
    if series.number == "weeks":
        return distance.days // 7
    return distance.days if series.number == "days" else index


def distances(series: Series) -> Iterator[tuple[Period, bool]]:
    """Each distance from the anchor, and whether it belongs to a stretch without end."""
    for distance in series.at:
        yield distance, False
    start = series.start
    for stretch in series.stretches:
        count = stretch.count
        if count is None and stretch.lasting is not None:
            # A little slack, so that 12 months hold 6 times 8 weeks and 4 times 3 months alike.
            count = int(length_in_days(stretch.lasting) / length_in_days(stretch.every) + 1e-6)
        for turn in range(1, (count or LONGEST_SERIES) + 1):
            yield plus(start, times(stretch.every, turn)), count is None
        start = plus(start, times(stretch.every, count or 0))


def shown(series: Series, anchor: date | None, horizon: date) -> Iterator[tuple[int, Period]]:
    """Number and distance of each occurrence on the path; beyond the named ones, those due by `horizon`."""
    for index, (distance, endless) in enumerate(distances(series), start=1):
        if endless and (anchor is None or distance.after(anchor) > horizon):
            return
        yield number_of(series, distance, index), distance
