"""The words of what is open: what a person does about it."""

from app.domain.calendar.agenda import AgendaRow
from app.wording.language import gettext as _


def overdue_remedy(row: AgendaRow) -> str:
    """Return what a person does about a visit that should have been done: ``record it, or say that it was missed``."""
    entry = row.entry
    if entry.suspended:
        return _("record the day of death")
    if entry.undecided:
        return _("record what was decided")
    if entry.to_check:
        return _("decide on the class of the deviation")
    if entry.needs_rebooking and not row.day_passed:
        return _("book another day")
    return _("record it, move it, or say that it was missed")


def reason_missing(what: str) -> str:
    """Return a deviation of which nobody said why: ``2 days late, reason missing``."""
    return _("{what}, reason missing").format(what=what)


def reason_remedy() -> str:
    """Return what a person does about a reason that is missing."""
    return _("correct the result and give its reason")


def report_remedy() -> str:
    """Return what a person does about a report that was not sent."""
    return _("send the report, and record that it was sent")
