"""Days as people type them: ``3 apr``, ``+2``, ``t``, ``3/4/26``, ``2026-04-03``; day before month, years 20xx."""

import re
from datetime import date, timedelta

from app.domain.facts import parsing
from app.domain.refusal import Refused

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_RELATIVE = re.compile(r"([+-])\s*(\d{1,4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})\.?\s*([a-z]+)\.?\s*(\d{4}|\d{2})?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?", re.ASCII)
_CHINESE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
_WORDS = {"t": 0, "today": 0, "y": -1, "yesterday": -1, "tomorrow": 1}
_CENTURY = 2000


def typed_day(text: str, place: str, today: date) -> date:
    """Return the day that a person means. Without a year it is the one nearest to today.

    Raises:
        Refused: the text means no day, or one that no calendar has.
    """
    given = " ".join(text.casefold().split())
    if given in _WORDS:
        return today + timedelta(_WORDS[given])
    if found := _RELATIVE.fullmatch(given):
        days = int(found[2])
        return today + timedelta(days if found[1] == "+" else -days)
    if (found := _NAMED.fullmatch(given)) and (month := _month(found[2])):
        return _dated(text, place, today, found[3], month, int(found[1]))
    if found := _NUMBERS.fullmatch(given):
        return _dated(text, place, today, found[3], int(found[2]), int(found[1]))
    if found := _CHINESE.fullmatch(given):
        return _dated(text, place, today, found[1], int(found[2]), int(found[3]))
    return parsing.day(given, place)


def _month(name: str) -> int:
    """Return the number of a month by at least the first three letters of its name; 0 for none."""
    if len(name) < len(_MONTHS[0]):
        return 0
    return next((i for i, full in enumerate(_FULL, start=1) if full.startswith(name)), 0)


def _dated(text: str, place: str, today: date, year: str | None, month: int, day: int) -> date:
    if year is not None:
        wanted = int(year) if len(year) > len("26") else _CENTURY + int(year)
        return parsing.day(_iso(wanted, month, day), place)
    near = [
        found for wanted in (today.year - 1, today.year, today.year + 1) if (found := _date_or_none(wanted, month, day))
    ]
    if not near:
        raise Refused("date_impossible", place, value=text[:40])
    return min(near, key=lambda one: (abs((one - today).days), one < today))


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"
