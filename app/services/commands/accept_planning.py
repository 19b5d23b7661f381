"""Accepting what today's planning rules make of visits that were planned by earlier ones: a person says so, a fact.

Until then the study shows the visits as they were planned before (`app.services.study.planned_before`).
"""

from app.domain.facts.chain_head import Head
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.planning.planning_rules import PLANNING_RULES
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.commands.backup import back_up_changes, back_up_quietly
from app.services.queries.planning import PlanningProposal
from app.services.study.study import Study
from app.services.study.visit_cache import plan_again


def accept_planning(
    study: Study, proposal: PlanningProposal | None, sure: bool = False, progress: Progress | None = None
) -> Head:
    """Plan everybody by today's rules from now on, and record who accepted that; return the head of the chain.

    `sure`: a person has seen what changes and confirms it.

    Raises:
        Doubted: visits change, and nobody has confirmed it.
        Refused: nothing is to be accepted, the file has changed since, or it cannot be written.
    """
    study.must_write()
    if proposal is None or study.before is None:
        raise Refused("nothing_to_accept")
    if study.head() != proposal.head:
        raise Refused("changed_meanwhile")
    if proposal.doubt is not None and not sure:
        raise proposal.doubt
    back_up_quietly(study, back_up_changes)
    fields: dict[str, Json] = {
        "before": proposal.rules,
        "after": PLANNING_RULES,
        "visits": proposal.visits,
        "participants": len(proposal.changes),
    }
    if proposal.reprint:
        fields["reprint"] = {str(subject): list(visits) for subject, visits in proposal.reprint.items()}
    with study.store.transaction():
        study.append(proposal.today, [NewFact("planning_accepted", fields)])
        plan_again(study, proposal.today, progress)
    study.before = None
    study.forget()
    return study.head()
