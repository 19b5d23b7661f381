"""How far participants have come along a trial: the counts of its flow, from those identified to those followed up."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from app.domain.calendar.entries import Calendar
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.planner_facts import Decided
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import ProtocolVersion

FOLLOW_UP = "follow_up"
"""The epoch with which follow-up begins."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Which steps one participant has reached.

    `identified`: known in the study at all. `screened`: with a screening, or without one past it. `evaluated`: at an
    assessment at which something is decided. `followed`: at a visit of the follow-up.
    """

    identified: bool = True
    screened: bool = False
    consented: bool = False
    included: bool = False
    started: bool = False
    evaluated: bool = False
    operated: bool = False
    followed: bool = False
    died: bool = False


STEPS = tuple(field.name for field in fields(Reached))
"""The steps in their order."""


def reached(case: ParticipantRecord, protocol: ProtocolVersion | None, calendar: Calendar | None) -> Reached:
    """Return how far a participant has come; without a calendar that is screening."""
    if protocol is None or calendar is None:
        return Reached(screened=case.screened is not None, died=case.died_on is not None)
    done = [one for one in calendar.entries if one.performed is not None]
    epochs = [one.id for one in protocol.epochs]
    late = set(epochs[epochs.index(FOLLOW_UP) :]) if FOLLOW_UP in epochs else set()
    decided = any(isinstance(fact, Decided) for fact in case.facts)
    return Reached(
        screened=True,
        consented=True,
        included=case.enrolled_on is not None,
        started=any(one.day_kind in DOSES for one in done),
        evaluated=decided or any(protocol.decides(one.visit.id, one.number) for one in done),
        operated=any(one.visit.is_operation for one in done),
        followed=any(one.visit.epoch in late for one in done),
        died=case.died_on is not None,
    )


def totals(people: Iterable[Reached]) -> dict[str, int]:
    """Return how many reached each step."""
    found = dict.fromkeys(STEPS, 0)
    for one in people:
        for step in STEPS:
            found[step] += bool(getattr(one, step))
    return found
