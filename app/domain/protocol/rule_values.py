"""Site values of rules: lengths of cycles, intervals of assessments, answers, orders of visits, pumps and delays.

Where participants come for a visit and what they bring is the site's as well: both are on their calendar.

A site reads "4 treatment cycles" otherwise than the protocol file, has a scan at 8 weeks for everybody, or counts a
longer way from the conference to the operation. Offsets, windows, gaps and numbers of cycles are in `site_values`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.domain.dates import Period
from app.domain.protocol.delays import DelayRule
from app.domain.protocol.regimens import Regimen, RegimenDay
from app.domain.protocol.timing import EveryCycle
from app.domain.protocol.version import PARTICIPANT_REGIMENS, ProtocolVersion
from app.domain.refusal import Refused, quoted

OPEN_PUMP_DAY = "open_pump_day"
REPORT_KEY = "safety.report_hours"
DELAY_KEYS = ("delays.ask", "delays.off_protocol")
MOST_CYCLES = 99
"""The most cycles of a course, and between two visits that come with the cycles."""
MOST_DAYS, MOST_HOURS, MOST_SIGNS = 366, 240, 120
"""The most that a site may set: days of a cycle, hours of a pump or until a report, characters of a text."""
_LENGTH = re.compile(r"([^.]+)\.cycle_days", re.ASCII)
_PUMP = re.compile(r"([^.]+)\.(\d{1,3})\.pump_hours", re.ASCII)
_INTERVAL = re.compile(r"([^.]+)\.(every|first)", re.ASCII)
_FLOOR = re.compile(r"([^.]+)\.not_before", re.ASCII)
_AGE = re.compile(r"ages\.([^.]+)", re.ASCII)
_WORDS = re.compile(r"([^.]+)\.(place|bring)", re.ASCII)
_ANSWER = re.compile(r"choices\.([^.]+)", re.ASCII)


def rule_keys(protocol: ProtocolVersion) -> Iterator[str]:
    """Yield every key of a rule that may have a value of the site."""
    for regimen in protocol.regimens.values():
        yield f"{regimen.id}.cycle_days"
        yield from (f"{regimen.id}.{row.day}.pump_hours" for row in regimen.days if row.pump_hours is not None)
    for visit in protocol.visits.values():
        if isinstance(visit.repeat, EveryCycle):
            yield from (f"{visit.id}.every", f"{visit.id}.first")
        if visit.timing is not None and len(visit.timing.not_before) == 1:
            yield f"{visit.id}.not_before"
        yield from (f"{visit.id}.place", f"{visit.id}.bring")
    yield from (f"choices.{name}" for name in protocol.choices)
    yield from (f"ages.{one.id}" for one in protocol.ages)
    yield from (OPEN_PUMP_DAY, *DELAY_KEYS, REPORT_KEY)


def rule_value(protocol: ProtocolVersion, key: str) -> object:
    """Return the value that a key of a rule has in this version, as it is set; None for a key that is no rule's."""
    if key == OPEN_PUMP_DAY:
        return protocol.open_pump_day
    if key == REPORT_KEY:
        return protocol.safety.report_hours
    if key in DELAY_KEYS:
        return str(Period(days=protocol.delays.ask if key == DELAY_KEYS[0] else protocol.delays.off_protocol))
    if (found := _ANSWER.fullmatch(key)) and found[1] in protocol.choices:
        return protocol.choices[found[1]].default
    if found := _AGE.fullmatch(key):
        return next((str(one.at_most) for one in protocol.ages if one.id == found[1]), None)
    if (found := _LENGTH.fullmatch(key)) and found[1] in protocol.regimens:
        return protocol.regimens[found[1]].cycle_days
    if (found := _PUMP.fullmatch(key)) and found[1] in protocol.regimens:
        row = protocol.regimens[found[1]].day(int(found[2]))
        return row.pump_hours if row is not None else None
    visit = protocol.visits.get(key.partition(".")[0])
    if visit is not None and (found := _WORDS.fullmatch(key)):
        return visit.place if found[2] == "place" else visit.bring
    if visit is not None and (found := _INTERVAL.fullmatch(key)) and isinstance(visit.repeat, EveryCycle):
        return visit.repeat.every if found[2] == "every" else visit.repeat.first
    if visit is not None and _FLOOR.fullmatch(key) and visit.timing is not None and visit.timing.not_before:
        return str(visit.timing.not_before[0].offset)
    return None


