"""Times and numbers as people type them: ``930``, ``9.30``, ``1,5``. What cannot be read stays as it was typed."""

import re

_TIME = re.compile(r"(\d{1,2})(?:\s*[.:\uff1a,h ]\s*(\d{2}))?", re.ASCII)
_DIGITS = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,15}[.,]\d{1,12}", re.ASCII)


def typed_time(text: str) -> str:
    """The time as ``09:30``, or the text where it is none."""
    given = text.strip().casefold()
    found = _DIGITS.fullmatch(given) or _TIME.fullmatch(given)
    if found is None:
        return text.strip()
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else text.strip()


def typed_number(text: str) -> int | float | str:
    """The number with a point or a comma, or the text where it is none."""
    given = text.strip().replace("\u00a0", "").replace(" ", "")
    if _WHOLE.fullmatch(given):
        return int(given)
    return float(given.replace(",", ".")) if _NUMBER.fullmatch(given) else text.strip()


def number_text(value: object) -> str:
    """A number as it is typed."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
