"""The days that visits are counted from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from app.domain.calendar.entries import ReasonKind
from app.domain.facts.visit_keys import visit_of
from app.domain.planning.cycle_count import planned_number, without_end
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.planning_context import UNRESOLVED, PlannedCourse, PlanningContext, ResolvedAnchor
from app.domain.protocol.anchors import (
    AfterOutcome,
    Anchor,
    Consent,
    CycleEnd,
    CycleStart,
    DecidingVisit,
    EachDay,
    ElseWhen,
    Enrolment,
    FirstDated,
    LastDose,
    LastPerformedDose,
    MilestoneDay,
    RegimenChange,
    TreatmentEnd,
    VisitDay,
)
from app.domain.protocol.regimens import DayKind


class AnchorResolver:
    """Finds the day of an anchor."""

    def __init__(self, context: PlanningContext) -> None:
        """Resolve anchors within one plan."""
        self._context = context

    def resolve(self, anchor: Anchor, number: int) -> ResolvedAnchor:
        """Return the day of an anchor, for the occurrence of that number."""
        return self._methods[type(anchor)](self, anchor, number)

    def _enrolment(self, anchor: Enrolment, number: int) -> ResolvedAnchor:
        """The day of enrolment; in screening the assumed day of the enrolment visit."""
        on = self._context.participant.enrolled_on
        if on is not None:
            return ResolvedAnchor(on, None, True, "enrolment")
        draft = self._context.single(self._context.protocol.enrolment_visit)
        return UNRESOLVED if draft is None else _day_of(draft)

    def _consent(self, anchor: Consent, number: int) -> ResolvedAnchor:
        return ResolvedAnchor(self._context.participant.first_day, None, True, "consent")

    def _visit_day(self, anchor: VisitDay, number: int) -> ResolvedAnchor:
        context = self._context
        if anchor.visit == context.protocol.enrolment_visit:
            return self._enrolment(Enrolment(), number)
        draft = context.single(anchor.visit)
        if draft is None:
            return UNRESOLVED
        # A course that ended before its first dose never began: its day 1, planned for 30 November and cancelled, is no
        # day to count a visit "12 weeks after the start of treatment" from. Nor is one that was omitted or missed,
        # where treatment was stopped. Once a dose was given it is.
        course = None if anchor.as_planned else context.protocol.course_rows.get(anchor.visit)
        pathway = context.pathway
        gone = draft.cancelled or (draft.left_out and course is not None and pathway.was_stopped(course))
        if course is not None and gone and course in pathway.ended:
            planned = context.planned_course(course)
            if planned is not None and not planned.any_performed:
                return UNRESOLVED
        return _day_of(draft)

    def _first_dated(self, anchor: FirstDated, number: int) -> ResolvedAnchor:
        """The first visit of the list that has a date; the order of the list counts, not that of the dates.

        Of operation and chemotherapy: while the operation waits for a date, count from the chemotherapy of 30 November;
        as soon as the operation is booked for 5 April, count from 5 April.
        """
        for visit_id in anchor.visits:
            draft = self._context.single(visit_id)
            if draft is not None and draft.assumed is not None:
                return _day_of(draft)
        return UNRESOLVED

    def _last_dose(self, anchor: LastDose, number: int) -> ResolvedAnchor:
        """The last dose that was given or is still expected, in the last of these courses that has one.

        Doses planned for 30 November, 14 December and 28 December: an operation four weeks later is counted from 28
        December, whether that dose is recorded or not, and moves when it moves. If the dose of 28 December is omitted,
        the operation is counted from 14 December. While the last of the doses has no day, or no dose is the last one
        because the course goes on without an end, nothing can be counted.
        """
        given = LastPerformedDose(anchor.else_performed)
        if anchor.else_performed and self._context.pathway.discontinued.intersection(anchor.courses):
            is_over = not anchor.else_when or any(map(self._is_over, anchor.else_when))
            return self._last_performed(given, number) if is_over else UNRESOLVED
        expected = self._last_expected(anchor, number)
        if expected.day is None and any(map(self._is_over, anchor.else_when)):
            return self._last_performed(given, number)
        return expected

    def _last_expected(self, anchor: LastDose, number: int) -> ResolvedAnchor:
        """Resolve to the last dose expected of these courses, the later course first, as soon as it has a day."""
        for course_id in reversed(anchor.courses):
            planned = self._context.planned_course(course_id)
            if planned is None:
                continue
            course = self._context.protocol.course(course_id)
            if anchor.as_planned and course_id not in self._context.pathway.stopped_earlier:
                most = planned_number(self._context, course) or len(planned.day_ones)
                in_plan = [dose for dose in planned.doses if dose.cycle <= most and not dose.left_out and dose.assumed]
                if in_plan:
                    return _last_of(in_plan)
                continue
            if without_end(self._context, course):
                return UNRESOLVED
            if self._ended_without_a_last_dose(course_id):
                return UNRESOLVED
            # The doses of a discontinued course are cancelled and still count (`frozen`): if the course is discontinued
            # on 20 December, the operation keeps the day counted from 28 December.
            counted = [dose for dose in planned.doses if not dose.dropped or (dose.cancelled and dose.frozen)]
            if counted and counted[-1].assumed is None:
                return UNRESOLVED
            if counted:
                return _last_of(counted)
            if anchor.else_performed and course_id in self._context.pathway.ended:
                return self._last_performed(LastPerformedDose(anchor.else_performed), number)
        return UNRESOLVED

    def _ended_without_a_last_dose(self, course: str) -> bool:
        """Whether a course went on without an end until all treatment ended: what waited for its end waits for good."""
        pathway = self._context.pathway
        return course in pathway.extended and course in pathway.discontinued and course not in pathway.ended

    def _is_over(self, rule: ElseWhen) -> bool:
        """Whether treatment is over after a milestone, so that the last dose given is the last one.

        There will be no operation, and chemotherapy goes on: its last dose is known once it is stopped, or, once
        another regimen was begun, when that one is. A withdrawal from treatment ends all of it, also after a course was
        over by a decision.
        """
        pathway, context = self._context.pathway, self._context
        if rule.milestone not in pathway.milestones:
            return False
        if rule.without and context.planned_course(rule.without) is not None:
            return False
        if self._context.facts.left_treatment is not None:
            return True
        on_path = [course for course in rule.stopped if context.planned_course(course) is not None]
        last = rule.stopped.index(on_path[-1]) if on_path else 0
        return any(pathway.was_stopped(course) for course in rule.stopped[last:])

    def _last_performed(self, anchor: LastPerformedDose, number: int) -> ResolvedAnchor:
        given = [
            dose
            for course_id in anchor.courses
            if (planned := self._context.planned_course(course_id)) is not None
            for dose in planned.doses
            if dose.performed is not None
        ]
        return _last_of(given) if given else UNRESOLVED

    def _treatment_end(self, anchor: TreatmentEnd, number: int) -> ResolvedAnchor:
        """The last day of treatment, or the earlier day on which the course was ended.

        The last dose is planned for 28 December with tablets until 10 January: treatment ends on 10 January. A stop on
        3 January makes that day the end. A course that was ended before any dose is passed over.
        """
        for course_id in reversed(anchor.courses):
            planned = self._context.planned_course(course_id)
            ended_on = self._context.pathway.ended_on.get(course_id)
            if planned is None or (ended_on is not None and not planned.any_performed):
                continue
            if without_end(self._context, self._context.protocol.course(course_id)):
                return UNRESOLVED
            given = [dose for dose in planned.doses if not dose.dropped]
            if any(dose.assumed is None for dose in given):
                return UNRESOLVED
            if given:
                day, last = self._last_day(planned, given)
                if ended_on is not None and ended_on < day:
                    return ResolvedAnchor(ended_on, last, True, "treatment_end")
                return ResolvedAnchor(day, last, last.performed is not None, "treatment_end")
        return UNRESOLVED

    def _last_day(self, planned: PlannedCourse, given: Sequence[DraftVisit]) -> tuple[date, DraftVisit]:
        """The day of the last dose, or of the last tablets in the last cycle that counts, with the last dose."""
        last = _latest(given)
        day = last.assumed or date.min
        for day_one in reversed(planned.day_ones):
            if day_one.assumed is not None and not day_one.dropped:
                tablets_until = self._context.protocol.regimens[day_one.regimen].last_oral_day(day_one.cycle)
                return max(day, day_one.assumed + timedelta(tablets_until - 1)) if tablets_until else day, last
        return day, last

    def _each_day(self, anchor: EachDay, number: int) -> ResolvedAnchor:
        return _day_of_any(self._context.at(f"{anchor.visit}#{number}" if number else anchor.visit))

    def _cycle_start(self, anchor: CycleStart, number: int) -> ResolvedAnchor:
        planned = self._context.planned_course(anchor.course)
        return _day_of(planned.day_ones[number - 1]) if planned and number <= len(planned.day_ones) else UNRESOLVED

    def _cycle_end(self, anchor: CycleEnd, number: int) -> ResolvedAnchor:
        planned = self._context.planned_course(anchor.course)
        if planned is None:
            return UNRESOLVED
        day, day_one = planned.end_of(number)
        return ResolvedAnchor(day, day_one, day_one.performed is not None, "cycle_end")

    def _deciding(self, anchor: DecidingVisit, number: int) -> ResolvedAnchor:
        """The visit at which the outcome was decided; until then the visit at which it is expected."""
        decisions = self._context.facts.decisions
        chosen = ""
        for decided in decisions.values():
            if visit_of(decided.visit) in anchor.at and decided.outcome == anchor.outcome:
                chosen = decided.visit
        if not chosen:
            forecast = decisions.get(anchor.forecast)
            if forecast is not None and forecast.outcome in anchor.unless:
                return UNRESOLVED
            chosen = anchor.forecast
        return _day_of_any(self._context.at(chosen))

    def _after_outcome(self, anchor: AfterOutcome, number: int) -> ResolvedAnchor:
        decided_at = [
            decided.visit
            for decided in self._context.facts.decisions.values()
            if visit_of(decided.visit) in anchor.at and decided.outcome == anchor.outcome
        ]
        return _day_of_any(self._context.at(decided_at[number - 1])) if 0 < number <= len(decided_at) else UNRESOLVED

    def _milestone_day(self, anchor: MilestoneDay, number: int) -> ResolvedAnchor:
        reached = self._context.pathway.milestones.get(anchor.milestone)
        return ResolvedAnchor(reached, None, True, "milestone", anchor.milestone) if reached else UNRESOLVED

    def _regimen_change(self, anchor: RegimenChange, number: int) -> ResolvedAnchor:
        changes = self._context.facts.regimen_changes
        return ResolvedAnchor(changes[-1].on, None, True, "regimen_change") if changes else UNRESOLVED

    _methods: ClassVar[Mapping[type, Callable[["AnchorResolver", Any, int], ResolvedAnchor]]] = {
        Enrolment: _enrolment,
        Consent: _consent,
        VisitDay: _visit_day,
        FirstDated: _first_dated,
        LastDose: _last_dose,
        LastPerformedDose: _last_performed,
        TreatmentEnd: _treatment_end,
        CycleStart: _cycle_start,
        CycleEnd: _cycle_end,
        DecidingVisit: _deciding,
        AfterOutcome: _after_outcome,
        EachDay: _each_day,
        MilestoneDay: _milestone_day,
        RegimenChange: _regimen_change,
    }


def _day_of(draft: DraftVisit, reason: ReasonKind = "counted_from") -> ResolvedAnchor:
    return ResolvedAnchor(draft.assumed, draft, draft.performed is not None, reason)


def _day_of_any(draft: DraftVisit | None) -> ResolvedAnchor:
    return _day_of(draft) if draft is not None else UNRESOLVED


def _latest(doses: Sequence[DraftVisit]) -> DraftVisit:
    """The dose of the latest day; of two on one day that of the later cycle."""
    return max(reversed(doses), key=lambda dose: dose.assumed or date.min)


def _last_of(doses: Sequence[DraftVisit]) -> ResolvedAnchor:
    last = _latest(doses)
    return _day_of(last, "last_treatment" if last.day_kind == DayKind.TREATMENT else "last_dose")
