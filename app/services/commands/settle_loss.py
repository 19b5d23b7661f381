"""Saying that facts that could not be read were recorded again, or are not needed: a person says so, a fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import Calendar
from app.domain.facts.fields import read_reason
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.facts.study_kinds import SETTLED
from app.domain.refusal import Refused
from app.services.study.study import Study
from app.services.study.visit_cache import update_visits


@dataclass(frozen=True, slots=True)
class Settled:
    """The numbers of the facts that were settled, and the participants whose days are certain by that."""

    numbers: tuple[int, ...]
    participants: tuple[str, ...]


def settle_loss(study: Study, code: str, reason: str, today: date) -> Settled:
    """Record that what could not be read is settled: of one participant, or (without a code) of everybody.

    What may be about anyone is settled only for everybody.

    Raises:
        Refused: nothing may be added, there is no such participant, or nothing is left to settle.
    """
    study.must_write()
    study.must_plan()
    why = read_reason(reason)
    subject = study.subject(code) if code else 0
    numbers = tuple(one.seq for one in study.losses if not subject or one.subject == subject)
    if not numbers:
        raise Refused("nothing_lost", of=f": {code}" if code else "")
    before = {case.subject: study.plan(case, today) for case in study.each_case([subject] if subject else None)}
    fields: dict[str, Json] = {"numbers": [*numbers], **why}
    try:
        with study.store.transaction():
            study.append(today, [NewFact(SETTLED, fields)])
            study.forget()
            changed = _plan_again(study, before, today)
    finally:
        study.forget()
    return Settled(numbers, changed)


def _plan_again(study: Study, before: Mapping[int, Calendar], today: date) -> tuple[str, ...]:
    """Plan these participants again; return the codes of those whose visits are others now."""
    changed = []
    for case in study.each_case(before):
        after = study.plan(case, today)
        if after != before[case.subject]:
            changed.append(case.code)
            update_visits(study, case.subject, before[case.subject], after)
    return tuple(changed)
