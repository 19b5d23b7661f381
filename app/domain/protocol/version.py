"""A protocol version: the requirements of a trial, as plain immutable data.

Everything about a trial is data; the planner knows anchors, offsets, windows, rolls, cycles, series, gaps, choices and
decisions, but no trial.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from app.domain.deviation_rule import DeviationRule
from app.domain.protocol.anchors import Bound
from app.domain.protocol.decisions import Choice, Decision, EarlyEnd, Effect, RegimenChangeRule, Withdrawal
from app.domain.protocol.delays import DelayRule
from app.domain.protocol.finding_ages import FindingAge
from app.domain.protocol.forms import Form
from app.domain.protocol.procedures import Procedure
from app.domain.protocol.regimens import Regimen
from app.domain.protocol.safety_rule import SafetyRule
from app.domain.protocol.timing import Repeat, Timing

PARTICIPANT_REGIMENS = ("initial", "current", "changed")
"""What a course's `regimen` says when the course follows the participant's own, not one that it names."""


Sort = Literal["questionnaire", "bloods", "visit", "imaging", "conference", "infusion", "operation", "pump"]
"""The sort of a visit, which gives it its place among the visits of one day."""


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity at a visit; `id` where the protocol's table has one.

    `left_out_after`: it is not done after an operation that was one of these procedures.
    """

    text: str
    id: str = ""
    plain: str = ""
    when: Mapping[str, str | bool] = field(default_factory=dict)
    mark: str = ""
    source: tuple[str, ...] = ()
    left_out_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One day of a visit that takes several; `day` counts from 1, the first day of the visit."""

    day: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One row of the schedule.

    `names`, `plains`: names by kind of day, where they differ; `{cycle}`, `{day}` and `{number}` in a name are replaced
    by those of the occurrence. `after_milestone`: the visit appears once that was reached and the day that it is
    counted from is known. `cycle_days`: only where the participant's first regimen has cycles of so many days; 0 for
    any. `repeat_after`: the visit after which this one happens a second time. `renew`: repeated
    when it is outdated. `sort`: its place within a day; days of a cycle have that of their kind.
    `place`, `minutes`, `bring`: where to come, how long it takes and what to bring, for the participant's calendar.
    `on_performed`: the effect of its performance on the pathway. `routine`: done in routine care, so also before the
    informed consent. `left_out_after`: it does not follow an operation that was one of these procedures.
    `complication_review`: it reviews the complications of the operation that it follows.
    """

    id: str
    name: str
    epoch: str
    timing: Timing | None
    plain: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    plains: Mapping[str, str] = field(default_factory=dict)
    contact: str = "clinic"
    place: str = ""
    minutes: int = 0
    bring: str = ""
    sort: Sort = "visit"
    routine: bool = False
    repeat: Repeat | None = None
    parts: tuple[Part, ...] = ()
    when: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict)
    after_milestone: str = ""
    cycle_days: int = 0
    repeat_after: str = ""
    left_out_after: tuple[str, ...] = ()
    complication_review: bool = False
    renew: bool = False
    early_end: tuple[EarlyEnd, ...] = ()
    on_performed: Effect | None = None
    activities: tuple[Activity, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    source: tuple[str, ...] = ()
    note: str = ""
    waivers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_operation(self) -> bool:
        """Whether it is an operation: it waits for a day, or its performance changes the pathway."""
        return self.on_performed is not None or (self.timing is not None and self.timing.waits)


@dataclass(frozen=True, slots=True)
class Cycles:
    """How many cycles a course has.

    `fill`: as many as fill this number of days. `count`: the number by cycle length in days; `less` subtracts the
    cycles of another course that were performed or are still planned, but not below `at_least`. `open_ended`: always
    this many after the last performed one. `fixed`: a site's own number. `until`: from this day on only a first cycle
    is given.
    """

    fill: int | None = None
    count: Mapping[int, int] = field(default_factory=dict)
    less: str = ""
    at_least: Mapping[int, int] = field(default_factory=dict)
    open_ended: int | None = None
    fixed: int | None = None
    until: Bound | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A phase of treatment in cycles: its visits, its regimen and its number of cycles.

    `first`: day 1 of cycle 1; `next`: day 1 of later cycles; `within`: later days of a cycle; `bloods`: before each
    dose (the last two may be empty). `regimen`: ``initial`` (the participant's), ``current`` (a change applies from the
    cycle after it), ``changed`` (the last change), or a regimen's id. `extend_by`: cycles planned after the last
    performed one, once the course is extended.
    """

    id: str
    name: str
    first: str
    next: str
    within: str
    bloods: str
    regimen: str
    cycles: Cycles
    extend_by: int = 4
    when: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Epoch:
    """A period of the trial, in protocol order."""

    id: str
    name: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre of the trial, with its country (ISO 3166) and IANA time zone."""

    name: str
    country: str
    time_zone: str = ""
    mark: str = "assumed"


@dataclass(frozen=True)
class ProtocolVersion:
    """One version of one protocol.

    `enrolment_visit`: performed on the day of enrolment, and planned like any other as long as that is not known.
    `consent_visit`: performed on the day of informed consent; empty in a protocol without one, whose screening is not
    bound to consent. `about`: the parts that planning does not need, such as criteria and endpoints.
    """

    id: str
    version: str
    title: str
    short_title: str
    epochs: tuple[Epoch, ...]
    visits: Mapping[str, Visit]
    courses: tuple[Course, ...]
    decisions: Mapping[str, Decision]
    milestones: Mapping[str, Effect]
    choices: Mapping[str, Choice]
    regimens: Mapping[str, Regimen]
    enrolment_visit: str
    consent_visit: str = ""
    offered: tuple[str, ...] = ()
    recorded_only: Mapping[str, str | bool] = field(default_factory=dict)
    withdrawal: Withdrawal = Withdrawal()
    regimen_change: RegimenChangeRule = RegimenChangeRule()
    return_to_weekday: bool = False
    open_pump_day: bool = False
    delays: DelayRule = field(default_factory=DelayRule)
    safety: SafetyRule = field(default_factory=SafetyRule)
    return_at_most_days: int = 3
    deviations: DeviationRule = DeviationRule()
    ages: tuple[FindingAge, ...] = ()
    centres: tuple[Centre, ...] = ()
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def course_rows(self) -> Mapping[str, str]:
        """The course of each visit that belongs to one, by the visit's id."""
        return {
            row: course.id
            for course in self.courses
            for row in (course.first, course.next, course.within, course.bloods)
            if row
        }

    @cached_property
    def recorded_elsewhere(self) -> frozenset[str]:
        """The visits whose result is a day of the participant: that of consent, that of enrolment."""
        return frozenset(filter(None, (self.enrolment_visit, self.consent_visit)))

    def about_rows(self, *path: str) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a table among the parts that planning does not need.

        `path`: ``specimens``, or ``criteria``, ``exclusion``. A table that is not there has no rows.
        """
        found: object = self.about
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, list | tuple):
            yield from (row for row in found if isinstance(row, Mapping))

    def needs_consent(self, visit: Visit) -> bool:
        """Return whether a visit is a procedure of the study in screening, which nobody undergoes before consent."""
        return visit.id in self._after_consent

    @cached_property
    def _after_consent(self) -> frozenset[str]:
        first = self.visits.get(self.consent_visit)
        if first is None:
            return frozenset()
        screening = (visit for visit in self.visits.values() if visit.epoch == first.epoch and visit.id != first.id)
        return frozenset(visit.id for visit in screening if not visit.routine)

    def only_records(self, choices: Mapping[str, str | bool]) -> bool:
        """Return whether, by these choices, dates are only recorded and nothing is planned."""
        rule = self.recorded_only
        return bool(rule) and all(self._answer(choices, name) == value for name, value in rule.items())

    def _answer(self, choices: Mapping[str, str | bool], name: str) -> str | bool | None:
        choice = self.choices.get(name)
        return None if choice is None else choices.get(name, choice.default)

    def answers_after(self, procedures: Collection[str]) -> dict[str, str | bool]:
        """Return the answers that the record of an operation gives, which was these procedures."""
        return {
            choice.id: answer
            for choice in self.choices.values()
            for procedure, answer in choice.by_procedure.items()
            if procedure in procedures
        }

    def decides(self, visit_id: str, number: int) -> bool:
        """Return whether something is decided at that occurrence of a visit."""
        decision = self.decisions.get(visit_id)
        return decision is not None and number >= decision.from_number

    def course(self, course_id: str) -> Course:
        """Return the course of that id."""
        return next(course for course in self.courses if course.id == course_id)

    def regimens_of(self, course: Course) -> tuple[Regimen, ...]:
        """Return the regimens that a course may follow."""
        names = self.offered if course.regimen in PARTICIPANT_REGIMENS else (course.regimen,)
        return tuple(self.regimens[name] for name in names)


UNSCHEDULED = Visit("U", "Unscheduled visit {number}", "unscheduled", None, plain="Extra visit {number}")
