"""The words of what a search finds, the same at the terminal and in the window."""

from app.domain.calendar.entries import Status
from app.domain.search_index import IndexedEvent, IndexedVisit
from app.wording import dates
from app.wording.language import gettext as _
from app.wording.names import settled_text

LONGEST_SAID = 40


def visit_day(visit: IndexedVisit) -> str:
    """Return the day of a visit, and how it was settled: ``Mon 30 Nov 2026, done``."""
    on = dates.day(visit.on) if visit.on is not None else _("no date yet")
    return f"{on}, {settled_text(Status(visit.settled))}" if visit.settled else on


def event_day(event: IndexedEvent) -> str:
    """Return the day of an event; empty without one."""
    return dates.day(event.on) if event.on is not None else ""


def nothing_found(typed: str) -> str:
    """Return that nothing was found, and what can be searched."""
    said = f"{typed[:LONGEST_SAID]}…" if len(typed) > LONGEST_SAID else typed
    text = _(
        "Nothing was found for “{text}”. Found are codes, visits by name and activity, events by their words, and days."
    )
    return text.format(text=said)
