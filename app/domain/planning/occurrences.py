"""The occurrences of a visit that belongs to no course: once, in a series, with cycles, or as often as needed."""

from collections.abc import Mapping
from datetime import date, timedelta

from app.domain.dates import Period, Roll
from app.domain.planning.after_operations import happens, left_after, operations_followed
from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.planning.outdated_visits import next_repeat
from app.domain.planning.planning_context import PlannedCourse, PlanningContext
from app.domain.planning.recurrence import due_distances
from app.domain.planning.visit_timing import schedule
from app.domain.protocol.anchors import AfterOutcome, Anchor, VisitDay
from app.domain.protocol.timing import EachOf, EveryCycle, OnDemand, Series, Timing
from app.domain.protocol.version import UNSCHEDULED, Visit

SECOND = "@2"
"""The end of the keys of a visit that is repeated after another one (`Visit.repeat_after`)."""


class OccurrencePlanner:
    """Plans all occurrences of one visit; `drafts` has those planned so far, by key."""

    def __init__(self, context: PlanningContext, visit: Visit) -> None:
        """Prepare; `plan` does the work."""
        self._context = context
        self._visit = visit
        self._drafts: dict[str, DraftVisit] = {}
        self._after = self._left = ""
        self._followed: tuple[str, ...] = ()

    @property
    def drafts(self) -> Mapping[str, DraftVisit]:
        """The occurrences by key, in the order in which they were planned."""
        return self._drafts

    def plan(self) -> None:
        """Plan the occurrences, if the pathway has the visit."""
        visit, pathway = self._visit, self._context.pathway
        if not pathway.includes(visit) or not self._suits_regimen():
            return
        if isinstance(visit.repeat, OnDemand):
            if happens(self._context, visit):
                self._on_demand()
        elif visit.timing is not None and pathway.reaches(visit) and self._can_be_counted(visit.timing):
            self._repeat(visit.timing)

    def _suits_regimen(self) -> bool:
        """Whether the visit belongs to the length of the cycles of the participant's first regimen."""
        wanted = self._visit.cycle_days
        if not wanted:
            return True
        regimen = self._context.protocol.regimens.get(self._context.participant.regimen)
        return regimen is not None and regimen.cycle_days == wanted

    def _can_be_counted(self, timing: Timing) -> bool:
        """Whether a visit that appears with a milestone has a day to be counted from; other visits may wait for one.

        A call 30 days after the last dose, once treatment has ended: whoever never had a dose gets no call.
        """
        return not self._visit.after_milestone or self._context.resolve(timing.anchor, 0).day is not None

    def _on_demand(self) -> None:
        """Plan the occurrences that somebody gave a day, and offer the key of one more."""
        visit, context = self._visit, self._context
        prefix = visit.id + "#"
        rests = [key[len(prefix) :] for key in context.facts.keys if key.startswith(prefix)]
        numbers = sorted(int(rest) for rest in rests if rest.isdigit())
        for number in numbers:
            draft = self._draft(f"{prefix}{number}", number)
            draft.basis_recorded = draft.performed is not None
            draft.cancelled = draft.result is None and context.pathway.cancels(visit.id, draft.key, number)
        if visit.id not in context.pathway.cancelled:
            context.offer(f"{prefix}{max(numbers, default=0) + 1}")

    def _repeat(self, timing: Timing) -> None:
        """Plan the occurrences; all of them a second time when the visit is repeated after another one that has a day.

        A ward check 7 days after the operation of 5 April is on 12 April. A second operation on 10 May, after which it
        is repeated, gives it a second occurrence ``WARD@2`` on 17 May.
        """
        self._repeat_from(timing, timing.anchor, "")
        repeat_after = self._visit.repeat_after
        if repeat_after:
            again = self._context.single(repeat_after)
            if again is not None and again.assumed is not None:
                self._repeat_from(timing, VisitDay(repeat_after), SECOND)

    def _repeat_from(self, timing: Timing, anchor: Anchor, suffix: str) -> None:
        """Plan the occurrences counted from this anchor, as the visit repeats. `suffix`: what their keys end with."""
        repeat, context = self._visit.repeat, self._context
        self._follow(anchor)
        if context.facts.operations and not self._left and not happens(context, self._visit, self._followed):
            return
        if repeat is None:
            self._occurrence(timing, anchor, 0, suffix)
        elif isinstance(repeat, Series):
            self._series(repeat, timing, anchor, suffix)
        elif isinstance(repeat, EveryCycle):
            planned = context.planned_course(repeat.course)
            for cycle in range(repeat.first, len(planned.day_ones) + 1 if planned else 0, repeat.every):
                ended = self._ended_with_course(repeat.course, planned, cycle)
                self._occurrence(timing, anchor, cycle, suffix, cancelled=ended)
        elif isinstance(repeat, EachOf):
            for other in tuple(context.occurrences(context.protocol.visits[repeat.visit]).values()):
                if other.key in (repeat.visit, f"{repeat.visit}#{other.number}"):
                    self._occurrence(timing, anchor, other.number, suffix, cancelled=other.cancelled)
        elif isinstance(anchor, AfterOutcome):
            number = 1
            while context.resolve(anchor, number).draft is not None:
                self._occurrence(timing, anchor, number, suffix)
                number += 1

    def _follow(self, anchor: Anchor) -> None:
        """Find the operations that the occurrences follow, and whether they are left out after what was done there."""
        context, visit = self._context, self._visit
        if not context.facts.operated:
            return
        self._followed = operations_followed(context, visit, anchor)
        self._after = self._followed[0] if self._followed else ""
        self._left = left_after(context, visit, self._followed)

    def _ended_with_course(self, course: str, planned: PlannedCourse | None, cycle: int) -> bool:
        """Whether the visit of a cycle is cancelled with its course, as the cycle was not begun when that ended.

        A rule of the visit's own for that course takes the place of this one.
        """
        if any(rule.course == course for rule in self._visit.early_end):
            return False
        return self._context.pathway.ends_early(course) and planned is not None and not planned.dose_given_from(cycle)

    def _series(self, series: Series, timing: Timing, anchor: Anchor, suffix: str) -> None:
        start = self._context.resolve(anchor, 0).day
        for number, distance in due_distances(series, start, self._horizon(series)):
            if not self._series_over(series, start, number, distance, suffix):
                self._occurrence(timing, anchor, number, suffix, distance)

    def _horizon(self, series: Series) -> date:
        """The last day that a series without end is planned for."""
        context = self._context
        end = context.today
        if series.until == "died" and context.facts.died is not None:
            end = min(end, context.facts.died.on)
        return (series.beyond or NOTHING).after(end)

    def _series_over(self, series: Series, start: date | None, number: int, distance: Period, suffix: str) -> bool:
        """Whether the series has ended before this occurrence: by a performed visit or a milestone.

        Contacts every 3 months from 5 January until progression. Progression was recorded on 20 August, so the contact
        of 5 July is the last one; that of 5 October is not planned, unless it has a fact already.
        """
        if not series.until:
            return False
        context = self._context
        performed = context.facts.occurrences_performed(series.until)
        end = context.pathway.milestones.get(series.until) or (performed[0].on if performed else None)
        if end is None or start is None or distance.after(start) <= end:
            return False
        return f"{self._visit.id}#{number}{suffix}" not in context.facts.keys

    def _occurrence(
        self,
        timing: Timing,
        anchor: Anchor,
        number: int,
        suffix: str,
        distance: Period | None = None,
        cancelled: bool = False,
    ) -> None:
        """Plan one occurrence, and its repeats where it is outdated; `cancelled`: unless it has a result already."""
        visit, context = self._visit, self._context
        numbered = f"#{number}" if number else ""
        if visit.parts:
            numbered += f"{'.' if number else '#'}{visit.parts[0].day}"
        key: str | None = visit.id + numbered + suffix
        while key is not None:
            draft = self._draft(key, number)
            draft.frozen = visit.id in context.pathway.cancelled
            ended = cancelled or context.pathway.cancels(visit.id, key, number)
            draft.cancelled = draft.result is None and ended
            schedule(context, draft, timing, anchor, distance)
            self._further_days(draft, number, suffix)
            key = self._next_repeat(draft) if visit.renew else None

    def _next_repeat(self, draft: DraftVisit) -> str | None:
        context = self._context
        return next_repeat(draft, context.facts, context.protocol.only_records(context.facts.choices))

    def _further_days(self, first: DraftVisit, number: int, suffix: str) -> None:
        """Plan the further days of a visit that takes several, counted from its first day."""
        for part in first.visit.parts[1:]:
            draft = self._draft(f"{first.visit.id}#{f'{number}.' if number else ''}{part.day}{suffix}", number)
            draft.day, draft.cancelled = part.day, first.cancelled
            draft.count_from(first)
            if first.assumed is not None:
                recorded = draft.basis_recorded
                draft.add_reason("part", visit=first.key, on=first.assumed, day=part.day, recorded=recorded)
                start = first.visit.parts[0].day
                draft.target = draft.earliest = draft.latest = first.assumed + timedelta(part.day - start)
            draft.propose_day(Roll.NONE, self._context.closed)

    def _draft(self, key: str, number: int) -> DraftVisit:
        draft = DraftVisit(self._context.facts, self._visit, key)
        draft.number = number
        draft.after, draft.left = self._after, self._left
        self._drafts[key] = draft
        self._context.register(draft)
        return draft


def plan_unscheduled(context: PlanningContext) -> None:
    """Plan the visits that no protocol asks for; each has the day that somebody gave it."""
    for key in sorted(context.facts.keys):
        if key.startswith("U#"):
            draft = DraftVisit(context.facts, UNSCHEDULED, key)
            draft.number = int(key[2:])
            draft.basis_recorded = draft.performed is not None
            context.register(draft)
