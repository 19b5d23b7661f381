"""What was typed at the terminal, as fields of a fact."""

import argparse
from collections.abc import Sequence
from datetime import date

from app.domain.facts.kind import Field, Kind, Type
from app.domain.facts.typed_days import typed_day
from app.domain.refusal import Refused

_YES = {"yes": True, "true": True, "no": False, "false": False}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def fields_of(options: argparse.Namespace, kind: Kind, today: date) -> dict[str, object]:
    """The fields of a kind that were given; those that were not are left out."""
    found: dict[str, object] = {}
    for field in kind.typed_fields:
        value = getattr(options, f"field_{field.name}", None)
        if value is not None and value != []:
            found[field.name] = typed(field, value, today)
    return found


def typed(field: Field, value: object, today: date) -> object:
    """A typed value as its field has it; what cannot be read is left for the field to refuse."""
    if field.type is Type.ANSWERS or field.type is Type.TICKS:
        pairs = value if isinstance(value, list) else str(value).split(",")
        return {name: answer(text) for name, text in map(pair, pairs)}
    if field.type is Type.DAY:
        return typed_day(str(value), field.name, today)
    if field.type is Type.ANSWER:
        return answer(str(value))
    if field.type is Type.YES_NO and isinstance(value, str):
        return _YES.get(value.casefold(), value)
    if field.type in (Type.WHOLE, Type.NUMBER):
        return number(str(value))
    return weekdays(str(value)) if field.type is Type.WEEKDAYS else value


def pair(text: str) -> tuple[str, str]:
    """``NAME=VALUE`` as its two parts.

    Raises:
        Refused: it has no ``=``.
    """
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise Refused("pair", value=text[:60])
    return name.strip(), value.strip()


def answer(text: str) -> str | bool:
    """Yes and no as such, anything else as it is."""
    return _YES.get(text.strip().casefold(), text)


def number(text: str) -> object:
    """A number where it is one."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def weekdays(text: str) -> list[object]:
    """``sat,sun`` (or ``5,6``) as numbers from Monday = 0; ``none`` as no day."""
    if text.strip().casefold() in ("", "none"):
        return []
    parts = [part.strip().casefold() for part in text.split(",")]
    return [_WEEKDAYS.index(part[:3]) if part[:3] in _WEEKDAYS else number(part) for part in parts]


def a_day(text: str, place: str, today: date) -> date | None:
    """A day where one was given.

    Raises:
        Refused: it is none.
    """
    return typed_day(text, place, today) if text else None


def settings(kind: Kind, pairs: Sequence[str], today: date) -> dict[str, object]:
    """``FIELD=VALUE`` for a correction; an empty value takes the field away."""
    found: dict[str, object] = {}
    for name, value in map(pair, pairs):
        field = kind.field(name)
        found[name] = None if value == "" else typed(field, value, today) if field is not None else value
    return found
