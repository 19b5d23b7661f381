"""The calendar that a timeline shows, with what is drawn of it at any zoom."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.domain.calendar.entries import Calendar, Status
from app.domain.dates import ClosedDays
from app.domain.protocol.version import ProtocolVersion
from app.ui.timeline.strands import Strand, drawn_days, keys_in_time_order, strands_of


@dataclass(frozen=True)
class Content:
    """A participant's calendar by strands. `order`: the keys of all visits in time order, those without a date last."""

    calendar: Calendar
    closed: ClosedDays
    enrolled_on: date
    strands: tuple[Strand, ...]
    order: tuple[str, ...]

    @cached_property
    def days(self) -> list[date]:
        """All days that the axis must reach, today among them."""
        return [*drawn_days(self.strands), self.calendar.today]

    @cached_property
    def nearest_today(self) -> str:
        """The key of the visit nearest to today; of two equally near ones, the next one.

        Without dated visits this is the first of the undated ones, and empty without visits.
        """
        today = self.calendar.today.toordinal()
        days = [(abs(one.day.toordinal() - today - 0.5), one.key) for strand in self.strands for one in strand.shown]
        return min(days)[1] if days else next(iter(self.order), "")


def content_of(
    protocol: ProtocolVersion, calendar: Calendar, closed: ClosedDays, enrolled_on: date, with_cancelled: bool = True
) -> Content:
    """Return the content of a participant's calendar, with the cancelled visits where they are asked for."""
    if not with_cancelled:
        left = tuple(one for one in calendar.entries if one.status is not Status.CANCELLED)
        calendar = replace(calendar, entries=left)
    strands = strands_of(protocol, calendar)
    return Content(calendar, closed, enrolled_on, strands, keys_in_time_order(strands))
