"""Options typed at the terminal as values of a fact's fields."""

import argparse
from collections.abc import Sequence
from datetime import date

from app.cli.field_options import typed_name
from app.domain.facts.kind import Field, Kind, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.typed_days import typed_day
from app.domain.facts.typed_values import YES, answer, number
from app.domain.refusal import Refused
from app.wording.fact_catalogue import commands

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def fields_of(options: argparse.Namespace, kind: Kind) -> dict[str, object]:
    """Return the given fields of a kind; fields without an option are left out."""
    found: dict[str, object] = {}
    for field in kind.typed_fields:
        value = getattr(options, f"field_{field.name}", None)
        if value is not None and value != []:
            found[field.name] = typed_value(field, value)
    return found


def as_typed(refused: Refused, options: argparse.Namespace) -> Refused:
    """Return a refusal of a missing field with the name under which it is typed: ``--on``, ``VISIT``, ``--by``."""
    if refused.kind != "field_missing":
        return refused
    name, kind = str(refused.values["name"]), _kind_of(options)
    field = kind.field(name) if kind is not None else None
    typed = typed_name(kind, field) if kind is not None and field is not None else _TYPED.get(name, f"--{name}")
    return Refused("field_missing", name=name if name.isupper() or name.startswith("--") else typed)


def _kind_of(options: argparse.Namespace) -> Kind | None:
    """Return the kind of fact that a command records; None where it records none, or several."""
    command = options.previewed if options.command == "preview" else options.command
    if command in _ENTRIES:
        return KINDS[_ENTRIES[command]]
    kind, _words = commands().get(command, (None, None))
    return kind


_ENTRIES = {"screen": "screened", "enrol": "enrolled"}
_TYPED = {"name": "NAME", "names": "FIELD", "signed_by": "--by", "signed_on": "--on"}
"""Fields of commands that have no kind of fact, and are not typed under their own name."""


def typed_value(field: Field, value: object) -> object:
    """Return a typed value as its field stores it; a value that cannot be read is left for the field to refuse."""
    if field.type is Type.ANSWERS or field.type is Type.TICKS:
        pairs = value if isinstance(value, list) else str(value).split(",")
        return {name: answer(text) for name, text in map(pair, pairs)}
    if field.type is Type.ANSWER:
        return answer(str(value))
    if field.type is Type.YES_NO and isinstance(value, str):
        return YES.get(value.casefold(), value)
    if field.type in (Type.WHOLE, Type.NUMBER):
        return number(str(value))
    return weekdays(str(value)) if field.type is Type.WEEKDAYS else value


def pair(text: str) -> tuple[str, str]:
    """Return the two parts of ``NAME=VALUE``.

    Raises:
        Refused: the text has no ``=`` or no name.
    """
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise Refused("pair", value=text[:60])
    return name.strip(), value.strip()


def weekdays(text: str) -> list[object]:
    """Return ``sat,sun`` (or ``5,6``) as numbers from Monday = 0; ``none`` as an empty list."""
    if text.strip().casefold() in ("", "none"):
        return []
    parts = [part.strip().casefold() for part in text.split(",")]
    return [_WEEKDAYS.index(part[:3]) if part[:3] in _WEEKDAYS else number(part) for part in parts]


def optional_day(text: str, place: str, today: date) -> date | None:
    """Return the typed day; None for an empty text.

    Raises:
        Refused: the text is no day.
    """
    return typed_day(text, place, today) if text else None


def settings(kind: Kind, pairs: Sequence[str]) -> dict[str, object]:
    """Return the fields of a correction from ``FIELD=VALUE``; an empty value removes the field."""
    found: dict[str, object] = {}
    for name, value in map(pair, pairs):
        field = kind.field(name)
        found[name] = None if value == "" else typed_value(field, value) if field is not None else value
    return found
