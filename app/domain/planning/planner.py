"""The planner: protocol, site, participant, facts and today in; the participant's whole calendar out.

Pure: the same arguments always give the same calendar, so a preview is the difference of two calls.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.calendar.entries import Calendar
from app.domain.dates import Outcome, Period, Roll, Window, propose
from app.domain.facts.planner_facts import Fact, Missed, Participant, Site
from app.domain.planning.anchor_days import Anchors
from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.planning.early_end import end_early
from app.domain.planning.entry_builder import finish
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.pathway import Pathway, applies
from app.domain.planning.recurrence import shown
from app.domain.planning.treatment_cycles import CoursePlan, CoursePlanner
from app.domain.protocol import version as p
from app.domain.protocol.anchors import Anchor, Bound, MilestoneDay, RegimenChange, VisitDay
from app.domain.protocol.timing import EachOf, EveryCycle, OnDemand, Series, Timing


def plan(
    protocol: p.ProtocolVersion, site: Site, participant: Participant, facts: Sequence[Fact], today: date
) -> Calendar:
    """The participant's calendar as the facts stand, in today's reckoning."""
    return Planner(protocol, site, participant, facts, today).calendar()


class Planner:
    """One reckoning of one calendar; visits and courses are worked out when something is counted from them."""

    def __init__(
        self, protocol: p.ProtocolVersion, site: Site, participant: Participant, facts: Sequence[Fact], today: date
    ) -> None:
        """Index the facts and find the path."""
        self.protocol = protocol
        self.site = site
        self.closed = site.closed
        self.participant = participant
        self.today = today
        self.recorded_only_at_first = protocol.only_records(participant.choices)
        self.ledger = FactIndex(protocol, participant, facts)
        self.path = Pathway(protocol, self.ledger)
        self.slots: dict[str, DraftVisit] = {}
        self.on_call: set[str] = set()
        self._visits: dict[str, dict[str, DraftVisit]] = {}
        self._courses: dict[str, CoursePlan | None] = {}
        self.count = Anchors(self).count

    def calendar(self) -> Calendar:
        """Every visit of the path, in order."""
        for course in self.protocol.courses:
            self.course_plan(course.id)
        course_rows = self.protocol.course_rows
        for visit in self.protocol.visits.values():
            if visit.id not in course_rows:
                self.occurrences(visit)
        self._unscheduled()
        return finish(self)

    # Courses

    def course_plan(self, course_id: str) -> CoursePlan | None:
        """The course's cycles; None when the path does not have it, or while it is being reckoned."""
        if course_id not in self._courses:
            self._courses[course_id] = None
            course = self.protocol.course(course_id)
            if applies(course.when, self.ledger.choices) and self._reached(self.protocol.visits[course.first]):
                self._courses[course_id] = CoursePlanner(self, course).reckon()
        return self._courses[course_id]

    def dose_before(self, course: p.Course) -> tuple[DraftVisit | None, DraftVisit | None]:
        """The last infusion of the courses before that counts, and the last one with those cancelled counted too."""
        live: DraftVisit | None = None
        latest: DraftVisit | None = None
        for earlier in self.protocol.courses:
            if earlier.id == course.id:
                break
            planned = self.course_plan(earlier.id)
            if planned is not None and planned.doses:
                latest = next((dose for dose in reversed(planned.doses) if not dose.left_out), latest)
                live = next((dose for dose in reversed(planned.doses) if not dose.given_up), live)
        return live, latest

    def _reached(self, visit: p.Visit) -> bool:
        """Whether the path has come to what the visit is counted from (a turn, a change of regimen)."""
        anchor = visit.timing.anchor if visit.timing else None
        if isinstance(anchor, MilestoneDay):
            return anchor.milestone in self.path.milestones
        if isinstance(anchor, RegimenChange):
            return bool(self.ledger.changes)
        return True

    # Visits

    def occurrences(self, visit: p.Visit) -> dict[str, DraftVisit]:
        """The visit's slots by key; empty when the path does not have it."""
        found = self._visits.get(visit.id)
        if found is None:
            found = self._visits[visit.id] = {}
            on_path = visit.id not in self.path.skipped and applies(visit.when, self.ledger.choices)
            if on_path and isinstance(visit.repeat, OnDemand):
                self._on_demand(visit, found)
            elif visit.timing is not None and on_path and self._reached(visit):
                self._repeat(visit, visit.timing, found)
        return found

    def _on_demand(self, visit: p.Visit, found: dict[str, DraftVisit]) -> None:
        """The occurrences that somebody gave a day, and the key of one more."""
        prefix = visit.id + "#"
        rests = [key[len(prefix) :] for key in self.ledger.named if key.startswith(prefix)]
        numbers = sorted(int(rest) for rest in rests if rest.isdigit())
        for number in numbers:
            slot = DraftVisit(self.ledger, visit, f"{prefix}{number}")
            slot.number = number
            slot.recorded = slot.performed is not None
            slot.cancelled = slot.result is None and self.path.cancels(visit.id, slot.key, number)
            found[slot.key] = self.slots[slot.key] = slot
        if visit.id not in self.path.cancelled:
            self.on_call.add(f"{prefix}{max(numbers, default=0) + 1}")

    def _repeat(self, visit: p.Visit, timing: Timing, found: dict[str, DraftVisit]) -> None:
        self._repeat_from(visit, timing, timing.anchor, "", found)
        if visit.repeat_after:
            again = self.single(visit.repeat_after)
            if again is not None and again.assumed is not None:
                self._repeat_from(visit, timing, VisitDay(visit.repeat_after), "@2", found)

    def _repeat_from(
        self, visit: p.Visit, timing: Timing, anchor: Anchor, suffix: str, found: dict[str, DraftVisit]
    ) -> None:
        repeat = visit.repeat
        if repeat is None:
            self._occurrence(visit, timing, anchor, 0, suffix, found)
        elif isinstance(repeat, Series):
            start = self.count(anchor, 0)
            for number, distance in shown(repeat, start.day, self._horizon(repeat)):
                if not self._series_over(repeat, visit, start.day, number, distance, suffix):
                    self._occurrence(visit, timing, anchor, number, suffix, found, distance)
        elif isinstance(repeat, EveryCycle):
            planned = self.course_plan(repeat.course)
            for cycle in range(repeat.first, len(planned.day_ones) + 1 if planned else 0, repeat.every):
                self._occurrence(visit, timing, anchor, cycle, suffix, found)
        elif isinstance(repeat, EachOf):
            for other in tuple(self.occurrences(self.protocol.visits[repeat.visit]).values()):
                if other.key in (repeat.visit, f"{repeat.visit}#{other.number}"):
                    self._occurrence(visit, timing, anchor, other.number, suffix, found)
        else:
            number = 1
            while self.count(anchor, number).slot is not None:
                self._occurrence(visit, timing, anchor, number, suffix, found)
                number += 1

    def _horizon(self, series: Series) -> date:
        end = self.today
        if series.until == "died" and self.ledger.died is not None:
            end = min(end, self.ledger.died.on)
        return (series.beyond or NOTHING).after(end)

    def _series_over(
        self, series: Series, visit: p.Visit, start: date | None, number: int, distance: Period, suffix: str
    ) -> bool:
        """Whether the visit that ends the series was performed, or the turn taken, before this occurrence."""
        if not series.until:
            return False
        done = self.path.milestones.get(series.until) or self.ledger.performed(series.until)
        if done is None or start is None or distance.after(start) <= done.on:
            return False
        return f"{visit.id}#{number}{suffix}" not in self.ledger.named

    def _occurrence(
        self,
        visit: p.Visit,
        timing: Timing,
        anchor: Anchor,
        number: int,
        suffix: str,
        found: dict[str, DraftVisit],
        distance: Period | None = None,
    ) -> None:
        numbered = f"#{number}" if number else ""
        if visit.parts:
            numbered += f"{'.' if number else '#'}{visit.parts[0].day}"
        key = visit.id + numbered + suffix
        while True:
            slot = DraftVisit(self.ledger, visit, key)
            slot.number = number
            found[key] = self.slots[key] = slot
            slot.frozen = visit.id in self.path.cancelled
            slot.cancelled = slot.result is None and self.path.cancels(visit.id, key, number)
            self._time(slot, timing, anchor, distance)
            self._parts(slot, number, suffix, found)
            renewed = self.renewed(slot) if visit.renew else None
            if renewed is None:
                return
            key = renewed

    def _parts(self, first: DraftVisit, number: int, suffix: str, found: dict[str, DraftVisit]) -> None:
        """The further days of a visit that takes several, counted from its first day."""
        for part in first.visit.parts[1:]:
            key = f"{first.visit.id}#{f'{number}.' if number else ''}{part.day}{suffix}"
            slot = DraftVisit(self.ledger, first.visit, key)
            slot.number, slot.day = number, part.day
            slot.cancelled, slot.counted, slot.recorded = first.cancelled, first, first.performed is not None
            found[key] = self.slots[key] = slot
            if first.assumed is not None:
                slot.because("part", visit=first.key, on=first.assumed, day=part.day, recorded=slot.recorded)
                start = first.visit.parts[0].day
                slot.target = slot.earliest = slot.latest = first.assumed + timedelta(part.day - start)
            slot.place(Roll.NONE, self.closed)

    def single(self, visit_id: str) -> DraftVisit | None:
        """The slot of a visit that happens once, or of the first day of a course."""
        course = self.protocol.course_rows.get(visit_id)
        if course is not None:
            self.course_plan(course)
            return self.slots.get(visit_id)
        return self.occurrences(self.protocol.visits[visit_id]).get(visit_id)

    def at(self, key: str) -> DraftVisit | None:
        """The slot of that key, if the path has it."""
        found = self.slots.get(key)
        visit = self.protocol.visits.get(key.partition("#")[0])
        if found is None and visit is not None and visit.id not in self.protocol.course_rows:
            found = self.occurrences(visit).get(key)
        return found

    def _unscheduled(self) -> None:
        for key in sorted(self.ledger.named):
            if key.startswith("U#"):
                slot = DraftVisit(self.ledger, p.UNSCHEDULED, key)
                slot.number = int(key[2:])
                slot.recorded = slot.performed is not None
                self.slots[key] = slot

    # Timing

    def _time(self, slot: DraftVisit, timing: Timing, anchor: Anchor, distance: Period | None) -> None:
        if timing.first is not None and timing.last is not None:
            self._any_day(slot, timing, anchor)
            return
        if self._waits_again(slot) or (timing.waits and slot.assumed is None):
            self._wait(slot, timing, anchor)
            return
        self._aim_from(slot, timing, anchor, distance)
        end_early(self, slot)
        slot.place(timing.roll, self.closed)

    def _wait(self, slot: DraftVisit, timing: Timing, anchor: Anchor) -> None:
        """Leave a visit without a day of its own until somebody gives it one."""
        if slot.assumed is not None or not timing.waits:
            self._aim_from(slot, timing, anchor, None)
        slot.target = slot.earliest = slot.latest = slot.preferred = None
        slot.reasons.clear()
        slot.because("waits", anchor=slot.visit.id)

    def _waits_again(self, slot: DraftVisit) -> bool:
        """Whether the visit is an operation that was missed: it waits for a new date, what was arranged is void."""
        timing = slot.visit.timing
        operation = slot.visit.on_performed is not None or (timing is not None and timing.waits)
        if not operation or slot.key not in self.ledger.missed:
            return False
        if isinstance(slot.result, Missed):
            slot.trouble("operation_missed", on=slot.result.on)
            slot.result = None
            slot.cancelled = self.path.cancels(slot.visit.id, slot.key, slot.number)
            if slot.key not in self.ledger.rearranged:
                slot.assumed = slot.arranged = None
        return True

    def aim(self, slot: DraftVisit, timing: Timing) -> None:
        """Set a slot's target from its visit's own anchor."""
        self._aim_from(slot, timing, timing.anchor, None)

    def _aim_from(self, slot: DraftVisit, timing: Timing, anchor: Anchor, distance: Period | None) -> None:
        number = timing.cycle or slot.number
        counted = self.count(anchor, number)
        slot.counted, slot.recorded = counted.slot, counted.recorded
        offset = distance or timing.offset or NOTHING
        target = offset.after(counted.day) if counted.day else None
        later: Bound | None = None
        for bound in timing.not_before:
            floor = self.count(bound.anchor, number)
            if floor.day is None or target is None:
                target, counted, later = None, counted if counted.day is None else floor, None
                break
            if bound.offset.after(floor.day) > target:
                target, counted, later, offset = bound.offset.after(floor.day), floor, bound, bound.offset
                slot.counted, slot.recorded = floor.slot, floor.recorded
        if target is None:
            slot.recorded = False
            slot.because("waits", anchor=later.name if later else timing.name)
            return
        counted.explain(slot, offset)
        slot.aim(target, timing)

    def count_from_dose(self, slot: DraftVisit, dose: DraftVisit) -> None:
        """Plan the bloods before a dose."""
        timing = slot.visit.timing
        slot.counted, slot.recorded = dose, dose.performed is not None
        if timing is None or dose.assumed is None:
            slot.settle()
            return
        offset = timing.offset or NOTHING
        slot.because("before_dose", visit=dose.key, on=dose.assumed, offset=offset, recorded=slot.recorded)
        slot.aim(offset.after(dose.assumed), timing)
        slot.place(timing.roll, self.closed)

    def _any_day(self, slot: DraftVisit, timing: Timing, anchor: Anchor) -> None:
        """A visit on any day of a window, without a target."""
        first, last = timing.first, timing.last
        if first is None or last is None:
            return
        number = timing.cycle or slot.number
        start = self.count(anchor if first.name == timing.name else first.anchor, number)
        end = self.count(anchor if last.name == timing.name else last.anchor, number)
        slot.counted, slot.recorded = start.slot, start.recorded
        floors = [(bound, self.count(bound.anchor, number).day) for bound in timing.not_before]
        if start.day is None or end.day is None or any(day is None for _, day in floors):
            slot.because("waits", anchor=timing.name)
            slot.settle()
            return
        floored = [bound.offset.after(day) for bound, day in floors if day is not None]
        slot.earliest = max([first.offset.after(start.day), *floored])
        slot.latest = max([last.offset.after(end.day), *floored])
        slot.because("any_day", earliest=slot.earliest, latest=slot.latest, visit=start.slot.key if start.slot else "")
        window = Window(slot.earliest, slot.latest)
        slot.proposed, outcome = propose(slot.earliest, window, Roll.FORWARD, self.closed)
        if outcome is Outcome.PROBLEM:
            slot.trouble("outside_window", proposed=slot.proposed, earliest=slot.earliest, latest=slot.latest)
        slot.settle()

    def renewed(self, slot: DraftVisit) -> str | None:
        """The key of the repeat, when what was taken is outdated because what it was taken for has moved."""
        key, _, repeat = slot.key.partition("/")
        following = f"{key}/{int(repeat or 1) + 1}"
        timing, counted = slot.visit.timing, slot.counted
        if slot.performed is not None and timing is not None and counted is not None:
            day = counted.before_performance
            if day is not None and timing.before is not None:
                earliest = timing.before.before((timing.offset or NOTHING).after(day))
                judged = slot.performed.judged
                # Judged by today's own window, it was recorded after what it was taken for: nothing moved since.
                moved = judged is None or (judged.earliest < earliest and judged.earliest != slot.earliest)
                if slot.performed.on < earliest and moved:
                    slot.outdated = True
                    slot.trouble("outdated", on=slot.performed.on, earliest=earliest, visit=counted.key)
                    if counted.performed is None:
                        counted.trouble("outdated_before", visit=slot.key, on=slot.performed.on, again=following)
                    return following
        return following if following in self.ledger.named else None
