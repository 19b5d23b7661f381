"""Accepting what today's planning rules make of visits that were planned by earlier ones: a person says so, a fact.

Until then the study shows the visits as they were planned before (`app.services.study.planned_before`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.calendar.difference import Change, difference
from app.domain.calendar.entries import OPEN, Calendar
from app.domain.facts.chain_head import Head
from app.domain.facts.kind import Json
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import NewFact
from app.domain.planning.planning_rules import PLANNING_RULES
from app.domain.refusal import Doubted, Refused
from app.progress import Progress
from app.services.commands.backup import back_up_changes, back_up_quietly
from app.services.study.study import Study
from app.services.study.visit_cache import plan_again


@dataclass(frozen=True, slots=True)
class PlanningProposal:
    """What accepting today's planning rules does. `rules`: the number of those that the visits were planned by.

    `planned_on`: the day as of which they were. `calendars`: of each participant whom it concerns, before and after,
    by code; `changes`: the visits. `reprint`: the open ones among them with a printed sheet, by participant's number.
    """

    today: date
    head: Head
    rules: int
    planned_on: date
    calendars: Mapping[str, tuple[Calendar, Calendar]] = field(default_factory=dict)
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    reprint: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def visits(self) -> int:
        """The number of visits that change."""
        return sum(map(len, self.changes.values()))

    @property
    def doubt(self) -> Doubted | None:
        """Why a person is asked before it is accepted; None where nothing changes."""
        if not self.changes:
            return None
        return Doubted("planning_moves", visits=self.visits, participants=len(self.changes))


def propose_planning(study: Study, today: date, progress: Progress | None = None) -> PlanningProposal | None:
    """Return what accepting today's planning rules would do; None where the visits are planned by them."""
    before = study.before
    if before is None:
        return None
    calendars: dict[str, tuple[Calendar, Calendar]] = {}
    changes: dict[str, tuple[Change, ...]] = {}
    reprint: dict[int, tuple[str, ...]] = {}
    total = len(study.people())
    for done, (subject, case) in enumerate(study.each_case(), start=1):
        shown, new = study.calendar(case, today), study.plan(case, today)
        found = difference(shown, new)
        if found:
            calendars[case.code], changes[case.code] = (shown, new), found
            again = _printed(case) & {one.key for one in found if one.new is not None and one.new.status in OPEN}
            if again:
                reprint[subject] = tuple(sorted(again))
        if progress is not None:
            progress(done, total)
    return PlanningProposal(today, study.head(), before.rules, before.planned_on, calendars, changes, reprint)


def _printed(case: ParticipantRecord) -> set[str]:
    """Return the visits with a printed sheet."""
    lists = [one.fields.get("visits") for one in case.records if one.kind == "printed"]
    return {str(visit) for visits in lists if isinstance(visits, list) for visit in visits}


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
