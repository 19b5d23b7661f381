"""A scenario: one patient's story as JSON, read strictly; every refusal names the field or the fact."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from app.domain import facts as f
from app.domain.refusal import Refused

LARGEST = 4_000_000
LONGEST_TEXT = 2000
MOST_FACTS = 20_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_CODE = re.compile(r"[^\x00-\x1f\x7f]{1,60}")
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2120, 12, 31)


@dataclass(frozen=True, slots=True)
class SiteText:
    """The site as a scenario gives it; `None` and empty where it says nothing."""

    time_zone: str = ""
    closed_weekdays: frozenset[int] | None = None
    closed: tuple[date, ...] = ()
    opened: tuple[date, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One patient's story: protocol, today, participant, site, and facts in the order in which they were recorded."""

    protocol: str
    today: date
    participant: f.Participant
    site: SiteText
    facts: tuple[f.Fact, ...]


def read_scenario(text: str) -> Scenario:
    """Read a scenario from JSON text.

    Raises:
        Refused: it is no JSON, or a field is missing, unknown, or holds what it cannot.
    """
    document = _fields(_json(text), "", {"protocol", "today", "participant", "facts"}, {"site"})
    return Scenario(
        _text(document["protocol"], "protocol"),
        _date(document["today"], "today"),
        _participant(document["participant"]),
        _site(document.get("site", {})),
        _facts(document["facts"]),
    )


def _json(text: str) -> Any:
    if len(text) > LARGEST:
        raise Refused("too_large", largest=LARGEST)
    try:
        return json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Refused("not_json", line=error.lineno, column=error.colno, problem=error.msg) from None
    except RecursionError:
        raise Refused("not_json", line=1, column=1, problem="too deeply nested") from None
    except ValueError:
        raise Refused("not_json", line=1, column=1, problem="a number is too long to be read") from None


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for name, value in pairs:
        if name in seen:
            raise Refused("field_twice", name=name)
        seen[name] = value
    return seen


def _no_constant(name: str) -> Any:
    raise Refused("not_json", line=1, column=1, problem=f"{name} is no number")


