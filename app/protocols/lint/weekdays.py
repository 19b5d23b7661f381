"""Rules about weekdays: visits that meet a closed weekend, found by planning a start on each day of the week."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from app.domain.calendar.entries import Calendar, Entry, Status
from app.domain.dates import ClosedDays, Roll
from app.domain.facts.planner_facts import Participant, Site
from app.domain.planning.planner import plan
from app.domain.protocol import version as p
from app.domain.protocol.regimens import DOSES, DayKind, Regimen, RegimenDay, WhenHeld
from app.domain.refusal import Refused
from app.protocols.findings import Fault

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WeekdaysOf = Callable[[Regimen, RegimenDay], list[int]]
_MONDAY = date(2026, 11, 23)
_WEEKEND = (5, 6)
_LONG_WINDOW = 9
"""A window with more days between its ends is not looked at: it has open ones."""
_CANNOT_PLAN = (Refused, ArithmeticError, LookupError, ValueError, RecursionError)


def weekdays(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find every visit that meets a weekend; public holidays are not taken into account."""
    for course in version.courses:
        yield from _pumps(version, course)
        yield from _infusions(version, course)
    yield from _planned(version)


def _named(days: Iterable[int]) -> str:
    found = sorted(set(days))
    return "every weekday" if len(found) == len(_WEEKDAYS) else ", ".join(_WEEKDAYS[day] for day in found)


def _pumps(version: p.ProtocolVersion, course: p.Course) -> Iterator[Fault]:
    """Find disconnections that fall on a weekend, by the weekday of their infusion."""
    if said := _days_said(version, course, _pump_weekdays, "its infusion"):
        says, remedy = f"A pump comes off on a weekend: {said}", "Say in a waiver who takes it off"
        yield Fault(("visits", course.within), "pump-weekend", says, remedy, key=True)


def _infusions(version: p.ProtocolVersion, course: p.Course) -> Iterator[Fault]:
    """Find infusions that have no open day in their window, by the weekday of day 1."""
    if said := _days_said(version, course, _infusion_weekdays, "day 1"):
        says, remedy = f"An infusion has a window of closed days: {said}", "Widen its window in the regimen"
        yield Fault(("visits", course.within), "infusion-weekend", says, remedy, key=True)


def _days_said(version: p.ProtocolVersion, course: p.Course, weekdays_of: _WeekdaysOf, start: str) -> str:
    """Return the regimen days that meet a weekend and after which weekdays of `start`, in words; empty for none."""
    found = {
        f"{regimen.id} day {row.day}": days
        for regimen in version.regimens_of(course)
        for row in regimen.days
        if (days := weekdays_of(regimen, row))
    }
    return "; ".join(f"{name} when {start} is on {_named(days)}" for name, days in found.items())


def _pump_weekdays(regimen: Regimen, row: RegimenDay) -> list[int]:
    """Return the weekdays of an infusion after which its pump is disconnected on a weekend."""
    if row.kind is not DayKind.PUMP_DISCONNECT:
        return []
    shift = row.day - _infusion_before(regimen, row).day
    return [day for day in range(5) if (day + shift) % 7 in _WEEKEND]


def _infusion_before(regimen: Regimen, row: RegimenDay) -> RegimenDay:
    return max(
        (each for each in regimen.days if each.kind is DayKind.INFUSION and each.day <= row.day), key=lambda d: d.day
    )


def _infusion_weekdays(regimen: Regimen, row: RegimenDay) -> list[int]:
    """Return the weekdays of day 1 after which a later dose has no open day in its window."""
    if row is regimen.first or row.kind not in DOSES:
        return []
    return [day for day in range(5) if not _has_room(row, day)]


def _has_room(row: RegimenDay, start: int) -> bool:
    earliest = -row.before if row.when_held is WhenHeld.OMIT else 0
    return any((start + row.day - 1 + n) % 7 not in _WEEKEND for n in range(earliest, row.after + 1))


