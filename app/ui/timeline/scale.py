"""The scale of the timeline: the x of each day at each zoom, and the ticks that have room. Pure arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

LEAST, MOST = 0.2, 40.0
"""Pixels for each day at a text size of 100 %: six years in a small window, and a day as wide as its name."""
STEP = 2**0.5
CLOSED_FROM = 3.0
"""With fewer pixels for each day than this, closed days would be a grey mist, and are not drawn."""
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis of days: `origin` begins at x = `margin`, and every day is `day_width` pixels wide."""

    origin: date
    day_width: float
    margin: float = 0.0

    def left(self, day: date) -> float:
        """Return the x at which the day begins."""
        return self.margin + (day.toordinal() - self.origin.toordinal()) * self.day_width

    def right(self, day: date) -> float:
        """Return the x at which the day ends."""
        return self.left(day) + self.day_width

    def middle(self, day: date) -> float:
        """Return the x of the middle of the day, where marks are drawn."""
        return self.left(day) + self.day_width / 2

    def day_at(self, x: float) -> date:
        """Return the day drawn at x; beyond the ends of Python's calendar, its first or last day."""
        return _day(self.position_at(x) // 1)

    def position_at(self, x: float) -> float:
        """Return the day at x as an ordinal, with the part of the day that is left of x as its fraction."""
        # A rounding error must not put the left edge of a day into the day before.
        return self.origin.toordinal() + round((x - self.margin) / self.day_width, 6)

    def x_of(self, position: float) -> float:
        """Return the x of a position that `position_at` gave at any zoom."""
        return self.margin + (position - self.origin.toordinal()) * self.day_width

    def zoomed(self, day_width: float) -> "Scale":
        """Return the same axis with days of another width."""
        return replace(self, day_width=day_width)


class Detail(Enum):
    """The unit of time that the lower line of the header counts."""

    NAMED_DAYS = "named days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class LabelWidths:
    """The room that the widest label of each kind takes, with the space around it, in pixels."""

    named_day: float
    day: float
    month: float


def clamped(day_width: float, text_scale: float = 1.0) -> float:
    """Return the nearest possible width of a day; larger text needs wider days."""
    return min(max(day_width, LEAST), MOST * text_scale)


def detail_for(day_width: float, widths: LabelWidths) -> Detail:
    """Return the finest detail whose labels do not touch."""
    if day_width >= widths.named_day:
        return Detail.NAMED_DAYS
    if day_width >= widths.day:
        return Detail.DAYS
    if 7 * day_width >= widths.day:
        return Detail.WEEKS
    if 28 * day_width >= widths.month:
        return Detail.MONTHS
    return Detail.QUARTERS if 89 * day_width >= widths.month else Detail.YEARS


def ticks(detail: Detail, first: date, last: date) -> Iterator[date]:
    """Yield the days with a tick in the lower line, from the last one at or before `first` to `last`."""
    if detail in (Detail.NAMED_DAYS, Detail.DAYS):
        yield from _every(first, last, 1)
    elif detail is Detail.WEEKS:
        yield from _every(_day(first.toordinal() - first.weekday()), last, 7)
    else:
        yield from months(first, last, {Detail.MONTHS: 1, Detail.QUARTERS: 3}.get(detail, 12))


def spans(detail: Detail, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the months or years that the upper line names, each as its first and last day."""
    step = 1 if detail in (Detail.NAMED_DAYS, Detail.DAYS, Detail.WEEKS) else 12
    starts = list(months(first, last, step))
    for start in starts:
        after = _month_after(start, step)
        yield start, _day(after.toordinal() - 1) if after is not None else date.max


def months(first: date, last: date, step: int) -> Iterator[date]:
    """Yield every `step`-th first of a month, counted from January, from the one at or before `first`."""
    start: date | None = date(first.year, (first.month - 1) // step * step + 1, 1)
    while start is not None and start <= last:
        yield start
        start = _month_after(start, step)


def _month_after(start: date, step: int) -> date | None:
    years, month = divmod(start.month - 1 + step, 12)
    return date(start.year + years, month + 1, 1) if start.year + years <= date.max.year else None


def _every(first: date, last: date, step: int) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1, step):
        yield date.fromordinal(ordinal)


def _day(ordinal: float) -> date:
    return date.fromordinal(int(min(max(ordinal, _FIRST), _LAST)))


def day_after(day: date, days: int) -> date:
    """Return the day so many days later or earlier, never beyond the ends of Python's calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min
