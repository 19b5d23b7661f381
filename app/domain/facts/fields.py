"""Reads the fields of a fact by its kind: values from a form, a command or a file become the values that are kept."""

from collections.abc import Mapping
from datetime import date, timedelta, tzinfo

from app.domain.facts import parsing
from app.domain.facts.kind import UNKNOWN, Field, Json, Kind, Type
from app.domain.facts.typed_days import Aim, read_day, typed_day
from app.domain.facts.typed_times import comes_twice, typed_time
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused, quoted


def read_fields(
    kind: Kind,
    given: Mapping[str, object],
    today: date,
    internal: bool = False,
    planned: date | None = None,
    kept: Mapping[str, Json] | None = None,
) -> dict[str, Json]:
    """Return the fields as they are kept, in the order of the kind; empty optional ones are left out.

    `internal`: fields that only the program fills may be given. `planned`: the day that the visit has now, from which
    ``p+7`` counts. `kept`: fields that were read when they were recorded, and stay as they are.

    Raises:
        Refused: a field is unknown or missing, cannot hold its value, or contradicts another; `place` is the field.
    """
    for name in given:
        field = kind.field(name)
        if field is None or (field.internal and not internal):
            known = ", ".join(field.name for field in kind.fields if internal or not field.internal)
            near = nearest_identifier(name, known.split(", "))
            raise Refused("field_unknown", kind.id, name=name, known=known, near=near)
    given = split_moment(kind, given, today, planned)
    found: dict[str, Json] = {}
    for field in kind.fields:
        value = given.get(field.name)
        if kept is not None and field.name in kept:
            found[field.name] = kept[field.name]
        elif value is not None and value != "":
            found[field.name] = read_field(field, value, today, planned)
        elif field.required and not field.internal:
            raise Refused("field_missing", kind.id, name=field.name)
    _check(kind, found)
    return found


def read_reason(reason: str) -> dict[str, Json]:
    """Return the field with a reason that was said about facts; no field where none was said.

    Raises:
        Refused: it is no text of a fact, as one that is too long.
    """
    return {"reason": parsing.text(reason, "reason").strip()} if reason.strip() else {}


def split_moment(
    kind: Kind, given: Mapping[str, object], today: date, planned: date | None = None
) -> Mapping[str, object]:
    """Return the fields with day and time apart, where the day was given with its time: ``Mon 30 Nov 2026, 09:30``.

    Raises:
        Refused: the day cannot be read, or the time is given twice and differs.
    """
    name, value = kind.day_field, given.get(kind.day_field)
    if kind.field("at") is None or not isinstance(value, str) or ":" not in value.replace("\uff1a", ":"):
        return given
    found = read_day(value, name, today, aim_of(kind.field(name)), planned)
    own = given.get("at")
    if own and typed_time(str(own), "at") != found.time:
        raise Refused("time_twice", "at", one=found.time, other=str(own))
    return {**given, name: found.day, "at": found.time}


def check_hours(kind: Kind, fields: Mapping[str, Json], zone: tzinfo | None) -> tuple[Field, ...]:
    """Return the fields with a time that the clocks of the site show twice on that day.

    An operation that ends at an earlier time than it began ends on the next day.

    Raises:
        Refused: the clocks of the site never show a time on that day.
    """
    on = fields.get(kind.day_field)
    if not isinstance(on, str):
        return ()
    first, found = "", []
    for field in kind.fields:
        at = fields.get(field.name)
        if field.type is Type.TIME and isinstance(at, str):
            own = fields.get(f"{field.name.removesuffix('at')}on") if field.name.endswith("_at") else None
            if isinstance(own, str):
                day = date.fromisoformat(own)
            else:
                day = date.fromisoformat(on) + timedelta(at < first)
                first = first or at
            if comes_twice(day, at, zone, field.name):
                found.append(field)
    return tuple(found)


def aim_of(field: Field | None) -> Aim:
    """Return whether the days of a field are to come or have been."""
    return Aim.COMING if field is not None and field.may_be_future else Aim.PAST


def read_field(field: Field, value: object, today: date, planned: date | None = None) -> Json:
    """Return one value as it is kept.

    Raises:
        Refused: the field cannot hold it.
    """
    place = field.name
    match field.type:
        case Type.TEXT:
            return parsing.text(value, place).strip()
        case Type.CODE:
            return parsing.study_code(value, place)
        case Type.VISIT:
            return parsing.text(value, place)
        case Type.DAY:
            return _day(field, value, today, planned)
        case Type.TIME:
            if not isinstance(value, str):
                raise Refused("time_form", place, value=quoted(value))
            return typed_time(value, place)
        case Type.YES_NO:
            if not isinstance(value, bool):
                raise Refused("yes_no", place, value=quoted(value))
            return value
        case Type.ONE_OF:
            return _one_of(field, value)
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


def _one_of(field: Field, value: object) -> str:
    found = known_identifier(value, field.options) if isinstance(value, str) else ""
    if not found:
        near = nearest_identifier(str(value), field.options)
        raise Refused("one_of", field.name, value=quoted(value), known=", ".join(field.options), near=near)
    return found


def _day(field: Field, value: object, today: date, planned: date | None) -> str:
    word = known_identifier(value.strip(), field.options) if isinstance(value, str) else ""
    if word:
        return word
    if not isinstance(value, date | str):
        raise Refused("date_form", field.name, value=quoted(value))
    found = value if isinstance(value, date) else typed_day(value, field.name, today, aim_of(field), planned)
    if found > today and not field.may_be_future:
        raise Refused("future", field.name, on=found, today=today)
    return found.isoformat()


def _number(field: Field, value: object) -> int | float:
    whole = field.type is Type.WHOLE
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise Refused("number", field.name, value=quoted(value))
    if not field.low <= value <= field.high:
        raise Refused("number_range", field.name, value=quoted(value), low=f"{field.low:g}", high=f"{field.high:g}")
    return value


def _ticks(value: object, place: str) -> dict[str, Json]:
    if not isinstance(value, Mapping):
        raise Refused("not_object", place)
    for name, one in value.items():
        if not isinstance(one, bool) and not _says_unknown(one):
            raise Refused("yes_no_unknown", f"{place}.{name}", value=quoted(one))
    return {str(name): one if isinstance(one, bool) else UNKNOWN for name, one in value.items()}


def _says_unknown(value: object) -> bool:
    return isinstance(value, str) and bool(known_identifier(value.strip(), (UNKNOWN,)))


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


def without_death(kind: Kind, fields: Mapping[str, object]) -> tuple[Mapping[str, object], object]:
    """Return the fields without the day of death that is typed with them, and that day; None where none is.

    A contact with a day of death tells of it, whether or not that was typed.

    Raises:
        Refused: it says that the participant is alive.
    """
    tells, typed = kind.tells_of_death, dict(fields)
    died_on = typed.pop("died_on", None) if tells is not None else None
    if died_on is not None and tells is not None:
        typed.setdefault(tells.name, tells.value)
        if typed[tells.name] != tells.value:
            raise Refused("alive_and_died", "died_on")
    return typed, died_on
