"""The day with which a form of a change begins, and the text next to a day while it is typed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.domain.calendar.entries import OPEN, Entry, Status
from app.domain.facts.kind import FirstDay
from app.domain.facts.kinds import KINDS
from app.wording.language import counted, numbered
from app.wording.language import gettext as _
from app.wording.reasons import closed_because

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

_OF_VISIT = (FirstDay.DUE, FirstDay.VISIT, FirstDay.HELD)
Echo = Callable[[date], tuple[str, str]]


def has_first_day(kind: str, view: "ParticipantView", visit: str) -> bool:
    """Return whether the first day of such a form depends on the visit."""
    return KINDS[kind].first_day in _OF_VISIT and visit in view.calendar.by_key


def first_day(kind: str, view: "ParticipantView", visit: str, today: date) -> date | None:
    """Return the day with which such a form begins; None: a person has to type it.

    For example, an operation at a visit that was performed on 3 March begins with 3 March; a visit that is due today
    begins with today; a visit that was booked for last Friday, and is not due by its window, begins with that Friday.
    """
    entry = view.calendar.by_key.get(visit)
    if entry is None:
        return None
    wanted = KINDS[kind].first_day
    if entry.performed is not None and wanted is not FirstDay.DUE:
        return entry.performed
    return today if wanted is FirstDay.HELD else _day_done(entry, today)


def _day_done(entry: Entry, today: date) -> date | None:
    if entry.day_passed and entry.earliest is not None and today < entry.earliest:
        return entry.assumed
    return today if entry.status in (Status.DUE, Status.OVERDUE) else None


def days_out(view: "ParticipantView", visit: str, on: date) -> int | None:
    """Return the days by which a day is outside the visit's window, negative before it; None without a window."""
    entry = view.calendar.by_key.get(visit)
    return entry.window.days_out(on) if entry is not None and entry.window is not None else None


def echo_of(kind: str, view: "ParticipantView", visit: str, against: Callable[[date], str] = lambda _on: "") -> Echo:
    """Return the function for the text next to a day: ``day 3, inside the window``.

    `against`: returns what is known against a day; empty for nothing.
    """
    happens, arranges = KINDS[kind].happens_at_visit, KINDS[kind].arranges_visit

    def echo(on: date) -> tuple[str, str]:
        parts, tone = [study_day(view, visit, on)], "muted"
        if said := against(on):
            return f"{parts[0]}, {said}", "due"
        if visit and (happens or arranges):
            out = days_out(view, visit, on)
            parts.append(_distance(out, happens))
            tone = "due" if out else "muted"
        if arranges and (why := closed_of(view)(on)):
            parts.append(why)
            tone = "due"
        return ", ".join(filter(None, parts)), tone

    return echo


def closed_of(view: "ParticipantView") -> Callable[[date], str]:
    """Return the function that says why a day is closed at the participant's site; it says nothing of an open day."""

    def closed(on: date) -> str:
        why = view.closed.reason(on)
        return _("closed: {why}").format(why=closed_because(on, why)) if why else ""

    return closed


def deviation_note(out: int) -> str:
    """Return the note that asks for a reason when a visit happened outside its window."""
    asked = _("A reason for the deviation is asked for; it can also be added later.")
    return f"{_distance(out, True).capitalize()}. {asked}"


def study_day(view: "ParticipantView", visit: str, on: date) -> str:
    """Return ``day 4`` of treatment, counted from day 1 of cycle 1; days since enrolment before that was given."""
    first = day_one(view)
    if first is None and _is_first_dose(view, visit):
        first = on
    if first is not None and on >= first:
        return numbered(_("day {n}"), (on - first).days + 1)
    if first is not None:
        return counted("{n} day before day 1", "{n} days before day 1", (first - on).days)
    since = (on - view.enrolled_on).days
    if since < 0:
        return counted("{n} day before enrolment", "{n} days before enrolment", -since)
    return counted("{n} day after enrolment", "{n} days after enrolment", since) if since else _("day of enrolment")


def day_one(view: "ParticipantView") -> date | None:
    """Return day 1 of treatment; None before it was given."""
    number = view.position.day
    return view.calendar.today - timedelta(number - 1) if number is not None else None


def _is_first_dose(view: "ParticipantView", visit: str) -> bool:
    entry = view.calendar.by_key.get(visit)
    if entry is None or entry.cycle != 1 or entry.status not in OPEN:
        return False
    return any(entry.visit.id == course.first for course in view.protocol.courses)


def _distance(out: int | None, happens: bool) -> str:
    """Return how far a day is from the window: early or late for what happened, before or after for a plan."""
    if out is None:
        return ""
    if out == 0:
        return _("inside the window")
    if happens:
        late = counted("{n} day late", "{n} days late", out)
        return late if out > 0 else counted("{n} day early", "{n} days early", -out)
    after = counted("{n} day after the window", "{n} days after the window", out)
    return after if out > 0 else counted("{n} day before the window", "{n} days before the window", -out)
