"""A calendar as plain data for JSON: dates as ``YYYY-MM-DD`` or null, sentences in the reader's language."""

from datetime import date
from typing import Any

from app.domain.calendar.after_surgery import GRADINGS, AfterSurgery
from app.domain.calendar.entries import Calendar, Entry, LeftOut, Problem, Reason
from app.domain.dates import Period, Value, Window, iso
from app.wording.differences import left_text
from app.wording.language import sentence_case
from app.wording.names import name_in_protocol, window_result_text
from app.wording.problems import problem_text
from app.wording.reasons import reason_texts


def calendar_document(calendar: Calendar) -> dict[str, Any]:
    """Return the calendar with all its entries and problems; keys in a stable order."""
    return {
        "protocol": calendar.protocol,
        "version": calendar.version,
        "participant": calendar.participant,
        "today": calendar.today.isoformat(),
        "entries": [entry_document(entry, calendar) for entry in calendar.entries],
        "problems": [*_all_problems(calendar)],
        "left_out": [left_document(one) for one in calendar.left],
    }


def entry_document(entry: Entry, calendar: Calendar) -> dict[str, Any]:
    """Return one entry as plain data."""
    return {
        "visit": entry.key,
        "name": name_in_protocol(entry),
        "epoch": entry.visit.epoch,
        "target": iso(entry.target),
        "earliest": iso(entry.earliest),
        "latest": iso(entry.latest),
        "proposed": iso(entry.proposed),
        "booked": iso(entry.booked),
        "booked_at": entry.booked_at or None,
        "moved": iso(entry.moved),
        "performed": iso(entry.performed),
        "performed_at": entry.performed_at or None,
        "basis": entry.basis,
        "status": entry.status.value,
        "window_result": window_result_text(entry) or None,
        "provisional": entry.provisional,
        "judged": _window(entry.judged) if entry.performed is not None else None,
        "preferred": _window(entry.preferred),
        "outdated": entry.outdated,
        "decided": entry.decided or None,
        "pump_at": entry.pump_at or None,
        "due_at": iso(entry.due_at),
        "why": [text + "." for text in reason_texts(entry, calendar)],
        "problems": [_sentence(problem, calendar) for problem in entry.problems],
        "reasons": [reason_document(reason) for reason in entry.reasons],
    }


def left_document(left: LeftOut) -> dict[str, Any]:
    """Return a visit that the calendar does not have after an operation, with the reason."""
    return {
        "visit": left.entry.key,
        "name": name_in_protocol(left.entry),
        "operation": left.operation,
        "on": left.on.isoformat(),
        "why": sentence_case(left_text(left)) + ".",
    }


def reason_document(reason: Reason) -> dict[str, Any]:
    """Return a reason as its kind and parameters; a milestone's name is part of the kind."""
    values = {name: _plain(value) for name, value in reason.values.items()}
    kind = f"turn_{values.pop('milestone')}" if reason.kind == "milestone" else reason.kind
    return {"kind": kind, **values}


def _all_problems(calendar: Calendar) -> list[str]:
    """Return every problem after the key of its visit: the calendar's own first, then entry by entry."""
    own = [f"{problem.key}: {problem_text(problem, calendar)}." for problem in calendar.problems]
    of_entries = (problem for entry in calendar.entries for problem in entry.problems)
    return own + [f"{problem.key}: {problem_text(problem, calendar)}." for problem in of_entries]


def _sentence(problem: Problem, calendar: Calendar) -> str:
    text = problem_text(problem, calendar)
    return f"{sentence_case(text)}."


def _window(window: Window | None) -> dict[str, str] | None:
    if window is None:
        return None
    return {"earliest": window.earliest.isoformat(), "latest": window.latest.isoformat()}


def _plain(value: Value) -> str | int | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Period) else value


def after_surgery_document(found: AfterSurgery) -> dict[str, Any]:
    """Return what followed an operation to day 90 as plain data; the index with one decimal."""
    events = ("what", "on", "grade", *GRADINGS)
    return {
        "operation": found.operation,
        "on": found.on.isoformat(),
        "until": found.until.isoformat(),
        "worst_grade": found.worst or None,
        "cci": round(found.index, 1),
        **{name: found.gradings.get(name) for name in GRADINGS},
        "died_on": iso(found.died_on),
        "events": [{name: one.fields.get(name) for name in events} for one in found.events],
    }
