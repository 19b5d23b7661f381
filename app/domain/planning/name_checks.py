"""Whether a protocol knows what a fact names, whatever the other facts are, and whether its day has come."""

import re
from datetime import date

from app.domain.facts.planner_facts import (
    Booked,
    Chosen,
    Decided,
    Fact,
    Missed,
    Moved,
    Omitted,
    Performed,
    RegimenChanged,
    Stopped,
    VisitFact,
)
from app.domain.facts.visit_keys import occurrence_of, visit_of
from app.domain.folding import nearest_identifier
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused

UNSCHEDULED = re.compile(r"U#([1-9]\d{0,2})", re.ASCII)
_OCCURRENCE = re.compile(r"(?:#\d{1,6}(?:\.\d{1,3})?)?(?:@2)?(?:/\d{1,3})?", re.ASCII)
_COURSE_ROWS = {
    "first": "",
    "next": r"#\d{1,6}",
    "within": r"#\d{1,6}\.\d{1,3}",
    "bloods": r"#\d{1,6}\.\d{1,3}(?:/\d{1,3})?",
}
"""What may follow the id of a visit of a course in a key, by the part that the visit has in it."""


def check_kept(protocol: ProtocolVersion, fact: Fact) -> None:
    """Check that a fact which is kept as it was recorded can have been recorded: the protocol knows what it names.

    A key may be off the path of today, as ``SP-R03#2``; ``SP-R03#x`` is a key of no calendar.

    Raises:
        Refused: the protocol does not know it, or the result of a visit whose day is told elsewhere.
    """
    check_names(protocol, fact)
    if not isinstance(fact, VisitFact):
        return
    if not _is_key(protocol, fact.visit):
        raise Refused("unknown_visit", visit=fact.visit, near=nearest_identifier(fact.visit, protocol.visits))
    check_own_day(protocol, fact)
    if isinstance(fact, Decided):
        check_outcome(protocol, fact)


def check_own_day(protocol: ProtocolVersion, fact: VisitFact) -> None:
    """Check that a fact is no result of the consent or the enrolment: these are days of the participant.

    Raises:
        Refused: it is one.
    """
    if isinstance(fact, Performed | Missed | Omitted) and fact.visit in protocol.recorded_elsewhere:
        if fact.visit == protocol.consent_visit:
            raise Refused("consent_is_recorded", visit=fact.visit)
        raise Refused("enrolment_is_recorded", visit=fact.visit)


def check_day(fact: Fact, today: date) -> None:
    """Check that the day of a fact has come, where it is no day arranged.

    Raises:
        Refused: it lies after today.
    """
    if not isinstance(fact, Booked | Moved) and fact.on > today:
        raise Refused("future", on=fact.on, today=today)


def _is_key(protocol: ProtocolVersion, key: str) -> bool:
    """Whether a key is one that some calendar of the protocol may have."""
    if UNSCHEDULED.fullmatch(key):
        return True
    visit_id = visit_of(key)
    course = protocol.course_rows.get(visit_id)
    if course is None:
        return visit_id in protocol.visits and _OCCURRENCE.fullmatch(key, len(visit_id)) is not None
    part = next(part for part in _COURSE_ROWS if getattr(protocol.course(course), part) == visit_id)
    return re.compile(_COURSE_ROWS[part], re.ASCII).fullmatch(key, len(visit_id)) is not None


def check_choice(protocol: ProtocolVersion, name: str, value: object) -> None:
    """Check that the protocol has a choice, and that it can be answered so.

    Raises:
        Refused: it has none of that name, or the answer is none of its answers.
    """
    choice = protocol.choices.get(name)
    if choice is None:
        near = nearest_identifier(name, protocol.choices)
        raise Refused("choice", "choices", value=name, offered=", ".join(protocol.choices), near=near)
    if not choice.allows(value):
        offered = ", ".join(choice.values) or "true, false"
        near = nearest_identifier(str(value), choice.values)
        raise Refused("choice_value", "choices", choice=name, value=str(value), offered=offered, near=near)


def check_names(protocol: ProtocolVersion, fact: Fact) -> None:
    """Check that the protocol has the choice, regimen or phase that a fact names.

    Raises:
        Refused: it has not.
    """
    match fact:
        case Chosen():
            check_choice(protocol, fact.choice, fact.value)
        case RegimenChanged():
            if fact.to not in protocol.offered:
                near = nearest_identifier(fact.to, protocol.offered)
                raise Refused("regimen", value=fact.to, offered=", ".join(protocol.offered), near=near)
        case Stopped():
            phases = [course.id for course in protocol.courses]
            if fact.phase not in phases:
                near = nearest_identifier(fact.phase, phases)
                raise Refused("phase", value=fact.phase, offered=", ".join(phases), near=near)


def check_outcome(protocol: ProtocolVersion, fact: Decided) -> None:
    """Check that something is decided at a visit, and that it can be decided so.

    Raises:
        Refused: nothing is decided there, or it has no such outcome.
    """
    decision = protocol.decisions.get(visit_of(fact.visit))
    if decision is None or ("#" in fact.visit and occurrence_of(fact.visit) < decision.from_number):
        first = {visit: decision.from_number for visit, decision in protocol.decisions.items()}
        offered = (visit if number < 2 else f"{visit}#{number}…" for visit, number in first.items())
        raise Refused("no_decision", visit=fact.visit, offered=", ".join(offered))
    if fact.outcome not in decision.outcomes:
        near = nearest_identifier(fact.outcome, decision.outcomes)
        raise Refused("outcome", visit=fact.visit, value=fact.outcome, offered=", ".join(decision.outcomes), near=near)
