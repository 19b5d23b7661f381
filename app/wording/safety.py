"""The clock of a serious adverse event in words."""

from datetime import date

from app.domain.calendar.agenda import ReportDue
from app.domain.facts.safety import SeriousEvent
from app.wording.dates import day_at
from app.wording.fact_values import line_of
from app.wording.language import gettext as _


def clock_text(event: SeriousEvent) -> str:
    """Return how the report stands: to be sent, sent, or sent late."""
    if event.sent is None:
        return _("not sent yet")
    return _("sent late") if event.is_late else _("sent in time")


def due_text(due: ReportDue, today: date) -> str:
    """Return a report to be sent: ``LI-003: Sepsis (fact 303), report due Fri 27 Nov 2026, 15:45``."""
    event = due.event
    soon, past = _("{code}: {term} (fact {n}), report due {due}"), _("{code}: {term} (fact {n}), report was due {due}")
    text, when = past if event.is_overdue(today) else soon, day_at(event.due.on, event.due.at)
    said = text.format(code=due.participant, term=line_of(event.term), n=event.seq, due=when)
    return said if event.told else said + _("; when the site knew is not recorded")
