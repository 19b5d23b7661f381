"""The names of visits and epochs, and the words for a visit's status."""

import re
from collections.abc import Mapping
from functools import lru_cache

from app.domain.calendar.entries import Entry, Registered, Status
from app.domain.protocol.timing import Series
from app.domain.protocol.version import ProtocolVersion, Visit
from app.wording.language import catalogue, marked, numbered
from app.wording.language import gettext as _
from app.wording.visible import visible_line

_TOKENS = ("{cycle}", "{day}", "{number}")
_KEY = re.compile(r"(?P<visit>[^#@/]*)(?:#(?P<number>[^@/]*))?(?:@(?P<operation>\d+))?(?:/(?P<repeat>\d+))?")
_PLACES = re.compile(r"\{[^}]*\}")
_UNITS = {
    "days": marked("day {n}"),
    "weeks": marked("week {n}"),
    "months": marked("month {n}"),
    "count": marked("number {n}"),
}
_STATUS = {
    Status.PERFORMED: marked("done"),
    Status.MISSED: marked("missed"),
    Status.OMITTED: marked("omitted"),
    Status.CANCELLED: marked("cancelled"),
    Status.AWAITING: marked("waiting for a date"),
    Status.PLANNED: marked("planned"),
    Status.DUE: marked("due"),
    Status.OVERDUE: marked("overdue"),
}
Place = tuple[int, int, int]
"""The cycle, the day and the number of an occurrence."""
_ARRANGED = frozenset({Status.PLANNED, Status.DUE, Status.OVERDUE})


_REGISTERED: Mapping[Registered, str] = {
    "consent": marked("Registration (no day of consent)"),
    "enrolment": marked("Registration"),
}


def visit_name(entry: Entry) -> str:
    """Return the visit's name for staff, with the number or cycle that distinguishes this occurrence from others.

    Nobody consented or was enrolled on a day on which a case of the past was registered, so it is called that.
    """
    return _(_REGISTERED[entry.registered]) if entry.registered else name_in_protocol(entry)


def name_in_protocol(entry: Entry) -> str:
    """Return the visit's name as `visit_name` does, always by the protocol: for other programs."""
    repeat = entry.visit.repeat
    unit = repeat.number if isinstance(repeat, Series) else ""
    place = (entry.cycle, entry.day, entry.number)
    return _name(_name_of(entry.visit, entry.day_kind), entry.key, place, unit, catalogue())


@lru_cache(maxsize=4096)
def _name(name: str, key: str, place: Place, unit: str, _language: object) -> str:
    """Return the name of an occurrence; `unit`: what a series is numbered by."""
    return _one_line(_with_number(name, key, place, unit))


def row_name(visit: Visit, key: str = "") -> str:
    """Return the name of a row of the schedule, with n for the number of its occurrence, or with that of a key."""
    found = _KEY.match(key)
    number = (found["number"] or "") if found is not None else ""
    cycle, _dot, day = number.partition(".")
    known = {"{cycle}": cycle, "{day}": day, "{number}": number}
    return _one_line(_PLACES.sub(lambda place: known.get(place[0], "") or "n", visit.name))


def plain_name(entry: Entry) -> str:
    """Return the visit's name for the participant; the staff's name if the protocol has no plain one."""
    visit = entry.visit
    name = visit.plains.get(entry.day_kind) or visit.plain
    place = (entry.cycle, entry.day, entry.number)
    return _one_line(_filled(_(name), place) + _suffix(entry.key)) if name else visit_name(entry)


def joined_text(text: str, further: str, name: str = "") -> str:
    """Return a text with those parts of another that it lacks: ``First treatment day; a small pump goes home``.

    `name`: another name of the same, which the text replaces. Parts are set apart by the semicolon of English, or by
    that of the language in which the text is said.
    """
    said, between = f"{text}\n{name}".casefold(), _("; ")
    parts = (part.strip() for part in further.replace(between.strip(), ";").split(";"))
    return between.join((text, *(part for part in parts if part and part.casefold() not in said)))


