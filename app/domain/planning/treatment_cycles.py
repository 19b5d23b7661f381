"""Treatment in cycles: day 1 after day 1, the doses and pump days within a cycle, and the bloods before each dose.

Day 1 of a cycle is counted from day 1 of the cycle before (its assumed day + the cycle's length), so a delay moves all
later cycles. Days within a cycle never move the next cycle, except through the least gap between doses.
"""

from datetime import date, timedelta

from app.domain.dates import Roll
from app.domain.planning.cycle_count import (
    day_one_key,
    last_performed_cycle,
    least_number,
    over_from,
    planned_number,
    regimen_of,
)
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.outdated_visits import next_repeat
from app.domain.planning.planning_context import PlannedCourse, PlanningContext
from app.domain.planning.visit_timing import schedule_before_dose, set_target
from app.domain.protocol.regimens import DOSES, VISIT_KINDS, DayKind, Regimen, RegimenDay, WhenHeld
from app.domain.protocol.timing import Timing
from app.domain.protocol.version import Course

LONGEST_COURSE = 400
"""The most cycles of a course, so that planning ends whatever was recorded."""


def doses_before(context: PlanningContext, course: Course) -> tuple[DraftVisit | None, DraftVisit | None]:
    """Return the last dose before a course, from the courses before it: without cancelled doses, and with them.

    With them means those that were still expected when the course was given up, as they were given up with it. What a
    stop, an operation or a decision had cancelled before did not count then, and does not count afterwards. Nor do the
    cycles by which treatment goes on without the operation.
    """
    expected: DraftVisit | None = None
    with_cancelled: DraftVisit | None = None
    for earlier in context.protocol.courses:
        if earlier.id == course.id:
            break
        planned = context.planned_course(earlier.id)
        if planned is not None and planned.doses:
            given_up = earlier.id in context.pathway.stopped and earlier.id not in context.facts.stops
            turned = earlier.id in context.pathway.turned and earlier.id not in context.pathway.stopped_earlier
            most = (planned_number(context, earlier) if turned else None) or LONGEST_COURSE
            in_plan = (one for one in reversed(planned.doses) if one.cycle <= most)
            counted = (one for one in in_plan if not one.dropped or _given_up(one, given_up))
            with_cancelled = next(counted, with_cancelled)
            expected = next((dose for dose in reversed(planned.doses) if not dose.dropped), expected)
    return expected, with_cancelled


def _given_up(dose: DraftVisit, with_its_course: bool) -> bool:
    return not dose.left_out and (dose.frozen or with_its_course)


