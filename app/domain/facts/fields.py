"""The fields of a fact, read by its kind: what comes from a form, a command or a file becomes what is kept."""

from collections.abc import Mapping
from datetime import date

from app.domain.facts import parsing
from app.domain.facts.kind import Field, Json, Kind, Type
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused


def read_fields(kind: Kind, given: Mapping[str, object], today: date, inner: bool = False) -> dict[str, Json]:
    """The fields as they are kept, in the order of the kind's; empty optional ones are left out.

    Raises:
        Refused: an unknown or missing field, or a value that its field cannot hold; `place` is the field.
    """
    for name in given:
        field = kind.field(name)
        if field is None or (field.inner and not inner):
            known = ", ".join(field.name for field in kind.fields if inner or not field.inner)
            raise Refused("field_unknown", kind.id, name=name, known=known)
    found: dict[str, Json] = {}
    for field in kind.fields:
        value = given.get(field.name)
        if value is not None and value != "":
            found[field.name] = read_field(field, value, today)
        elif field.required and not field.inner:
            raise Refused("field_missing", kind.id, name=field.name)
    _together(kind.id, found)
    return found


def read_field(field: Field, value: object, today: date) -> Json:
    """One value as it is kept.

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
    if found > today and not field.ahead:
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


def _together(kind: str, found: Mapping[str, Json]) -> None:
    """What fields ask of one another."""
    needs_reason = (
        (kind == "screened" and found.get("outcome") == "failure")
        or (kind == "treatment" and found.get("given") == "reduced")
        or (kind == "specimen" and found.get("taken") is False)
        or (kind == "questionnaire" and found.get("done") is False)
    )
    if needs_reason and "reason" not in found:
        raise Refused("field_missing", kind, name="reason")
    if kind == "treatment" and found.get("given") == "full" and found.get("percent", 100) != 100:
        raise Refused("full_dose", "percent")
    if kind == "specimen" and found.get("taken") is False and found.keys() & {"mg", "kept", "label"}:
        raise Refused("not_taken", "specimen")
    if kind == "operation" and found.get("pancreas") == "none" and found.get("liver") == "none":
        raise Refused("no_procedure", "operation")
    if kind == "operation" and "start" in found and found.get("start") == found.get("end"):
        raise Refused("no_length", "end")
    ended, on = found.get("ended"), found.get("on")
    if isinstance(ended, str) and isinstance(on, str) and ended < on:
        raise Refused("ends_before", "ended", on=date.fromisoformat(on), ended=date.fromisoformat(ended))


def kind_of(name: str) -> Kind:
    """The kind of that id.

    Raises:
        Refused: there is none.
    """
    found = KINDS.get(name)
    if found is None:
        raise Refused("fact_kind", value=name[:40], known=", ".join(KINDS))
    return found
