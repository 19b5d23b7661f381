"""The content of a nurse's list of visits, as plain text in rows; `agenda_pages` draws it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from app.documents.marks import Shape, shape_of_entry
from app.documents.protocol_details import registry_number
from app.domain.calendar.agenda import Agenda, AgendaRow, DoneRow
from app.domain.calendar.entries import Entry
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates, names
from app.wording.agenda import agenda_status, done_text, left_text
from app.wording.language import gettext as _
from app.wording.safety import due_text
from app.wording.visible import shortened

Protocols = Mapping[str, ProtocolVersion]
Notes = Mapping[tuple[str, str], Sequence[str]]
"""The notes on a visit by the participant's code and the visit's key."""
_LONGEST_NOTE = 90


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit of one participant; `booked`: its day and time are arranged; `note`: its notes, shortened.

    `place`: where it is, and what the participant brings, as the site says; `done`: something was recorded of it today,
    so that there is nothing to tick or to write.
    """

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
    note: str = ""
    done: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class DayVisits:
    """The visits of one day in a group; a group that is not divided by day has one of these without a title."""

    title: str
    items: tuple[VisitRow, ...]


@dataclass(frozen=True, slots=True)
class VisitGroup:
    """Visits that need the same attention; `urgent`: their days left are printed bold."""

    title: str
    parts: tuple[DayVisits, ...]
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class VisitList:
    """The content of the list. `nothing_due`: the sentence before the groups when no visit is due; else empty.

    `reports`: those on serious adverse events that are to be sent; `reports_after`: so many groups come before them.
    """

    title: str
    site: str
    trials: str
    nothing_due: str
    groups: tuple[VisitGroup, ...]
    reports: tuple[str, ...] = ()
    reports_after: int = 0


def visit_list(
    agenda: Agenda, protocols: Protocols, site_name: str, first: date, last: date, notes: Notes | None = None
) -> VisitList:
    """Return the agenda's visits for the days from `first` to `last`.

    Urgent visits, those still open from past days and those that wait are listed whatever the days; today's visits and
    the coming ones only if their day is among them.
    """
    today = agenda.today
    open_from_past = [row for row in agenda.now if row.entry.assumed != today]
    of_today = [row for row in agenda.now if row.entry.assumed == today and first <= today <= last]
    coming = [row for row in agenda.coming if row.entry.assumed is not None and first <= row.entry.assumed <= last]
    due = [
        *_group(_("Needs rebooking"), agenda.rebooking, protocols, urgent=True),
        *_group(_("Overdue and windows closing"), agenda.pressing, protocols, urgent=True),
        *_group(_("Today, {day}").replace("{day}", dates.day_long(today)), of_today, protocols),
        *_group(_("Open from days past"), open_from_past, protocols),
    ]
    done = [*_done_group(agenda.done, protocols)] if first <= today <= last else []
    later = [*_by_day(_("Coming days"), coming, protocols)]
    waiting = [
        *_group(_("Waiting for a date"), agenda.undated, protocols),
        *_group(_("Counted from a day that is not recorded yet"), agenda.uncertain, protocols),
    ]
    nothing = _("Nothing is due on this day.") if first == last else _("Nothing is due in these days.")
    groups = tuple(_with_notes(group, notes or {}) for group in (*due, *done, *later, *waiting))
    return VisitList(
        title=_("Visits {days}").replace("{days}", dates.window(first, last)),
        site=site_name,
        trials=", ".join(dict.fromkeys(registry_number(protocols[name]) for name in sorted(protocols))),
        nothing_due="" if due or later else nothing,
        groups=groups,
        reports=tuple(due_text(one, today) for one in agenda.reports),
        reports_after=1 if agenda.rebooking else 0,
    )


def _with_notes(group: VisitGroup, notes: Notes) -> VisitGroup:
    def noted(row: VisitRow) -> VisitRow:
        return replace(row, note=_note(notes.get((row.participant, row.key), ())))

    return replace(group, parts=tuple(replace(part, items=tuple(map(noted, part.items))) for part in group.parts))


def _note(notes: Sequence[str]) -> str:
    """Return the notes of a visit on a list, the last first and shortened: the sheet has them all."""
    return shortened("; ".join(reversed(notes)), _LONGEST_NOTE)


def _group(
    title: str, rows: Sequence[AgendaRow], protocols: Protocols, *, urgent: bool = False
) -> Iterator[VisitGroup]:
    if rows:
        yield VisitGroup(_with_count(title, rows), (DayVisits("", _items(rows, protocols)),), urgent)


def _done_group(done: Sequence[DoneRow], protocols: Protocols) -> Iterator[VisitGroup]:
    if done:
        items = (
            replace(
                _item(one.row, protocols.get(one.row.protocol)),
                day=dates.day(one.on) if one.on is not None else "",
                status=done_text(one),
                days_left="",
                done=True,
            )
            for one in done
        )
        yield VisitGroup(_with_count(_("Done today"), done), (DayVisits("", tuple(items)),))


def _by_day(title: str, rows: Sequence[AgendaRow], protocols: Protocols) -> Iterator[VisitGroup]:
    if rows:
        parts = [
            DayVisits(_with_count(dates.day_long(on) if on else "", of_day), _items(of_day, protocols))
            for on, same in groupby(rows, lambda row: row.entry.assumed)
            for of_day in [list(same)]
        ]
        yield VisitGroup(_with_count(title, rows), tuple(parts))


def _with_count(title: str, rows: Sequence[object]) -> str:
    return f"{title} ({len(rows)})"


def _items(rows: Sequence[AgendaRow], protocols: Protocols) -> tuple[VisitRow, ...]:
    return tuple(_item(row, protocols.get(row.protocol)) for row in rows)


def _item(row: AgendaRow, protocol: ProtocolVersion | None) -> VisitRow:
    entry = row.entry
    on = entry.assumed
    return VisitRow(
        participant=row.participant,
        trial=protocol.short_title if protocol is not None else row.protocol,
        visit=names.visit_name(entry),
        key=entry.key,
        day=dates.day_at(on, entry.appointment_time) if on else _("no date yet"),
        booked=entry.is_booked,
        window=dates.optional_window(entry.window, _("no window")),
        status=agenda_status(row),
        mark=Shape.DIAMOND if entry.to_check else shape_of_entry(entry),
        days_left=left_text(row),
        place=_place(entry),
    )


def _place(entry: Entry) -> str:
    brings = _("Bring: {what}").replace("{what}", entry.visit.bring) if entry.visit.bring else ""
    return "; ".join(filter(None, (entry.visit.place, brings)))
