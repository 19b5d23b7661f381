"""The effect of a change: the difference of two calendars, as plain data.

The calendar before and the calendar after come from one and the same planner, so a preview cannot differ from the
result.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.calendar.entries import OPEN, PERFORMED_PROBLEMS, Calendar, Entry, LeftOut, Problem, ProblemKind, Status


class ChangeKind(StrEnum):
    """The effect on a visit; the order is that of a preview's totals."""

    MOVES = "moves"
    STAYS_PERFORMED = "stays_performed"
    STAYS_BOOKED = "stays_booked"
    STAYS_MOVED = "stays_moved"
    APPEARS = "appears"
    DISAPPEARS = "disappears"
    CANCELLED = "cancelled"
    REVIVED = "revived"
    CHANGES = "changes"


CLOSED_DAY_PROBLEMS: frozenset[ProblemKind] = frozenset(
    {"closed_day", "booking_closed", "moved_closed", "performed_closed"}
)
"""The problems of an entry whose assumed day is closed."""
TOLD_PROBLEMS: frozenset[ProblemKind] = PERFORMED_PROBLEMS | {"before_result"}
"""The problems that the answer to a change names, next to what it does to each visit."""


@dataclass(frozen=True, slots=True)
class Change:
    """One visit that a change affects.

    `shift`: days from the assumed day before to the one after, None where one of them is missing. `leaves_window` and
    `meets_closed_day`: true only if it was not so before the change. `left`:
    of a visit that disappears, the operation after which it does not apply.
    """

    key: str
    kind: ChangeKind
    now: Entry | None
    new: Entry | None
    shift: int | None
    leaves_window: bool
    meets_closed_day: bool
    left: LeftOut | None = None


def difference(before: Calendar, after: Calendar) -> tuple[Change, ...]:
    """Return every visit whose entry differs, in the order of the calendar after; at the end those that disappear."""
    changes = [_change(before.by_key.get(entry.key), entry) for entry in after.entries]
    left = {one.entry.key: one for one in after.left}
    gone = [
        Change(entry.key, ChangeKind.DISAPPEARS, entry, None, None, False, False, left.get(entry.key))
        for entry in before.entries
        if entry.key not in after.by_key
    ]
    return tuple(change for change in changes if change is not None) + tuple(gone)


def raised_problems(before: Calendar | None, after: Calendar | None) -> tuple[Problem, ...]:
    """Return what speaks against performed visits, or a dose before a result, after a change and not before it."""
    known = {(one.key, one.kind): one for one in _told(before)} if before is not None else {}
    return tuple(one for one in _told(after) if known.get((one.key, one.kind)) != one) if after else ()


def _told(calendar: Calendar) -> Iterator[Problem]:
    for entry in calendar.entries:
        for one in entry.problems:
            # Of a visit that is held without its outcome the agenda speaks; here, what went on without it.
            if one.kind in TOLD_PROBLEMS or (one.kind == "outcome_missing" and entry.performed is not None):
                yield one


def left_behind(change: Change) -> bool:
    """Return whether the change leaves a booking of this visit behind, so that it needs another day."""
    return change.new is not None and change.new.needs_rebooking


def stays_cancelled(change: Change) -> bool:
    """Return whether the visit is cancelled before and after; the day that it would have had is of no use."""
    return all(one is not None and one.status is Status.CANCELLED for one in (change.now, change.new))


def totals(changes: tuple[Change, ...]) -> dict[ChangeKind, int]:
    """Return the number of visits of each kind, without kinds that have none."""
    return {kind: count for kind in ChangeKind if (count := sum(change.kind is kind for change in changes))}


def _change(now: Entry | None, new: Entry) -> Change | None:
    if now is None:
        return Change(new.key, ChangeKind.APPEARS, None, new, None, False, _on_closed_day(new))
    if now == new:
        return None
    shift = (new.assumed - now.assumed).days if now.assumed and new.assumed else None
    return Change(
        new.key,
        _kind(now, new),
        now,
        new,
        shift,
        _outside(new) and not _outside(now),
        _on_closed_day(new) and not _on_closed_day(now),
    )


def _kind(now: Entry, new: Entry) -> ChangeKind:
    if new.status is Status.CANCELLED and now.status is not Status.CANCELLED:
        return ChangeKind.CANCELLED
    if now.status is Status.CANCELLED and new.status in OPEN:
        return ChangeKind.REVIVED
    if now.assumed != new.assumed:
        return ChangeKind.MOVES
    if now.target == new.target and now.earliest == new.earliest and now.latest == new.latest:
        return ChangeKind.CHANGES
    return _stays(new)


def _stays(new: Entry) -> ChangeKind:
    if new.performed is not None:
        return ChangeKind.STAYS_PERFORMED
    if new.is_booked:
        return ChangeKind.STAYS_BOOKED
    return ChangeKind.STAYS_MOVED if new.is_moved else ChangeKind.CHANGES


def _outside(entry: Entry) -> bool:
    """Whether the assumed day of an open visit is outside its window."""
    day: date | None = entry.assumed
    window = entry.window
    return entry.status in OPEN and day is not None and window is not None and window.days_out(day) != 0


def _on_closed_day(entry: Entry) -> bool:
    return any(problem.kind in CLOSED_DAY_PROBLEMS for problem in entry.problems)
