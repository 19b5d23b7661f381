"""Site values: a centre's own offsets, windows, gaps and numbers of cycles, applied to the protocol before planning."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from app.domain.dates import Period
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.protocol.regimens import Regimen, RegimenDay
from app.domain.protocol.rule_values import MOST_CYCLES, in_days, length, period, rule_keys, unfit, with_rule_value
from app.domain.protocol.timing import Series
from app.domain.protocol.version import Course, ProtocolVersion, Visit
from app.domain.refusal import Refused

_REGIMEN_KEY = re.compile(r"([^.]+)\.(\d{1,3})\.(before|after|gap)", re.ASCII)
_VISIT_KEY = re.compile(r"([^.]+)\.(offset|before|after)", re.ASCII)
_CYCLES_KEY = re.compile(r"cycles\.([^.]+)", re.ASCII)


def with_values(protocol: ProtocolVersion, values: Mapping[str, object]) -> ProtocolVersion:
    """Return the protocol as the site uses it.

    Keys are ``EVENT.offset|before|after`` and ``REGIMEN.day.before|after|gap`` (ISO 8601 durations), ``cycles.COURSE``
    (a number), ``return_to_weekday`` (true or false), and those of rules (`rule_values`).

    Raises:
        Refused: the protocol has no such key, or the value does not suit its key.
    """
    for key, value in values.items():
        protocol = _with_value(protocol, known_value_key(protocol, key), value)
    return protocol


def known_value_key(protocol: ProtocolVersion, typed: str) -> str:
    """Return a key as the protocol writes it; the text itself where the protocol has no such key."""
    return known_identifier(typed, value_keys(protocol)) or typed


@lru_cache(maxsize=8)
def _keys(visits: tuple[str, ...], days: tuple[tuple[str, int], ...], courses: tuple[str, ...]) -> tuple[str, ...]:
    of_visits = (f"{visit}.{part}" for visit in visits for part in ("offset", "before", "after"))
    of_days = (f"{regimen}.{day}.{part}" for regimen, day in days for part in ("before", "after", "gap"))
    return (*of_visits, *of_days, *(f"cycles.{course}" for course in courses), "return_to_weekday")


def value_keys(protocol: ProtocolVersion) -> tuple[str, ...]:
    """Return every key that may have a value of the site."""
    days = tuple((regimen.id, row.day) for regimen in protocol.regimens.values() for row in regimen.days)
    known = _keys(tuple(protocol.visits), days, tuple(course.id for course in protocol.courses))
    return (*known, *rule_keys(protocol))


def _with_value(protocol: ProtocolVersion, key: str, value: object) -> ProtocolVersion:
    """Return the protocol with one value of the site."""
    if key == "return_to_weekday":
        if not isinstance(value, bool):
            raise unfit(key, value, "true or false")
        return replace(protocol, return_to_weekday=value)
    if (changed := with_rule_value(protocol, key, value)) is not None:
        return changed
    if (found := _CYCLES_KEY.fullmatch(key)) and any(found[1] == course.id for course in protocol.courses):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_CYCLES:
            raise unfit(key, value, f"a whole number from 1 to {MOST_CYCLES}")
        return replace(protocol, courses=tuple(_with_cycles(one, found[1], value) for one in protocol.courses))
    if (found := _REGIMEN_KEY.fullmatch(key)) and found[1] in protocol.regimens:
        regimen = protocol.regimens[found[1]]
        if regimen.day(int(found[2])) is not None:
            other = _with_day(regimen, int(found[2]), found[3], in_days(key, value))
            return replace(protocol, regimens={**protocol.regimens, regimen.id: other})
    if (found := _VISIT_KEY.fullmatch(key)) and found[1] in protocol.visits:
        by_cycle = any(found[1] in (course.next, course.within) for course in protocol.courses)
        if by_cycle and found[2] == "offset":
            raise Refused("value_offset", "site.values", key=key)
        visit = _with_timing(protocol.visits[found[1]], found[2], key, value)
        return replace(protocol, visits={**protocol.visits, visit.id: visit})
    raise Refused("value_key", "site.values", key=key[:60], near=nearest_identifier(key, value_keys(protocol)))


def _with_cycles(course: Course, course_id: str, number: int) -> Course:
    return replace(course, cycles=replace(course.cycles, fixed=number)) if course.id == course_id else course


def _with_day(regimen: Regimen, day: int, part: str, days: int) -> Regimen:
    return replace(regimen, days=tuple(_row(row, part, days) if row.day == day else row for row in regimen.days))


def _row(row: RegimenDay, part: str, days: int) -> RegimenDay:
    if part == "gap":
        return replace(row, gap=days)
    changed = replace(row, before=days) if part == "before" else replace(row, after=days)
    return replace(changed, window_set=True)


def _with_timing(visit: Visit, part: str, key: str, value: object) -> Visit:
    timing = visit.timing
    if timing is None:
        raise Refused("value_key", "site.values", key=key, near="")
    if part == "offset":
        if timing.offset is None or isinstance(visit.repeat, Series):
            raise Refused("value_offset", "site.values", key=key)
        return replace(visit, timing=replace(timing, offset=period(key, value)))
    if timing.first is not None:
        raise Refused("value_offset", "site.values", key=key)
    span = length(key, value)
    changed = replace(timing, before=span) if part == "before" else replace(timing, after=span, after_cycles=0)
    if changed.before is None and part == "after" and timing.offset is not None:
        changed = replace(changed, before=Period())
    if changed.after is None and part == "before" and timing.offset is not None:
        changed = replace(changed, after=Period())
    return replace(visit, timing=changed)
