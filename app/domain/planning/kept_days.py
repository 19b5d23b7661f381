"""The days of cancelled visits: each keeps those that it had before the fact that cancelled it.

"No surgery" was decided on 25 September, with the operation expected on 29 October. Chemotherapy goes on, and a cycle
that was expected on 1 October is given on the 3rd. Had the operation not been cancelled it would be on 31 October; as
it was, it is listed on the 29th for good. So the plan is made once more, without that fact and all that followed it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.facts.planner_facts import (
    Contacted,
    Decided,
    Died,
    Fact,
    FoundAgain,
    Lost,
    Performed,
    Stopped,
    Withdrawn,
)
from app.domain.facts.visit_keys import visit_of
from app.domain.planning.draft_visit import DraftVisit
from app.domain.protocol.decisions import Effect, Selection
from app.domain.protocol.version import ProtocolVersion

_MOST = 50
"""The number of ends that are looked at, the last ones: more would be no participant's, and each is a plan."""


@dataclass(frozen=True, slots=True)
class End:
    """The place, from 0, of a fact that may have cancelled visits that have moved since.

    `departed`: a death, a loss or a withdrawal follows; what that cancelled has its days still.
    """

    place: int
    departed: bool


def ends_of(protocol: ProtocolVersion, facts: Sequence[Fact]) -> list[End]:
    """Return the facts that may have cancelled visits that have moved since, in their order.

    A death cancels what is to come and moves nothing: the visits have their days still, until a dose is entered late.
    """
    found: list[End] = []
    cancelling = _cancelling(protocol, facts)
    moved = departed = False
    for place in reversed(range(len(facts))):
        fact = facts[place]
        departs = isinstance(fact, Died | Lost) or (isinstance(fact, Withdrawn) and fact.scope == "all")
        if place in cancelling or (departs and moved):
            found.append(End(place, departed))
            moved = departed = False
        elif departs:
            departed = True
        else:
            moved = moved or not isinstance(fact, Contacted | FoundAgain)
    return found[:_MOST][::-1]


def _cancelling(protocol: ProtocolVersion, facts: Sequence[Fact]) -> set[int]:
    """Return the places of the facts that may cancel visits while the participant stays in the study."""
    found: set[int] = set()
    turns: set[str] = set()
    for place, fact in enumerate(facts):
        match fact:
            case Stopped() | Withdrawn(scope="treatment"):
                found.add(place)
            case Performed():
                visit = protocol.visits.get(visit_of(fact.visit))
                if visit is not None and visit.on_performed is not None:
                    found.add(place)
            case Decided():
                decision = protocol.decisions.get(visit_of(fact.visit))
                effect = decision.outcomes.get(fact.outcome) if decision is not None else None
                if effect is not None and (_cancels(effect) or (effect.milestone and effect.milestone not in turns)):
                    found.add(place)
                    turns.add(effect.milestone)
    return found


def _cancels(effect: Effect) -> bool:
    return bool(effect.end or effect.discontinue or effect.cancel_later or effect.cancel != Selection())


def cancelled_by_an_end(drafts: Iterable[DraftVisit], decisions: Mapping[str, Decided]) -> list[DraftVisit]:
    """Return the cancelled visits that keep their days.

    Not so what belongs to a dose that was omitted or missed. Nor a visit that happens once and at which something was
    decided: a stop had given it another day, which held only as long as nothing was decided.
    """
    cancelled = (one for one in drafts if one.cancelled and one.result is None)
    without_own = (one for one in cancelled if one.dose is None or not one.dose.left_out)
    return [one for one in without_own if one.visit.repeat is not None or one.key not in decisions]


def keep_days(drafts: dict[str, DraftVisit], cancelled: Sequence[DraftVisit], before: Mapping[str, DraftVisit]) -> None:
    """Give cancelled visits the days that they have in an earlier plan, where they had any.

    What was performed for one of them, such as bloods for its dose, is then as good or as outdated as it was: it keeps
    its days too, and needs no repeat that it did not need before.
    """
    gone = {one.key for one in cancelled}
    for draft in tuple(drafts.values()):
        then = before.get(draft.key)
        if then is None:
            if draft.key in gone and "/" in draft.key and draft.arranged is None:
                del drafts[draft.key]
        elif draft.key in gone:
            if then.window is not None:
                _copy_days(then, draft)
                draft.assumed = draft.arranged or draft.proposed
        elif draft.performed is not None and then.performed is not None and _prepares(draft, gone):
            _copy_days(then, draft)
            draft.outdated, draft.problems = then.outdated, list(then.problems)


def _prepares(draft: DraftVisit, gone: Collection[str]) -> bool:
    """Whether a visit prepares one of those, as bloods do a dose."""
    basis = draft.counted_from
    return basis is not None and basis.key in gone and (draft.dose is basis or draft.visit.renew)


def _copy_days(then: DraftVisit, draft: DraftVisit) -> None:
    draft.target, draft.earliest, draft.latest = then.target, then.earliest, then.latest
    draft.preferred, draft.proposed = then.preferred, then.proposed
    draft.basis_recorded, draft.reasons = then.basis_recorded, list(then.reasons)
