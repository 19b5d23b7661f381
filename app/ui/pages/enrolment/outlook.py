"""The calendar that an enrolment would have, as the words and rows of its preview."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.names import visit_name

_FIRST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One visit: its day, name and window in words, and its `key`."""

    day: str
    visit: str
    window: str
    key: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """The preview of an enrolment. `first`: the first visits from today on."""

    summary: str
    epochs: str
    first: tuple[Row, ...]
    rows: tuple[Row, ...]


def outlook(protocol: ProtocolVersion, calendar: Calendar) -> Outlook:
    """Return the preview of a calendar."""
    entries = calendar.entries
    to_come = [
        one for one in entries if one.status in OPEN and one.assumed is not None and one.assumed >= calendar.today
    ]
    return Outlook(
        _summary(calendar),
        " · ".join(_epochs(protocol, entries)),
        tuple(map(_row, to_come[:_FIRST])),
        tuple(map(_row, entries)),
    )


def _summary(calendar: Calendar) -> str:
    days = [one.assumed for one in calendar.entries if one.assumed is not None]
    if not any(one.status in OPEN for one in calendar.entries):
        return _("Recorded dates only: nothing is planned.")
    visits = counted("{n} visit", "{n} visits", len(calendar.entries))
    if not days:
        return visits
    span = dates.day(days[0]) if len(set(days)) == 1 else f"{dates.day(min(days))} – {dates.day(max(days))}"
    return _("{visits}, {days}").format(visits=visits, days=span)


def _epochs(protocol: ProtocolVersion, entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield each epoch with its number of visits, in the order of the protocol."""
    numbers = Counter(one.visit.epoch for one in entries)
    for epoch in protocol.epochs:
        if numbers[epoch.id]:
            yield f"{epoch.name} {numbers[epoch.id]}"


def _row(entry: Entry) -> Row:
    day = dates.day(entry.assumed) if entry.assumed is not None else _("no date yet")
    return Row(day, visit_name(entry), dates.optional_window(entry.window), entry.key)