def with_rule_value(protocol: ProtocolVersion, key: str, value: object) -> ProtocolVersion | None:
    """Return the protocol with a rule as the site has it; None where the key is no rule's.

    Raises:
        Refused: the value does not suit its key.
    """
    if rule_value(protocol, key) is None:
        return None
    if key == OPEN_PUMP_DAY:
        if not isinstance(value, bool):
            raise unfit(key, value, "true or false")
        return replace(protocol, open_pump_day=value)
    if key == REPORT_KEY:
        return replace(protocol, safety=replace(protocol.safety, report_hours=_number(key, value, 1, MOST_HOURS)))
    if key in DELAY_KEYS:
        return replace(protocol, delays=_delays(protocol.delays, key, value))
    if found := _ANSWER.fullmatch(key):
        return _with_answer(protocol, found[1], key, value)
    if found := _AGE.fullmatch(key):
        most = length(key, value)
        return replace(
            protocol, ages=tuple(replace(one, at_most=most) if one.id == found[1] else one for one in protocol.ages)
        )
    if found := _LENGTH.fullmatch(key):
        return _with_regimen(protocol, _with_length(protocol, protocol.regimens[found[1]], key, value))
    if found := _PUMP.fullmatch(key):
        hours, regimen = _number(key, value, 1, MOST_HOURS), protocol.regimens[found[1]]
        rows = tuple(replace(row, pump_hours=hours) if row.day == int(found[2]) else row for row in regimen.days)
        return _with_regimen(protocol, replace(regimen, days=rows))
    visit = protocol.visits[key.partition(".")[0]]
    if found := _WORDS.fullmatch(key):
        words = _words(key, value)
        visit = replace(visit, place=words) if found[2] == "place" else replace(visit, bring=words)
    elif (found := _INTERVAL.fullmatch(key)) and isinstance(visit.repeat, EveryCycle):
        number = _number(key, value, 1, MOST_CYCLES)
        repeat = replace(visit.repeat, every=number) if found[2] == "every" else replace(visit.repeat, first=number)
        visit = replace(visit, repeat=repeat)
    elif visit.timing is not None:
        floor = replace(visit.timing.not_before[0], offset=length(key, value))
        visit = replace(visit, timing=replace(visit.timing, not_before=(floor,)))
    return replace(protocol, visits={**protocol.visits, visit.id: visit})


def unfit(key: str, value: object, wanted: str) -> Refused:
    """Return the refusal of a value that its key cannot take."""
    return Refused("value", "site.values", key=key, value=quoted(value), wanted=wanted)


def period(key: str, value: object) -> Period:
    """Return a duration: a text as P14D, or a number of days.

    Raises:
        Refused: it is none.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 36525:
        return Period(days=value)
    try:
        return Period.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise unfit(key, value, "a duration such as P14D, P2M or -P7D") from None


def length(key: str, value: object) -> Period:
    """Return a duration that is not negative.

    Raises:
        Refused: it is none.
    """
    found = period(key, value)
    if found.months < 0 or found.days < 0:
        raise unfit(key, value, "a duration that is not negative, such as P7D")
    return found


def in_days(key: str, value: object) -> int:
    """Return a duration of days.

    Raises:
        Refused: it is none, or has months.
    """
    found = length(key, value)
    if found.months:
        raise unfit(key, value, "a duration in days, such as P2D")
    return found.days


def _number(key: str, value: object, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise unfit(key, value, f"a whole number from {low} to {high}")
    return value


def _words(key: str, value: object) -> str:
    """Return a text for the participant's calendar, empty for none; a number, as that of a ward, is one too."""
    found = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else None
    if found is None or len(found) > MOST_SIGNS or not found.isprintable():
        raise unfit(key, value, f"one line of text, up to {MOST_SIGNS} characters")
    return found


def _delays(rule: DelayRule, key: str, value: object) -> DelayRule:
    days = in_days(key, value)
    return replace(rule, ask=days) if key == DELAY_KEYS[0] else replace(rule, off_protocol=days)


def _with_answer(protocol: ProtocolVersion, name: str, key: str, value: object) -> ProtocolVersion:
    choice = protocol.choices[name]
    if not choice.allows(value) or not isinstance(value, str | bool):
        raise unfit(key, value, ", ".join(choice.values) if choice.values else "true or false")
    return replace(protocol, choices={**protocol.choices, name: replace(choice, default=value)})


def _with_regimen(protocol: ProtocolVersion, regimen: Regimen) -> ProtocolVersion:
    return replace(protocol, regimens={**protocol.regimens, regimen.id: regimen})


def _with_length(protocol: ProtocolVersion, regimen: Regimen, key: str, value: object) -> Regimen:
    """Return a regimen with cycles of another length.

    A cycle of 28 days with the same doses on days 1 and 15 is two cycles of 14 days; other days that a shorter cycle
    has no room for cannot be left out.
    """
    days = _number(key, value, 1, MOST_DAYS)
    rows = tuple(row for row in regimen.days if row.day <= days)
    by_day = {row.day: row for row in rows}
    if any(not _repeats(by_day.get(row.day - days), row) for row in regimen.days[len(rows) :]):
        raise unfit(key, value, f"at least {regimen.days[-1].day}, the last day of the cycle")
    for counts in _counts(protocol, regimen.id):
        if days not in counts:
            known = ", ".join(map(str, sorted(counts)))
            raise unfit(key, value, f"one of {known}, for which the protocol says how many cycles there are")
    return replace(regimen, cycle_days=days, days=rows)


def _repeats(first: RegimenDay | None, again: RegimenDay) -> bool:
    return first is not None and all(
        getattr(first, name) == getattr(again, name)
        for name in ("kind", "gap", "before", "after", "pump_hours", "doses", "when_held")
    )


def _counts(protocol: ProtocolVersion, regimen: str) -> Iterator[Mapping[int, int]]:
    """Yield the numbers of cycles by length of each course that may follow the regimen."""
    followers = {one.id for one in protocol.courses if one.regimen == regimen}
    if regimen in protocol.offered:
        followers |= {one.id for one in protocol.courses if one.regimen in PARTICIPANT_REGIMENS}
    for course in protocol.courses:
        if course.id in followers and course.cycles.count and course.cycles.fixed is None:
            yield course.cycles.count
    for decision in protocol.decisions.values():
        for effect in decision.outcomes.values():
            yield from (change.count for change in effect.course_changes if change.course in followers)
