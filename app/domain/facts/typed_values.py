"""Answers, numbers and site values as people type them, at the terminal and in the window."""

import re

from app.domain.folding import folded

YES = {"yes": True, "true": True, "no": False, "false": False}
_COUNTED = tuple(map(folded, (".every", ".first", ".cycle_days", ".pump_hours", ".report_hours")))
"""The ends of the keys of site values that are numbers."""
_WORDS = tuple(map(folded, (".place", ".bring")))
"""The ends of the keys of site values that are texts."""
_LENGTH = re.compile(r"([+-]?)\s*(\d{1,5})\s*(d|days?|w|weeks?|m|months?)", re.ASCII | re.IGNORECASE)


def answer(text: str) -> str | bool:
    """Return yes and no as true and false, any other text unchanged."""
    return YES.get(text.strip().casefold(), text)


def number(text: str) -> object:
    """Return the text as a number if it is one, else unchanged; ``8_0`` is a slip, although Python reads it as 80."""
    if "_" in text:
        return text
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


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
