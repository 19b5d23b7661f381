"""Rules about names: a day, week or month in a visit's name must be the one that its timing has."""

import re
from collections.abc import Iterator
from itertools import islice

from app.domain.dates import Period
from app.domain.planning.recurrence import distances, length_in_days, plus
from app.domain.protocol import version as p
from app.domain.protocol.anchors import CycleStart, VisitDay
from app.domain.protocol.timing import Series, Timing
from app.protocols.findings import Fault, PartPath

_LIST = r"(-?\d+(?:(?:, | and |, and )\d+)*)"
_POSTOP = re.compile(rf"\b(?:POD|[Pp]ost-?operative days?) {_LIST}\b")
_DAY = re.compile(rf"\b[Dd]ays? {_LIST}\b")
_UNIT = {
    "day": re.compile(r"\b(\d+)-day\b", re.IGNORECASE),
    "week": re.compile(r"\bweek (\d+)\b|\b(\d+)-week\b", re.IGNORECASE),
    "month": re.compile(r"\bmonth (\d+)\b|\b(\d+)-month\b", re.IGNORECASE),
}
_FIELD = re.compile(r"\{(\w*)\}")
_NUMBER = re.compile(r"\b(POD|day|week|month) \{number\}", re.IGNORECASE)
_COUNTS = {"pod": "days", "day": "days", "week": "weeks", "month": "months"}
_PLACEHOLDERS = ("cycle", "day", "number")
_SLACK = 3.0
"""Days by which a name in weeks or months may differ from an offset in another unit."""


