"""The operation that a visit follows, and whether the visit follows it at all, after what was done there."""

from collections.abc import Sequence

from app.domain.calendar.entries import OperationDone
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.pathway import applies
from app.domain.planning.planning_context import PlanningContext
from app.domain.protocol.anchors import Anchor, FirstDated, VisitDay
from app.domain.protocol.version import Visit

_LONGEST_CHAIN = 20
"""Anchors followed from visit to visit; more than any protocol has one after another."""


def operations_followed(context: PlanningContext, visit: Visit, anchor: Anchor) -> tuple[str, ...]:
    """Return the performed operations that a visit with this anchor follows, or the one that it is.

    A ward check is counted from the operation, the review of complications from the ward check: both follow the
    operation. What is counted from whichever of two operations has a day is counted from that one, which comes first
    here, and follows the other too: the second one takes nothing away that the first had made necessary.
    """
    operations = context.facts.operated
    if not operations:
        return ()
    if visit.id in operations:
        return (visit.id,)
    for _step in range(_LONGEST_CHAIN):
        found = _visit_of(context, anchor)
        if found in operations:
            among = anchor.visits if isinstance(anchor, FirstDated) else ()
            return (found, *(one for one in among if one in operations and one != found))
        timing = context.protocol.visits[found].timing if found else None
        if timing is None or context.protocol.visits[found].is_operation:
            return ()
        anchor = timing.anchor
    return ()


def _visit_of(context: PlanningContext, anchor: Anchor) -> str:
    if isinstance(anchor, VisitDay):
        return anchor.visit
    if isinstance(anchor, FirstDated):
        drafts = ((visit, context.single(visit)) for visit in anchor.visits)
        return next((visit for visit, draft in drafts if draft is not None and draft.assumed is not None), "")
    return ""


def left_after(context: PlanningContext, visit: Visit, operations: Sequence[str]) -> str:
    """Return the procedure after which a visit follows none of these operations; empty where it follows one of them."""
    left = [_left_after_one(context, visit, one) for one in operations]
    return left[0] if left and all(left) else ""


def _left_after_one(context: PlanningContext, visit: Visit, operation: str) -> str:
    done = context.facts.operations.get(operation)
    if done is None:
        return ""
    left = next((one for one in visit.left_out_after if one in done.procedures), "")
    if left:
        return left
    for name, values in visit.when.items():
        answer, choice = done.answers.get(name), context.protocol.choices.get(name)
        if answer is not None and choice is not None and answer not in values:
            return next((one for one in done.procedures if choice.by_procedure.get(one) == answer), "")
    return ""


def happens(context: PlanningContext, visit: Visit, operations: Sequence[str] = ()) -> bool:
    """Return whether the answers to the choices ask for a visit; those of an operation that it follows, if it does."""
    return any(applies(visit.when, context.facts.answers_after(one)) for one in operations or ("",))


def operations_done(facts: FactIndex) -> dict[str, OperationDone]:
    """Return what was done in each operation, and what each answers for what it is or is followed by."""
    told = {visit: OperationDone(one.procedures, one.answers) for visit, one in facts.operations.items()}
    return told | {visit: OperationDone((), answers) for visit, answers in facts.kept_answers.items()}
