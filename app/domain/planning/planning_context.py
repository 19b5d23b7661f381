"""The questions that the parts of planning may ask of each other, and the plain data that they exchange.

A visit may be counted from a course and a course from a visit, so planning is recursive. Each part knows only this
protocol; `Planner` fulfils it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from app.domain.calendar.entries import ReasonKind
from app.domain.dates import ClosedDays, Period
from app.domain.facts.planner_facts import Participant
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.pathway import Pathway
from app.domain.protocol.anchors import Anchor
from app.domain.protocol.version import ProtocolVersion, Visit


@dataclass(frozen=True, slots=True)
class ResolvedAnchor:
    """The day to count from (None: not known yet).

    `draft`: the visit that the day belongs to. `recorded`: whether the day has happened. `milestone`: its name, when
    the day is that of a milestone.
    """

    day: date | None
    draft: DraftVisit | None = None
    recorded: bool = False
    reason: ReasonKind = "counted_from"
    milestone: str = ""

    def add_reason_to(self, draft: DraftVisit, offset: Period) -> None:
        """Give this day as the reason for a draft's target, which is `offset` after it."""
        key = self.draft.key if self.draft else ""
        if self.milestone:
            draft.add_reason(
                self.reason, visit=key, on=self.day, offset=offset, recorded=self.recorded, milestone=self.milestone
            )
        else:
            draft.add_reason(self.reason, visit=key, on=self.day, offset=offset, recorded=self.recorded)


UNRESOLVED = ResolvedAnchor(None)


@dataclass(slots=True)
class PlannedCourse:
    """The planned cycles of a course, in order: day 1 and length in days of each cycle, and all doses."""

    day_ones: list[DraftVisit] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    doses: list[DraftVisit] = field(default_factory=list)

    @property
    def any_performed(self) -> bool:
        """Whether any dose was given."""
        return any(dose.performed for dose in self.doses)

    def dose_given_from(self, cycle: int) -> bool:
        """Return whether any dose of that cycle or of a later one was given."""
        return any(dose.performed for dose in self.doses if dose.cycle >= cycle)

    def day_one_given(self, cycle: int) -> bool:
        """Return whether day 1 of that cycle was given."""
        return 0 < cycle <= len(self.day_ones) and self.day_ones[cycle - 1].performed is not None

    def length_of(self, cycle: int) -> int:
        """Return the length of a cycle in days; of the last one if the course has fewer."""
        return self.lengths[self._index(cycle)]

    def _index(self, cycle: int) -> int:
        return min(cycle, len(self.day_ones)) - 1

    def end_of(self, cycle: int) -> tuple[date | None, DraftVisit]:
        """Return the day after the last day of a cycle, and its day 1; of the last cycle if the course has fewer.

        Day 1 of cycle 3 on 28 December and 14 days: the cycle ends on 11 January. In a course of three cycles that is
        also the end of cycle 4, so that a scan after cycle 4 keeps a day when a site plans only three.
        """
        index = self._index(cycle)
        day_one = self.day_ones[index]
        return (day_one.assumed and day_one.assumed + timedelta(self.lengths[index])), day_one


class PlanningContext(Protocol):
    """One plan in the making, as its parts see it."""

    protocol: ProtocolVersion
    participant: Participant
    closed: ClosedDays
    today: date
    facts: FactIndex
    pathway: Pathway

    def resolve(self, anchor: Anchor, number: int) -> ResolvedAnchor:
        """Return the day of an anchor, for the occurrence of that number."""

    def planned_course(self, course_id: str) -> PlannedCourse | None:
        """Return the cycles of a course; None when the pathway does not have it, or while it is being planned."""

    def occurrences(self, visit: Visit) -> Mapping[str, DraftVisit]:
        """Return the drafts of a visit by key; none when the pathway does not have it."""

    def single(self, visit_id: str) -> DraftVisit | None:
        """Return the draft of a visit that happens once, or of the first day of a course."""

    def at(self, key: str) -> DraftVisit | None:
        """Return the draft of that key, if the pathway has it."""

    def register(self, draft: DraftVisit) -> None:
        """Add a draft to the plan."""

    def offer(self, key: str) -> None:
        """Note that facts may use this key, although the plan has no draft of it."""
