"""The content of the calendar that a participant takes home: plain words and dates, no codes of the protocol."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from app.documents import protocol_details
from app.documents.protocol_details import Answers
from app.domain.calendar.entries import OPEN, Calendar, Entry, OperationDone
from app.domain.protocol.regimens import DOSES, DayKind, RegimenDay
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates, names
from app.wording.language import gettext as _
from app.wording.language import marked

_AT_HOME = {
    DayKind.ORAL_START: marked("Start your tablets"),
    DayKind.ORAL_START_BID: marked("Start your tablets, morning and evening"),
    DayKind.ORAL_STOP: marked("Last day of tablets"),
    DayKind.CLINIC_CHECK: marked("Check-up at the clinic"),
}
_OF_REGIMEN = frozenset(kind.value for kind in DayKind)
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
    known = {entry.key for entry in dated}
    lines = [line for entry in dated for line in _lines(protocol, entry, answers, calendar.operation_of(entry))]
    lines += [line for entry in calendar.entries for line in _rest(protocol, calendar, entry)]
    lines = sorted((line for line in lines if line.on >= calendar.today), key=lambda line: line.on)
    to_come = [names.plain_name(entry) for entry in outstanding if entry.key not in known]
    return ParticipantCalendar(calendar.participant, site_name, tuple(_months(lines)), tuple(dict.fromkeys(to_come)))


def _rest(protocol: ProtocolVersion, calendar: Calendar, entry: Entry) -> Iterator[CalendarLine]:
    """Yield the days at home after a day 1 that was given, as long as the treatment was not ended."""
    course = protocol.course_rows.get(entry.visit.id)
    if entry.performed is None or course is None:
        return
    over = calendar.over.get(course)
    for line in _at_home(protocol, entry, Certainty.PLANNED):
        if over is None or line.on < over:
            yield line


def _months(lines: list[CalendarLine]) -> Iterator[CalendarMonth]:
    for _first, group in groupby(lines, lambda line: (line.on.year, line.on.month)):
        of_month = tuple(group)
        yield CalendarMonth(dates.month_long(of_month[0].on), of_month)


def _lines(
    protocol: ProtocolVersion, entry: Entry, answers: Answers, done: OperationDone | None
) -> Iterator[CalendarLine]:
    if entry.assumed is None:
        return
    certainty = _certainty(entry)
    plain = [one.plain for one in protocol_details.activities(entry, answers, done) if one.plain]
    what = _what(protocol, entry)
    yield CalendarLine(entry.assumed, certainty, entry.appointment_time, what, tuple(dict.fromkeys(plain)))
    yield from _at_home(protocol, entry, certainty)


def _certainty(entry: Entry) -> Certainty:
    if entry.is_booked:
        return Certainty.BOOKED
    return Certainty.PLANNED if entry.is_moved or entry.basis == "recorded" else Certainty.ABOUT


def _what(protocol: ProtocolVersion, entry: Entry) -> str:
    """Return the visit in plain words, with those of the regimen for its day that say more."""
    regimen = protocol.regimens.get(entry.regimen)
    row = regimen.day(entry.day) if regimen is not None and entry.day_kind in _OF_REGIMEN else None
    name = names.joined_text(names.plain_name(entry), _plain_text(row) if row is not None else "")
    place = _PLACES.get(entry.visit.contact)
    return f"{name} ({_(place)})" if place else name


def _at_home(protocol: ProtocolVersion, entry: Entry, certainty: Certainty) -> Iterator[CalendarLine]:
    """Yield the lines between the visits of a cycle, counted from its first day; the treatment is not named."""
    regimen = protocol.regimens.get(entry.regimen)
    starts = entry.day_kind in DOSES or entry.day_kind in (DayKind.ORAL_START, DayKind.ORAL_START_BID)
    if regimen is None or entry.assumed is None or not starts or entry.day != regimen.first.day:
        return
    sure = Certainty.ABOUT if certainty is Certainty.ABOUT else Certainty.PLANNED
    for row in regimen.at_home(entry.cycle):
        if row.day != entry.day:
            yield CalendarLine(entry.assumed + timedelta(row.day - entry.day), sure, "", _plain_text(row))


def _plain_text(row: RegimenDay) -> str:
    """Return a day of a regimen in plain words; of a day at home those of its kind where the regimen has none."""
    return row.plain or (_(_AT_HOME[row.kind]) if row.kind in _AT_HOME else "")
