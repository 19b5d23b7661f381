"""The values of recorded facts in words; every value can be shown, however odd."""

from datetime import date

from app.domain.facts.kind import Field, Json, OptionSource, Type
from app.domain.facts.records import SET
from app.wording import dates
from app.wording.countries import country_name
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.field_catalogue import FIELD_WORDS, OPTION_WORDS
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.numbers import plain_number
from app.wording.visible import shortened, visible_line

_MOST_ITEMS = 12
_MOST_LETTERS = 80
_A_MONDAY = date(2024, 1, 1)
_PROTOCOL_IDS = frozenset({OptionSource.OUTCOMES, OptionSource.PHASES})


def field_name(name: str, kind: str = "") -> str:
    """Return the label of a field, also of ``set.NAME``; kinds may use one name for different things."""
    bare = name.removeprefix(SET)
    own = KIND_WORDS[kind].labels.get(bare) if kind in KIND_WORDS else None
    known = own or _shared_label(bare)
    return _(known) if known else spaced(bare)


def _shared_label(name: str) -> str:
    """Return the label of a field in all kinds, else that of the first kind with a label for it; empty for none."""
    if name in FIELD_WORDS:
        return FIELD_WORDS[name].label
    return next((words.labels[name] for words in KIND_WORDS.values() if name in words.labels), "")


def value_text(field: Field | None, value: Json) -> str:
    """Return the value in words, on one line; a value that its field cannot hold is shown as it is."""
    if value is None:
        return _("none")
    if field is None:
        return _plain(value)
    text = _items(field, value) if isinstance(value, list | dict) else _single(field, value)
    return _plain(value) if text is None else text


def _single(field: Field, value: Json) -> str | None:
    """Return one value in the words of its field; None where its field cannot hold it."""
    if not isinstance(value, str):
        return None
    match field.type:
        case Type.DAY:
            if value in field.options:
                return _(OPTION_WORDS[value])
            on = day_of(value)
            return dates.day(on) if on is not None else None
        case Type.ONE_OF:
            known = OPTION_WORDS.get(value) if value in field.options else None
            return _(known) if known is not None else spaced(value)
        case Type.ANSWER:
            return spaced(value)
        case Type.PLAIN:
            return _period(value)
        case _:
            if field.name == "country":
                return line_of(country_name(value))
            # A text is a person's own words, except where it is one of the protocol's ids.
            return spaced(value) if field.options_from in _PROTOCOL_IDS else line_of(value)


def _items(field: Field, value: list[Json] | dict[str, Json]) -> str | None:
    """Return several values in the words of their field; None where it has no words of its own for them."""
    if field.name in ("closed", "working"):
        return counted("{n} day", "{n} days", len(value))
    if field.name == "files":
        names = value if isinstance(value, dict) else [one[0] for one in value if isinstance(one, list) and one]
        return listed([shortened(one_line(name), _MOST_LETTERS) for name in names])
    if isinstance(value, dict):
        if field.type is Type.TICKS:
            return ", ".join(f"{line_of(str(name))} {one_line(one)}" for name, one in value.items()) or _("none")
        if field.type is Type.ANSWERS:
            return "; ".join(f"{spaced(str(name))}: {_answer(one)}" for name, one in value.items()) or _("none")
        return None
    if field.name == "names":
        return listed([field_name(one) if isinstance(one, str) else one_line(one) for one in value])
    if field.type is Type.WEEKDAYS:
        return ", ".join(map(_weekday, value)) or _("none")
    return _window(value) if field.type is Type.WINDOW else None


def _plain(value: Json) -> str:
    """Return any value in words, shortened where it is long; only its first level is shown."""
    if isinstance(value, dict):
        shown = [(line_of(str(name)), _limit(str(name), one)) for name, one in value.items()]
        return listed([": ".join(shortened(one, _MOST_LETTERS) for one in pair) for pair in shown], "; ")
    if isinstance(value, list):
        return listed([shortened(one_line(one), _MOST_LETTERS) for one in value])
    return one_line(value)


def _limit(name: str, value: Json) -> str:
    """Return an end of a period as days are said, any other value as it is."""
    on = day_of(value) if name in ("from", "to") and isinstance(value, str) else None
    return dates.day(on) if on is not None else one_line(value)


def one_line(value: Json) -> str:
    """Return a value as it is, on one line."""
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return _number(value)
    return "…" if isinstance(value, list | dict) else line_of(value)


def _answer(value: Json) -> str:
    return spaced(value) if isinstance(value, str) else one_line(value)


def _number(value: int | float) -> str:
    """Return the number as it was typed."""
    try:
        return plain_number(value)
    except ValueError:
        return _("a number too long to show")


def day_of(value: str) -> date | None:
    """Return the civil date that a text is; None for another text."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _window(value: list[Json]) -> str | None:
    days = [day_of(one) for one in value if isinstance(one, str)]
    if len(value) != 2 or len(days) != 2:
        return None
    earliest, latest = days
    return dates.window(earliest, latest) if earliest is not None and latest is not None else None


def _weekday(value: Json) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 6:
        return dates.weekday(_A_MONDAY.replace(day=1 + value))
    return one_line(value)


def _period(value: str) -> str | None:
    try:
        return dates.period(value)
    except ValueError:
        return None


def listed(texts: list[str], between: str = ", ") -> str:
    """Return the texts in a row; of many only the first ones and the number of the others."""
    if not texts:
        return _("none")
    more = len(texts) - _MOST_ITEMS
    shown = between.join(texts[:_MOST_ITEMS])
    return shown if more <= 0 else counted("{items} and {n} more", "{items} and {n} more", more).format(items=shown)


def spaced(text: str) -> str:
    """Return an id of the protocol or the program as words: ``dose_reduced`` as ``dose reduced``."""
    return line_of(text.replace("_", " "))


def line_of(text: str) -> str:
    """Return the text on one line: a line break or tab becomes a space, a hidden sign is written out."""
    return visible_line(" ".join(str(text).split()))
