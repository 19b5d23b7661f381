"""The content of the calendar that a participant takes home: plain words and dates, no codes of the protocol."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from app.documents import protocol_details
from app.documents.protocol_details import Answers
from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.protocol.regimens import DOSES, DayKind
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates, names
from app.wording.language import gettext as _
from app.wording.language import marked

_AT_HOME = {
    DayKind.ORAL_START: marked("Start your tablets"),
    DayKind.ORAL_STOP: marked("Last day of tablets"),
    DayKind.CLINIC_CHECK: marked("Check-up at the clinic"),
}
_PLACES = {"phone": marked("by telephone"), "home": marked("at your home")}


class Certainty(StrEnum):
    """How certain a day is: booked, planned, or only near it."""

    BOOKED = "booked"
    PLANNED = "planned"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A visit, or something to do at home, on one day; `prepare`: what the participant does for it."""

    on: date
    certainty: Certainty
    at: str
    what: str
    prepare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The lines of one month."""

    name: str
    lines: tuple[CalendarLine, ...]


@dataclass(frozen=True, slots=True)
class ParticipantCalendar:
    """All visits to come by month, and the names of those that have no date yet."""

    participant: str
    site: str
    months: tuple[CalendarMonth, ...]
    date_to_come: tuple[str, ...]


def participant_rows(
    protocol: ProtocolVersion, calendar: Calendar, site_name: str, choices: Answers
) -> ParticipantCalendar:
    """Return a participant's calendar: open visits from today on; past and undated ones have a date to come."""
    answers = protocol_details.answers_of(protocol, choices)
    outstanding = [entry for entry in calendar.entries if entry.status in OPEN]
    dated = [entry for entry in outstanding if entry.assumed is not None and entry.assumed >= calendar.today]
    lines = [line for entry in dated for line in _lines(protocol, entry, answers)]
    lines = sorted((line for line in lines if line.on >= calendar.today), key=lambda line: line.on)
    to_come = [names.plain_name(entry) for entry in outstanding if entry not in dated]
    return ParticipantCalendar(calendar.participant, site_name, tuple(_months(lines)), tuple(dict.fromkeys(to_come)))


def _months(lines: list[CalendarLine]) -> Iterator[CalendarMonth]:
    for _first, group in groupby(lines, lambda line: (line.on.year, line.on.month)):
        of_month = tuple(group)
        yield CalendarMonth(dates.month_long(of_month[0].on), of_month)


def _lines(protocol: ProtocolVersion, entry: Entry, answers: Answers) -> Iterator[CalendarLine]:
    if entry.assumed is None:
        return
    certainty = _certainty(entry)
    plain = [activity.plain for activity in protocol_details.activities(entry, answers) if activity.plain]
    yield CalendarLine(entry.assumed, certainty, entry.appointment_time, _what(entry), tuple(dict.fromkeys(plain)))
    yield from _at_home(protocol, entry, certainty)


def _certainty(entry: Entry) -> Certainty:
    if entry.is_booked:
        return Certainty.BOOKED
    return Certainty.PLANNED if entry.is_moved or entry.basis == "recorded" else Certainty.ABOUT


def _what(entry: Entry) -> str:
    name = names.plain_name(entry)
    place = _PLACES.get(entry.visit.contact)
    return f"{name} ({_(place)})" if place else name


def _at_home(protocol: ProtocolVersion, entry: Entry, certainty: Certainty) -> Iterator[CalendarLine]:
    """Yield the lines between the visits of a cycle, counted from its first day; the treatment is not named."""
    regimen = protocol.regimens.get(entry.regimen)
    starts = entry.day_kind in DOSES or entry.day_kind == DayKind.ORAL_START
    if regimen is None or entry.assumed is None or not starts or entry.day != regimen.first.day:
        return
    sure = Certainty.ABOUT if certainty is Certainty.ABOUT else Certainty.PLANNED
    for row in regimen.days:
        if row.kind in _AT_HOME and row.day != entry.day and row.falls_in(entry.cycle):
            yield CalendarLine(
                entry.assumed + timedelta(row.day - entry.day), sure, "", row.plain or _(_AT_HOME[row.kind])
            )
