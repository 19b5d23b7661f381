"""Every setting of a protocol version: its key, its value, and how far a public source says it.

A setting is what a site may set (`site_values`, `rule_values`). What is assumed is the site's to confirm or to change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.dates import Period
from app.domain.protocol.forms import Form
from app.domain.protocol.rule_values import DELAY_KEYS, OPEN_PUMP_DAY, REPORT_KEY, rule_keys, rule_value
from app.domain.protocol.timing import Series
from app.domain.protocol.version import Course, ProtocolVersion, Visit

SettingValue = str | int | bool
ASSUMED = "assumed"
VISIT, FORM = "visits.", "forms."
"""How the keys begin of what a site confirms and cannot set: that a visit is held, and what is written down at it."""
OWN_WORDS = (".place", ".bring")
"""The ends of the keys of what a site says in its own words."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `mark`: ``verified`` or ``assumed``; `source`: the short names of the sources."""

    key: str
    value: SettingValue
    mark: str = ASSUMED
    source: tuple[str, ...] = ()

    @property
    def is_own_words(self) -> bool:
        """Whether it is the site's to say, as where participants come; no sponsor is asked about it."""
        return self.key.endswith(OWN_WORDS)

    @property
    def is_settable(self) -> bool:
        """Whether a site may set another value; what cannot be set is confirmed, or the protocol file is changed."""
        return not self.key.startswith((VISIT, FORM))


def settings_of(protocol: ProtocolVersion) -> Iterator[Setting]:
    """Yield every setting, by the visits, then regimens, courses and choices, in the order of the file."""
    rules = list(rule_keys(protocol))
    for visit in protocol.visits.values():
        yield from _of_visit(protocol, visit)
        for key in rules:
            part = "offset" if key.endswith("not_before") else "event"
            if key.rpartition(".")[0] == visit.id:
                yield _rule(protocol, key, visit.marks.get(part, ""), visit.source)
    for regimen in protocol.regimens.values():
        yield _rule(protocol, f"{regimen.id}.cycle_days", *_about(protocol, "regimens", regimen.id))
        for row in regimen.days:
            for part, days in (("before", row.before), ("after", row.after), ("gap", row.gap)):
                if row.gap or part != "gap":
                    # Whether a window or a gap is public is said nowhere: the mark of a day is about the day.
                    yield Setting(f"{regimen.id}.{row.day}.{part}", str(Period(days=days)), ASSUMED, row.source)
            if row.pump_hours is not None:
                yield Setting(f"{regimen.id}.{row.day}.pump_hours", row.pump_hours, row.mark, row.source)
    for course in protocol.courses:
        yield Setting(f"cycles.{course.id}", _cycles(course), *_about(protocol, "courses", course.id))
    for name in protocol.choices:
        yield _rule(protocol, f"choices.{name}", *_about(protocol, "choices", name))
    yield from (_rule(protocol, key, protocol.delays.mark, ()) for key in DELAY_KEYS)
    yield _rule(protocol, REPORT_KEY, protocol.safety.mark, protocol.safety.source)
    yield _rule(protocol, OPEN_PUMP_DAY, ASSUMED, ())
    yield Setting("return_to_weekday", protocol.return_to_weekday)


def held_and_written(protocol: ProtocolVersion) -> Iterator[Setting]:
    """Yield what a site confirms and cannot set: that each visit is held, and each form with its version."""
    for visit in protocol.visits.values():
        yield Setting(f"{VISIT}{visit.id}", True, visit.marks.get("event", ASSUMED), visit.source)
    for form in protocol.forms:
        yield Setting(f"{FORM}{form.id}", form.version, _mark_of(form), _sources_of(form))


def keys_of_timing(protocol: ProtocolVersion, visit: str, regimen: str, day: int) -> tuple[list[str], list[str]]:
    """Return the keys of the settings that a visit's target and its window follow from.

    `regimen` and `day`: of a visit on a day of a cycle, whose window is that day's.
    """
    known = {one.key for one in settings_of(protocol)}
    owner = f"{regimen}.{day}" if f"{regimen}.{day}.before" in known else visit
    target = [f"{visit}.{part}" for part in ("offset", "not_before", "every", "first")]
    target += [f"{regimen}.cycle_days"] if owner != visit else []
    window = [f"{owner}.{part}" for part in ("before", "after")]
    return [one for one in target if one in known], [one for one in window if one in known]


def _mark_of(form: Form) -> str:
    """Return whether any value of a form is assumed."""
    marks = {value.mark for section in form.sections for value in section.values}
    return ASSUMED if ASSUMED in marks else next(iter(marks), ASSUMED)


def _sources_of(form: Form) -> tuple[str, ...]:
    found = (name for section in form.sections for value in section.values for name in value.source)
    return tuple(dict.fromkeys(found))


def _rule(protocol: ProtocolVersion, key: str, mark: str, source: tuple[str, ...]) -> Setting:
    value = rule_value(protocol, key)
    return Setting(key, value if isinstance(value, str | int) else str(value), mark or ASSUMED, source)


def _of_visit(protocol: ProtocolVersion, visit: Visit) -> Iterator[Setting]:
    timing, marks = visit.timing, visit.marks
    if timing is None:
        return
    by_cycle = any(visit.id in (course.next, course.within) for course in protocol.courses)
    if timing.offset is not None and not by_cycle and not isinstance(visit.repeat, Series):
        yield Setting(f"{visit.id}.offset", str(timing.offset), marks.get("offset", ASSUMED), visit.source)
    for part, length in (("before", timing.before), ("after", timing.after)):
        if length is not None:
            cycles = f" + {timing.after_cycles} cycles" if part == "after" and timing.after_cycles else ""
            yield Setting(f"{visit.id}.{part}", f"{length}{cycles}", marks.get("window", ASSUMED), visit.source)


def _cycles(course: Course) -> SettingValue:
    cycles = course.cycles
    if cycles.fixed is not None:
        return cycles.fixed
    if cycles.fill is not None:
        return f"fill P{cycles.fill}D"
    if cycles.open_ended is not None:
        return "open"
    return ", ".join(f"{number} x P{days}D" for days, number in cycles.count.items())


def _about(protocol: ProtocolVersion, part: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Return mark and sources of a course, a choice or a regimen, which only the rest of the file keeps."""
    marks = protocol.about.get("marks")
    parts = marks.get(part) if isinstance(marks, Mapping) else None
    found = parts.get(name) if isinstance(parts, Mapping) else None
    if not isinstance(found, Mapping):
        return ASSUMED, ()
    return str(found.get("mark") or ASSUMED), tuple(found.get("source") or ())
