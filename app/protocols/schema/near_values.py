"""What was probably meant by a value that the protocol language cannot read: a duration, an id, a field."""

import re
import unicodedata

from app.domain.dates import Period

_DURATION = re.compile(r"([-+]?)\s*P?\s*(\d{1,6})\s*([a-z]*)", re.ASCII | re.IGNORECASE)
_UNITS = {
    "D": ("", "d", "day", "days"),
    "W": ("w", "wk", "wks", "week", "weeks"),
    "M": ("m", "mo", "month", "months"),
    "Y": ("y", "yr", "year", "years"),
}
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
_LONGEST_ID = 40
"""Characters of an id that is proposed in place of another text."""


def near_duration(text: str, negative: bool = True) -> str:
    """Return the duration that was probably meant: ``P7D`` for ``7 days``; empty where it cannot be told.

    `negative`: it may count backwards; else the sign is left out.
    """
    found = _DURATION.fullmatch(unicodedata.normalize("NFKC", text).translate(_DASHES).strip())
    unit = next((unit for unit, words in _UNITS.items() if found and found[3].lower() in words), "")
    if found is None or not unit:
        return ""
    sign = "-" if found[1] == "-" and negative else ""
    meant = f"{sign}P{int(found[2])}{unit}"
    try:
        Period.parse(meant)
    except ValueError:
        return ""
    return meant


def duration_remedy(text: str, negative: bool = True) -> str:
    """Return how a duration that cannot be read is written."""
    near = near_duration(text, negative)
    if near:
        return f"Write `{near}`"
    form = "P14D, P2W, P2M or -P14D" if negative else "P14D, P2W or P2M"
    if re.fullmatch(r"-?P?\d+T?H|-?PT.*", text.strip(), re.ASCII | re.IGNORECASE):
        return f"Hours are not used here. Write days, weeks or months, as {form}"
    if re.fullmatch(r"-?P\d{3,}[DWMY]", text.strip(), re.ASCII):
        return f"It is longer than a century. Write a shorter duration, as {form}"
    return f"Write a duration as {form}"


def near_id(text: str) -> str:
    """Return an id that is like a text: ``V-1`` for ``V 1``, ``V1`` for ``1``; empty where nothing of it can stay."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    found = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-")
    if found and not found[0].isalpha():
        found = f"V{found}"
    return found[:_LONGEST_ID]
