"""The words for going through older visits that nobody recorded: what is asked, what an answer does, what was done."""

from collections.abc import Mapping, Sequence

from app.domain.calendar.difference import Change, ChangeKind, left_behind, stays_cancelled, totals
from app.domain.calendar.entries import Entry
from app.wording.dates import day_at, optional_window
from app.wording.differences import totals_text
from app.wording.language import counted, marked
from app.wording.language import gettext as _
from app.wording.names import visit_name

ANSWERS: Mapping[str, str] = {
    "planned": marked("As planned"),
    "other_day": marked("Another day…"),
    "not_come": marked("Did not come…"),
    "rebooked": marked("Rescheduled…"),
    "not_needed": marked("Not needed…"),
    "later": marked("Later"),
}
"""The answers by their ids, in the order in which they are offered."""
_DONE: Mapping[str, tuple[str, str]] = {
    "planned": (marked("{n} as planned"), marked("{n} as planned")),
    "other_day": (marked("{n} on another day"), marked("{n} on another day")),
    "not_come": (marked("{n} did not come"), marked("{n} did not come")),
    "rebooked": (marked("{n} rescheduled"), marked("{n} rescheduled")),
    "not_needed": (marked("{n} not needed"), marked("{n} not needed")),
    "later": (marked("{n} left for later"), marked("{n} left for later")),
}


def planned_text(entry: Entry) -> str:
    """Return the day on which a visit was to be: ``Booked for Fri 20 Nov 2026, 09:15``."""
    if entry.assumed is None:
        return _("No date yet")
    on = day_at(entry.assumed, entry.appointment_time)
    if entry.is_booked:
        return _("Booked for {day}").format(day=on)
    return (_("Moved to {day}") if entry.is_moved else _("Planned for {day}")).format(day=on)


def window_and_left(entry: Entry, left: str) -> str:
    """Return the window and how long it is still open: ``window Fri 20 – Mon 23 Nov 2026, last day``."""
    window = optional_window(entry.window)
    return ", ".join(filter(None, (_("window {days}").format(days=window) if window else "", left)))


def dependents_text(dependents: Sequence[Entry]) -> str:
    """Return what is counted from a visit: ``Bloods before cycle 4 and 2 more visits are counted from it``."""
    if not dependents:
        return _("No visit is counted from it.")
    if len(dependents) == 1:
        return _("{visit} is counted from it.").format(visit=visit_name(dependents[0]))
    text = counted(
        "{visit} and {n} more visit are counted from it.",
        "{visit} and {n} more visits are counted from it.",
        len(dependents) - 1,
    )
    return text.format(visit=visit_name(dependents[0]))


def effect_on_others(changes: Sequence[Change], visit: str) -> tuple[Change, ...]:
    """Return what an answer does to visits other than its own."""
    others = (one for one in changes if one.key != visit and not stays_cancelled(one))
    return tuple(one for one in others if one.kind is not ChangeKind.CHANGES or _newly_left_behind(one))


def effect_text(changes: Sequence[Change], visit: str) -> str:
    """Return what an answer does to other visits: ``3 visits move, 1 needs rebooking``; ``no other visit moves``."""
    others = effect_on_others(changes, visit)
    if not others:
        return _("no other visit moves")
    behind = sum(map(_newly_left_behind, others))
    said = [totals_text(totals(others))]
    return ", ".join([*said, *([counted("{n} needs rebooking", "{n} need rebooking", behind)] if behind else [])])


def _newly_left_behind(change: Change) -> bool:
    return left_behind(change) and not (change.now is not None and change.now.needs_rebooking)


def progress_text(number: int, of_all: int) -> str:
    """Return how far one has come: ``3 of 7``."""
    return _("{n} of {all}").format(n=number, all=of_all)


def summary_text(answers: Sequence[str]) -> str:
    """Return how the visits were answered: ``7 visits: 5 as planned, 1 did not come, 1 left for later.``"""
    if not answers:
        return _("No older visit is waiting to be recorded.")
    parts = [counted(*_DONE[name], answers.count(name)) for name in ANSWERS if name in answers]
    visits = counted("{n} visit", "{n} visits", len(answers))
    return _("{visits}: {parts}.").format(visits=visits, parts=", ".join(parts))
