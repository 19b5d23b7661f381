"""The order of the visits of one day.

What is counted back from a visit of the same day comes before it, as bloods before a dose. The rest is by hour: the one
booked or recorded, else the usual one of a clinic's morning for that sort of visit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from app.domain.calendar.entries import Entry, natural
from app.domain.protocol.regimens import DOSES, DayKind

_HOURS: Mapping[str, str] = {
    "questionnaire": "08:00",
    "bloods": "08:30",
    "visit": "09:00",
    "imaging": "09:30",
    "conference": "10:00",
    "infusion": "10:30",
    "operation": "10:30",
    "pump": "11:00",
    "after_dose": "11:30",
}
"""The usual hours, in the order of the sorts."""
_RANKS = {sort: rank for rank, sort in enumerate(_HOURS)}
_SORTS: Mapping[str, str] = {
    **dict.fromkeys(DOSES, "infusion"),
    DayKind.PUMP_DISCONNECT: "pump",
    "bloods": "bloods",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What an entry is counted from: the key of that visit, and whether back from it."""

    key: str
    back: bool


def in_order(entries: Iterable[Entry], counted: Mapping[str, Counted]) -> list[Entry]:
    """Return the entries in order, each with its hour and its place within its day; those without a day last."""
    found: list[Entry] = []
    days = groupby(sorted(entries, key=_by_day), key=lambda entry: entry.assumed)
    for _day, of_day in days:
        found += _ordered(list(of_day), counted)
    return found


def _by_day(entry: Entry) -> tuple[date, tuple[str | int, ...]]:
    return (entry.assumed or date.max, natural(entry.key))


def _ordered(of_day: Sequence[Entry], counted: Mapping[str, Counted]) -> list[Entry]:
    if of_day[0].assumed is None:
        return list(of_day)
    here = {entry.key: entry for entry in of_day}
    keys: dict[str, tuple[Any, ...]] = {}
    for entry in of_day:
        _sort_key(entry, here, counted, keys)
    ordered = sorted(of_day, key=lambda entry: keys[entry.key])
    return [replace(entry, hour=keys[entry.key][0], place=place) for place, entry in enumerate(ordered)]


def _sort_key(
    entry: Entry, here: Mapping[str, Entry], counted: Mapping[str, Counted], keys: dict[str, tuple[Any, ...]]
) -> tuple[Any, ...]:
    """The key of an entry: its own, or that of the visit from which it is counted back with a step before it."""
    if entry.key in keys:
        return keys[entry.key]
    basis = counted.get(entry.key)
    anchor = here.get(basis.key) if basis is not None else None
    sort = _SORTS.get(entry.day_kind) or entry.visit.sort
    if anchor is not None and basis is not None and not basis.back and _follows_dose(sort, anchor):
        sort = "after_dose"
    own = keys[entry.key] = (_hour(entry) or _HOURS[sort], _RANKS[sort], natural(entry.key), 0)
    if anchor is not None and basis is not None and basis.back:
        later = _sort_key(anchor, here, counted, keys)
        if own > later:
            keys[entry.key] = (*later[:-1], -1, *own)
    return keys[entry.key]


def _hour(entry: Entry) -> str:
    return entry.performed_at if entry.performed is not None else entry.appointment_time


def _follows_dose(sort: str, anchor: Entry) -> bool:
    return anchor.day_kind in DOSES and sort not in ("infusion", "pump")
