"""Treatment in cycles: day 1 after day 1, the doses and pump days within a cycle, and the bloods before each dose.

Day 1 of a cycle is counted from day 1 of the cycle before (its assumed day + the cycle's length), so a delay carries
all later cycles with it; days within a cycle never move the next cycle, except through the gap between infusions.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.domain.dates import Roll
from app.domain.planning.draft_visit import DraftVisit
from app.domain.protocol.regimens import DOSES, DayKind, Regimen, RegimenDay, WhenHeld
from app.domain.protocol.timing import Timing
from app.domain.protocol.version import Course

if TYPE_CHECKING:
    from app.domain.planning.planner import Planner

LONGEST_COURSE = 400


@dataclass(slots=True)
class CoursePlan:
    """The planned cycles of a course: `day_ones` in order, all `doses` in order, and every `slot`."""

    course: Course
    day_ones: list[DraftVisit] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    doses: list[DraftVisit] = field(default_factory=list)
    slots: list[DraftVisit] = field(default_factory=list)

    @property
    def any_performed(self) -> bool:
        """Whether any infusion was given."""
        return any(dose.performed for dose in self.doses)

    def begun(self, cycle: int) -> bool:
        """Whether any infusion of that cycle or of a later one was performed."""
        return any(dose.performed for dose in self.doses if dose.cycle >= cycle)

    def end_of(self, cycle: int) -> tuple[date | None, DraftVisit]:
        """Day 1 of that cycle + its length, and that day 1; the last cycle's when the course has fewer."""
        index = min(cycle, len(self.day_ones)) - 1
        slot = self.day_ones[index]
        return (slot.assumed and slot.assumed + timedelta(self.lengths[index])), slot


