"""The words of a row of the agenda: its status, how urgent it is, its window, and the next step."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from app.domain.calendar.agenda import CLOSING_DAYS, AgendaRow, DoneRow
from app.domain.calendar.entries import Entry, Problem, ProblemKind, Status
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.planning.unclassed import departures
from app.wording.dates import days_left, window_short
from app.wording.differences import against_text
from app.wording.fact_sentences import kind_name
from app.wording.language import counted, marked
from app.wording.language import gettext as _
from app.wording.names import status_text, visit_name
from app.wording.protocol_names import Names

NEXT = {
    "performed": marked("Mark done"),
    "booked": marked("Book"),
    "rebooked": marked("Rebook"),
    "decided": marked("Decide"),
    "contact": marked("Call"),
    "died": marked("Record death"),
    CLASS_KIND: marked("Classify"),
}

_BRIEF: Mapping[ProblemKind, str] = {
    "before_basis": marked("before what it counts from"),
    "before_result": marked("before the result"),
    "consent_due": marked("ask for consent"),
    "finding_old": marked("finding too old"),
    "performed_after": marked("out of order"),
    "performed_before": marked("out of order"),
    "performed_too_near": marked("too near the last dose"),
    "sheet_outdated": marked("print the sheet again"),
    "too_near": marked("too near the last dose"),
}
_REMARKS: frozenset[ProblemKind] = frozenset({"before_result", "consent_due", "finding_old", "sheet_outdated"})
Say = Callable[[Problem], str]
"""Says what speaks against a visit."""
CATEGORIES = {
    "dose": marked("Chemotherapy"),
    "phone": marked("Phone"),
    "unbooked": marked("Not booked"),
    "bloods": marked("Bloods"),
    "imaging": marked("Imaging"),
    "surgery": marked("Surgery"),
    "pump": marked("Pumps"),
    "questionnaire": marked("Questionnaires"),
    "conference": marked("Conferences"),
    "clinic": marked("Other visits"),
}
"""The names of the categories of visits that can be chosen."""

TABLE_COLUMNS = {
    "day": marked("day"),
    "time": marked("time"),
    "participant": marked("participant"),
    "visit": marked("visit"),
    "kind": marked("kind"),
    "state": marked("state"),
    "booked": marked("booked"),
    "window": marked("window"),
}
"""The columns of a table of visits."""
SORTS = {
    "questionnaire": marked("questionnaire"),
    "bloods": marked("bloods"),
    "visit": marked("visit"),
    "imaging": marked("imaging"),
    "conference": marked("conference"),
    "infusion": marked("chemotherapy"),
    "operation": marked("surgery"),
    "pump": marked("pump"),
}
"""The sorts of visits."""


def agenda_status(row: AgendaRow) -> str:
    """Return the status of a row of the agenda, with what it asks: ``overdue, booked: done, missed or moved?``."""
    names = Names({key: visit_name(entry) for key, entry in row.others.items()})
    return _doubted(row, _agenda_status(row, lambda problem: against_text(problem, names)))


def _doubted(row: AgendaRow, status: str) -> str:
    return _("{status} (uncertain)").format(status=status) if row.entry.is_uncertain else status


def _agenda_status(row: AgendaRow, say: Say = against_text) -> str:
    if row.entry.to_check:
        held = [_("held, outcome not recorded")] if row.entry.undecided else []
        return "; ".join([*held, *_unclassed(row.entry, say)])
    if row.entry.needs_rebooking and not row.day_passed:
        return _("needs rebooking: {why}").format(why=rebooking_text(row.entry, say))
    return "; ".join(filter(None, (status_text(row.entry), remark_of(row.entry, say))))


def rebooking_text(entry: Entry, say: Say = against_text) -> str:
    """Return why the booking of a visit cannot be kept: ``closed: Christmas``, ``2 days before the window``."""
    return "; ".join(map(say, entry.booking_problems))


def brief_rebooking_text(entry: Entry) -> str:
    """Return why a booking cannot be kept, in the words of a list: ``closed by the site``, ``2 days too early``."""
    return rebooking_text(entry, _briefly)


def _unclassed(entry: Entry, say: Say) -> Iterator[str]:
    """Yield what speaks against the performed day, as long as nobody has decided on it."""
    for problem in departures(entry):
        if problem.kind in entry.unclassed:
            closed = problem.kind == "performed_closed"
            yield _("recorded {what}").format(what=_("on a closed day") if closed else say(problem))


def remark_of(entry: Entry, say: Say = against_text) -> str:
    """Return a dose before a result, a consent to ask for, a finding too old; empty for none."""
    return "; ".join(say(one) for one in entry.problems if one.kind in _REMARKS)


def _briefly(problem: Problem) -> str:
    """Return what speaks against a visit without the other one, which the list on screen names next to it."""
    if problem.kind == "booking_closed" and problem.values["why"] == "site":
        return _("closed by the site")
    if problem.kind == "booking_outside":
        days = int(str(problem.values["days"]))
        early = counted("{n} day too early", "{n} days too early", -days)
        return early if days < 0 else counted("{n} day too late", "{n} days too late", days)
    words = _BRIEF.get(problem.kind)
    return _(words) if words is not None else against_text(problem)


def left_text(row: AgendaRow) -> str:
    """Return the days left until the window closes, or since the day passed; empty where there are none."""
    if row.days_left is None:
        return ""
    if row.day_passed or row.entry.to_check:
        return counted("{n} day ago", "{n} days ago", -row.days_left) if row.days_left else _("today")
    return days_left(row.days_left)


def state_text(row: AgendaRow, today: date) -> str:
    """Return the status for the list: ``closed 4 days ago``, ``5 days left``, ``due, booked``, ``booked 10:00``."""
    return _doubted(row, _state_text(row, today))


def _state_text(row: AgendaRow, today: date) -> str:
    entry = row.entry
    if entry.undecided and not any(_unclassed(entry, _briefly)):
        return _("outcome missing")
    if entry.needs_rebooking and not row.day_passed:
        # The group is called so already; what is missing is why.
        return brief_rebooking_text(entry)
    if entry.to_check or row.day_passed or remark_of(entry):
        return _agenda_status(row, _briefly)
    if row.days_left is not None and (entry.status is Status.OVERDUE or is_closing(row, today)):
        return days_left(row.days_left)
    if entry.is_booked and entry.booked_at and entry.status is Status.PLANNED:
        return _("booked {time}").format(time=entry.booked_at)
    return status_text(entry)


def done_text(done: DoneRow) -> str:
    """Return what was recorded of a visit and when: ``done, 10:52``, ``missed, 08:15``, ``decision, 11:20``."""
    entry = done.row.entry
    said = status_text(entry) if done.kind == entry.status else kind_name(done.kind)
    return f"{said}, {done.at}" if done.at else said


def is_closing(row: AgendaRow, today: date) -> bool:
    """Return whether a visit's day has passed and its window closes within a week."""
    day = row.entry.assumed
    passed = row.entry.status is Status.DUE and day is not None and day < today
    return passed and row.days_left is not None and row.days_left <= CLOSING_DAYS


def next_step(entry: Entry, today: date, decides: bool) -> str:
    """Return the next step of a visit, such as ``performed`` or ``rebooked``; `NEXT` has all, with their words."""
    if entry.suspended:
        return "died"
    if entry.undecided:
        return "decided"
    if entry.unclassed:
        return CLASS_KIND
    if entry.needs_rebooking and entry.assumed is not None and entry.assumed >= today:
        return "rebooked"
    if entry.status is Status.AWAITING:
        return "decided" if decides else "booked"
    if entry.assumed is not None and entry.assumed <= today:
        done = "contact" if entry.visit.contact == "phone" else "performed"
        return "decided" if decides else done
    return "rebooked" if entry.is_booked else "booked"


def window_text(entry: Entry, today: date) -> str:
    """Return the window for a list; empty without one."""
    return window_short(entry.earliest, entry.latest, today) if entry.earliest and entry.latest else ""
