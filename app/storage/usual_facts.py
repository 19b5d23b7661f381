"""Most facts are seen to be readable by the text of their values alone, in a fifth of the time of reading them.

Each kind with the same names of fields has one pattern of such texts, made of the types of its fields. What does not
match need not be wrong: it is read as a fact and judged by `app.domain.facts.readable`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from app.domain.facts.kind import Field, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.readable import form_of, is_day

Row = tuple[int, str, int, str, str, str]
"""A fact's number, kind, the fact that it is about, the day of its plan, the names of its fields, and their lines."""

_DAY = (
    r"(?!0000)\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    r"|02-(?:0[1-9]|1\d|2[0-8]))"
)
_TEXT = r'"[^"\\\x00-\x1f]*"'
_NUMBER = r"(?:0|-?[1-9]\d{0,14})"
_YES_NO = "true|false"
_ONE = rf"{_TEXT}|{_NUMBER}|{_YES_NO}"
_PLAIN = rf"{_ONE}|\[(?:(?:{_ONE})(?:,(?:{_ONE}))*)?\]"
_BY_TYPE = {
    Type.TIME: r'"(?:[01]\d|2[0-3]):[0-5]\d"',
    Type.YES_NO: _YES_NO,
    Type.WHOLE: _NUMBER,
    Type.NUMBER: rf"{_NUMBER}(?:\.\d{{1,9}})?",
    Type.WINDOW: rf'\["{_DAY}","{_DAY}"\]',
    Type.ANSWERS: rf"\{{(?:{_TEXT}:(?:{_ONE})(?:,{_TEXT}:(?:{_ONE}))*)?\}}",
    Type.TICKS: rf"\{{(?:{_TEXT}:(?:{_ONE})(?:,{_TEXT}:(?:{_ONE}))*)?\}}",
    Type.WEEKDAYS: r"\[(?:[0-6](?:,[0-6])*)?\]",
    Type.ANSWER: f"{_TEXT}|{_YES_NO}",
    Type.PLAIN: _PLAIN,
}
_READ_PART_BY_PART = frozenset({"holidays_taken", "protocol_taken"})


def unusual(rows: Iterable[Row]) -> Iterator[int]:
    """Yield the numbers of the facts that have to be read to know whether they can be."""
    for seq, kind, about, today, names, lines in rows:
        pattern = _pattern(kind, names)
        usual = pattern is not None and pattern.fullmatch(lines) is not None and is_day(today)
        if not usual or (kind == "correction" and not about):
            yield seq


@cache
def _pattern(kind: str, names: str) -> re.Pattern[str] | None:
    """Return the pattern of the usual lines of a kind with these fields; None where there is none."""
    if kind not in KINDS or kind in _READ_PART_BY_PART:
        return None
    known, needed = form_of(kind)
    given = names.split()
    if not needed.issubset(given):
        return None
    lines = (_line(known.get(name), "" if name in needed else "|null") for name in given)
    return re.compile("\n".join(lines), re.ASCII)


def _line(field: Field | None, null: str) -> str:
    if field is None:
        return f"(?:{_PLAIN}{null})"
    if field.type is Type.DAY:
        words = "".join(f'|"{re.escape(word)}"' for word in field.options)
        return f'(?:"{_DAY}"{words}{null})'
    return f"(?:{_BY_TYPE.get(field.type, _TEXT)}{null})"
