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
_PLACES = {"phone": marked("by telephone; you need not come"), "home": marked("at your home")}
_AWAY = "site"
"""Where the unit meets without the participant."""


class Certainty(StrEnum):
    """How certain a day is: booked, planned, or only near it."""

    BOOKED = "booked"
    PLANNED = "planned"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A visit, or something to do at home, on one day.

    `at`: the hour if it is known, `ends`: that of its end; `writes_hour`: the hour is written by hand. `where`: the
    place; `prepare`: what the participant does for it, and brings.
    """

    on: date
    certainty: Certainty
    at: str
    what: str
    prepare: tuple[str, ...] = ()
    where: str = ""
    ends: str = ""
    writes_hour: bool = False


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The lines of one month."""

    name: str
    lines: tuple[CalendarLine, ...]


@dataclass(frozen=True, slots=True)
class ParticipantCalendar:
    """The visits to come by month, and the names of those that have no date yet.

    `until`: the day of the next decision, with which the calendar ends; None where nothing is left to decide.
    """

    participant: str
    site: str
    months: tuple[CalendarMonth, ...]
    date_to_come: tuple[str, ...]
    until: date | None = None


def participant_rows(
    protocol: ProtocolVersion, calendar: Calendar, site_name: str, choices: Answers
) -> ParticipantCalendar:
    """Return a participant's calendar: open visits from today to the next decision, without what happens elsewhere.

    Visits that wait for a day are named where no decision comes before them.
    """
    answers = protocol_details.answers_of(protocol, choices)
    until = next_decision(protocol, calendar)
    hers = [one for one in calendar.entries if one.status in OPEN and one.visit.contact != _AWAY]
    dated = [one for one in hers if one.assumed is not None and one.assumed >= calendar.today]
    lines = [line for entry in dated for line in _lines(protocol, entry, answers, calendar.operation_of(entry))]
    lines += [line for entry in calendar.entries for line in _rest(protocol, calendar, entry)]
    shown = (line for line in lines if calendar.today <= line.on <= (until or date.max))
    to_come = [names.plain_name(entry) for entry in hers if entry.assumed is None and until is None]
    months = tuple(_months(sorted(shown, key=lambda line: line.on)))
    return ParticipantCalendar(calendar.participant, site_name, months, tuple(dict.fromkeys(to_come)), until)


def next_decision(protocol: ProtocolVersion, calendar: Calendar) -> date | None:
    """Return the day of the next visit, today or later, at which something is decided; None without one."""
    days = (
        entry.assumed
        for entry in calendar.entries
        if entry.status in OPEN and not entry.decided and protocol.decides(entry.visit.id, entry.number)
    )
    return min((on for on in days if on is not None and on >= calendar.today), default=None)


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
    visit, certainty = entry.visit, _certainty(entry)
    plain = [_(one.plain) for one in protocol_details.activities(entry, answers, done) if one.plain]
    if visit.bring:
        plain.append(_("Bring: {what}").replace("{what}", visit.bring))
    at = _hour(entry)
    yield CalendarLine(
        entry.assumed,
        certainty,
        at,
        _what(protocol, entry),
        tuple(dict.fromkeys(plain)),
        where=visit.place or _(_PLACES.get(visit.contact, "")),
        ends=_later(at, visit.minutes),
        writes_hour=not at,
    )
    yield from _at_home(protocol, entry, certainty)


def _hour(entry: Entry) -> str:
    """Return the hour that was arranged, or the one at which a pump is over."""
    if entry.due_at is not None and entry.due_at.date() == entry.assumed and not entry.appointment_time:
        return f"{entry.due_at:%H:%M}"
    return entry.appointment_time


def _later(at: str, minutes: int) -> str:
    """Return the hour some minutes after another one; empty where it is not known or on the next day."""
    if not at or not minutes:
        return ""
    hour, minute = map(int, at.split(":"))
    end = hour * 60 + minute + minutes
    return f"{end // 60:02}:{end % 60:02}" if end < 24 * 60 else ""


def _certainty(entry: Entry) -> Certainty:
    if entry.is_booked:
        return Certainty.BOOKED
    return Certainty.PLANNED if entry.is_moved or entry.basis == "recorded" else Certainty.ABOUT


def _what(protocol: ProtocolVersion, entry: Entry) -> str:
    """Return the visit in plain words, with those of the regimen for its day that say more."""
    regimen = protocol.regimens.get(entry.regimen)
    row = regimen.day(entry.day) if regimen is not None and entry.day_kind in _OF_REGIMEN else None
    further = _plain_text(row) if row is not None else ""
    return names.joined_text(names.plain_name(entry), further, _(_name_of_later(protocol, entry)))


def _name_of_later(protocol: ProtocolVersion, entry: Entry) -> str:
    """Return what the days 1 after a first one are called, as a first one has a name of its own; empty for others."""
    course = next((one for one in protocol.courses if one.first == entry.visit.id), None)
    return protocol.visits[course.next].plain if course is not None and course.next else ""


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
    return _(row.plain or _AT_HOME.get(row.kind, "")) if row.plain or row.kind in _AT_HOME else ""
