"""Visits of a list that say the same many times and are told in one line: what waits without a day or is cancelled.

After progression the operation has no day, and 58 visits that are counted from it wait with it: one line says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.calendar.entries import Entry, Status

FEWEST = 4
"""Fewer visits than these are shown one by one."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Visits of one status that are told in one line; `first`: the operation among them, else the first one."""

    status: Status
    first: Entry
    others: int


def folded_rows(entries: Iterable[Entry], fewest: int = FEWEST) -> tuple[list[Entry], list[Fold]]:
    """Return the visits that are shown one by one, and the folds of the others, what waits before what is cancelled.

    A visit about which something is to be said, such as a booking to be cancelled, is always shown.
    """
    shown: list[Entry] = []
    same: dict[Status, list[Entry]] = {Status.AWAITING: [], Status.CANCELLED: []}
    for entry in entries:
        quiet = not entry.problems and entry.booked is None and entry.moved is None and not entry.suspended
        waits = entry.status is Status.AWAITING and entry.assumed is None
        if quiet and (waits or entry.status is Status.CANCELLED):
            same[entry.status].append(entry)
        else:
            shown.append(entry)
    folds = []
    for status, found in same.items():
        if len(found) < fewest:
            shown += found
        else:
            first = next((entry for entry in found if entry.visit.sort == "operation"), found[0])
            folds.append(Fold(status, first, len(found) - 1))
    return shown, folds
