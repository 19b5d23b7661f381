"""Reads the fields of a fact by its kind: values from a form, a command or a file become the values that are kept."""

from collections.abc import Mapping
from datetime import date

from app.domain.facts import parsing
from app.domain.facts.kind import Field, Json, Kind, Type
from app.domain.refusal import Refused


def read_fields(kind: Kind, given: Mapping[str, object], today: date, internal: bool = False) -> dict[str, Json]:
    """Return the fields as they are kept, in the order of the kind; empty optional ones are left out.

    `internal`: fields that only the program fills may be given.

    Raises:
        Refused: a field is unknown or missing, cannot hold its value, or contradicts another; `place` is the field.
    """
    for name in given:
        field = kind.field(name)
        if field is None or (field.internal and not internal):
            known = ", ".join(field.name for field in kind.fields if internal or not field.internal)
            raise Refused("field_unknown", kind.id, name=name, known=known)
    found: dict[str, Json] = {}
    for field in kind.fields:
        value = given.get(field.name)
        if value is not None and value != "":
            found[field.name] = read_field(field, value, today)
        elif field.required and not field.internal:
            raise Refused("field_missing", kind.id, name=field.name)
    _check(kind, found)
    return found


def read_field(field: Field, value: object, today: date) -> Json:
    """Return one value as it is kept.

    Raises:
        Refused: the field cannot hold it.
    """
    place = field.name
    match field.type:
        case Type.TEXT:
            return parsing.text(value, place).strip()
        case Type.CODE:
            return _code(value, place)
        case Type.VISIT:
            return parsing.text(value, place)
        case Type.DAY:
            return _day(field, value, today)
        case Type.TIME:
            return parsing.clock_time(value, place)
        case Type.YES_NO:
            if not isinstance(value, bool):
                raise Refused("yes_no", place, value=str(value)[:40])
            return value
        case Type.ONE_OF:
            if value not in field.options:
                raise Refused("one_of", place, value=str(value)[:40], known=", ".join(field.options))
            return str(value)
        case Type.WHOLE | Type.NUMBER:
            return _number(field, value)
        case Type.ANSWER:
            return parsing.answer(value, place)
        case Type.ANSWERS:
            return dict(parsing.answers(value, place).items())
        case Type.TICKS:
            return _ticks(value, place)
        case Type.WEEKDAYS:
            return list(parsing.weekdays(value, place))
        case Type.WINDOW | Type.PLAIN:
            return _plain(value)


def _code(value: object, place: str) -> str:
    found = parsing.code(value, place).strip()
    if parsing.is_identity_number(found):
        raise Refused("identity_number", place)
    return found


def _day(field: Field, value: object, today: date) -> str:
    found = value if isinstance(value, date) else parsing.day(value, field.name)
    if found > today and not field.may_be_future:
        raise Refused("future", field.name, on=found, today=today)
    return found.isoformat()


def _number(field: Field, value: object) -> int | float:
    whole = field.type is Type.WHOLE
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise Refused("number", field.name, value=str(value)[:40])
    if not field.low <= value <= field.high:
        raise Refused("number_range", field.name, value=str(value)[:40], low=f"{field.low:g}", high=f"{field.high:g}")
    return value


def _ticks(value: object, place: str) -> dict[str, Json]:
    if not isinstance(value, Mapping):
        raise Refused("not_object", place)
    for name, one in value.items():
        if not isinstance(one, bool):
            raise Refused("yes_no", f"{place}.{name}", value=str(one)[:40])
    return {str(name): bool(one) for name, one in value.items()}


def _plain(value: object) -> Json:
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise Refused("not_text", "")


def _check(kind: Kind, found: Mapping[str, Json]) -> None:
    """Refuse fields that lack or contradict one another."""
    for field in kind.fields:
        if field.required_when is not None and field.required_when.holds(found) and field.name not in found:
            raise Refused("field_missing", kind.id, name=field.name)
    for check in kind.checks:
        check(found)
    ended, on = found.get("ended"), found.get("on")
    if isinstance(ended, str) and isinstance(on, str) and ended < on:
        raise Refused("ends_before", "ended", on=date.fromisoformat(on), ended=date.fromisoformat(ended))