def _planned(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Plan the default path from each day of the week with each regimen, and find the visits that meet closed days."""
    closed: dict[str, set[int]] = defaultdict(set)
    narrow: dict[str, set[int]] = defaultdict(set)
    odd: dict[str, str] = {}
    for regimen in version.offered or ("",):
        for start in range(7):
            try:
                calendar = _plan(version, regimen, start)
            except _CANNOT_PLAN as error:
                why = getattr(error, "kind", "") or type(error).__name__
                yield Fault(
                    ("visits",),
                    "cannot-plan",
                    f"The default path cannot be planned with {regimen} ({why})",
                    "Check offsets and references",
                    key=True,
                )
                return
            for entry in _checked(version, calendar):
                _add_closed(entry, start, closed, narrow)
                odd |= _bad_window(entry)
    yield from _closed_faults(version, closed, narrow)
    for name, why in odd.items():
        yield Fault(("visits", name, "timing"), "empty-window", why, "Correct its bounds", key=True)


def undated(version: p.ProtocolVersion, kind: str) -> set[str]:
    """Return the visits that could have a finding of this kind although none is known: the default path plans no day.

    They wait until somebody gives them a day, are counted from a visit that waits, or are on another path.
    """
    try:
        calendars = [_plan(version, regimen, 0) for regimen in version.offered or ("",)]
    except _CANNOT_PLAN:
        calendars = []
    rows = {*version.recorded_elsewhere, *(course.within for course in version.courses)}
    dated = {entry.visit.id for calendar in calendars for entry in _checked(version, calendar) if entry.proposed}
    return {name for name, visit in version.visits.items() if name not in rows | dated and _could_have(visit, kind)}


def _could_have(visit: p.Visit, kind: str) -> bool:
    fixed = visit.timing is not None and (visit.timing.roll is Roll.NONE or bool(visit.parts))
    return fixed if kind == "closed-weekday" else kind == "closed-window" and visit.timing is not None and not fixed


def _plan(version: p.ProtocolVersion, regimen: str, start: int) -> Calendar:
    day = _MONDAY + timedelta(start)
    choices = {choice.id: choice.default for choice in version.choices.values()}
    country = version.centres[0].country if version.centres else "SE"
    participant = Participant("LINT", day, country, regimen, choices)
    return plan(version, Site(ClosedDays()), participant, (), day)


def _checked(version: p.ProtocolVersion, calendar: Calendar) -> Iterator[Entry]:
    """Yield the planned visits, without those of a chosen day and course rows, which have rules of their own."""
    within = {course.within for course in version.courses}
    for entry in calendar.entries:
        if entry.visit.id in version.recorded_elsewhere or entry.visit.id in within or entry.status is Status.CANCELLED:
            continue
        yield entry


def _add_closed(entry: Entry, start: int, closed: dict[str, set[int]], narrow: dict[str, set[int]]) -> None:
    name, day, timing = entry.visit.id, entry.proposed, entry.visit.timing
    if day is None or timing is None:
        return
    fixed = timing.roll is Roll.NONE or (entry.visit.parts and entry.earliest == entry.latest)
    if fixed and day.weekday() in _WEEKEND:
        closed[name].add(start)
    elif not fixed and not _has_open_day(entry, timing.roll):
        narrow[name].add(start)


def _has_open_day(entry: Entry, roll: Roll) -> bool:
    first, last = entry.earliest, entry.latest
    if first is None or last is None or (last - first).days > _LONG_WINDOW:
        return True
    if roll is Roll.FORWARD and entry.target is not None:
        first = max(first, entry.target)
    return any((first + timedelta(n)).weekday() not in _WEEKEND for n in range((last - first).days + 1))


def _bad_window(entry: Entry) -> dict[str, str]:
    first, last, target, name = entry.earliest, entry.latest, entry.target, entry.visit.id
    if first is None or last is None:
        return {}
    if first > last:
        return {name: f"The window of `{name}` ends before it begins ({(first - last).days} days)"}
    if target is not None and not first <= target <= last:
        return {name: f"The target of `{name}` lies outside its window"}
    return {}


def _closed_faults(
    version: p.ProtocolVersion, closed: dict[str, set[int]], narrow: dict[str, set[int]]
) -> Iterator[Fault]:
    for name in version.visits:
        if name in closed:
            yield Fault(
                ("visits", name, "timing"),
                "closed-weekday",
                f"`{name}` keeps its day, and that is a weekend after enrolment on {_named(closed[name])}",
                "Let it roll, or say in a waiver that it is meant",
                key=True,
            )
        if name in narrow:
            yield Fault(
                ("visits", name, "timing"),
                "closed-window",
                f"The window of `{name}` holds no open day after enrolment on {_named(narrow[name])}",
                "Widen it, or say in a waiver that it is meant",
                key=True,
            )
