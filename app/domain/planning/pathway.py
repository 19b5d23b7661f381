"""The pathway that a participant takes through the protocol, as decisions, stops, operations and departure shape it."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.facts.planner_facts import Decided
from app.domain.facts.visit_keys import occurrence_of, visit_of
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.anchors import MilestoneDay, RegimenChange
from app.domain.protocol.decisions import CourseChange, Effect, Selection
from app.domain.protocol.version import ProtocolVersion, Visit


def selected(protocol: ProtocolVersion, selection: Selection) -> frozenset[str]:
    """Return the ids of the visits in a selection."""
    chosen = {visit.id for visit in protocol.visits.values() if visit.epoch in selection.epochs}
    return frozenset(chosen.union(selection.visits).difference(selection.keep))


def applies(when: Mapping[str, tuple[str | bool, ...]], choices: Mapping[str, str | bool]) -> bool:
    """Return whether the choices meet a condition."""
    return all(choices.get(name) in values for name, values in when.items()) if when else True


class Pathway:
    """The effect of the facts on what is still to come; no visit gets a day here.

    `milestones`: the days of those reached, by name. Of courses: `ended` (an effect or a stop), `discontinued`
    (cancelled, dates kept), `stopped` (by a stop or a withdrawal), `ended_on` (the first day on which each was over),
    `extended` (continued without end), `turned` (went on or ended otherwise than planned by what cancelled visits that
    count from them), `stopped_earlier` (by a stop before that), `course_changes`. Of visits: `skipped` (not on the
    pathway) and `cancelled`.
    """

    def __init__(self, protocol: ProtocolVersion, facts: FactIndex) -> None:
        """Apply decisions, performed visits, stops and withdrawal from treatment."""
        self._protocol = protocol
        self._facts = facts
        self.milestones: dict[str, date] = {}
        self.ended: set[str] = set()
        self.discontinued: set[str] = set()
        self.stopped: set[str] = set()
        self.ended_on: dict[str, date] = {}
        self.extended: set[str] = set()
        self.turned: set[str] = set()
        self.stopped_earlier: set[str] = set()
        self.course_changes: dict[str, CourseChange] = {}
        self.skipped: set[str] = set()
        self.cancelled: set[str] = set()
        self._cancelled_after: dict[str, int] = {}
        self._never_cancelled: set[str] = set()
        self._ended_by_visit: set[str] = set()
        for decided in facts.decisions.values():
            self._decide(decided)
        for visit in protocol.visits.values():
            if visit.on_performed is not None:
                for done in facts.occurrences_performed(visit.id):
                    self._apply(visit.on_performed, done.on, done.visit)
                    self._ended_by_visit.update(visit.on_performed.end)
                    self.turned.update(visit.on_performed.end)
                    self._note_stops(visit.on_performed.end, done.on)
        self.stopped.update(facts.stops)
        for stop in facts.stops.values():
            self._end((stop.phase,), stop.on)
        self._withdraw_from_treatment()
        self.ended |= self.stopped

    def includes(self, visit: Visit) -> bool:
        """Return whether the pathway has the visit, as far as choices and effects say.

        Where a recorded operation answers a choice, each operation is asked for itself (`after_operations`).
        """
        if visit.id in self.skipped:
            return False
        if applies(visit.when, self._facts.choices):
            return True
        return any(done.answers.keys() & visit.when.keys() for done in self._facts.operations.values())

    def reaches(self, visit: Visit) -> bool:
        """Return whether the milestone or change of regimen that the visit follows has happened."""
        anchor = visit.timing.anchor if visit.timing else None
        if visit.after_milestone and visit.after_milestone not in self.milestones:
            return False
        if isinstance(anchor, MilestoneDay):
            return anchor.milestone in self.milestones
        if isinstance(anchor, RegimenChange):
            return bool(self._facts.regimen_changes)
        return True

    def cancels(self, visit_id: str, key: str, number: int) -> bool:
        """Return whether an outstanding occurrence of a visit is cancelled by an effect."""
        if key in self._never_cancelled:
            return False
        if visit_id in self.cancelled:
            return True
        after = self._cancelled_after.get(visit_id)
        return after is not None and number > after

    def was_stopped(self, course: str) -> bool:
        """Return whether a stop, a withdrawal or a performed visit, such as the operation, ended a course."""
        return course in self.stopped or course in self._ended_by_visit

    def cancel_at_departure(self, drafts: Iterable[DraftVisit]) -> frozenset[str]:
        """Cancel the visits that were not over when the participant left the study, was lost, or died; return the keys.

        Withdrawn from the study on 10 January: a visit with a window from 5 to 12 January is cancelled; one whose
        window closed on 9 January stays overdue, because it should have been held. A pump started before is
        disconnected all the same, except after death.
        """
        facts = self._facts
        departures = [(fact.on, False) for fact in (facts.left_all, facts.lost) if fact is not None]
        if facts.died is not None:
            departures.append((facts.died.on, True))
        if not departures:
            return frozenset()
        cancelled = []
        for draft in drafts:
            if draft.result is not None or draft.cancelled:
                continue
            dose_given = draft.dose is not None and draft.dose.performed is not None
            last = draft.latest or (draft.arranged if draft.target is None else None) or draft.assumed
            draft.cancelled = any(
                (death or not dose_given) and (last is None or last >= on) for on, death in departures
            )
            if draft.cancelled:
                cancelled.append(draft.key)
        return frozenset(cancelled)

    def _decide(self, decided: Decided) -> None:
        decision = self._protocol.decisions.get(visit_of(decided.visit))
        if decision is None or decided.outcome not in decision.outcomes:
            return
        effect = decision.outcomes[decided.outcome]
        self._apply(effect, decided.on, decided.visit)
        if visit_of(decided.visit) in selected(self._protocol, effect.cancel):
            self._never_cancelled.add(decided.visit)  # it stays to be recorded, as at every turn
        for later in effect.cancel_later:
            self._cancelled_after[later] = occurrence_of(decided.visit)

    def ends_early(self, course: str) -> bool:
        """Return whether a course gives nothing more: it was ended, stopped or discontinued."""
        return course in self.ended or course in self.discontinued

    def over_on(self) -> dict[str, date]:
        """Return the first day on which each course was over: by its own end, or as participation ended."""
        facts = self._facts
        left = [one.on for one in (facts.left_all, facts.lost, facts.died) if one is not None]
        if not left:
            return self.ended_on
        return {one.id: min([*left, self.ended_on.get(one.id, date.max)]) for one in self._protocol.courses}

    def _withdraw_from_treatment(self) -> None:
        """End every course at its last performed dose; before the operation, with what the protocol says of that."""
        left, rule = self._facts.left_treatment, self._protocol.withdrawal
        if left is None:
            return
        last_day = left.last_medication_on if isinstance(left.last_medication_on, date) else left.on
        operations = self._facts.occurrences_performed(rule.operation)
        if not operations or operations[0].on > left.on:
            self._apply(rule.before, left.on, "")
            # The courses that the withdrawal ended were over with the last medication: withdrawn on 10 January, last
            # tablets on 7 January, so visits after the end of treatment count from the 7th.
            self._end([course for course, on in self.ended_on.items() if on == left.on], last_day)
            self.turned.update(course.id for course in self._protocol.courses if not self.ends_early(course.id))
            self._note_stops(self._facts.stops, left.on)
        open_courses = {course.id for course in self._protocol.courses if not self.ends_early(course.id)}
        self._end(open_courses - self.stopped, last_day)
        self.stopped |= open_courses

    def _note_stops(self, courses: Iterable[str], on: date) -> None:
        """Note which of these courses were stopped by the day on which something else ended them."""
        stops = self._facts.stops
        self.stopped_earlier.update(one for one in courses if one in stops and stops[one].on <= on)

    def _end(self, courses: Iterable[str], on: date) -> None:
        """Note the first day on which these courses were over."""
        for course in courses:
            self.ended_on[course] = min(on, self.ended_on.get(course, on))

    def _apply(self, effect: Effect, on: date, visit: str) -> None:
        """Apply what follows from the visit of that day; a milestone that it reaches has an effect of its own."""
        self._end((*effect.end, *effect.discontinue), on)
        self.ended.update(effect.end)
        self.discontinued.update(effect.discontinue)
        if effect.milestone:
            self.turned.update(set(effect.extend) - self.extended)
            stops = self._facts.stops
            self.stopped_earlier.update(one for one in effect.extend if one in stops and stops[one].on < on)
        self.extended.update(effect.extend)
        self.skipped.update(effect.skip)
        self.cancelled |= selected(self._protocol, effect.cancel)
        self.course_changes.update({change.course: change for change in effect.course_changes})
        if effect.milestone:
            self.milestones[effect.milestone] = min(on, self.milestones.get(effect.milestone, on))
            self._never_cancelled.add(visit)
            self._apply(self._protocol.milestones[effect.milestone], on, visit)