class CoursePlanner:
    """Plans one course; the doses of the courses before it decide the first gap."""

    def __init__(self, planner: "Planner", course: Course) -> None:
        """Prepare; nothing is reckoned yet."""
        self.planner = planner
        self.course = course
        self.plan = CoursePlan(course)
        path = planner.path
        self.over = course.id in path.ended or course.id in path.discontinued
        self.frozen = course.id in path.discontinued and course.id not in path.ended
        self.live: DraftVisit | None = None
        self.latest: DraftVisit | None = None
        self.until: date | None = None

    def reckon(self) -> CoursePlan:
        """All cycles of the course, in order."""
        self.live, self.latest = self.planner.dose_before(self.course)
        if not self.frozen:
            self.latest = self.live
        self.until = self._until()
        limit = self._planned_number()
        fill = self.course.cycles.fill if limit is None else None
        least = self._least()
        cycle, filled = 0, 0
        while cycle < LONGEST_COURSE and not self._past_last_day():
            planned_out = filled >= fill if fill is not None else cycle >= (limit or 0)
            if planned_out and cycle >= least:
                break
            cycle += 1
            filled += self._cycle(cycle)
        return self.plan

    def _until(self) -> date | None:
        """The day on which the course is over, whatever is planned."""
        until = self.course.cycles.until
        last = self.planner.count(until.anchor, 0).day if until is not None else None
        return until.offset.after(last) if until is not None and last is not None else None

    def _past_last_day(self) -> bool:
        """Whether the next cycle would begin when the course is over, and was not begun."""
        begun = self.plan.day_ones
        if self.until is None or not begun or begun[-1].assumed is None:
            return False
        following = begun[-1].assumed + timedelta(self.plan.lengths[-1])
        return following >= self.until and len(begun) >= self._last_performed_cycle()

    def _falls_away(self, cycle: int, row: RegimenDay, day_one: DraftVisit) -> bool:
        """Whether that cycle does not have this day: it is for other cycles, or the course is over by then."""
        if row.cycles is not None and not row.cycles.holds(cycle):
            return True
        if self.until is None or day_one.assumed is None or day_one.assumed + timedelta(row.day - 1) < self.until:
            return False
        return f"{self.course.within}#{cycle}.{row.day}" not in self.planner.ledger.results

    def regimen(self, cycle: int) -> Regimen:
        """The regimen of that cycle: with ``current``, cycles begun by the day of a change keep the old one."""
        planner, course = self.planner, self.course
        replanned = planner.path.course_changes.get(course.id)
        rule = replanned.regimen if replanned else course.regimen
        chosen = planner.participant.regimen
        if rule == "changed" and planner.ledger.changes:
            chosen = planner.ledger.changes[-1].to
        elif rule == "current":
            begun = planner.ledger.performed(self._day_one_key(cycle))
            for change in planner.ledger.changes:
                if begun is None or begun.on > change.on:
                    chosen = change.to
        elif rule not in ("initial", "changed"):
            chosen = rule
        return planner.protocol.regimens[chosen]

    def _planned_number(self) -> int | None:
        cycles, planner = self.course.cycles, self.planner
        replanned = planner.path.course_changes.get(self.course.id)
        if cycles.fixed is not None:
            return cycles.fixed
        length = self.regimen(1).cycle_days
        if replanned is not None:
            return replanned.count[length]
        if cycles.open_ended is not None:
            return cycles.open_ended
        if cycles.fill is not None:
            return None
        number = cycles.count[length]
        if cycles.less:
            earlier = planner.course_plan(cycles.less)
            number -= sum(not slot.given_up for slot in earlier.day_ones) if earlier else 0
        return max(number, cycles.at_least.get(length, 1))

    def _least(self) -> int:
        """The least number of cycles while the course goes on without end: some beyond the last performed."""
        beyond = self.course.cycles.open_ended
        if beyond is None and self.course.id in self.planner.path.extended:
            beyond = self.course.extend_by
        return 0 if beyond is None else self._last_performed_cycle() + beyond

    def _last_performed_cycle(self) -> int:
        """The highest cycle whose day 1 was performed."""
        ledger, last = self.planner.ledger, 0
        if ledger.performed(self.course.first):
            last = 1
        prefix = self.course.next + "#"
        for key in ledger.results:
            if key.startswith(prefix) and ledger.performed(key):
                last = max(last, int(key[len(prefix) :]))
        return last

    def _day_one_key(self, cycle: int) -> str:
        return self.course.first if cycle == 1 else f"{self.course.next}#{cycle}"

    def _cycle(self, cycle: int) -> int:
        regimen = self.regimen(cycle)
        day_one = self._day_one(cycle, regimen)
        self.plan.day_ones.append(day_one)
        self.plan.lengths.append(regimen.cycle_days)
        doses = {1: day_one}
        for row in regimen.days[1:]:
            if self._falls_away(cycle, row, day_one):
                continue
            if row.kind in DOSES:
                doses[row.day] = self._dose(cycle, row, regimen, day_one)
            elif row.kind is DayKind.VISIT:
                self._within(cycle, row, regimen, day_one).place(self._roll_within, self.planner.closed)
            elif row.kind is DayKind.PUMP_DISCONNECT:
                started = max(day for day in doses if day < row.day)
                self._disconnection(cycle, row, regimen, doses[started])
        if self.course.bloods:
            for dose in doses.values():
                self._bloods(dose, regimen)
        return regimen.cycle_days

    def _slot(self, visit_id: str, key: str, cycle: int, row: RegimenDay, regimen: Regimen) -> DraftVisit:
        planner = self.planner
        slot = DraftVisit(planner.ledger, planner.protocol.visits[visit_id], key)
        slot.cycle, slot.day, slot.number = cycle, row.day, cycle
        slot.day_kind, slot.regimen = row.kind.value, regimen.id
        slot.cancelled = self.over and slot.result is None
        slot.frozen = self.frozen
        self.plan.slots.append(slot)
        planner.slots[key] = slot
        return slot

    def _day_one(self, cycle: int, regimen: Regimen) -> DraftVisit:
        visit_id = self.course.first if cycle == 1 else self.course.next
        slot = self._slot(visit_id, self._day_one_key(cycle), cycle, regimen.first, regimen)
        timing = slot.visit.timing
        before = self._dose_before(slot)
        if timing is None:
            raise ValueError(visit_id)
        if cycle == 1:
            self.planner.aim(slot, timing)
        else:
            self._follow(slot, timing, regimen, before)
        slot.place(timing.roll, self.planner.closed, before, regimen.first.gap)
        self._given(slot)
        return slot

    def _follow(self, slot: DraftVisit, timing: Timing, regimen: Regimen, before: DraftVisit | None) -> None:
        """Count day 1 from day 1 of the cycle before, and return to the preferred weekday where that can be."""
        previous, length = self.plan.day_ones[-1], self.plan.lengths[-1]
        self._hang(slot, previous)
        if previous.assumed is None:
            return
        base = previous.assumed + timedelta(length)
        slot.because("next_cycle", visit=previous.key, on=previous.assumed, days=length, recorded=slot.recorded)
        slot.aim(self._preferred(slot, base, regimen, before), timing)
        row = regimen.first
        if row.window_set and slot.target is not None:
            slot.earliest, slot.latest = slot.target - timedelta(row.before), slot.target + timedelta(row.after)

    def _preferred(self, slot: DraftVisit, base: date, regimen: Regimen, before: DraftVisit | None) -> date:
        protocol, first = self.planner.protocol, self.plan.day_ones[0]
        if not protocol.return_to_weekday or first.assumed is None:
            return base
        back = (base.weekday() - first.assumed.weekday()) % 7
        day = base - timedelta(back)
        if not 0 < back <= protocol.return_at_most_days:
            return base
        if before is not None and before.assumed is not None and (day - before.assumed).days < regimen.first.gap:
            return base
        slot.because("preferred_weekday", on=day, base=base, days=back)
        return day

    @property
    def _roll_within(self) -> Roll:
        timing = self.planner.protocol.visits[self.course.within].timing
        return timing.roll if timing is not None else Roll.NEAREST

    def _within(self, cycle: int, row: RegimenDay, regimen: Regimen, day_one: DraftVisit) -> DraftVisit:
        """A visit on a day of the cycle, aimed and not yet placed."""
        slot = self._slot(self.course.within, f"{self.course.within}#{cycle}.{row.day}", cycle, row, regimen)
        timing = slot.visit.timing
        self._hang(slot, day_one)
        if day_one.assumed is not None:
            slot.because("regimen_day", visit=day_one.key, on=day_one.assumed, day=row.day, recorded=slot.recorded)
            target = slot.target = day_one.assumed + timedelta(row.day - 1)
            slot.earliest, slot.latest = target - timedelta(row.before), target + timedelta(row.after)
            if timing is not None and timing.before is not None:
                slot.earliest = timing.before.before(target)
            if timing is not None and timing.after is not None:
                slot.latest = timing.after.after(target)
        return slot

    def _dose(self, cycle: int, row: RegimenDay, regimen: Regimen, day_one: DraftVisit) -> DraftVisit:
        slot = self._within(cycle, row, regimen, day_one)
        before = self._dose_before(slot)
        roll = Roll.NEAREST if row.when_held is WhenHeld.OMIT else Roll.FORWARD
        slot.place(roll, self.planner.closed, before, row.gap)
        self._given(slot)
        return slot

    def _disconnection(self, cycle: int, row: RegimenDay, regimen: Regimen, dose: DraftVisit) -> None:
        slot = self._slot(self.course.within, f"{self.course.within}#{cycle}.{row.day}", cycle, row, regimen)
        slot.dose = dose
        self._hang(slot, dose)
        self._with_dose(slot, dose)
        if dose.assumed is not None:
            slot.because("pump", visit=dose.key, on=dose.assumed, recorded=slot.recorded)
            target = slot.target = dose.assumed + timedelta(row.day - dose.day)
            slot.earliest, slot.latest = target - timedelta(row.before), target + timedelta(row.after)
        slot.place(Roll.NONE, self.planner.closed)

    def _bloods(self, dose: DraftVisit, regimen: Regimen) -> None:
        row = regimen.day(dose.day) or regimen.first
        key = f"{self.course.bloods}#{dose.cycle}.{dose.day}"
        while True:
            slot = self._slot(self.course.bloods, key, dose.cycle, row, regimen)
            slot.day_kind = "bloods"
            slot.dose = dose
            self._with_dose(slot, dose)
            self.planner.count_from_dose(slot, dose)
            renewed = self.planner.renewed(slot)
            if renewed is None:
                return
            key = renewed

    @staticmethod
    def _with_dose(slot: DraftVisit, dose: DraftVisit) -> None:
        """An infusion that will not be given takes its disconnection and its bloods with it, a given one never."""
        if dose.performed is not None:
            slot.cancelled = False
        elif slot.result is None:
            slot.cancelled = dose.given_up

    @staticmethod
    def _hang(slot: DraftVisit, on: DraftVisit) -> None:
        slot.counted, slot.recorded = on, on.performed is not None

    def _dose_before(self, slot: DraftVisit) -> DraftVisit | None:
        return self.latest if slot.cancelled else self.live

    def _given(self, slot: DraftVisit) -> None:
        self.plan.doses.append(slot)
        if not slot.left_out:
            self.latest = slot
        if not slot.given_up:
            self.live = slot
