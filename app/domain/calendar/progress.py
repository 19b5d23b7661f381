"""The position of a participant in the trial: epoch, day and cycle of treatment, and the next visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import OPEN, Calendar, Entry, Status
from app.domain.protocol.version import Course, ProtocolVersion


@dataclass(frozen=True, slots=True)
class Position:
    """A participant's position on one day.

    `epoch`: its id, empty before the first visit. `day`: of treatment, counted from 1 on day 1 of cycle 1; None before
    it was given. `since`: days since enrolment. `cycle` of `cycles` of `course`: the last one begun; 0 before the
    first. `next`: the first open visit with a day.
    """

    epoch: str
    day: int | None
    since: int
    course: str
    cycle: int
    cycles: int
    next: Entry | None


def position_of(protocol: ProtocolVersion, calendar: Calendar, enrolled_on: date) -> Position:
    """Return the participant's position on the calendar's day."""
    today = calendar.today
    begun = [entry for entry in calendar.entries if entry.performed is not None and entry.performed <= today]
    # Of two visits on one day the later epoch counts: a conference in the morning and the operation after it.
    epochs = {epoch.id: number for number, epoch in enumerate(protocol.epochs)}
    last = max(
        begun,
        key=lambda entry: (entry.performed or date.min, epochs.get(entry.visit.epoch, -1), entry.order),
        default=None,
    )
    starts = {course.id: list(_starts(course, calendar)) for course in protocol.courses}
    given = [one.performed for found in starts.values() for one in found if one.performed and one.cycle == 1]
    course, cycle, cycles = _course(protocol, starts)
    return Position(
        last.visit.epoch if last is not None else "",
        (today - min(given)).days + 1 if given else None,
        (today - enrolled_on).days,
        course,
        cycle,
        cycles,
        next((entry for entry in calendar.entries if entry.status in OPEN and entry.is_dated), None),
    )


def _starts(course: Course, calendar: Calendar) -> Iterator[Entry]:
    """Day 1 of each cycle of a course."""
    for entry in calendar.entries:
        if entry.visit.id in (course.first, course.next) and entry.cycle and entry.status is not Status.CANCELLED:
            yield entry


def _course(protocol: ProtocolVersion, starts: dict[str, list[Entry]]) -> tuple[str, int, int]:
    """The last course of which a cycle was begun, that cycle, and how many it has."""
    for course in reversed(protocol.courses):
        found = starts[course.id]
        given = [entry.cycle for entry in found if entry.performed is not None]
        if given:
            return course.id, max(given), max(entry.cycle for entry in found)
    return "", 0, 0
