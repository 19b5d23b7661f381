"""How somebody enters the study: screening, enrolment, consent and inclusion as one command of the ordinary facts.

A new participant who is screened, consents and is enrolled on one day is one command with three facts, checked in that
order as if they had been recorded one by one; one undo takes all of them back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TypeVar

from app.domain.calendar.difference import difference
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import provisional
from app.domain.refusal import Doubted, Refused, joined
from app.services.commands.enrol import propose_enrolment, propose_screening
from app.services.commands.record import Asked, Proposal, propose_for
from app.services.study.study import Study

T = TypeVar("T")
SCREENING, CONSENT = "screened", "consent"
INCLUSION = "included"
"""The parts whose fields have the name of the part before their own in the place of a refusal."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What is to be recorded of somebody who enters the study, each part as it was typed; empty where there is none.

    `enrolment`: with a day of consent alone somebody is in screening. `inclusion`: of somebody in screening.
    """

    code: str
    screening: Mapping[str, object] = field(default_factory=dict)
    enrolment: Mapping[str, object] = field(default_factory=dict)
    consent: Mapping[str, object] = field(default_factory=dict)
    inclusion: Mapping[str, object] = field(default_factory=dict)

    @property
    def further(self) -> list[Asked]:
        """Return the facts about somebody who has a calendar, in their order."""
        given = ((CONSENT, self.consent), (INCLUSION, self.inclusion))
        return [Asked(kind, fields) for kind, fields in given if fields]


def propose_intake(study: Study, intake: Intake, today: date) -> Proposal:
    """Return the facts that it would record as one command, and the calendar that they would give.

    Raises:
        Refused: a part is wrong or contradicts the study or another part.
    """
    screening = None
    if intake.screening:
        screening = placed(SCREENING, lambda: propose_screening(study, intake.screening, today))
    screened = screening.facts[0] if screening is not None else None
    if intake.enrolment:
        entered = propose_enrolment(study, intake.enrolment, today, screened)
        facts = (*(screening.facts if screening is not None else ()), *entered.facts)
        first = replace(entered, facts=facts, doubt=joined([screening.doubt if screening else None, entered.doubt]))
    else:
        first = screening if screening is not None else _so_far(study, intake.code, today)
    for asked in intake.further:
        first = placed(asked.kind, partial(_with_next, study, first, asked))
    return first


def _so_far(study: Study, code: str, today: date) -> Proposal:
    """Return what is known of somebody in screening: nothing is recorded yet."""
    case = study.enrolled(code)
    now = study.calendar(case, today)
    return Proposal(case.subject, case.code, today, study.head(), (), now, now, (), study.protocol(case))


def _with_next(study: Study, first: Proposal, asked: Asked) -> Proposal:
    """Return the proposal with one more fact after those that it has.

    Raises:
        Refused: it is wrong or contradicts what is known, or there is no calendar.
    """
    if first.before is None or first.after is None:
        raise Refused("not_enrolled", code=first.code)
    number = study.head().seq + 1
    told = [provisional(fact, number + place) for place, fact in enumerate(first.facts)]
    case = ParticipantRecord.of(first.subject, [*study.case(first.subject).records, *told])
    found = propose_for(study, case, first.protocol, first.after, [asked])
    after = found.after or first.after
    return replace(
        first,
        facts=(*first.facts, *found.facts),
        after=after,
        changes=difference(first.before, after),
        doubt=joined([first.doubt, found.doubt]),
        twice=(*first.twice, *found.twice),
        remark=joined([first.remark, found.remark]),
    )


def placed(part: str, work: Callable[[], T]) -> T:
    """Return what the work yields; a refusal names the part before the field.

    Raises:
        Refused: by the work.
    """
    try:
        return work()
    except Doubted:
        raise
    except Refused as refused:
        raise Refused(refused.kind, f"{part}.{refused.place}", **refused.values) from None
