"""The calendar of an invented participant for the terminal, with what happened to the participant."""

from app.cli.calendar_text import calendar_text
from app.domain.facts.planner_facts import Fact, Performed, Stopped
from app.services.queries.invented import Invented
from app.wording.dates import day
from app.wording.language import gettext as _
from app.wording.names import judgement_text, visit_name


def invented_text(found: Invented) -> str:
    """Return what happened to the invented participant, then the calendar."""
    said = "; ".join(filter(None, (_sentence(fact, found) for fact in found.facts)))
    head = _("An invented participant: {facts}.").format(facts=said or _("nothing happened yet"))
    return "\n".join([head, "", calendar_text(found.protocol, found.calendar)])


def _sentence(fact: Fact, found: Invented) -> str:
    if isinstance(fact, Stopped):
        return _("{phase} stopped on {day}").format(phase=found.protocol.course(fact.phase).name, day=day(fact.on))
    if not isinstance(fact, Performed):
        return ""
    entry = found.calendar.by_key[fact.visit]
    return ", ".join(filter(None, (f"{visit_name(entry)} {day(fact.on)}", judgement_text(entry))))
