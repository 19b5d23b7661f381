"""The days that visits are counted from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.domain.dates import Period
from app.domain.planning.draft_visit import DraftVisit
from app.domain.protocol.anchors import (
    AfterOutcome,
    Anchor,
    CycleEnd,
    CycleStart,
    DecidingVisit,
    EachDay,
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

if TYPE_CHECKING:
    from app.domain.planning.planner import Planner
    from app.domain.planning.treatment_cycles import CoursePlan


@dataclass(frozen=True, slots=True)
class ResolvedAnchor:
    """A day to count from; `slot` the visit that it belongs to, `recorded` whether it has happened."""

    day: date | None
    slot: DraftVisit | None = None
    recorded: bool = False
    kind: str = "counted_from"

    def explain(self, slot: DraftVisit, offset: Period) -> None:
        """Give it as the reason for the slot's target, so long after it."""
        key = self.slot.key if self.slot else ""
        slot.because(self.kind, visit=key, on=self.day, offset=offset, recorded=self.recorded)


UNRESOLVED = ResolvedAnchor(None)


class Anchors:
    """Finds the day that an anchor stands for; None while it has none."""

    def __init__(self, planner: "Planner") -> None:
        """Anchors within one reckoning."""
        self._planner = planner
        self._counters: Mapping[type, Callable[[Any, int], ResolvedAnchor]] = {
            Enrolment: self._enrolment,
            VisitDay: self._visit_day,
            FirstDated: self._first_dated,
            LastDose: self._last_dose,
            LastPerformedDose: self._last_performed,
            TreatmentEnd: self._treatment_end,
            CycleStart: self._cycle_start,
            CycleEnd: self._cycle_end,
            DecidingVisit: self._deciding,
            AfterOutcome: self._after_outcome,
            EachDay: self._each_day,
            MilestoneDay: self._milestone_day,
            RegimenChange: self._regimen_change,
        }

    def count(self, anchor: Anchor, number: int) -> ResolvedAnchor:
        """The day that an anchor stands for, for the occurrence of that number."""
        return self._counters[type(anchor)](anchor, number)

    def _enrolment(self, anchor: Enrolment, number: int) -> ResolvedAnchor:
        return ResolvedAnchor(self._planner.participant.enrolled_on, None, True, "enrolment")

    def _visit_day(self, anchor: VisitDay, number: int) -> ResolvedAnchor:
        if anchor.visit == self._planner.protocol.enrolment_visit:
            return self._enrolment(Enrolment(), number)
        slot = self._planner.single(anchor.visit)
        if slot is None:
            return UNRESOLVED
        course = self._planner.protocol.course_rows.get(anchor.visit)
        if course is not None and slot.cancelled and course in self._planner.path.ended:
            planned = self._planner.course_plan(course)
            if planned is not None and not planned.any_performed:
                return UNRESOLVED
        return self._counted(slot)

    @staticmethod
    def _counted(slot: DraftVisit, kind: str = "counted_from") -> ResolvedAnchor:
        return ResolvedAnchor(slot.assumed, slot, slot.performed is not None, kind)

    def _first_dated(self, anchor: FirstDated, number: int) -> ResolvedAnchor:
        for visit_id in anchor.visits:
            slot = self._planner.single(visit_id)
            if slot is not None and slot.assumed is not None:
                return self._counted(slot)
        return UNRESOLVED

    def _last_dose(self, anchor: LastDose, number: int) -> ResolvedAnchor:
        given_up = self._planner.path.discontinued.intersection(anchor.courses)
        if anchor.else_performed and given_up:
            return self._last_performed(LastPerformedDose(anchor.else_performed), number)
        for course_id in reversed(anchor.courses):
            planned = self._planner.course_plan(course_id)
            if planned is None:
                continue
            counted = [dose for dose in planned.doses if not dose.given_up or (dose.cancelled and dose.frozen)]
            if any(dose.assumed is None for dose in counted):
                return UNRESOLVED
            if counted:
                return self._counted_dose(counted)
            if anchor.else_performed and course_id in self._planner.path.ended:
                return self._last_performed(LastPerformedDose(anchor.else_performed), number)
        return UNRESOLVED

    def _last_performed(self, anchor: LastPerformedDose, number: int) -> ResolvedAnchor:
        given = [
            dose
            for course_id in anchor.courses
            if (planned := self._planner.course_plan(course_id)) is not None
            for dose in planned.doses
            if dose.performed is not None
        ]
        if not given:
            return UNRESOLVED
        return self._counted_dose(given)

    def _counted_dose(self, doses: list[DraftVisit]) -> ResolvedAnchor:
        last = max(doses, key=lambda dose: dose.assumed or date.min)
        return self._counted(last, "last_treatment" if last.day_kind == DayKind.TREATMENT else "last_dose")

    def _treatment_end(self, anchor: TreatmentEnd, number: int) -> ResolvedAnchor:
        for course_id in reversed(anchor.courses):
            planned = self._planner.course_plan(course_id)
            over = self._planner.path.over_on.get(course_id)
            if planned is None or (over is not None and not planned.any_performed):
                continue
            given = [dose for dose in planned.doses if not dose.given_up]
            if any(dose.assumed is None for dose in given):
                return UNRESOLVED
            if given:
                day, last = self._last_day(planned, given)
                if over is not None and over < day:
                    return ResolvedAnchor(over, last, True, "treatment_end")
                return ResolvedAnchor(day, last, last.performed is not None, "treatment_end")
        return UNRESOLVED

    def _last_day(self, planned: "CoursePlan", given: list[DraftVisit]) -> tuple[date, DraftVisit]:
        """The last day of treatment: the last dose, or the last tablets of the last cycle that has them."""
        last = max(given, key=lambda dose: dose.assumed or date.min)
        day = last.assumed or date.min
        for day_one in reversed(planned.day_ones):
            if day_one.assumed is not None and not day_one.given_up:
                oral = self._planner.protocol.regimens[day_one.regimen].last_oral_day(day_one.cycle)
                return max(day, day_one.assumed + timedelta(oral - 1)) if oral else day, last
        return day, last

    def _each_day(self, anchor: EachDay, number: int) -> ResolvedAnchor:
        slot = self._planner.at(f"{anchor.visit}#{number}" if number else anchor.visit)
        return self._counted(slot) if slot is not None else UNRESOLVED

    def _cycle_start(self, anchor: CycleStart, number: int) -> ResolvedAnchor:
        planned = self._planner.course_plan(anchor.course)
        return (
            self._counted(planned.day_ones[number - 1]) if planned and number <= len(planned.day_ones) else UNRESOLVED
        )

    def _cycle_end(self, anchor: CycleEnd, number: int) -> ResolvedAnchor:
        planned = self._planner.course_plan(anchor.course)
        if planned is None:
            return UNRESOLVED
        day, slot = planned.end_of(number)
        return ResolvedAnchor(day, slot, slot.performed is not None, "cycle_end")

    def _deciding(self, anchor: DecidingVisit, number: int) -> ResolvedAnchor:
        chosen = ""
        for decided in self._planner.ledger.decisions.values():
            if decided.visit.partition("#")[0] in anchor.at and decided.outcome == anchor.outcome:
                chosen = decided.visit
        if not chosen:
            forecast = self._planner.ledger.decisions.get(anchor.forecast)
            if forecast is not None and forecast.outcome in anchor.unless:
                return UNRESOLVED
            chosen = anchor.forecast
        slot = self._planner.at(chosen)
        return self._counted(slot) if slot is not None else UNRESOLVED

    def _after_outcome(self, anchor: AfterOutcome, number: int) -> ResolvedAnchor:
        taken = [
            decided.visit
            for decided in self._planner.ledger.decisions.values()
            if decided.visit.partition("#")[0] in anchor.at and decided.outcome == anchor.outcome
        ]
        slot = self._planner.at(taken[number - 1]) if 0 < number <= len(taken) else None
        return self._counted(slot) if slot is not None else UNRESOLVED

    def _milestone_day(self, anchor: MilestoneDay, number: int) -> ResolvedAnchor:
        milestone = self._planner.path.milestones.get(anchor.milestone)
        return ResolvedAnchor(milestone.on, None, True, f"turn_{anchor.milestone}") if milestone else UNRESOLVED

    def _regimen_change(self, anchor: RegimenChange, number: int) -> ResolvedAnchor:
        changes = self._planner.ledger.changes
        return ResolvedAnchor(changes[-1].on, None, True, "regimen_change") if changes else UNRESOLVED
