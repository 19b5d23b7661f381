"""What stands on a nurse's list of visits, as plain text in rows; how it is drawn is in `agenda_pages`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.documents import protocol_details
from app.documents.marks import Shape, shape_of
from app.domain.calendar.agenda import Agenda, Row
from app.domain.calendar.entries import Entry, Status
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates, names
from app.wording.language import gettext as _

Protocols = Mapping[str, ProtocolVersion]


@dataclass(frozen=True, slots=True)
class Item:
    """One visit of one participant; `booked`: day and time are arranged."""

    participant: str
    trial: str
    visit: str
    key: str
    day: str
    booked: bool
    window: str
    status: str
    mark: Shape
    days_left: str


@dataclass(frozen=True, slots=True)
class Part:
    """The visits of one day of a group; a group that is not divided has one part without a title."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Visits that ask for the same attention; `urgent`: their days left are printed bold."""

    title: str
    parts: tuple[Part, ...]
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class VisitList:
    """All that stands on the list; `nothing_due` is said before the groups where no visit has a day to be done on."""

    title: str
    site: str
    trials: str
    nothing_due: str
    groups: tuple[Group, ...]


def visit_list(agenda: Agenda, protocols: Protocols, site_name: str, first: date, last: date) -> VisitList:
    """The agenda's rows for the days from `first` to `last`.

    What presses, what is still open from days past, and what waits is listed whatever the days; today's visits and
    the coming ones only where their day is among them.
    """
    today = agenda.today
    open_from_past = [row for row in agenda.now if row.entry.assumed != today]
    of_today = [row for row in agenda.now if row.entry.assumed == today and first <= today <= last]
    coming = [row for row in agenda.coming if row.entry.assumed is not None and first <= row.entry.assumed <= last]
    undated = [row for row in agenda.waiting if _has_no_date(row.entry)]
    unsure = [row for row in agenda.waiting if not _has_no_date(row.entry)]
    due = [
        *_group(_("Overdue and windows closing"), agenda.pressing, protocols, urgent=True),
        *_group(_("Today, {day}").replace("{day}", dates.day_long(today)), of_today, protocols),
        *_group(_("Open from days past"), open_from_past, protocols),
        *_by_day(_("Coming days"), coming, protocols),
    ]
    waiting = [
        *_group(_("Waiting for a date"), undated, protocols),
        *_group(_("Counted from a day that is not recorded yet"), unsure, protocols),
    ]
    nothing = _("Nothing is due on this day.") if first == last else _("Nothing is due in these days.")
    return VisitList(
        title=_("Visits {days}").replace("{days}", dates.window(first, last)),
        site=site_name,
        trials=", ".join(dict.fromkeys(protocol_details.registry(protocols[name]) for name in sorted(protocols))),
        nothing_due="" if due else nothing,
        groups=(*due, *waiting),
    )


def _has_no_date(entry: Entry) -> bool:
    return entry.status is Status.AWAITING or not entry.is_dated


def _group(title: str, rows: Sequence[Row], protocols: Protocols, *, urgent: bool = False) -> Iterator[Group]:
    if rows:
        yield Group(_with_count(title, rows), (Part("", _items(rows, protocols)),), urgent)


def _by_day(title: str, rows: Sequence[Row], protocols: Protocols) -> Iterator[Group]:
    if rows:
        parts = [
            Part(_with_count(dates.day_long(on) if on else "", of_day), _items(of_day, protocols))
            for on, same in groupby(rows, lambda row: row.entry.assumed)
            for of_day in [list(same)]
        ]
        yield Group(_with_count(title, rows), tuple(parts))


def _with_count(title: str, rows: Sequence[Row]) -> str:
    return f"{title} ({len(rows)})"


def _items(rows: Sequence[Row], protocols: Protocols) -> tuple[Item, ...]:
    return tuple(_item(row, protocols.get(row.protocol)) for row in rows)


def _item(row: Row, protocol: ProtocolVersion | None) -> Item:
    entry = row.entry
    booked = entry.is_booked
    on, window = entry.assumed, entry.window
    return Item(
        participant=row.participant,
        trial=protocol.short_title if protocol is not None else row.protocol,
        visit=names.visit_name(entry),
        key=entry.key,
        day=dates.day_at(on, entry.booked_at if booked else "") if on else _("no date yet"),
        booked=booked,
        window=dates.window(window.earliest, window.latest) if window else _("no window"),
        status=names.status_text(entry),
        mark=shape_of(entry.status),
        days_left=dates.days_left(row.days_left) if row.days_left is not None else "",
    )
