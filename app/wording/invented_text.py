"""The calendar of an invented participant as lines of text, with what happened to the participant."""

from collections.abc import Sequence

from app.domain.calendar.entries import Calendar
from app.domain.facts.planner_facts import Fact, Performed, Stopped
from app.domain.protocol.version import ProtocolVersion
from app.wording.calendar_text import calendar_text
from app.wording.dates import day
from app.wording.language import gettext as _
from app.wording.names import judgement_text, visit_name


def invented_text(protocol: ProtocolVersion, facts: Sequence[Fact], calendar: Calendar) -> str:
    """Return what happened to the invented participant, then the calendar."""
    said = "; ".join(filter(None, (_sentence(fact, protocol, calendar) for fact in facts)))
    head = _("An invented participant: {facts}.").format(facts=said or _("nothing happened yet"))
    return "\n".join([head, "", calendar_text(protocol, calendar)])


def _sentence(fact: Fact, protocol: ProtocolVersion, calendar: Calendar) -> str:
    if isinstance(fact, Stopped):
        return _("{phase} stopped on {day}").format(phase=protocol.course(fact.phase).name, day=day(fact.on))
    if not isinstance(fact, Performed):
        return ""
    entry = calendar.by_key[fact.visit]
    return ", ".join(filter(None, (f"{visit_name(entry)} {day(fact.on)}", judgement_text(entry))))
