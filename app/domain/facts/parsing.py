"""Reads single values from a file or a form, strictly; `place` in a refusal says where the value stood."""

import re
from datetime import date

from app.domain.folding import is_hidden, plain_sign, written_sign
from app.domain.refusal import Refused, quoted

LONGEST_TEXT = 2000
"""Characters of a typed text."""
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2120, 12, 31)
"""The days that are read at all; what lies outside is a slip."""
_CODE = re.compile(r"[^\x00-\x1f\x7f]{1,60}")
# One half of a character, left by a program that cut a text in the middle of it; UTF-8 cannot hold it.
_HALF = re.compile("[\ud800-\udfff]")
# Swedish, Finnish and Chinese identity numbers: a study code must be none of them.
_IDENTITY = re.compile(r"(19|20)?\d{6}[-+]?\d{4}|\d{6}[-+A-Fa-fU-Yu-y]\d{3}[0-9A-Ya-y]|\d{17}[\dXx]", re.ASCII)


def text(value: object, place: str) -> str:
    """Return a text with 1 to `LONGEST_TEXT` characters.

    Raises:
        Refused: the value is something else.
    """
    if not isinstance(value, str) or not value.strip():
        raise Refused("not_text", place)
    if len(value) > LONGEST_TEXT:
        raise Refused("text_too_long", place, longest=LONGEST_TEXT)
    if _HALF.search(value):
        raise Refused("text_broken", place)
    return value


def code(value: object, place: str) -> str:
    """Return a study code: one line of up to 60 characters, none of which is hidden or looks like another sign.

    Raises:
        Refused: the value is something else.
    """
    found = text(value, place).strip()
    if not _CODE.fullmatch(found):
        raise Refused("code_form", place)
    for sign in found:
        if is_hidden(sign):
            raise Refused("code_hidden", place, sign=written_sign(sign))
        plain = plain_sign(sign)
        if plain != sign and plain.isascii():
            raise Refused("code_look_alike", place, sign=sign, number=written_sign(sign), plain=plain)
    return found


def study_code(value: object, place: str) -> str:
    """Return a study code that is no national identity number.

    Raises:
        Refused: the value is something else.
    """
    found = code(value, place)
    if is_identity_number(found):
        raise Refused("identity_number", place)
    return found


def is_identity_number(value: str) -> bool:
    """Return whether a text has the form of a national identity number."""
    plain = "".join(plain_sign(one) for one in value if not is_hidden(one))
    return _IDENTITY.fullmatch(plain.replace(" ", "")) is not None


def check_range(found: date, place: str) -> None:
    """Check that a day is one of those that a study can have.

    Raises:
        Refused: it is outside `FIRST_DAY` to `LAST_DAY`.
    """
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Refused("date_far", place, value=found.isoformat(), first=FIRST_DAY, last=LAST_DAY)


def answer(value: object, place: str) -> str | bool:
    """Return the answer to a choice: yes, no, or a text.

    Raises:
        Refused: the value is something else.
    """
    if not isinstance(value, str | bool):
        raise Refused("choice_form", place)
    return value if isinstance(value, bool) else text(value, place)


def answers(value: object, place: str) -> dict[str, str | bool]:
    """Return answers by the name of their choice.

    Raises:
        Refused: the value is something else.
    """
    if not isinstance(value, dict):
        raise Refused("not_object", place)
    for name, one in value.items():
        if not isinstance(one, str | bool):
            raise Refused("choice_form", f"{place}.{name}")
    return dict(value)


def weekdays(value: object, place: str) -> list[int]:
    """Return closed weekdays in order, Monday = 0; at least one weekday stays open.

    Raises:
        Refused: the value is something else.
    """
    if not isinstance(value, list):
        raise Refused("not_list", place)
    for item in value:
        if isinstance(item, bool) or not isinstance(item, int) or not 0 <= item <= 6:
            raise Refused("weekday", place, value=quoted(item))
    if len(set(value)) == 7:
        raise Refused("never_open", place)
    return sorted(set(value))
