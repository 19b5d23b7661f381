"""Reads a scenario, one patient's story as JSON, strictly: every refusal names the field or the fact."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.domain.dates import HolidayYear, Window
from app.domain.facts import parsing
from app.domain.facts import planner_facts as f
from app.domain.facts.fields import aim_of, read_field, read_fields, split_moment
from app.domain.facts.kind import Field, Kind, Type
from app.domain.facts.kinds import KINDS, assigns_visit, story_kinds
from app.domain.facts.participant_record import planner_fact_of
from app.domain.facts.records import NewFact
from app.domain.facts.study_record import UnitContact
from app.domain.facts.typed_days import Aim, typed_day
from app.domain.facts.typed_times import typed_time
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused, quoted
from app.exchange.json_text import read_json
from app.exchange.screening import FURTHER, NEEDED, PLACE, ScenarioScreening, read_screening, read_year_of_birth

MAX_CHARACTERS = 4_000_000
MAX_BYTES = 4 * MAX_CHARACTERS
"""The most that is read of a story: no character of UTF-8 has more than four bytes."""
MAX_FACTS = 20_000
"""The most facts of a story: several a day for the years of a trial."""
_CONTACT = ("day_phone", "night_phone", "fever_rule", "calendar_language")
"""What a site says about whom the participant calls."""


@dataclass(frozen=True, slots=True)
class ScenarioSite:
    """The site as a scenario gives it; fields that it leaves out are `None` or empty."""

    time_zone: str = ""
    closed_weekdays: frozenset[int] | None = None
    closed: tuple[date, ...] = ()
    opened: tuple[date, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    holidays: tuple[HolidayYear, ...] = ()
    contact: UnitContact | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One patient's story: protocol, today, participant, site, and facts in the order in which they were recorded.

    `kept`: the numbers of facts that are accepted unchecked, because they were recorded before facts that would now
    refuse them or judge them differently. `sure`: of facts whose days somebody has confirmed although their order
    cannot be. `screening`: None where the story tells of none. `year_of_birth`: 0 where it is not told.
    """

    protocol: str
    today: date
    participant: f.Participant
    site: ScenarioSite
    facts: tuple[f.Fact | NewFact, ...]
    kept: frozenset[int] = frozenset()
    screening: ScenarioScreening | None = None
    year_of_birth: int = 0
    sure: frozenset[int] = frozenset()

    @property
    def planned(self) -> tuple[f.Fact, ...]:
        """The facts that the planner reads."""
        return tuple(one for one in self.facts if not isinstance(one, NewFact))


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact of a story with its marks: ``unchecked``, ``sure``."""

    fact: f.Fact | NewFact
    marks: frozenset[str]


def read_scenario(text: str) -> Scenario:
    """Read a scenario from JSON text.

    Raises:
        Refused: the text is too long or no JSON, or a field is missing, unknown, or has a value that it cannot have.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refused("too_large", largest=MAX_CHARACTERS)
    document = _fields(read_json(text), "", {"protocol", "today", "participant", "facts"}, {"site", PLACE})
    protocol = parsing.text(document["protocol"], "protocol")
    today = _day(document["today"], "today", None)
    facts = _facts(document["facts"], today)
    participant, born = _participant(document["participant"], today)
    return Scenario(
        protocol,
        today,
        participant,
        _site(document.get("site", {}), today),
        tuple(one.fact for one in facts),
        _marked(facts, "unchecked"),
        _screening(document[PLACE], participant.code, protocol, today) if PLACE in document else None,
        born,
        _marked(facts, "sure"),
    )


def _marked(facts: Sequence[_Told], mark: str) -> frozenset[int]:
    """Return the numbers of the facts with a mark."""
    return frozenset(number for number, one in enumerate(facts, start=1) if mark in one.marks)


def _screening(value: Any, code: str, protocol: str, today: date) -> ScenarioScreening:
    return read_screening(_fields(value, PLACE, set(NEEDED), set(FURTHER)), code, protocol, today)