class CoursePlanner:
    """Plans one course.

    The gap to the dose before counts from the last dose that was given or is expected. A cancelled dose keeps the day
    on which it was planned, so its gap counts from the last dose with cancelled ones included.
    """

    def __init__(self, context: PlanningContext, course: Course) -> None:
        """Prepare; `plan` does the work."""
        self._context = context
        self._course = course
        self._planned = PlannedCourse()
        pathway = context.pathway
        self._over = course.id in pathway.ended or course.id in pathway.discontinued
        self._frozen = course.id in pathway.discontinued and course.id not in pathway.ended
        self._last_expected: DraftVisit | None = None
        self._last_with_cancelled: DraftVisit | None = None
        self._over_from: date | None = None

    def plan(self) -> PlannedCourse:
        """Plan all cycles of the course, in order."""
        context, course = self._context, self._course
        self._last_expected, self._last_with_cancelled = doses_before(context, course)
        if not self._frozen:
            self._last_with_cancelled = self._last_expected
        self._over_from = over_from(context, course)
        limit = planned_number(context, course)
        fill = course.cycles.fill if limit is None else None
        least = least_number(context, course)
        cycle, filled = 0, 0
        while cycle < LONGEST_COURSE and not self._past_last_day():
            all_planned = filled >= fill if fill is not None else cycle >= (limit or 0)
            if all_planned and cycle >= least:
                break
            cycle += 1
            filled += self._cycle(cycle)
        if context.protocol.only_records(context.facts.choices):
            self._offer_further(cycle)
        return self._planned

    def _offer_further(self, last: int) -> None:
        """Offer the keys of further cycles where dates are only recorded, as nothing of them is planned.

        Whoever was treated before the study may have had nine cycles, whatever the protocol plans.
        """
        course = self._course
        for cycle in range(last + 1, last + course.extend_by + 1):
            regimen = regimen_of(self._context, course, cycle)
            self._context.offer(day_one_key(course, cycle))
            for row in regimen.days:
                if row.day > 1 and row.kind in VISIT_KINDS:
                    self._context.offer(f"{course.within}#{cycle}.{row.day}")
                if course.bloods and row.kind in DOSES:
                    self._context.offer(f"{course.bloods}#{cycle}.{row.day}")

    def _past_last_day(self) -> bool:
        """Whether the next cycle would begin when the course is over, and was not begun."""
        begun = self._planned.day_ones
        if self._over_from is None or not begun or begun[-1].assumed is None:
            return False
        following = begun[-1].assumed + timedelta(self._planned.lengths[-1])
        return following >= self._over_from and len(begun) >= last_performed_cycle(self._context, self._course)

    def _lacks(self, cycle: int, row: RegimenDay, day_one: DraftVisit) -> bool:
        """Whether the cycle does not have this day: it belongs to other cycles, or the course is over by then."""
        if row.cycles is not None and not row.cycles.holds(cycle):
            return True
        over_from = self._over_from
        if over_from is None or day_one.assumed is None or day_one.assumed + timedelta(row.day - 1) < over_from:
            return False
        return f"{self._course.within}#{cycle}.{row.day}" not in self._context.facts.results

    def _cycle(self, cycle: int) -> int:
        """Plan a cycle and return its length in days."""
        regimen = regimen_of(self._context, self._course, cycle)
        day_one = self._day_one(cycle, regimen)
        self._planned.day_ones.append(day_one)
        self._planned.lengths.append(regimen.cycle_days)
        doses = {1: day_one}
        for row in regimen.days[1:]:
            if self._lacks(cycle, row, day_one):
                continue
            if row.kind in DOSES:
                doses[row.day] = self._dose(cycle, row, regimen, day_one)
            elif row.kind is DayKind.VISIT:
                self._day_within(cycle, row, regimen, day_one).propose_day(self._roll_within, self._context.closed)
            elif row.kind is DayKind.PUMP_DISCONNECT:
                started = max(day for day in doses if day < row.day)
                self._disconnection(cycle, row, regimen, doses[started])
        if self._course.bloods:
            for dose in doses.values():
                self._bloods(dose, regimen)
        return regimen.cycle_days

    def _draft(self, visit_id: str, key: str, cycle: int, row: RegimenDay, regimen: Regimen) -> DraftVisit:
        context = self._context
        draft = DraftVisit(context.facts, context.protocol.visits[visit_id], key)
        draft.cycle, draft.day, draft.number = cycle, row.day, cycle
        draft.day_kind, draft.regimen = row.kind.value, regimen.id
        draft.cancelled = self._over and draft.result is None
        draft.frozen = self._frozen
        context.register(draft)
        return draft

    def _day_one(self, cycle: int, regimen: Regimen) -> DraftVisit:
        """Plan day 1 of a cycle: of the first from the anchor of its visit, of later ones from the cycle before."""
        visit_id = self._course.first if cycle == 1 else self._course.next
        draft = self._draft(visit_id, day_one_key(self._course, cycle), cycle, regimen.first, regimen)
        timing = draft.visit.timing
        before = self._dose_before(draft)
        if timing is None:
            raise ValueError(visit_id)
        if cycle == 1:
            set_target(self._context, draft, timing, timing.anchor)
        else:
            self._count_from_cycle_before(draft, timing, regimen, before)
        then = self._cancelled_since(draft)
        draft.propose_day(timing.roll, self._context.closed, before, regimen.first.gap, dose_then=then)
        self._prefer_open_pump_day(draft, regimen, regimen.first)
        self._add_dose(draft)
        return draft

    def _count_from_cycle_before(
        self, draft: DraftVisit, timing: Timing, regimen: Regimen, dose_before: DraftVisit | None
    ) -> None:
        """Set the target of day 1 from day 1 of the cycle before."""
        previous, length = self._planned.day_ones[-1], self._planned.lengths[-1]
        draft.count_from(previous)
        if previous.assumed is None:
            return
        base = previous.assumed + timedelta(length)
        recorded = draft.basis_recorded
        draft.add_reason("next_cycle", visit=previous.key, on=previous.assumed, days=length, recorded=recorded)
        draft.set_target(self._on_preferred_weekday(draft, base, regimen, dose_before), timing)
        row = regimen.first
        if row.window_set and draft.target is not None:
            draft.earliest, draft.latest = draft.target - timedelta(row.before), draft.target + timedelta(row.after)

    def _on_preferred_weekday(
        self, draft: DraftVisit, base: date, regimen: Regimen, dose_before: DraftVisit | None
    ) -> date:
        """The day for day 1, brought back to the weekday of cycle 1 where that is possible.

        Cycle 1 was on Monday 30 November, cycle 2 only on Wednesday 16 December: cycle 3 would be on Wednesday
        30 December and is planned for Monday 28 December, if the gap to the last dose allows it.
        """
        protocol, first = self._context.protocol, self._planned.day_ones[0]
        if not protocol.return_to_weekday or first.assumed is None:
            return base
        if first.assumed.weekday() in self._context.closed.weekdays:
            return base
        back = (base.weekday() - first.assumed.weekday()) % 7
        day = base - timedelta(back)
        if not 0 < back <= protocol.return_at_most_days:
            return base
        before = dose_before.assumed if dose_before is not None else None
        if before is not None and (day - before).days < regimen.first.gap:
            return base
        draft.add_reason("preferred_weekday", on=day, base=base, days=back)
        return day

    @property
    def _roll_within(self) -> Roll:
        timing = self._context.protocol.visits[self._course.within].timing
        return timing.roll if timing is not None else Roll.NEAREST

    def _day_within(self, cycle: int, row: RegimenDay, regimen: Regimen, day_one: DraftVisit) -> DraftVisit:
        """A visit on a later day of the cycle, with a target and not yet with a proposed day."""
        within = self._course.within
        draft = self._draft(within, f"{within}#{cycle}.{row.day}", cycle, row, regimen)
        timing = draft.visit.timing
        draft.count_from(day_one)
        if day_one.assumed is not None:
            recorded = draft.basis_recorded
            draft.add_reason("regimen_day", visit=day_one.key, on=day_one.assumed, day=row.day, recorded=recorded)
            target = draft.target = day_one.assumed + timedelta(row.day - 1)
            draft.earliest, draft.latest = target - timedelta(row.before), target + timedelta(row.after)
            if timing is not None and timing.before is not None:
                draft.earliest = timing.before.before(target)
            if timing is not None and timing.after is not None:
                draft.latest = timing.after.after(target)
        return draft

    def _dose(self, cycle: int, row: RegimenDay, regimen: Regimen, day_one: DraftVisit) -> DraftVisit:
        draft = self._day_within(cycle, row, regimen, day_one)
        roll = Roll.NEAREST if row.when_held is WhenHeld.OMIT else Roll.FORWARD
        before, then = self._dose_before(draft), self._cancelled_since(draft)
        draft.propose_day(roll, self._context.closed, before, row.gap, dose_then=then)
        if roll is Roll.FORWARD:
            self._prefer_open_pump_day(draft, regimen, row)
        self._add_dose(draft)
        return draft

    def _prefer_open_pump_day(self, draft: DraftVisit, regimen: Regimen, row: RegimenDay) -> None:
        """Propose a later day in the window, where the site wants it, on which the pump can be taken off at the clinic.

        The dose is due on Thursday 3 December, and its pump would come off on Saturday. The window is open until the
        6th and the clinic not before Monday: the 3rd stays. With a window until the 8th the dose is proposed for
        Monday 7 December.
        """
        if not self._context.protocol.open_pump_day or row.pump_hours is None or draft.result is not None:
            return
        off = next((one for one in regimen.days if one.kind is DayKind.PUMP_DISCONNECT and one.day > row.day), None)
        day, last = draft.proposed, draft.latest
        if off is None or day is None or last is None:
            return
        closed, apart = self._context.closed, timedelta(off.day - row.day)
        later = (day + timedelta(n) for n in range((last - day).days + 1))
        better = next((one for one in later if not closed.reason(one) and not closed.reason(one + apart)), day)
        if better == day:
            return
        draft.proposed = better
        draft.add_reason("open_pump_day", on=day, off=day + apart, proposed=better)
        if draft.arranged is None:
            draft.assumed = better

    def _disconnection(self, cycle: int, row: RegimenDay, regimen: Regimen, dose: DraftVisit) -> None:
        within = self._course.within
        draft = self._draft(within, f"{within}#{cycle}.{row.day}", cycle, row, regimen)
        draft.count_from(dose)
        self._attach(draft, dose)
        if dose.assumed is not None:
            draft.add_reason("pump", visit=dose.key, on=dose.assumed, recorded=draft.basis_recorded)
            target = draft.target = dose.assumed + timedelta(row.day - dose.day)
            draft.earliest, draft.latest = target - timedelta(row.before), target + timedelta(row.after)
        draft.propose_day(Roll.NONE, self._context.closed)

    def _bloods(self, dose: DraftVisit, regimen: Regimen) -> None:
        row = regimen.day(dose.day) or regimen.first
        key: str | None = f"{self._course.bloods}#{dose.cycle}.{dose.day}"
        while key is not None:
            draft = self._draft(self._course.bloods, key, dose.cycle, row, regimen)
            draft.day_kind = "bloods"
            self._attach(draft, dose)
            schedule_before_dose(self._context, draft, dose)
            key = next_repeat(
                draft, self._context.facts, self._context.protocol.only_records(self._context.facts.choices)
            )

    @staticmethod
    def _attach(draft: DraftVisit, dose: DraftVisit) -> None:
        """Tie a disconnection or bloods to their dose: cancelled if it will not be given, kept if it was given."""
        draft.dose = dose
        if dose.performed is not None:
            draft.cancelled = False
        elif draft.result is None:
            draft.cancelled = dose.dropped

    def _dose_before(self, draft: DraftVisit) -> DraftVisit | None:
        return self._last_with_cancelled if draft.cancelled else self._last_expected

    def _cancelled_since(self, draft: DraftVisit) -> DraftVisit | None:
        """Return the dose that was expected before a dose when that was given, and was cancelled by a stop since.

        The third dose was booked for 28 April and not recorded; the fourth, expected 14 days after it, was given. The
        stop of 13 September cancels the third: what the fourth had to keep its distance from was the 28th all the same.
        """
        before, stop = self._last_with_cancelled, self._context.facts.stopped_by.get(self._course.id, 0)
        if draft.performed is None or before is None or not before.cancelled or 0 < stop < draft.told:
            return None
        return before

    def _add_dose(self, draft: DraftVisit) -> None:
        self._planned.doses.append(draft)
        if not draft.left_out:
            self._last_with_cancelled = draft
        if not draft.dropped:
            self._last_expected = draft
