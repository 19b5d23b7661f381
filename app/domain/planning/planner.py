"""The planner: protocol, site, participant, facts and today in; the participant's complete calendar out.

Pure: the same arguments always give the same calendar, so a preview is the difference of two calls.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.calendar.entries import Calendar
from app.domain.facts.planner_facts import Fact, Participant, Site
from app.domain.facts.visit_keys import visit_of
from app.domain.planning.anchor_days import AnchorResolver
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.entry_builder import EntryBuilder
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.finding_ages import with_old_findings
from app.domain.planning.kept_days import End, cancelled_by_an_end, ends_of, keep_days
from app.domain.planning.occurrences import OccurrencePlanner, plan_unscheduled
from app.domain.planning.pathway import Pathway, applies
from app.domain.planning.planning_context import PlannedCourse, ResolvedAnchor
from app.domain.planning.treatment_cycles import CoursePlanner
from app.domain.protocol.anchors import Anchor
from app.domain.protocol.version import ProtocolVersion, Visit

EarlierPlans = dict[tuple[int, ...], tuple[Sequence[Fact], Mapping[str, DraftVisit]]]
"""The visits that follow from the first facts of one story, by the identities of these facts: planned once."""


def plan(
    protocol: ProtocolVersion,
    site: Site,
    participant: Participant,
    facts: Sequence[Fact],
    today: date,
    earlier: EarlierPlans | None = None,
) -> Calendar:
    """Return the participant's calendar as it follows from the facts, as of `today`; `earlier`: plans made before."""
    return planner_of(protocol, site, participant, facts, today, earlier).calendar()


def planner_of(
    protocol: ProtocolVersion,
    site: Site,
    participant: Participant,
    facts: Sequence[Fact],
    today: date,
    earlier: EarlierPlans | None = None,
) -> "Planner":
    """Return the plan before it is made, for those who may need no more of it than the keys of its visits."""
    return Planner(protocol, Site(site.closed.watched(), site.zone), participant, facts, today, earlier)


