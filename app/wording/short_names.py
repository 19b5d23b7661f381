"""Shorter forms of a visit's name, for narrow places: what tells near-twins apart is kept.

“Bloods before preoperative cycle 3 day 15” is “Bloods before pre-op C3D15”, and at last “Bloods C3D15”.
"""

import re
from functools import lru_cache

_WORDS = ((re.compile(r"\b([Pp])reoperative\b"), r"\1re-op"), (re.compile(r"\b([Pp])ostoperative\b"), r"\1ost-op"))
_CYCLE_DAY = re.compile(r",? ?\bcycle (\d+),? day (\d+)\b", re.IGNORECASE)
_CYCLE = re.compile(r"\bcycle (\d+)\b", re.IGNORECASE)
_ENDS = re.compile(r"^(?P<first>[^\s,]+).*?\b(?P<code>C\d+(?:D\d+)?)(?P<rest>( \w+)?( \([^()]*\))?)$")
_CODE = re.compile(r"C\d+")
_NO_NAMES = frozenset({"Pre-op", "Post-op"})


@lru_cache(maxsize=4096)
def short_name(name: str) -> str:
    """Return a name with the usual abbreviations, or as it is where it has none."""
    for pattern, shorter in _WORDS:
        name = pattern.sub(shorter, name)
    return _CYCLE.sub(r"C\1", _CYCLE_DAY.sub(r" C\1D\2", name)).strip()


@lru_cache(maxsize=4096)
def shortest_name(name: str) -> str:
    """Return the first word of a name with its cycle and day, or the short name where it has none."""
    short = short_name(name)
    found = _ENDS.match(short)
    if found is None:
        return short
    code = found["code"] + found["rest"]
    return code if found["first"] in _NO_NAMES or short.startswith(found["code"]) else f"{found['first']} {code}"


def initial_name(name: str) -> str:
    """Return the shortest name with the first letter alone of its word: ``B. C3D15``."""
    shortest = shortest_name(name)
    first, _blank, code = shortest.partition(" ")
    return f"{first[0]}. {code}" if code and _CODE.match(code) and not _CODE.match(first) else shortest


@lru_cache(maxsize=4096)
def difference_first(name: str) -> str:
    """Return the short name with its cycle and day before its first word: ``C3D15 bloods``.

    In a line that is cut at its end this tells near-twins apart; a name without a cycle stays as it is in short.
    """
    short = short_name(name)
    found = _ENDS.match(short)
    if found is None:
        return short
    code = found["code"] + found["rest"]
    return code if found["first"] in _NO_NAMES or short.startswith(code) else f"{code} {found['first'].lower()}"
