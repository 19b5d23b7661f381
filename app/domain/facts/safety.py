"""Serious adverse events and their reports: when the site was aware, when the report is due, whether it was sent.

A report is due within some hours of awareness, as the protocol says. With 24: aware on Thursday at 15:45, due on Friday
at 15:45; without an hour, due on the next day. Where awareness was not recorded, it is that of the record: nobody can
record what is not known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.facts.records import Recorded
from app.domain.refusal import Refused

EVENT_KIND = "adverse_event"
REPORT_KIND = "safety_report"


@dataclass(frozen=True, slots=True)
class Moment:
    """A civil date, perhaps with a time; the time is empty where none is known."""

    on: date
    at: str = ""

    @property
    def order(self) -> tuple[date, str]:
        """The sort key; a day without a time counts as its end."""
        return (self.on, self.at or "24:00")


@dataclass(frozen=True, slots=True)
class SeriousEvent:
    """A serious adverse event with its clock.

    `seq`: the number of its fact. `told`: whether the awareness was recorded, not taken from the time of the record.
    `hours`: from the awareness until its report is due. `sent`: of the first initial report; None before it.
    `followed`: the days of the follow-up reports, in their order.
    """

    subject: int
    seq: int
    term: str
    aware: Moment
    due: Moment
    told: bool
    hours: int
    sent: Moment | None = None
    followed: tuple[date, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether it was sent after it was due; False before it was sent."""
        return self.sent is not None and self._after_due(self.sent)

    def is_overdue(self, today: date) -> bool:
        """Whether it was not sent although the day on which it was due is past."""
        return self.sent is None and today > self.due.on

    def _after_due(self, moment: Moment) -> bool:
        if moment.on != self.due.on or not moment.at or not self.due.at:
            return moment.on > self.due.on
        return moment.at > self.due.at


_UNASKED = 0
"""The hours where nobody asks when it is due."""
HoursOf = Callable[[int], int]
"""Returns the hours until a report is due, for a participant by number."""


def serious_events(records: Sequence[Recorded], hours_of: HoursOf) -> tuple[SeriousEvent, ...]:
    """Return the serious adverse events among facts that count, in the order of recording."""
    reports: dict[tuple[int, object], list[Recorded]] = {}
    for one in records:
        if one.kind == REPORT_KIND:
            reports.setdefault((one.subject, one.fields.get("event")), []).append(one)
    return tuple(
        _event(one, reports.get((one.subject, one.seq), []), hours_of(one.subject))
        for one in records
        if one.kind == EVENT_KIND and one.fields.get("serious") is True
    )


def event_of_report(records: Sequence[Recorded], fields: Mapping[str, object]) -> int:
    """Return the number of the serious adverse event that a report is about.

    Where none is given it is the only one whose initial report is open, else the only one.

    Raises:
        Refused: the participant has none, not that one, or several.
    """
    events = serious_events(records, lambda _subject: _UNASKED)
    given = fields.get("event")
    open_ones = [one for one in events if one.sent is None] if fields.get("what") == "initial" else []
    fitting = [one for one in events if one.seq == given] if given is not None else (open_ones or list(events))
    known = ", ".join(f"{one.seq} ({one.term})" for one in events)
    if not events:
        raise Refused("no_serious_event", "event")
    if len(fitting) != 1:
        raise Refused("which_event", "event", known=known)
    return fitting[0].seq


def due_after(aware: Moment, zone: str, hours: int) -> Moment:
    """Return when the report is due; where clocks change that night, 24 hours are still 24 hours.

    Without an hour it is due on the day on which the last of them may end: the next one for up to 24.
    """
    if not aware.at:
        return Moment(aware.on + timedelta(-(-hours // 24)))
    local = datetime.combine(aware.on, time.fromisoformat(aware.at), _zone(zone))
    due = (local.astimezone(UTC) + timedelta(hours=hours)).astimezone(_zone(zone))
    return Moment(due.date(), f"{due:%H:%M}")


def _event(record: Recorded, reports: Sequence[Recorded], hours: int) -> SeriousEvent:
    on = record.day("aware_on")
    aware = Moment(on, record.text("aware_at")) if on is not None else recorded_moment(record)
    sent = sorted((_moment(one) for one in reports if one.text("what") == "initial"), key=lambda one: one.order)
    followed = tuple(sorted(_moment(one).on for one in reports if one.text("what") == "follow_up"))
    return SeriousEvent(
        record.subject,
        record.seq,
        record.text("term"),
        aware,
        due_after(aware, record.zone, hours),
        on is not None,
        hours,
        sent[0] if sent else None,
        followed,
    )


def _moment(record: Recorded) -> Moment:
    return Moment(record.day("on") or date.max, record.text("at"))


def recorded_moment(record: Recorded) -> Moment:
    """Return when a fact was recorded, by the clock of its site; the day of its plan where that cannot be read."""
    try:
        at = datetime.fromisoformat(record.recorded_at).astimezone(_zone(record.zone))
    except ValueError:
        on = record.planned_as_of
        return Moment(on if isinstance(on, date) else date.max)
    return Moment(at.date(), f"{at:%H:%M}")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