def _fields(value: Any, place: str, required: set[str], optional: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused("not_object", place)
    for name in value:
        if name not in required and name not in optional:
            known = sorted(required | optional)
            near = nearest_identifier(name, known)
            raise Refused("field_unknown", place, name=name, known=", ".join(known), near=near)
    for name in sorted(required):
        if name not in value:
            raise Refused("field_missing", place, name=name)
    return value


def _day(value: Any, place: str, today: date | None, aim: Aim = Aim.BOTH) -> date:
    if not isinstance(value, str):
        raise Refused("date_form", place, value=quoted(value))
    return typed_day(value, place, today, aim)


def _days(value: Any, place: str, today: date) -> tuple[date, ...]:
    if not isinstance(value, list):
        raise Refused("not_list", place)
    return tuple(_day(item, f"{place}[{index}]", today) for index, item in enumerate(value, start=1))


def _participant(value: Any, today: date) -> tuple[f.Participant, int]:
    """Return the participant, and the year of birth; 0 where it is not told."""
    place = "participant"
    optional = {"consented_on", "enrolled_on", "regimen", "choices", "timing", "year_of_birth"}
    item = _fields(value, place, {"code", "country"}, optional)

    def day(name: str) -> date | None:
        return _day(item[name], f"{place}.{name}", today, Aim.PAST) if name in item else None

    found = f.Participant(
        parsing.study_code(item["code"], f"{place}.code"),
        day("enrolled_on"),
        parsing.text(item["country"], f"{place}.country"),
        "" if item.get("regimen", "") == "" else parsing.text(item["regimen"], f"{place}.regimen"),
        parsing.answers(item.get("choices", {}), f"{place}.choices"),
        day("consented_on"),
        _as_recorded("enrolled", "timing", item["timing"], place) if item.get("timing") is not None else "",
    )
    born = item.get("year_of_birth")
    return found, read_year_of_birth(born, f"{place}.year_of_birth", today) if born is not None else 0


def _as_recorded(kind: str, name: str, value: Any, place: str) -> str:
    """Return what a field of a kind of fact takes as a text, read as when it is recorded."""
    field = KINDS[kind].field(name)
    assert field is not None  # noqa: S101 - the names are those of the kind's fields
    return str(read_field(replace(field, name=f"{place}.{name}"), value, date.min))


def _site(value: Any, today: date) -> ScenarioSite:
    item = _fields(
        value, "site", set(), {"time_zone", "closed_weekdays", "closed", "open", "values", "holidays", *_CONTACT}
    )
    values = item.get("values", {})
    if not isinstance(values, dict):
        raise Refused("not_object", "site.values")
    return ScenarioSite(
        parsing.text(item["time_zone"], "site.time_zone") if "time_zone" in item else "",
        frozenset(parsing.weekdays(item["closed_weekdays"], "site.closed_weekdays"))
        if "closed_weekdays" in item
        else None,
        _days(item.get("closed", []), "site.closed", today),
        _days(item.get("open", []), "site.open", today),
        values,
        _holidays(item.get("holidays", []), today),
        UnitContact(**{name: _as_recorded("site_set", name, item[name], "site") for name in _CONTACT if name in item}),
    )


def _holidays(value: Any, today: date) -> tuple[HolidayYear, ...]:
    """Return the years whose holidays differ from those of the program."""
    if not isinstance(value, list):
        raise Refused("not_list", "site.holidays")
    return tuple(_holiday_year(item, f"site.holidays[{number}]", today) for number, item in enumerate(value, start=1))


def _holiday_year(value: Any, place: str, today: date) -> HolidayYear:
    item = _fields(value, place, {"country", "year", "closed", "working", "official", "source"}, set())
    year, closed = item["year"], item["closed"]
    if isinstance(year, bool) or not isinstance(year, int):
        raise Refused("number", f"{place}.year", value=quoted(year))
    if not isinstance(closed, dict):
        raise Refused("not_object", f"{place}.closed")
    return HolidayYear(
        parsing.text(item["country"], f"{place}.country"),
        year,
        {
            _day(day, f"{place}.closed", today): parsing.text(name, f"{place}.closed.{day}")
            for day, name in closed.items()
        },
        frozenset(_days(item["working"], f"{place}.working", today)),
        _yes(item["official"], f"{place}.official"),
        parsing.text(item["source"], f"{place}.source"),
    )


def _facts(value: Any, today: date) -> list[_Told]:
    if not isinstance(value, list):
        raise Refused("not_list", "facts")
    if len(value) > MAX_FACTS:
        raise Refused("too_many_facts", "facts", most=MAX_FACTS)
    return [_fact(item, f"{number}", today) for number, item in enumerate(value, start=1)]


def _one_of(field: Field, value: Any, place: str) -> str:
    found = known_identifier(value, field.options) if isinstance(value, str) else ""
    if not found:
        near = nearest_identifier(str(value), field.options)
        raise Refused(
            "scope" if field.name == "scope" else "one_of",
            place,
            value=quoted(value),
            known=", ".join(field.options),
            near=near,
        )
    return found


_MARKS = frozenset({"unchecked", "sure"})


def _judged(value: Any, place: str, today: date) -> Window:
    days = _fields(value, place, {"earliest", "latest"}, set())
    earliest, latest = (_day(days[name], f"{place}.{name}", today) for name in ("earliest", "latest"))
    if latest < earliest:
        raise Refused("ends_before", f"{place}.latest", ended=latest, on=earliest)
    return Window(earliest, latest)


def _yes(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise Refused("yes_no", place, value=quoted(value))
    return value


def _time(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise Refused("time_form", place, value=quoted(value))
    return typed_time(value, place)


_READ: Mapping[Type, Callable[[Any, str], Any]] = {
    Type.VISIT: parsing.text,
    Type.TEXT: parsing.text,
    Type.TIME: _time,
    Type.ANSWER: parsing.answer,
}


_JUDGEMENT: Mapping[str, Callable[[Any, str, date], Any]] = {
    "judged": _judged,
    "judged_by": lambda value, place, _today: parsing.text(value, place),
    "judged_from": _day,
    "window": _judged,
}


def judgement_document(fact: f.Fact) -> dict[str, Any]:
    """Return what the program added to a fact when it was recorded, as a scenario gives it."""
    found: dict[str, Any] = {}
    for name in sorted(f.JUDGEMENT):
        value = getattr(fact, name, None)
        if isinstance(value, Window):
            found[name] = {"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()}
        elif value:
            found[name] = str(value)
    return found


def _fact(value: Any, place: str, today: date) -> _Told:
    """Return a fact with its marks: whether it is accepted unchecked, and whether its days are confirmed."""
    if not isinstance(value, dict):
        raise Refused("not_object", place)
    name = value.get("kind")
    if "kind" not in value:
        raise Refused("field_missing", place, name="kind")
    known = story_kinds()
    kind = KINDS.get(known_identifier(name, known)) if isinstance(name, str) else None
    if kind is None:
        near = nearest_identifier(str(name), known)
        raise Refused("fact_kind", place, value=quoted(name), known=", ".join(known), near=near)
    if kind.told:
        return _told_event(kind, value, place, today)
    fields = [field for field in kind.fields if field.planned]
    optional = {field.name for field in fields if not field.required} | _MARKS
    optional |= {field.name for field in kind.fields if field.name in f.JUDGEMENT}
    item = _fields(value, place, {"kind"} | {field.name for field in fields if field.required}, optional)
    values = _values(kind, item, place, today)
    for added in f.JUDGEMENT:
        if item.get(added) is not None:
            values[added] = _JUDGEMENT[added](item[added], f"{place}.{added}", today)
    marks = _marks_of(item, place)
    made = kind.planner_fact
    assert made is not None, kind.id  # noqa: S101 - what no planner reads is told as an event
    return _Told(made(**values), marks)


def _marks_of(item: Mapping[str, Any], place: str) -> frozenset[str]:
    return frozenset(mark for mark in sorted(_MARKS) if _yes(item.get(mark, False), f"{place}.{mark}"))


def _told_event(kind: Kind, value: Mapping[str, Any], place: str, today: date) -> _Told:
    """Return an event with its marks: read as a study reads it, with all its fields."""
    names = [*(field.name for field in kind.typed_fields), *(("visit",) if assigns_visit(kind) else ())]
    item = _fields(value, place, {"kind"}, {*names, *_MARKS})
    given = {name: one for name, one in item.items() if name not in {"kind", *_MARKS}}
    try:
        fields = read_fields(kind, given, today)
    except Refused as refused:
        at = "" if refused.place in ("", kind.id) else f".{refused.place}"
        raise Refused(refused.kind, place + at, **refused.values) from None
    marks = _marks_of(item, place)
    return _Told(planner_fact_of(kind.id, fields) if kind.plans else NewFact(kind.id, fields, 1), marks)


def _values(kind: Kind, item: Mapping[str, Any], place: str, today: date) -> dict[str, Any]:
    """Return the fields that the planner reads."""
    for one in kind.fields:
        if one.type is Type.TIME and one.name in item:
            _time(item[one.name], f"{place}.{one.name}")  # also where the day has its time already
    try:
        item = split_moment(kind, item, today)
    except Refused as refused:
        raise Refused(refused.kind, f"{place}.{refused.place}", **refused.values) from None
    found: dict[str, Any] = {}
    for one in kind.fields:
        if one.planned and one.name in item:
            value, where = item[one.name], f"{place}.{one.name}"
            if one.type is Type.ONE_OF:
                found[one.name] = _one_of(one, value, where)
            elif one.type is not Type.DAY:
                found[one.name] = _READ[one.type](value, where)
            elif isinstance(value, str) and (word := known_identifier(value.strip(), one.options)):
                found[one.name] = word
            else:
                found[one.name] = value if isinstance(value, date) else _day(value, where, today, aim_of(one))
    return found
