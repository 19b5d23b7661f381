"""The path that a participant takes through the protocol, as decisions, stops and operations have shaped it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.facts.planner_facts import Decided
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.decisions import CourseChange, Effect, Selection
from app.domain.protocol.version import ProtocolVersion


def selected(protocol: ProtocolVersion, selection: Selection) -> frozenset[str]:
    """The ids of the visits that a selection names."""
    named = {visit.id for visit in protocol.visits.values() if visit.epoch in selection.epochs}
    return frozenset(named.union(selection.visits).difference(selection.keep))


def applies(when: Mapping[str, tuple[str | bool, ...]], choices: Mapping[str, str | bool]) -> bool:
    """Whether the choices meet a condition."""
    return all(choices.get(name) in values for name, values in when.items()) if when else True


@dataclass(frozen=True, slots=True)
class Milestone:
    """A turn that was taken, on which day and at which visit (empty: at none)."""

    on: date
    key: str


class Pathway:
    """What the facts have done to the way ahead; no dates are reckoned here."""

    def __init__(self, protocol: ProtocolVersion, ledger: FactIndex) -> None:
        """Work through decisions, performed visits, stops and withdrawal from treatment."""
        self._protocol = protocol
        self.milestones: dict[str, Milestone] = {}
        self.ended: set[str] = set()
        self.discontinued: set[str] = set()
        self.stopped: set[str] = set()
        self.over_on: dict[str, date] = {}
        self.extended: set[str] = set()
        self.skipped: set[str] = set()
        self.cancelled: set[str] = set()
        self.cancelled_after: dict[str, int] = {}
        self.kept: set[str] = set()
        self.course_changes: dict[str, CourseChange] = {}
        for decided in ledger.decisions.values():
            self._decide(decided)
        for visit in protocol.visits.values():
            if visit.on_performed is not None:
                done = ledger.performed(visit.id)
                if done is not None:
                    self._apply(visit.on_performed, done.on, visit.id)
        self.stopped.update(ledger.stops)
        for stop in ledger.stops.values():
            self._over((stop.phase,), stop.on)
        self._withdraw(ledger)
        self.ended |= self.stopped

    def _decide(self, decided: Decided) -> None:
        visit_id, _, number = decided.visit.partition("#")
        decision = self._protocol.decisions.get(visit_id)
        if decision is None or decided.outcome not in decision.outcomes:
            return
        effect = decision.outcomes[decided.outcome]
        self._apply(effect, decided.on, decided.visit)
        for later in effect.cancel_later:
            self.cancelled_after[later] = int(number or 0)

    def _withdraw(self, ledger: FactIndex) -> None:
        left = ledger.left_treatment
        if left is None:
            return
        last_day = left.last_medication_on or left.on
        operation = ledger.performed(self._protocol.withdrawal.operation)
        if operation is not None and operation.on <= left.on:
            self.stopped.update(self._protocol.withdrawal.stop)
            self._over(self._protocol.withdrawal.stop, last_day)
        else:
            self._apply(self._protocol.withdrawal.before, left.on, "")
            self._over([course for course in self.over_on if self.over_on[course] == left.on], last_day)

    def _over(self, courses: Iterable[str], on: date) -> None:
        """Note the first day on which these courses were over."""
        for course in courses:
            self.over_on[course] = min(on, self.over_on.get(course, on))

    def _apply(self, effect: Effect, on: date, key: str) -> None:
        self._over((*effect.end, *effect.discontinue), on)
        self.ended.update(effect.end)
        self.discontinued.update(effect.discontinue)
        self.extended.update(effect.extend)
        self.skipped.update(effect.skip)
        self.cancelled |= selected(self._protocol, effect.cancel)
        self.course_changes.update({change.course: change for change in effect.course_changes})
        if effect.milestone:
            taken = self.milestones.get(effect.milestone)
            if taken is None or on < taken.on:
                self.milestones[effect.milestone] = Milestone(on, key)
            self.kept.add(key)
            self._apply(self._protocol.milestones[effect.milestone], on, key)

    def cancels(self, visit_id: str, key: str, number: int) -> bool:
        """Whether an outstanding occurrence of that visit is cancelled by the path."""
        if key in self.kept:
            return False
        if visit_id in self.cancelled:
            return True
        after = self.cancelled_after.get(visit_id)
        return after is not None and number > after