def _fields(value: Any, place: str, required: set[str], optional: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused("not_object", place)
    for name in value:
        if name not in required and name not in optional:
            raise Refused("field_unknown", place, name=name, known=", ".join(sorted(required | optional)))
    for name in sorted(required):
        if name not in value:
            raise Refused("field_missing", place, name=name)
    return value


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused("not_text", place)
    if len(value) > LONGEST_TEXT:
        raise Refused("text_too_long", place, longest=LONGEST_TEXT)
    return value


def _date(value: Any, place: str) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise Refused("date_form", place, value=str(value)[:40])
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Refused("date_impossible", place, value=value) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused("date_far", place, value=value, first=FIRST_DAY, last=LAST_DAY)
    return day


def _time(value: Any, place: str) -> str:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise Refused("time_form", place, value=str(value)[:40])
    return time.fromisoformat(value).isoformat("minutes")


def _days(value: Any, place: str) -> tuple[date, ...]:
    if not isinstance(value, list):
        raise Refused("not_list", place)
    return tuple(_date(item, f"{place}[{index}]") for index, item in enumerate(value, start=1))


def _participant(value: Any) -> f.Participant:
    place = "participant"
    item = _fields(value, place, {"code", "enrolled_on", "country"}, {"regimen", "choices"})
    code = _text(item["code"], f"{place}.code")
    if not _CODE.fullmatch(code):
        raise Refused("code_form", f"{place}.code")
    choices = item.get("choices", {})
    if not isinstance(choices, dict):
        raise Refused("not_object", f"{place}.choices")
    for name, answer in choices.items():
        if not isinstance(answer, str | bool):
            raise Refused("choice_form", f"{place}.choices.{name}")
    return f.Participant(
        code,
        _date(item["enrolled_on"], f"{place}.enrolled_on"),
        _text(item["country"], f"{place}.country"),
        "" if item.get("regimen", "") == "" else _text(item["regimen"], f"{place}.regimen"),
        dict(choices),
    )


def _site(value: Any) -> SiteText:
    item = _fields(value, "site", set(), {"time_zone", "closed_weekdays", "closed", "open", "values"})
    values = item.get("values", {})
    if not isinstance(values, dict):
        raise Refused("not_object", "site.values")
    return SiteText(
        _text(item["time_zone"], "site.time_zone") if "time_zone" in item else "",
        _weekdays(item["closed_weekdays"]) if "closed_weekdays" in item else None,
        _days(item.get("closed", []), "site.closed"),
        _days(item.get("open", []), "site.open"),
        values,
    )


def _weekdays(value: Any) -> frozenset[int]:
    place = "site.closed_weekdays"
    if not isinstance(value, list):
        raise Refused("not_list", place)
    for item in value:
        if isinstance(item, bool) or not isinstance(item, int) or not 0 <= item <= 6:
            raise Refused("weekday", place, value=str(item)[:40])
    if len(set(value)) == 7:
        raise Refused("never_open", place)
    return frozenset(value)


def _facts(value: Any) -> tuple[f.Fact, ...]:
    if not isinstance(value, list):
        raise Refused("not_list", "facts")
    if len(value) > MOST_FACTS:
        raise Refused("too_many_facts", "facts", most=MOST_FACTS)
    return tuple(_fact(item, f"{number}") for number, item in enumerate(value, start=1))


@dataclass(frozen=True, slots=True)
class _Form:
    """The fields of one kind of fact: name -> how to read it; those in `optional` may be left out."""

    make: Callable[..., f.Fact]
    fields: Mapping[str, Callable[[Any, str], Any]]
    optional: frozenset[str] = frozenset()


def _answer(value: Any, place: str) -> str | bool:
    return value if isinstance(value, bool) else _text(value, place)


def _scope(value: Any, place: str) -> str:
    if value not in ("treatment", "all"):
        raise Refused("scope", place, value=str(value)[:40])
    return str(value)


_AT = frozenset({"at"})
_FORMS: Mapping[str, _Form] = {
    "booked": _Form(f.Booked, {"visit": _text, "on": _date, "at": _time}, _AT),
    "moved": _Form(f.Moved, {"visit": _text, "to": _date, "reason": _text}),
    "performed": _Form(f.Performed, {"visit": _text, "on": _date, "at": _time}, _AT),
    "missed": _Form(f.Missed, {"visit": _text, "on": _date, "reason": _text}),
    "omitted": _Form(f.Omitted, {"visit": _text, "on": _date, "reason": _text}),
    "decided": _Form(f.Decided, {"visit": _text, "on": _date, "outcome": _text}),
    "chosen": _Form(f.Chosen, {"choice": _text, "value": _answer, "on": _date}),
    "regimen_changed": _Form(f.RegimenChanged, {"on": _date, "to": _text}),
    "stopped": _Form(f.Stopped, {"phase": _text, "on": _date, "reason": _text}),
    "withdrawn": _Form(
        f.Withdrawn,
        {"scope": _scope, "on": _date, "reason": _text, "last_medication_on": _date},
        frozenset({"last_medication_on"}),
    ),
    "lost": _Form(f.Lost, {"on": _date, "reason": _text}),
    "found_again": _Form(f.FoundAgain, {"on": _date}),
    "died": _Form(f.Died, {"on": _date}),
}


def _fact(value: Any, place: str) -> f.Fact:
    if not isinstance(value, dict):
        raise Refused("not_object", place)
    kind = value.get("kind")
    if "kind" not in value:
        raise Refused("field_missing", place, name="kind")
    form = _FORMS.get(kind) if isinstance(kind, str) else None
    if form is None:
        raise Refused("fact_kind", place, value=str(kind)[:40], known=", ".join(_FORMS))
    item = _fields(value, place, {"kind", *form.fields} - form.optional, set(form.optional))
    return form.make(
        **{name: read(item[name], f"{place}.{name}") for name, read in form.fields.items() if name in item}
    )
