"""The order of the visits of one day.

What is counted back from a visit of the same day comes before it, as bloods before a dose. The rest is by hour: the one
booked or recorded, else the usual one of a clinic's morning for that sort of visit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.domain.calendar.entries import natural
from app.domain.protocol.regimens import DOSES, DayKind
from app.domain.protocol.version import Visit

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


class Dated(NamedTuple):
    """A visit with its assumed day, and the hour that is booked or recorded for it, else empty."""

    key: str
    visit: Visit
    day_kind: str
    assumed: date | None
    hour: str


class Placed(NamedTuple):
    """A visit with the hour at which it comes within its day and its place there, from 0."""

    key: str
    hour: str
    place: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a visit is counted from: the key of that visit, and whether back from it."""

    key: str
    back: bool


def in_order(visits: Iterable[Dated], counted: Callable[[str], Counted | None]) -> list[Placed]:
    """Return the visits in order; those without a day last, without an hour.

    `counted`: says what a visit is counted from; it is asked only where a day has several visits.
    """
    by_day: dict[date, list[Dated]] = {}
    undated: list[str] = []
    for visit in visits:
        if visit.assumed is None:
            undated.append(visit.key)
        else:
            by_day.setdefault(visit.assumed, []).append(visit)
    found: list[Placed] = []
    for day in sorted(by_day):
        of_day = by_day[day]
        if len(of_day) == 1:
            found.append(_alone(of_day[0]))
        else:
            found += _ordered(of_day, counted)
    found += [Placed(key, "", 0) for key in sorted(undated, key=natural)]
    return found


def _alone(visit: Dated) -> Placed:
    return Placed(visit.key, visit.hour or _HOURS[_sort(visit)], 0)


def _ordered(of_day: Sequence[Dated], counted: Callable[[str], Counted | None]) -> list[Placed]:
    here = {visit.key: visit for visit in of_day}
    keys: dict[str, tuple[Any, ...]] = {}
    for visit in of_day:
        _sort_key(visit, here, counted, keys)
    ordered = sorted(here, key=keys.__getitem__)
    return [Placed(key, keys[key][0], place) for place, key in enumerate(ordered)]


def _sort_key(
    visit: Dated, here: Mapping[str, Dated], counted: Callable[[str], Counted | None], keys: dict[str, tuple[Any, ...]]
) -> tuple[Any, ...]:
    """The key of a visit: its own, or that of the visit from which it is counted back with a step before it."""
    if visit.key in keys:
        return keys[visit.key]
    basis = counted(visit.key)
    anchor = here.get(basis.key) if basis is not None else None
    sort = _sort(visit)
    if anchor is not None and basis is not None and not basis.back and _follows_dose(sort, anchor):
        sort = "after_dose"
    own = keys[visit.key] = (visit.hour or _HOURS[sort], _RANKS[sort], natural(visit.key), 0)
    if anchor is not None and basis is not None and basis.back:
        later = _sort_key(anchor, here, counted, keys)
        if own > later:
            keys[visit.key] = (*later[:-1], -1, *own)
    return keys[visit.key]


def _sort(visit: Dated) -> str:
    return sort_of(visit.visit, visit.day_kind)


def sort_of(visit: Visit, day_kind: str) -> str:
    """Return the sort of a visit: on a day of a cycle that of the day, such as ``infusion``, else its own."""
    return _SORTS.get(day_kind) or visit.sort


def _follows_dose(sort: str, anchor: Dated) -> bool:
    return anchor.day_kind in DOSES and sort not in ("infusion", "pump")