def names(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find every fault of the names of visits."""
    day_one = 1 if version.about.get("day_one", 1) else 0
    for visit in version.visits.values():
        path: PartPath = ("visits", visit.id, "name")
        given = [((*path, kind), name) for kind, name in visit.names.items()] or [(path, visit.name)]
        for place, name in given:
            yield from _placeholders(visit, name, place)
            if visit.timing is not None and visit.timing.offset is not None:
                since = _bases(version, visit.timing)
                yield from _days(visit, visit.timing, name, place, day_one, since)
                yield from _units(visit, name, place, since)


def ids(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find visits whose keys would be those of others: of unscheduled visits, or of one in another letter case."""
    known: dict[str, str] = {p.UNSCHEDULED.id.casefold(): ""}
    for visit in version.visits:
        other = known.setdefault(visit.casefold(), visit)
        if other != visit:
            says = f"`{visit}` and `{other}` differ by letter case alone" if other else f"`{visit}` names extra visits"
            yield Fault(("visits", visit), "taken-id", says, "Choose another id", key=True)


def _placeholders(visit: p.Visit, name: str, path: PartPath) -> Iterator[Fault]:
    for word in _FIELD.findall(name):
        if word not in _PLACEHOLDERS:
            yield Fault(path, "unknown-placeholder", f"`{{{word}}}` means nothing", "Use {cycle}, {day} or {number}")
    brace = next((one for one in _FIELD.sub("", name) if one in "{}"), "")
    if brace:
        yield Fault(path, "unknown-placeholder", f"`{brace}` is alone here", "Use {cycle}, {day} or {number}")
    found = _NUMBER.search(name)
    if found is None or not isinstance(visit.repeat, Series):
        return
    wanted = _COUNTS[found[1].lower()]
    if visit.repeat.number != wanted:
        yield Fault(
            path,
            "name-and-offset",
            f"The name counts {wanted}, the series numbers by {visit.repeat.number}",
            f"Set `number: {wanted}`",
        )


def _offsets(visit: p.Visit) -> list[Period]:
    """Return how far the visit's occurrences are from its anchor."""
    if isinstance(visit.repeat, Series):
        return [distance for distance, _ in islice(distances(visit.repeat), 120)]
    timing = visit.timing
    start = timing.offset if timing is not None and timing.offset is not None else Period()
    return [plus(start, Period(days=part.day - visit.parts[0].day)) for part in visit.parts] or [start]


def _bases(version: p.ProtocolVersion, timing: Timing) -> list[Period]:
    """Return the distances of the visit that a timing counts from: to itself, then to each day that it is counted from.

    The chain ends where a day has no fixed distance: on any day, or when somebody gives the visit its day. Example: a
    visit 7 days after V2, which is 28 days after V1, has the bases P0D and P28D, so its name may say day 7 or day 35.
    """
    found = [Period()]
    seen: set[str] = set()
    anchor = timing.anchor
    while isinstance(anchor, VisitDay) and anchor.visit not in seen:
        seen.add(anchor.visit)
        earlier = version.visits[anchor.visit].timing
        if earlier is None or earlier.offset is None or earlier.waits:
            break
        found.append(plus(earlier.offset, found[-1]))
        anchor = earlier.anchor
    return list(dict.fromkeys(found))


def _days(
    visit: p.Visit, timing: Timing, name: str, path: PartPath, day_one: int, since: list[Period]
) -> Iterator[Fault]:
    postop = _POSTOP.search(name)
    if postop is not None:
        yield from _days_in_name(visit, path, postop[0], [Period(days=n) for n in _numbers(postop[1])], since)
        return
    found = _DAY.search(name)
    if found is None or visit.id in _cycle_rows(visit):
        return
    of_cycle = isinstance(timing.anchor, CycleStart)
    if "cycle" in name.lower() and not of_cycle:
        return
    first = 1 if of_cycle else day_one
    wanted = [Period(days=n - first if n > 0 else n) for n in _numbers(found[1])]
    yield from _days_in_name(visit, path, found[0], wanted, since)


def _cycle_rows(visit: p.Visit) -> tuple[str, ...]:
    return (visit.id,) if visit.timing is not None and visit.timing.name in ("next_cycle", "cycle_day", "dose") else ()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def _days_in_name(
    visit: p.Visit, path: PartPath, said: str, wanted: list[Period], since: list[Period]
) -> Iterator[Fault]:
    """Find a day in a name that is none of the timing's; all of them must count from the same visit of the chain."""
    offsets = _offsets(visit)
    if any(distance.months for distance in (*offsets, *since)):
        return
    if any({*wanted} <= {plus(base, offset) for offset in offsets} for base in since):
        return
    period = next((one for one in wanted if one not in offsets), wanted[0])
    yield _disagreement(path, said, period, offsets, since)


def _disagreement(path: PartPath, said: str, period: Period, offsets: list[Period], since: list[Period]) -> Fault:
    has = ", ".join(map(str, offsets[:6]))
    chain = "" if len(since) == 1 else f", counted from a visit at {since[-1]}"
    message = f"The name says `{said}`, which is {period}, and the timing says {has}{chain}"
    return Fault(path, "name-and-offset", message, "Correct one of them")


def _units(visit: p.Visit, name: str, path: PartPath, since: list[Period]) -> Iterator[Fault]:
    """Find ``30-day``, ``week 6``, ``month 3`` or ``3-month`` that is near neither an offset nor the step of a series.

    ``month 7`` of a visit some months after one that is some days after another is not compared: those days may count.
    """
    offsets = _offsets(visit)
    if isinstance(visit.repeat, Series):
        offsets += [stretch.every for stretch in visit.repeat.stretches]
    mixed = _mixed(offsets, since)
    for unit, pattern in _UNIT.items():
        for found in pattern.finditer(name):
            number = int(next(group for group in found.groups() if group))
            period = {"day": Period(0, number), "week": Period(0, 7 * number), "month": Period(number, 0)}[unit]
            near = any(_near(period, plus(base, offset), unit) for base in since for offset in offsets)
            if not near and not (mixed and "-" not in found[0]):
                yield _disagreement(path, found[0], period, offsets, since)


def _mixed(offsets: list[Period], since: list[Period]) -> bool:
    """Return whether the timing is counted from a visit at a distance, and months and days are added up."""
    parts = [*offsets, *since]
    return len(since) > 1 and any(part.months for part in parts) and any(part.days for part in parts)


def _near(said: Period, offset: Period, unit: str) -> bool:
    """Return whether two lengths agree: days exactly; weeks and months may be some days apart in another unit."""
    apart = abs(length_in_days(said) - length_in_days(offset))
    return apart < 1 if unit == "day" else apart <= max(_SLACK, 0.03 * length_in_days(said))
