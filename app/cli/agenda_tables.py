"""The agenda as lines for the terminal and as plain data for other programs."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from app.domain.calendar.agenda import Agenda, AgendaRow, DoneRow, ReportDue
from app.domain.calendar.folding_rows import folded_rows
from app.domain.dates import iso
from app.wording.agenda import agenda_status, done_text, left_text
from app.wording.calendar_text import fold_text
from app.wording.dates import day, day_at, optional_window
from app.wording.language import gettext as _
from app.wording.names import name_in_protocol, visit_name
from app.wording.safety import due_text


def agenda_text(agenda: Agenda, folded: bool = False) -> list[str]:
    """Return the agenda, group by group; `folded`: many visits of one participant that wait are one line."""

    def lines_of(rows: Sequence[AgendaRow]) -> list[str]:
        return list(_folded_lines(rows) if folded else map(agenda_line, rows))

    groups = (
        (_("Needs rebooking"), len(agenda.rebooking), lines_of(agenda.rebooking)),
        (
            _("Safety reports to send"),
            len(agenda.reports),
            [f"  {due_text(one, agenda.today)}" for one in agenda.reports],
        ),
        (_("Overdue, and windows closing"), len(agenda.pressing), lines_of(agenda.pressing)),
        (_("Today"), len(agenda.now), lines_of(agenda.now)),
        (_("Done today"), len(agenda.done), [*map(_done_line, agenda.done)]),
        (_("To come"), len(agenda.coming), lines_of(agenda.coming)),
        (
            _("Waiting for a date, or counted from an unrecorded day"),
            len(agenda.waiting),
            lines_of(agenda.waiting),
        ),
    )
    lines = [f"{_('As of')} {day(agenda.today)}"]
    for title, count, said in groups:
        if count:
            lines += ["", f"{title}: {count}", *said]
    return lines if len(lines) > 1 else [*lines, _("Nothing is due.")]


def _folded_lines(rows: Sequence[AgendaRow]) -> Iterator[str]:
    """Yield the lines of a group, with one for the visits of a participant that wait without a day."""
    for code, group in groupby(rows, key=lambda row: row.participant if row.entry.assumed is None else ""):
        own = list(group)
        if not code:
            yield from map(agenda_line, own)
            continue
        by_key = {row.entry.key: row for row in own}
        shown, folds = folded_rows(row.entry for row in own)
        yield from (agenda_line(by_key[entry.key]) for entry in shown)
        yield from (f"  {'-':<23} {code:<14} {fold_text(fold)}" for fold in folds)


def agenda_line(row: AgendaRow) -> str:
    """Return a visit in one line: its day, participant, name, status, window and days left."""
    entry = row.entry
    when = day_at(entry.assumed, entry.appointment_time) if entry.assumed else "-"
    left = left_text(row)
    own = optional_window(entry.window)
    name = f"{visit_name(entry)} ({entry.key})"
    return f"  {when:<23} {row.participant:<14} {name:<54} {agenda_status(row):<18} {own:<30} {left}".rstrip()


def _done_line(done: DoneRow) -> str:
    entry = done.row.entry
    when = day(done.on) if done.on is not None else "-"
    name = f"{visit_name(entry)} ({entry.key})"
    number = _("command {n}").format(n=done.command)
    return f"  {when:<23} {done.participant:<14} {name:<54} {done_text(done):<18} {number}"


def agenda_document(agenda: Agenda) -> dict[str, Any]:
    """Return the agenda as plain data."""
    return {
        "today": agenda.today.isoformat(),
        "reports": [_report_document(one, agenda.today) for one in agenda.reports],
        "rebooking": [_row_document(row) for row in agenda.rebooking],
        "pressing": [_row_document(row) for row in agenda.pressing],
        "now": [_row_document(row) for row in agenda.now],
        "done": [_done_document(one) for one in agenda.done],
        "coming": [_row_document(row) for row in agenda.coming],
        "waiting": [_row_document(row) for row in agenda.waiting],
    }


def _done_document(done: DoneRow) -> dict[str, Any]:
    return {
        "participant": done.participant,
        "visit": done.row.entry.key,
        "name": name_in_protocol(done.row.entry),
        "kind": done.kind,
        "on": iso(done.on),
        "status": done.row.entry.status.value,
        "fact": done.seq,
        "command": done.command,
        "recorded_at": done.at,
    }


def _report_document(one: ReportDue, today: date) -> dict[str, Any]:
    event = one.event
    return {
        "participant": one.participant,
        "fact": event.seq,
        "term": event.term,
        "aware": f"{event.aware.on.isoformat()} {event.aware.at}".strip(),
        "due": f"{event.due.on.isoformat()} {event.due.at}".strip(),
        "overdue": event.is_overdue(today),
    }


def _row_document(row: AgendaRow) -> dict[str, Any]:
    entry = row.entry
    return {
        "participant": row.participant,
        "needs_rebooking": entry.needs_rebooking,
        "day_passed": row.day_passed,
        "outcome_missing": entry.undecided,
        "unclassed": list(entry.unclassed),
        "protocol": row.protocol,
        "visit": entry.key,
        "name": name_in_protocol(entry),
        "day": iso(entry.assumed),
        "at": entry.booked_at or None,
        "target": iso(entry.target),
        "earliest": iso(entry.earliest),
        "latest": iso(entry.latest),
        "booked": iso(entry.booked),
        "moved": iso(entry.moved),
        "basis": entry.basis,
        "status": entry.status.value,
        "days_left": row.days_left,
        "problems": [problem.kind for problem in entry.problems],
    }
