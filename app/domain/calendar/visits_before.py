"""The visits as they were planned by other planning rules, until a person has accepted what today's rules make of them.

A visit that both rules give the same days is the one planned today, with its reasons. Of another, the row that is kept
says what it was planned as; why it was planned so is no longer known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from app.domain.calendar.entries import Calendar, Entry, Problem, ProblemKind, Status
from app.domain.calendar.entry_codec import AT, DAYS, Row, entry_of, row_of
from app.domain.dates import Value
from app.domain.protocol.version import ProtocolVersion


@dataclass(frozen=True, slots=True)
class PlannedBefore:
    """The planned visits of a study are those of other planning rules. `rules`: their number.

    `planned_on`: the day as of which they were planned. `visits`, `participants`: how many visits, of how many, today's
    rules plan otherwise; 0 where that was not counted, as in a file that is open for reading alone.
    """

    rules: int
    planned_on: date
    visits: int = 0
    participants: int = 0


_DAYS = tuple(AT[name] for name in DAYS)
_PROBLEMS = frozenset(get_args(ProblemKind))
_SETTLED, _JUDGED = AT["settled"], AT["judged"]


def same_days(kept: Row, planned: Row) -> bool:
    """Return whether two rows of one visit have the same days, and a recorded one the same window to be judged by."""
    settled = kept[_SETTLED]
    if settled == planned[_SETTLED] == Status.CANCELLED.value:
        return True
    if settled and kept[_JUDGED] != planned[_JUDGED]:
        return False
    return all(kept[index] == planned[index] for index in _DAYS)


def moved_keys(kept: Sequence[Row], now: Calendar, then: Callable[[], Calendar]) -> frozenset[str]:
    """Return the visits that today's rules plan otherwise, add or leave out.

    `now`, `then`: planned by them as of today and of the day of the kept plan, which is asked for only where something
    differs. A visit that was written between the two
    days, as after a change, is as it was on its own day; what the passing of days alone adds, as the next visits of an
    endless series, is no difference.
    """
    rows = {str(row[AT["key"]]): row for row in kept}
    found = _others(rows, now) | (now.by_key.keys() - rows.keys())
    if not found:
        return frozenset()
    planned = then()
    return frozenset(found & (_others(rows, planned) | (planned.by_key.keys() - rows.keys())))


def _others(rows: Mapping[str, Row], planned: Calendar) -> set[str]:
    """Return the kept visits that a calendar does not have, or on other days."""
    entries = planned.by_key
    return {key for key, row in rows.items() if key not in entries or not same_days(row, row_of(0, entries[key]))}


def calendar_before(
    kept: Sequence[Row], now: Calendar, then: Callable[[], Calendar], protocol: ProtocolVersion
) -> Calendar:
    """Return the calendar of before as of today; `now`, `then`: as for `moved_keys`."""
    moved = moved_keys(kept, now, then)
    if not moved:
        return now
    shown = [entry for entry in now.entries if entry.key not in moved]
    for row in kept:
        key = str(row[AT["key"]])
        if key in moved:
            shown.append(_marked(_known(entry_of(row, protocol, now.today)), now.by_key.get(key)))
    return replace(now, entries=tuple(sorted(shown, key=lambda entry: entry.order)))


def _known(entry: Entry) -> Entry:
    """Return the entry without problems of kinds that only another release knows."""
    problems = tuple(one for one in entry.problems if one.kind in _PROBLEMS)
    return entry if problems == entry.problems else replace(entry, problems=problems)


def _marked(entry: Entry, planned: Entry | None) -> Entry:
    on = planned.assumed if planned is not None else None
    values: dict[str, Value] = {"on": on} if on is not None else {}
    return replace(entry, problems=(*entry.problems, Problem(entry.key, "planned_before", values)))
