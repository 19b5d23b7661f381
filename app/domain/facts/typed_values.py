"""Answers, numbers and site values as people type them, at the terminal and in the window."""

import re

from app.domain.facts.typed_text import plain_text
from app.domain.folding import folded

YES = {"yes": True, "true": True, "no": False, "false": False}
_COUNTED = tuple(map(folded, (".every", ".first", ".cycle_days", ".pump_hours", ".report_hours")))
"""The ends of the keys of site values that are numbers."""
_WORDS = tuple(map(folded, (".place", ".bring")))
"""The ends of the keys of site values that are texts."""
_WHOLE = re.compile(r"[+-]?\d{1,40}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,15}[.,]\d{1,12}", re.ASCII)
_LENGTH = re.compile(r"([+-]?)\s*(\d{1,5})\s*(d|days?|w|weeks?|m|months?)", re.ASCII | re.IGNORECASE)


def answer(text: str) -> str | bool:
    """Return yes and no as true and false, any other text unchanged."""
    return YES.get(text.strip().casefold(), text)


def number(text: str) -> int | float | str:
    """Return the number, typed with a point or a comma, perhaps with blanks in it; else the text, unchanged."""
    given = plain_text(text).replace(" ", "")
    if _WHOLE.fullmatch(given):
        return int(given)
    return float(given.replace(",", ".")) if _DECIMAL.fullmatch(given) else text


def site_value(key: str, text: str) -> object:
    """Return a typed site value as its key takes it: a number, an answer, or a length of time.

    A length may be typed in words, as ``21 days`` or ``-2 w``, or as ``P21D``. What cannot be read is left for the
    protocol to refuse.
    """
    name = folded(key)
    if name.startswith("cycles.") or name.endswith(_COUNTED):
        return number(text)
    if name.endswith(_WORDS):
        return text
    found = None if name.startswith("choices.") else _LENGTH.fullmatch(text.strip())
    if found is None:
        return answer(text)
    return f"{found[1].replace('+', '')}P{int(found[2])}{found[3][0].upper()}"
