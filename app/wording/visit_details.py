"""The words of one visit's details: its dates, its problems with their remedies, and its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import OPEN, Calendar, Entry, Problem, ProblemKind
from app.domain.facts.past_facts import PastFact
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.protocol.regimens import DayKind
from app.wording.agenda import brief_rebooking_text
from app.wording.dates import day, day_at, day_short, instant, optional_window
from app.wording.history_sentences import past_text
from app.wording.language import counted, numbered, sentence_case
from app.wording.language import gettext as _
from app.wording.names import judgement_text, status_text
from app.wording.problems import problem_text
from app.wording.protocol_names import NO_NAMES, Names

REMEDIES: Mapping[ProblemKind, str] = {
    "outdated": "booked",
    "outdated_before": "booked",
    "operation_missed": "booked",
    "booking_cancelled": "booking_cancelled",
    "booking_closed": "booked",
    "booking_outside": "booked",
    "moved_closed": "moved",
    "moved_outside": "moved",
    "too_near": "booked",
    "before_basis": "booked",
    "before_result": "performed",
    "outcome_missing": "decided",
    "unrecorded_decision": "performed",
    "closed_day": "booked",
    "outside_window": "booked",
    "counted_from_missed": "booked",
    "counted_from_unrecorded": "performed",
}
"""The kind of fact that remedies a problem, by the kind of problem."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button: its words, the kind of fact that it records, and the key of the visit."""

    text: str
    kind: str
    visit: str


@dataclass(frozen=True, slots=True)
class ProblemNote:
    """A problem in words, with its remedy if there is one."""

    text: str
    remedy: Remedy | None


def lead_text(entry: Entry, today: date) -> str:
    """Return the one day that counts, with its time: ``Tue 1 Dec, 13:00``; ``No date yet``."""
    if entry.performed is not None:
        return day_short(entry.performed, today, entry.performed_at)
    return day_short(entry.assumed, today, entry.appointment_time) if entry.assumed is not None else _("No date yet")


def state_words(entry: Entry) -> str:
    """Return the status with where the day is in its window: ``planned, booked, in the window``, ``done, inside``.

    Of a booking that cannot be kept it says why: ``needs rebooking: closed by the site``.
    """
    if entry.needs_rebooking and not entry.day_passed:
        return _("{status}: {why}").format(status=status_text(entry), why=brief_rebooking_text(entry))
    return ", ".join(filter(None, (status_text(entry), judgement_text(entry) or _place_in_window(entry))))


def _place_in_window(entry: Entry) -> str:
    """Return where the day arranged for an open visit is; empty where nobody has arranged one, or without a window."""
    if entry.status not in OPEN or entry.window is None or entry.assumed is None:
        return ""
    if not (entry.is_booked or entry.is_moved) or entry.day_passed:
        return ""
    days = entry.window.days_out(entry.assumed)
    if days < 0:
        return counted("{n} day before the window", "{n} days before the window", -days)
    return counted("{n} day after the window", "{n} days after the window", days) if days else _("in the window")


def visit_dates(entry: Entry) -> list[tuple[str, str]]:
    """Return the window, the target and each other day that differs from the one that counts, with their labels."""
    counts, settled = entry.assumed, entry.performed is not None
    proposed = entry.proposed if entry.proposed != counts else None
    booked = entry.booked if settled or not entry.is_booked else None
    moved = entry.moved if settled or not entry.is_moved else None
    return [
        (_("Window"), optional_window(entry.window, _("none yet"))),
        (_("Target"), day(entry.target) if entry.target else _("none yet")),
        *([(_("Proposed"), day(proposed))] if proposed else []),
        *([(_("Booked"), day_at(booked, entry.booked_at))] if booked else []),
        *([(_("Moved"), day(moved))] if moved else []),
        *([(_("Due at"), due)] if (due := open_pump_due_text(entry)) else []),
    ]


def pump_due_text(entry: Entry) -> str:
    """Return when the pump comes off: the instant, or ``46 h after ____`` as long as its start is not recorded."""
    if entry.due_at is not None:
        return instant(entry.due_at)
    return numbered(_("{n} h after ____"), entry.pump_hours)


def open_pump_due_text(entry: Entry) -> str:
    """Return when a pump that is still on comes off; empty for another visit and once it is settled."""
    comes_off = entry.day_kind == DayKind.PUMP_DISCONNECT and (entry.due_at is not None or entry.pump_hours > 0)
    return pump_due_text(entry) if comes_off and entry.status in OPEN else ""


def problem_note(problem: Problem, calendar: Calendar, entry: Entry) -> ProblemNote:
    """Return the words of an entry's problem, with the fact that would remedy it."""
    said = problem_text(problem, calendar)
    text = sentence_case(said) + "."
    kind = CLASS_KIND if problem.kind in entry.unclassed else REMEDIES.get(problem.kind, "")
    known = calendar.by_key.get(_remedied_key(problem, calendar, entry))
    settled_too = ("booking_cancelled", "decided", CLASS_KIND)
    if not kind or known is None or (known.status not in OPEN and kind not in settled_too):
        return ProblemNote(text, None)
    return ProblemNote(text, Remedy(_remedy(kind, known), kind, known.key))


def lacks_decision(entry: Entry, decides: bool) -> bool:
    """Return whether the visit was performed and its decision is not recorded; `decides`: it has a decision."""
    return decides and entry.performed is not None and not entry.decided


def _remedied_key(problem: Problem, calendar: Calendar, entry: Entry) -> str:
    """Return the key of the visit at which the remedy is recorded."""
    match problem.kind:
        case "counted_from_unrecorded" | "outcome_missing" | "before_result":
            return str(problem.values["visit"])
        case "outdated_before":
            return str(problem.values["again"])
        case "outdated":
            base = entry.key.partition("/")[0]
            repeats = [key for key, one in calendar.by_key.items() if key.startswith(base + "/") and one.status in OPEN]
            return repeats[-1] if repeats else entry.key
        case _:
            return entry.key


def _remedy(kind: str, entry: Entry) -> str:
    if kind == "performed":
        return _("Record it")
    if kind == "booking_cancelled":
        return _("Cancel the booking")
    if kind == "decided":
        return _("Record the outcome")
    if kind == CLASS_KIND:
        return _("Decide on its class")
    return _("Choose another day") if entry.booked or entry.moved else _("Choose a day")


def history_line(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return a fact for the history of one visit; a print of many sheets is only called printed."""
    said = _("visit sheet printed") if past.record.kind == "printed" else past_text(past, names)
    return sentence_case(said)