class Planner:
    """One plan in the making: visits and courses are planned when something is counted from them.

    It fulfils `PlanningContext`, by which its parts ask each other. It keeps none of the parts that know it: so it is
    no garbage to be searched for, which took a quarter of the time of planning a large study.
    """

    def __init__(
        self,
        protocol: ProtocolVersion,
        site: Site,
        participant: Participant,
        facts: Sequence[Fact],
        today: date,
        earlier: EarlierPlans | None = None,
    ) -> None:
        """Index the facts and find the pathway."""
        self.protocol = protocol
        self._told = (participant, facts)
        self._earlier = earlier
        self.participant = participant = participant.after(facts)
        self.closed = site.closed
        self.today = today
        self.facts = FactIndex(protocol, participant, facts)
        self.pathway = Pathway(protocol, self.facts)
        self._site = site
        self._drafts: dict[str, DraftVisit] = {}
        self._offered: set[str] = set()
        self._drafted = False
        self._left: list[DraftVisit] = []
        self._departed: frozenset[str] = frozenset()
        self._occurrences: dict[str, Mapping[str, DraftVisit]] = {}
        self._courses: dict[str, PlannedCourse | None] = {}

    def calendar(self) -> Calendar:
        """Return every visit of the pathway, in order."""
        self._draft()
        self._keep_days()
        builder = EntryBuilder(self.protocol, self._site, self.participant, self.facts, self.today)
        found = builder.calendar(self._drafts, self._offered, self.pathway.over_on(), self._left)
        recorded_only = self.protocol.only_records(self.facts.choices)
        return found if recorded_only else with_old_findings(found, self.protocol.ages)

    def keys(self) -> frozenset[str]:
        """Return every key that facts may use, as `Calendar.keys` has them."""
        self._draft()
        return frozenset(self._drafts).union(self._offered)

    def keys_past(self, day: date) -> frozenset[str]:
        """Return the keys of the open visits that were over before a day; only one of those can be overdue on it."""
        self._draft()
        return frozenset(draft.key for draft in self._drafts.values() if draft.is_open and draft.is_past(day))

    def _draft(self) -> None:
        if self._drafted:
            return
        self._drafted = True
        for course in self.protocol.courses:
            self.planned_course(course.id)
        course_rows = self.protocol.course_rows
        for visit in self.protocol.visits.values():
            if visit.id not in course_rows:
                self.occurrences(visit)
        plan_unscheduled(self)
        for draft in self._drafts.values():
            if draft.left_out:
                draft.keep_own_window()
        self._departed = self.pathway.cancel_at_departure(self._drafts.values())
        self._left = [draft for draft in self._drafts.values() if draft.left] if self.facts.operations else []
        for draft in self._left:
            del self._drafts[draft.key]

    def _keep_days(self) -> None:
        """Let cancelled visits keep the days that they had before they were cancelled.

        What the first of several ends cancelled keeps its days in the plan before the second one too, and so on.
        """
        if not any(draft.cancelled for draft in self._drafts.values()):
            return
        last: End | None = None
        before: Mapping[str, DraftVisit] = {}
        for end in ends_of(self.protocol, self._told[1]):
            before = self._planned_before(end, last, before)
            last = end
        if last is not None:
            self._keep(last, before)

    def _planned_before(self, end: End, last: End | None, before: Mapping[str, DraftVisit]) -> Mapping[str, DraftVisit]:
        """Return the visits as they follow from the facts before an end; `last`, `before`: the end before, and its."""
        person, facts = self._told
        first, plans = facts[: end.place], self._earlier
        known = tuple(map(id, first))
        if plans is not None and known in plans:
            return plans[known][1]
        planner = Planner(self.protocol, self._site, person, first, self.today)
        planner._draft()
        if last is not None:
            planner._keep(last, before)
        if plans is not None:
            plans[known] = first, planner._drafts
        return planner._drafts

    def _keep(self, end: End, before: Mapping[str, DraftVisit]) -> None:
        cancelled = cancelled_by_an_end(self._drafts.values(), self.facts.decisions)
        keep_days(self._drafts, [one for one in cancelled if not (end.departed and one.key in self._departed)], before)

    def resolve(self, anchor: Anchor, number: int) -> ResolvedAnchor:
        """Return the day of an anchor, for the occurrence of that number."""
        return AnchorResolver(self).resolve(anchor, number)

    def planned_course(self, course_id: str) -> PlannedCourse | None:
        """Return the cycles of a course; None when the pathway does not have it, or while it is being planned."""
        if course_id not in self._courses:
            self._courses[course_id] = None
            course = self.protocol.course(course_id)
            on_pathway = applies(course.when, self.facts.choices)
            if on_pathway and self.pathway.reaches(self.protocol.visits[course.first]):
                self._courses[course_id] = CoursePlanner(self, course).plan()
        return self._courses[course_id]

    def occurrences(self, visit: Visit) -> Mapping[str, DraftVisit]:
        """Return the drafts of a visit by key: those so far, while it is being planned."""
        found = self._occurrences.get(visit.id)
        if found is None:
            planner = OccurrencePlanner(self, visit)
            found = self._occurrences[visit.id] = planner.drafts
            planner.plan()
        return found

    def single(self, visit_id: str) -> DraftVisit | None:
        """Return the draft of a visit that happens once, or of the first day of a course."""
        course = self.protocol.course_rows.get(visit_id)
        if course is not None:
            self.planned_course(course)
            return self._drafts.get(visit_id)
        return self.occurrences(self.protocol.visits[visit_id]).get(visit_id)

    def at(self, key: str) -> DraftVisit | None:
        """Return the draft of that key, if the pathway has it."""
        found = self._drafts.get(key)
        visit = self.protocol.visits.get(visit_of(key))
        if found is None and visit is not None and visit.id not in self.protocol.course_rows:
            found = self.occurrences(visit).get(key)
        return found

    def register(self, draft: DraftVisit) -> None:
        """Add a draft to the plan."""
        self._drafts[draft.key] = draft

    def offer(self, key: str) -> None:
        """Note that facts may use this key, although the plan has no draft of it."""
        self._offered.add(key)
