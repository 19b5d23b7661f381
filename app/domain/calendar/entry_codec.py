"""An entry as a row of plain values and back, made from the fields of `Entry`: a new field needs no line here.

A row is kept for speed (`app.storage`), so it says nothing that depends on the day of reading. Of a status it keeps
only how the visit was settled, and of the problems all but those that today's date brings. It leaves out what is
found otherwise: the reasons by planning, the result of the window from the window and the day, and whether an arranged
day is past.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_type_hints

from app.domain.calendar.entries import OPEN, Entry, Problem, ProblemKind, Registered, Status, open_status
from app.domain.dates import Period, Window
from app.domain.protocol.version import UNSCHEDULED, ProtocolVersion, Visit

Row = Sequence[Any]
"""A participant's number, then a value for each further column, as `COLUMNS` has them."""

_CALLED = {"status": "settled"}
_LEFT_OUT = frozenset({"reasons", "window_result", "day_passed", "registered"})
_TODAYS: ProblemKind = "counted_from_unrecorded"
_TODAYS_LAST: ProblemKind = "before_result"
_AFTER_IT: frozenset[ProblemKind] = frozenset(
    {
        "before_basis",
        "before_evaluation",
        "booking_closed",
        "booking_outside",
        "death_undated",
        "delayed",
        "moved_closed",
        "moved_outside",
        "outcome_missing",
        "too_near",
        "unrecorded_decision",
    }
)


@dataclass(frozen=True, slots=True)
class _Form:
    """How values of one type are kept. None: as they are, or (to read) with the help of the row's other values."""

    plain: type
    write: Callable[[Any], Any] | None = None
    read: Callable[[Any], Any] | None = None


@lru_cache(maxsize=10_000)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=10_000)
def _window(text: str) -> Window | None:
    if not text:
        return None
    first, _, last = text.partition("/")
    return Window(date.fromisoformat(first), date.fromisoformat(last))


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day_text(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _window_text(window: Window | None) -> str:
    return f"{window.earliest}/{window.latest}" if window is not None else ""


def _settled(status: Status) -> str:
    """How a visit was settled, empty while it is open; unlike a status it does not depend on the day of reading."""
    return "" if status in OPEN else status.value


def _problem_list(problems: tuple[Problem, ...]) -> list[Any] | None:
    kept = [one for one in problems if one.kind not in (_TODAYS, _TODAYS_LAST)]
    return [[one.kind, {name: _tagged(value) for name, value in one.values.items()}] for one in kept] or None


def _tagged(value: object) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"period": str(value)} if isinstance(value, Period) else value


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"]) if "day" in value else Period.parse(value["period"])
    return value


_FORMS: Mapping[Any, _Form] = {
    str: _Form(str),
    int: _Form(int),
    bool: _Form(int, int, bool),
    date | None: _Form(str, _day_text, _day),
    datetime | None: _Form(str, _day_text, _instant),
    Window | None: _Form(str, _window_text, _window),
    Visit: _Form(str, attrgetter("id")),
    Status: _Form(str, _settled),
    tuple[Problem, ...]: _Form(list, _problem_list),
    tuple[ProblemKind, ...]: _Form(str, " ".join, lambda text: tuple(text.split())),
}
_TYPES = get_type_hints(Entry)
_KEPT: Mapping[str, _Form] = {one.name: _FORMS[_TYPES[one.name]] for one in fields(Entry) if one.name not in _LEFT_OUT}
_NAMES = tuple(_KEPT)
_values_of = attrgetter(*_NAMES)
_WRITTEN = tuple((index, form.write) for index, form in enumerate(_KEPT.values()) if form.write is not None)
_READ = (None, *(form.read for form in _KEPT.values()))
# A list of hundreds is read each morning: filling the slots takes half as long as the constructor of a frozen class.
# The participant's number, which an entry does not have, goes where the result of the window is put afterwards.
_SLOTS = tuple(Entry.__dict__[name].__set__ for name in ("window_result", *_NAMES))
_put = object.__setattr__

COLUMNS: Mapping[str, type] = {
    "subject": int,
    **{_CALLED.get(name, name): form.plain for name, form in _KEPT.items()},
}
"""The columns of a row with the type of their values: text, number, or a list that JSON can hold, None when empty."""
DAYS = ("target", "earliest", "latest", "proposed", "booked", "moved", "performed", "assumed", "settled")
"""The columns that say when a visit is, and whether it still is to come."""
AT: Mapping[str, int] = {name: index for index, name in enumerate(COLUMNS)}
"""Where a row has each column."""


def row_of(subject: int, entry: Entry) -> Row:
    """Return the row of one participant's entry."""
    values: list[Any] = list(_values_of(entry))
    for index, write in _WRITTEN:
        values[index] = write(values[index])
    return (subject, *values)


def entry_of(row: Row, protocol: ProtocolVersion, today: date) -> Entry:
    """Return the entry of a row, with its status as of today and without its reasons."""
    entry = object.__new__(Entry)
    for put, read, value in zip(_SLOTS, _READ, row, strict=True):
        put(entry, read(value) if read else value)
    settled, assumed, anchor_day = entry.status, entry.assumed, entry.counts_from_day
    arranged = assumed if not settled and (entry.is_booked or entry.is_moved) else None
    _put(entry, "day_passed", arranged is not None and arranged < today and not entry.suspended)
    if settled:
        _put(entry, "status", Status(settled))
    else:
        _put(
            entry,
            "status",
            open_status(entry.earliest or assumed, entry.latest or assumed, today, arranged, entry.suspended),
        )
    kept: Any = entry.problems
    anchor = entry.counts_from
    if settled:
        anchor_day = None
    found = _problems(entry.key, kept, anchor, anchor_day, today) if kept or anchor_day is not None else ()
    if entry.result_due is not None and entry.result_due <= today:
        found += (Problem(entry.key, _TODAYS_LAST, {"visit": entry.result_of, "due": entry.result_due}),)
    _put(entry, "problems", found)
    judged, done = entry.judged, entry.performed
    result = judged.days_out(done) if judged is not None and done is not None else None
    _put(entry, "window_result", result)
    _put(entry, "visit", protocol.visits.get(str(entry.visit), UNSCHEDULED))
    _put(entry, "reasons", ())
    _put(entry, "registered", _registered(entry, protocol))
    return entry


def _registered(entry: Entry, protocol: ProtocolVersion) -> Registered:
    """Return which day of the entry into the study it is, where it was judged by no window as it is only recorded."""
    if not protocol.recorded_only or entry.performed is None or entry.judged is not None:
        return ""
    if entry.visit.id == protocol.enrolment_visit:
        return "enrolment"
    return "consent" if entry.visit.id == protocol.consent_visit else ""


def is_readable(row: Row) -> bool:
    """Return whether every value of a row can be read."""
    try:
        for read, value in zip(_READ, row, strict=True):
            if read is not None:
                read(value)
        return not row[AT["settled"]] or Status(row[AT["settled"]]) not in OPEN
    except (ValueError, TypeError):
        return False


def _problems(
    key: str, kept: list[Any] | None, anchor: str, anchor_day: date | None, today: date
) -> tuple[Problem, ...]:
    """Return the kept problems, and the one that today's date brings at the place where planning puts it."""
    found = []
    for kind, values in kept or ():
        found.append(Problem(key, kind, {name: _untagged(value) for name, value in values.items()}))
    if anchor_day is not None and anchor_day < today:
        place = next((i for i, one in enumerate(found) if one.kind in _AFTER_IT), len(found))
        found.insert(place, Problem(key, _TODAYS, {"visit": anchor, "on": anchor_day}))
    return tuple(found)