def _one_line(name: str) -> str:
    """Return a name of the protocol on one line, its hidden signs written out."""
    return visible_line(" ".join(name.splitlines()))


def epoch_name(protocol: ProtocolVersion, entry: Entry) -> str:
    """Return the name of the visit's epoch; its id when the protocol does not name it."""
    return next((epoch.name for epoch in protocol.epochs if epoch.id == entry.visit.epoch), entry.visit.epoch)


def status_text(entry: Entry) -> str:
    """Return the status in words, with its qualifier: ``due, booked``, ``forecast``, ``done, outdated``.

    A booking that a move left behind is no comfort: ``needs rebooking``.

    Of a visit whose arranged day is past it asks: ``overdue, booked: done, missed or moved?``.
    """
    status = entry.status
    if entry.suspended:
        return _("suspended: death reported, date not recorded")
    if entry.registered:
        return _("registered")
    if status is Status.PERFORMED and entry.outdated:
        return f"{_(_STATUS[status])}, {_('outdated')}"
    if status not in _ARRANGED:
        return _(_STATUS[status])
    if entry.day_passed:
        arranged = f"{_(_STATUS[status])}, {_('booked') if entry.is_booked else _('moved')}"
        return _("{status}: done, missed or moved?").format(status=arranged)
    if entry.is_booked:
        return _("needs rebooking") if entry.needs_rebooking else f"{_(_STATUS[status])}, {_('booked')}"
    if entry.is_moved:
        return f"{_(_STATUS[status])}, {_('moved')}"
    if status is Status.PLANNED and entry.basis == "forecast":
        return _("forecast")
    return _(_STATUS[status])


def settled_text(status: Status) -> str:
    """Return how a visit was settled, in a word: ``done``, ``missed``."""
    return _(_STATUS[status])


def window_result_text(entry: Entry) -> str:
    """Return how the performed day is in its window: ``inside``, ``early by 2 d``, ``late by 3 d``; else empty."""
    days = entry.window_result
    if days is None:
        return ""
    if days == 0:
        return _("inside")
    return numbered(_("early by {n} d") if days < 0 else _("late by {n} d"), abs(days))


def judgement_text(entry: Entry) -> str:
    """Return the result of the window for people: a provisional one is called so; else as `window_result_text`."""
    result = window_result_text(entry)
    return _("{result}, provisional").format(result=result) if result and entry.provisional else result


def _name_of(visit: Visit, day_kind: str) -> str:
    return visit.names.get(day_kind) or visit.name


def _with_number(name: str, key: str, place: Place, unit: str) -> str:
    is_numbered = any(token in name for token in _TOKENS)
    number = "" if is_numbered else _number(key, place, unit)
    text = f"{name}, {number}" if number else _filled(name, place)
    return text + _suffix(key)


def _filled(name: str, place: Place) -> str:
    for token, value in zip(_TOKENS, place, strict=True):
        name = name.replace(token, str(value))
    return name


def _number(key: str, place: Place, unit: str) -> str:
    found = _KEY.match(key)
    if found is None or not found["number"]:
        return ""
    cycle, day, number = place
    if unit:
        return numbered(_(_UNITS[unit]), number)
    if cycle:
        said = numbered(_("cycle {n}"), cycle)
        return said + numbered(_(" day {n}"), day) if "." in found["number"] else said
    return numbered(_(_UNITS["count"]), number)


def _suffix(key: str) -> str:
    found = _KEY.fullmatch(key)
    if found is None:
        return ""
    text = ""
    if found["operation"]:
        number = int(found["operation"])
        text += _(" (second operation)") if number == 2 else numbered(_(" (operation {n})"), number)
    if found["repeat"]:
        times = int(found["repeat"]) - 1
        text += _(" (repeat)") if times == 1 else numbered(_(" (repeat {n})"), times)
    return text
