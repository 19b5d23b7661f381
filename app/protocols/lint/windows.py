"""Rules about windows and series: overlaps, empty windows, preferred windows, series without end, equal numbers."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise

from app.domain.dates import Period
from app.domain.planning.recurrence import distances, length_in_days
from app.domain.protocol import version as p
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.timing import EveryCycle, Series, Timing
from app.protocols.findings import Fault
from app.protocols.lint.reachability import numbers

# Days of 2026 to 2028 after which short, long and leap months follow.
_STARTS = [date(2026, 11, 1) + timedelta(n) for n in (0, 27, 29, 60, 89, 119, 178, 242, 303, 425, 454, 485)]
_MOST_DISTANCES = 120
"""So many visits of a series are looked at; one without end repeats itself long before."""


def windows(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find every fault of windows and series."""
    for visit in version.visits.values():
        if visit.timing is not None:
            yield from _preferred(visit, visit.timing)
            yield from _empty(visit, visit.timing)
        if isinstance(visit.repeat, Series):
            yield from _series(visit, visit.repeat)
            yield from _overlap(visit, visit.repeat)
    for visit in version.visits.values():
        yield from _cycles(version, visit)
    for course in version.courses:
        yield from _doses(version, course)


def _preferred(visit: p.Visit, timing: Timing) -> Iterator[Fault]:
    for side, inner, outer in (
        ("before", timing.preferred_before, timing.before),
        ("after", timing.preferred_after, timing.after),
    ):
        if inner is not None and (outer is None or length_in_days(inner) > length_in_days(outer)):
            than = "no window" if outer is None else f"the window's {outer}"
            yield Fault(
                ("visits", visit.id, "timing", "preferred", side),
                "preferred-outside",
                f"The preferred window reaches {inner} {side} the target, and there is {than}",
                "Narrow it or widen the window",
            )


def _empty(visit: p.Visit, timing: Timing) -> Iterator[Fault]:
    first, last = timing.first, timing.last
    if first is None or last is None or first.anchor != last.anchor:
        return
    if any(first.offset.after(start) > last.offset.after(start) for start in _STARTS):
        yield Fault(
            ("visits", visit.id, "timing", "any_day"),
            "empty-window",
            f"The window ends ({last.offset}) before it begins ({first.offset})",
            "Swap first and last",
        )


def _series(visit: p.Visit, series: Series) -> Iterator[Fault]:
    path = ("visits", visit.id, "repeat")
    endless = [i for i, each in enumerate(series.stretches) if each.count is None and each.lasting is None]
    if endless and not series.until and series.beyond is None:
        yield Fault(
            (*path, "series", endless[0]),
            "endless-series",
            "The series has no end",
            "Add `count`, `for`, `until` or `beyond`",
        )
    if endless and endless[0] < len(series.stretches) - 1:
        yield Fault(
            (*path, "series", endless[0] + 1),
            "unreachable-stretch",
            "The stretch before it has no end",
            "Give that one an end",
        )
    if visit.timing is not None and visit.timing.offset not in (None, Period()):
        yield Fault(
            ("visits", visit.id, "timing", "offset"),
            "ignored-offset",
            "A series has its own distances, so this offset counts for nothing",
            "Leave it out",
        )
    seen: set[int] = set()
    for number in numbers(series):
        if number in seen:
            yield Fault(
                path,
                "same-number",
                f"Two occurrences of `{visit.id}` carry the number {number}",
                "Set `number` to match",
                True,
            )
            return
        seen.add(number)


def _overlap(visit: p.Visit, series: Series) -> Iterator[Fault]:
    timing = visit.timing
    if timing is None:
        return
    path = ("visits", visit.id, "timing", "window")
    if timing.first is not None:
        yield Fault(
            ("visits", visit.id, "timing", "any_day"),
            "windows-overlap",
            "Every occurrence of the series has this window",
            "Give the series a window around each target",
        )
        return
    if timing.before is None or timing.after is None:
        return
    steps = [distance for distance, _ in islice(distances(series), _MOST_DISTANCES)]
    for one, other in pairwise(steps):
        for start in _STARTS:
            ends, begins = timing.after.after(one.after(start)), timing.before.before(other.after(start))
            if ends >= begins:
                yield _shared(path, visit.id, str(one), str(other), (ends - begins).days + 1)
                return


def _shared(path: tuple[str, ...], visit: str, one: str, other: str, days: int) -> Fault:
    return Fault(
        path,
        "windows-overlap",
        f"The windows of `{visit}` at {one} and {other} share {days} day{'s' if days > 1 else ''}",
        "Narrow the window",
        key=len(path) < 3,
    )


def _cycles(version: p.ProtocolVersion, visit: p.Visit) -> Iterator[Fault]:
    """Find windows that are longer than the cycles with which the visit repeats."""
    timing, repeat = visit.timing, visit.repeat
    course_id, every = "", 1
    if isinstance(repeat, EveryCycle):
        course_id, every = repeat.course, repeat.every
    elif visit.id in {course.next for course in version.courses}:
        course_id = version.course_rows[visit.id]
    if not course_id or timing is None or timing.before is None or timing.after is None:
        return
    width = length_in_days(timing.before) + length_in_days(timing.after)
    for regimen in version.regimens_of(version.course(course_id)):
        if width >= regimen.cycle_days * every:
            step = Period(days=regimen.cycle_days * every)
            yield _shared(
                ("visits", visit.id, "timing", "window"),
                visit.id,
                "P0D",
                f"{step} ({regimen.id})",
                int(width) - step.days + 1,
            )
            return


def _doses(version: p.ProtocolVersion, course: p.Course) -> Iterator[Fault]:
    """Find infusions of one cycle whose windows share a day."""
    for regimen in version.regimens_of(course):
        doses = [row for row in regimen.days if row.kind in DOSES]
        for one, other in pairwise(doses):
            shared = one.day + one.after - (other.day - other.before) + 1
            if shared > 0:
                yield _shared(
                    ("visits", course.within),
                    course.within,
                    f"day {one.day}",
                    f"day {other.day} ({regimen.id})",
                    shared,
                )
