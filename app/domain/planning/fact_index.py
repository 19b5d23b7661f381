"""One participant's facts, indexed by visit and subject; a later fact replaces an earlier one of the same kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.domain.facts.planner_facts import (
    Booked,
    Chosen,
    Contacted,
    Decided,
    Died,
    Fact,
    FoundAgain,
    Included,
    Lost,
    Missed,
    Moved,
    Omitted,
    Operated,
    Participant,
    Performed,
    RegimenChanged,
    Stopped,
    Withdrawn,
)
from app.domain.facts.visit_keys import visit_of
from app.domain.protocol.procedures import procedures_done
from app.domain.protocol.version import ProtocolVersion

Result = Performed | Missed | Omitted


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """What was done in an operation, which procedures of the protocol that is, and what it answers.

    A choice that somebody makes afterwards is no longer answered by it.
    """

    fact: Operated
    procedures: tuple[str, ...]
    answers: dict[str, str | bool]


class FactIndex:
    """The facts of one participant as they count today, by visit key or subject.

    `arranged`: the day booked or moved to, whichever was recorded last. `missed`: visits that were missed at least
    once; `rearranged`: those that have got a new day since. `keys`: every visit that a fact is about.
    `changes_before`: how many changes of regimen were recorded before the result of a visit. `told`: the number of the
    fact that gave a visit its result, counted from 1; `stopped_by`: that of the stop of a course. `operations`: the
    record of each operation, by its visit. `kept_answers`: of an operation without a record, the answers that held
    until another operation gave its own.
    """

    def __init__(self, protocol: ProtocolVersion, participant: Participant, facts: Sequence[Fact]) -> None:
        """Index the facts in the order in which they were recorded."""
        self.results: dict[str, Result] = {}
        self.booked: dict[str, Booked] = {}
        self.moved: dict[str, Moved] = {}
        self.arranged: dict[str, date] = {}
        self.missed: set[str] = set()
        self.rearranged: set[str] = set()
        self.decisions: dict[str, Decided] = {}
        self._protocol = protocol
        self.choices: dict[str, str | bool] = {
            name: choice.default_for(participant.timing) for name, choice in protocol.choices.items()
        }
        self.choices.update(participant.choices)
        self.operations: dict[str, OperationRecord] = {}
        self.kept_answers: dict[str, dict[str, str | bool]] = {}
        self.regimen_changes: list[RegimenChanged] = []
        self.changes_before: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.stopped_by: dict[str, int] = {}
        self.stops: dict[str, Stopped] = {}
        self.left_treatment: Withdrawn | None = None
        self.left_all: Withdrawn | None = None
        self.lost: Lost | None = None
        self.died: Died | None = None
        self.told_of_death: Contacted | None = None
        if protocol.consent_visit:
            self.results[protocol.consent_visit] = Performed(protocol.consent_visit, participant.first_day)
        if participant.enrolled_on is not None:
            self.results[protocol.enrolment_visit] = Performed(protocol.enrolment_visit, participant.enrolled_on)
        for number, fact in enumerate(facts, start=1):
            self._add(fact)
            if isinstance(fact, Result):
                self.told[fact.visit] = number
            elif isinstance(fact, Stopped):
                self.stopped_by[fact.phase] = number
        self.keys: set[str] = {*self.results, *self.booked, *self.moved, *self.decisions}

    def _add(self, fact: Fact) -> None:
        """Add one fact; a later one about the same thing takes the place of an earlier one."""
        match fact:
            case Booked():
                self.booked[fact.visit] = fact
                self._arrange(fact.visit, fact.on)
            case Moved():
                self.moved[fact.visit] = fact
                self._arrange(fact.visit, fact.to)
            case Performed() | Missed() | Omitted():
                self.results[fact.visit] = fact
                self.changes_before[fact.visit] = len(self.regimen_changes)
                if isinstance(fact, Missed):
                    self.missed.add(fact.visit)
                    self.rearranged.discard(fact.visit)
            case Decided():
                self.decisions[fact.visit] = fact
            case Chosen():
                self.choices[fact.choice] = fact.value
                for answers in (*(done.answers for done in self.operations.values()), *self.kept_answers.values()):
                    answers.pop(fact.choice, None)
            case Operated():
                self._operate(fact)
            case RegimenChanged():
                self.regimen_changes.append(fact)
            case Stopped():
                self.stops[fact.phase] = fact
            case _:
                self._leave(fact)

    @property
    def undated_death(self) -> Contacted | None:
        """The contact that told of a death whose day is not recorded; None where there is none."""
        return self.told_of_death if self.died is None else None

    def _operate(self, fact: Operated) -> None:
        """Take over what was done in an operation, and what it answers for all that is still to come.

        What follows an earlier operation, of which nobody has recorded what was done, keeps the answers of its time:
        the pancreas was resected on 5 April, and a second operation on 10 May was an ablation of the liver.
        """
        procedures = procedures_done(self._protocol.procedures.values(), fact.pancreas, fact.liver)
        answers = self._protocol.answers_after(procedures)
        earlier = [key for key in self.results if key != fact.visit and key not in self.operations]
        for key in filter(self._is_operation_performed, earlier):
            until_now = {name: self.choices[name] for name in answers}
            self.kept_answers[key] = until_now | self.kept_answers.get(key, {})
        self.operations[fact.visit] = OperationRecord(fact, procedures, answers)
        self.kept_answers.pop(fact.visit, None)
        self.choices.update(answers)

    @cached_property
    def operated(self) -> frozenset[str]:
        """The visits that were performed and are operations, and those whose record tells what was done."""
        return frozenset({*self.operations, *filter(self._is_operation_performed, self.results)})

    def _is_operation_performed(self, key: str) -> bool:
        visit = self._protocol.visits.get(key)
        return visit is not None and visit.is_operation and isinstance(self.results[key], Performed)

    def answers_after(self, operation: str) -> Mapping[str, str | bool]:
        """Return the answers to the choices for what follows an operation; empty: for all else."""
        done = self.operations.get(operation)
        return {**self.choices, **(self.kept_answers.get(operation, {}) if done is None else done.answers)}

    def _leave(self, fact: Withdrawn | Lost | FoundAgain | Died | Included | Contacted) -> None:
        """Add how a participation ended, or that it goes on."""
        match fact:
            case Contacted(alive="unknown"):
                pass
            case Contacted():
                self.told_of_death = fact if fact.alive == "no" else None
            case Withdrawn(scope="treatment"):
                self.left_treatment = fact
            case Withdrawn():
                self.left_all = fact
            case Lost():
                self.lost = fact
            case FoundAgain():
                self.lost = None
            case Died():
                self.died = fact

    def _arrange(self, key: str, day: date) -> None:
        self.arranged[key] = day
        if key in self.missed:
            self.rearranged.add(key)

    def occurrences_performed(self, visit_id: str) -> Sequence[Performed]:
        """Return what was performed of a visit, in order of days: all occurrences, repeats and days of it."""
        return self._performed_by_visit.get(visit_id, [])

    @cached_property
    def _performed_by_visit(self) -> dict[str, list[Performed]]:
        found: dict[str, list[Performed]] = {}
        for key, done in self.results.items():
            if isinstance(done, Performed):
                found.setdefault(visit_of(key), []).append(done)
        return {visit: sorted(several, key=lambda done: done.on) for visit, several in found.items()}

    def performed(self, key: str) -> Performed | None:
        """Return the performance of that visit; None when it has not happened."""
        result = self.results.get(key)
        return result if isinstance(result, Performed) else None
