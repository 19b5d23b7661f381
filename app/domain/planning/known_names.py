"""Names of a protocol as people type them: another letter case, dash or blank than the protocol's becomes its own.

A name that no folding matches stays as it was typed, for the check of the fact to refuse it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.facts.kind import Json
from app.domain.facts.planner_facts import (
    Chosen,
    Decided,
    Fact,
    Participant,
    RegimenChanged,
    Stopped,
    VisitFact,
)
from app.domain.facts.visit_keys import visit_of
from app.domain.folding import folded, known_identifier, nearest_identifier
from app.domain.protocol.decisions import Choice
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused

LISTED = {"specimen": "specimens", "questionnaire": "questionnaires"}
"""The fields that name something that the protocol lists, with the table that lists it."""
_UNSCHEDULED = re.compile(r"u#([1-9]\d{0,2})", re.ASCII)
Answer = str | bool


def known_name(typed: str, known: Iterable[str]) -> str:
    """Return the known name that was typed; the text itself where none is known."""
    return known_identifier(typed, known) or typed


def known_answer(choice: Choice | None, answer: Answer) -> Answer:
    """Return the choice's own answer for a typed one."""
    return known_name(answer, choice.values) if choice is not None and isinstance(answer, str) else answer


def known_answers(protocol: ProtocolVersion, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers with the protocol's own names of its choices and their values."""
    found: dict[str, Answer] = {}
    for typed, answer in answers.items():
        name = known_name(typed, protocol.choices)
        # A choice that is answered twice, in two spellings, keeps the unknown one to be refused.
        name = typed if name in found else name
        found[name] = known_answer(protocol.choices.get(name), answer)
    return found


def known_visit(typed: str, keys: Iterable[str]) -> str:
    """Return the visit's key as the calendar has it; that of an unscheduled visit is the same in every calendar."""
    if typed in (names := tuple(keys)):
        return typed
    found = known_identifier(typed, names)
    unscheduled = _UNSCHEDULED.fullmatch(folded(typed)) if not found else None
    return found or (f"U#{unscheduled[1]}" if unscheduled else typed)


def known_finding(protocol: ProtocolVersion, typed: str) -> str:
    """Return the id of the visit whose finding an unscheduled visit repeats.

    Raises:
        Refused: the protocol has no such visit.
    """
    visits = protocol.visits
    found = known_identifier(visit_of(typed), visits)
    if not found:
        raise Refused("unknown_visit", "repeats", visit=typed[:60], near=nearest_identifier(typed, visits))
    return found


def participant_as_known(protocol: ProtocolVersion, participant: Participant) -> Participant:
    """Return the participant with the protocol's own names of regimen, choices and answers."""
    return replace(
        participant,
        regimen=known_name(participant.regimen, (*protocol.offered, *([] if protocol.offered else ["none"]))),
        choices=known_answers(protocol, participant.choices),
    )


def listed_name(protocol: ProtocolVersion, field: str, typed: str) -> str:
    """Return the id of a specimen or questionnaire, typed by its id or its name, as the protocol lists it.

    A protocol that lists none takes any text.

    Raises:
        Refused: the protocol lists some, and not this one.
    """
    names: dict[str, str] = {}
    for row in protocol.about_rows(LISTED[field]):
        words = " ".join(str(row[part]) for part in ("name", "version") if row.get(part))
        own = str(row.get("id") or words)
        names |= {words or own: own, str(row.get("name") or own): own}
    ids = dict.fromkeys(names.values())
    found = known_identifier(typed, ids) or names.get(known_identifier(typed, names), "")
    if not found and ids:
        near = nearest_identifier(typed, ids) or names.get(nearest_identifier(typed, names), "")
        raise Refused("one_of", field, value=typed[:60], known=", ".join(ids), near=near)
    return found or typed


def with_listed_names(protocol: ProtocolVersion, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return the fields with every name of which the protocol has a list as the protocol has it.

    Raises:
        Refused: one of them is not on its list.
    """
    return {
        name: listed_name(protocol, name, value) if name in LISTED and isinstance(value, str) else value
        for name, value in fields.items()
    }


def check_listed_visit(protocol: ProtocolVersion, fields: Mapping[str, Json]) -> None:
    """Check that a questionnaire belongs to its visit; at a visit outside the schedule any may be filled in.

    Raises:
        Refused: the protocol lists it at other visits.
    """
    name, visit = fields.get("questionnaire"), fields.get("visit")
    if not isinstance(name, str) or not isinstance(visit, str) or _UNSCHEDULED.fullmatch(folded(visit)):
        return
    for row in protocol.about_rows(LISTED["questionnaire"]):
        at = row.get("visits") if row.get("id") == name else None
        if isinstance(at, list | tuple) and visit_of(visit) not in at:
            raise Refused("not_at_visit", "visit", name=name, visit=visit, known=", ".join(map(str, at)))


def fact_as_known(protocol: ProtocolVersion, fact: Fact) -> Fact:
    """Return the fact with the protocol's own names of what it names; its visit stays as it is."""
    match fact:
        case Decided():
            decision = protocol.decisions.get(known_name(visit_of(fact.visit), protocol.decisions))
            return replace(fact, outcome=known_name(fact.outcome, decision.outcomes)) if decision else fact
        case Chosen():
            name = known_name(fact.choice, protocol.choices)
            return replace(fact, choice=name, value=known_answer(protocol.choices.get(name), fact.value))
        case RegimenChanged():
            return replace(fact, to=known_name(fact.to, protocol.offered))
        case Stopped():
            return replace(fact, phase=known_name(fact.phase, [course.id for course in protocol.courses]))
    return fact


def visit_fact_as_known(fact: VisitFact, keys: Iterable[str]) -> VisitFact:
    """Return a fact about a visit with the visit's key as the calendar has it."""
    visit = known_visit(fact.visit, keys)
    return fact if visit == fact.visit else replace(fact, visit=visit)
