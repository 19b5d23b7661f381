"""A protocol version: what the trial asks for, as plain immutable data.

Everything about a trial stands in here as data; the planner knows anchors, offsets, windows, rolls, cycles, series,
gaps, choices and decisions, and no trial.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.dates import Period, Roll
from app.domain.protocol.regimens import Regimen


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Counted from the day of enrolment."""


@dataclass(frozen=True, slots=True)
class VisitDay:
    """Counted from the assumed day of a visit."""

    visit: str


@dataclass(frozen=True, slots=True)
class FirstDated:
    """Counted from the first of these visits that has a date."""

    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastDose:
    """Counted from the last infusion of these courses (the last course with one wins).

    `else_performed`: when the course was given up or ended before any dose, the last performed infusion of these.
    """

    courses: tuple[str, ...]
    else_performed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastPerformedDose:
    """Counted from the last performed infusion of these courses."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreatmentEnd:
    """Counted from the day on which these courses ended: the last dose or day of tablets, or an earlier stop."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CycleStart:
    """Counted from day 1 of a cycle; the visit's own number says which."""

    course: str


@dataclass(frozen=True, slots=True)
class CycleEnd:
    """Counted from day 1 of a cycle + the cycle's length; the visit's own number says which."""

    course: str


@dataclass(frozen=True, slots=True)
class Dose:
    """Counted from an infusion (bloods before it)."""


@dataclass(frozen=True, slots=True)
class DecidingVisit:
    """Counted from the visit that was decided `outcome`; before that from `forecast`, unless it was decided otherwise.

    `unless`: outcomes of `forecast` after which it decides nothing any more.
    """

    at: tuple[str, ...]
    outcome: str
    forecast: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterOutcome:
    """The k-th visit among `at` that was decided `outcome`; the visit appears with it."""

    at: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class EachDay:
    """Counted from the occurrence of that number of a repeated visit."""

    visit: str


@dataclass(frozen=True, slots=True)
class TurnDay:
    """The day on which the path took this turn; the visit appears with it."""

    turn: str


@dataclass(frozen=True, slots=True)
class RegimenChange:
    """The day on which the regimen was changed; the visit appears with it."""


Anchor = (
    Enrolment
    | VisitDay
    | FirstDated
    | LastDose
    | LastPerformedDose
    | TreatmentEnd
    | CycleStart
    | CycleEnd
    | Dose
    | DecidingVisit
    | AfterOutcome
    | EachDay
    | TurnDay
    | RegimenChange
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A day counted from an anchor."""

    name: str
    anchor: Anchor
    offset: Period


@dataclass(frozen=True, slots=True)
class Timing:
    """When a visit is due.

    With `offset`: target = anchor + offset, window target - before .. target + after (no window when both are None).
    Without `offset` but with `first` and `last`: any day from anchor + first to anchor + last, no target.
    `waits`: no target until the visit is booked, moved or performed.
    """

    name: str
    anchor: Anchor
    offset: Period | None = None
    before: Period | None = None
    after: Period | None = None
    preferred_before: Period | None = None
    preferred_after: Period | None = None
    first: Bound | None = None
    last: Bound | None = None
    roll: Roll = Roll.NEAREST
    not_before: tuple[Bound, ...] = ()
    waits: bool = False
    cycle: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a series: every `every`, `count` times or for `lasting`; without either, on and on."""

    every: Period
    count: int | None = None
    lasting: Period | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A visit repeated at fixed distances from its anchor.

    `at`: the distances named one by one; else `stretches` one after another, the first from `start` on. `number`: what
    the key counts (days, weeks, months, or occurrences). `beyond`: after the last stretch, on as long as the target is
    within this of today. `until`: `died`, a visit whose performance ends the series, or a turn that does.
    """

    at: tuple[Period, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    number: str = "count"
    beyond: Period | None = None
    until: str = ""
    start: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class EveryCycle:
    """A visit repeated with the cycles of a course: cycle `first`, then every `every`-th."""

    course: str
    every: int = 1
    first: int = 1


@dataclass(frozen=True, slots=True)
class EachOutcome:
    """A visit repeated once for each visit decided so (see `AfterOutcome`)."""


@dataclass(frozen=True, slots=True)
class EachOf:
    """A visit repeated once for each occurrence of another (see `EachDay`)."""

    visit: str


@dataclass(frozen=True, slots=True)
class OnDemand:
    """A visit that happens when there is cause for it: an occurrence appears once somebody gives it a day."""


Repeat = Series | EveryCycle | EachOutcome | EachOf | OnDemand


@dataclass(frozen=True, slots=True)
class Selection:
    """A set of visits: those of `epochs` and those named in `visits`, but for `keep`."""

    epochs: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """A course's number of cycles and regimen, as an outcome sets them anew."""

    course: str
    count: Mapping[int, int]
    regimen: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision, a turn or a performed visit does to the path.

    `turn`: the named turn is taken, with its own effect. `end`: the courses end here; their last performed infusion is
    the last dose. `give_up`: the courses are cancelled and all that hangs on them keeps its dates. `extend`: the
    courses go on without end. `skip`: visits that the path no longer has. `cancel`: outstanding visits cancelled.
    `cancel_later`: later occurrences of the deciding visit are cancelled. `plan`: courses planned anew.
    """

    turn: str = ""
    end: tuple[str, ...] = ()
    give_up: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    cancel: Selection = Selection()
    cancel_later: tuple[str, ...] = ()
    plan: tuple[CoursePlan, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlyEnd:
    """What becomes of a visit when a course ends before its time.

    `when`: ``not_reached`` (the cycle that it hangs on was not begun), ``stopped`` (a stop was recorded), ``no_dose``
    (it ended before any dose). `after`: only if the visit's target lies after this day. `retime`: the new timing (for a
    repeated visit that of its first outstanding occurrence, later ones are cancelled); None cancels the visit. An
    occurrence at which something is decided is never cancelled by ``not_reached``.
    """

    course: str
    when: str
    after: Bound | None = None
    retime: Bound | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Something done at a visit; `id` where the protocol's table names it."""

    text: str
    id: str = ""
    plain: str = ""
    when: Mapping[str, str | bool] = field(default_factory=dict)
    mark: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One day of a visit that takes several; `day` counts from 1, the first day of the visit."""

    day: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One row of the schedule. `names` holds the name for each kind of day where it differs; `{cycle}`, `{day}` and
    `{number}` in a name stand for the occurrence's own.
    """

    id: str
    name: str
    epoch: str
    timing: Timing | None
    plain: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    plains: Mapping[str, str] = field(default_factory=dict)
    contact: str = "clinic"
    repeat: Repeat | None = None
    parts: tuple[Part, ...] = ()
    when: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict)
    again_for: str = ""
    renew: bool = False
    early_end: tuple[EarlyEnd, ...] = ()
    on_performed: Effect | None = None
    activities: tuple[Activity, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    source: tuple[str, ...] = ()
    note: str = ""
    waivers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cycles:
    """How many cycles a course has.

    `fill`: as many as fill these days. `count`: by cycle length in days; `less` subtracts the cycles of another course
    that were performed or are still planned, `at_least` bounds that. `open_ended`: always this many beyond the last
    performed, and at least this many. `fixed`: a site's own number. `until`: from this day on
    nothing but a first cycle is given.
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
    """A phase of treatment in cycles: its four visits (`within`, `bloods`: may be empty), its regimen and its cycles.

    `regimen`: ``initial`` (the participant's), ``current`` (changes apply from the cycle after), ``changed`` (the last
    change), or a regimen's id. `extend_by`: when extended, cycles shown beyond the last performed.
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
class Decision:
    """What may be decided at a visit. `forecast` is assumed until then; `from_number`: from that occurrence on."""

    visit: str
    forecast: str
    outcomes: Mapping[str, Effect]
    labels: Mapping[str, str] = field(default_factory=dict)
    from_number: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A question whose answer shapes the path; `values` empty for yes or no."""

    id: str
    question: str
    default: str | bool
    values: tuple[str, ...] = ()

    def allows(self, value: object) -> bool:
        """Whether this is a possible answer."""
        return value in self.values if self.values else isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Withdrawal from treatment: `before` until `operation` was performed, after that `stop` the courses."""

    operation: str = ""
    before: Effect = Effect()
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegimenChangeRule:
    """When a regimen may be changed: only after this turn, at most so many times (0: as often as need be)."""

    allowed: bool = True
    after_turn: str = ""
    at_most: int = 0


@dataclass(frozen=True, slots=True)
class Epoch:
    """A stretch of the trial, in protocol order."""

    id: str
    name: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """A place that takes part, with its country (ISO 3166) and IANA time zone."""

    name: str
    country: str
    time_zone: str = ""
    mark: str = "assumed"


@dataclass(frozen=True)
class ProtocolVersion:
    """One version of one protocol. `about` keeps what planning does not need: criteria, endpoints, sources."""

    id: str
    version: str
    title: str
    short_title: str
    epochs: tuple[Epoch, ...]
    visits: Mapping[str, Visit]
    courses: tuple[Course, ...]
    decisions: Mapping[str, Decision]
    turns: Mapping[str, Effect]
    choices: Mapping[str, Choice]
    regimens: Mapping[str, Regimen]
    enrolment_visit: str
    offered: tuple[str, ...] = ()
    recorded_only: Mapping[str, str | bool] = field(default_factory=dict)
    withdrawal: Withdrawal = Withdrawal()
    regimen_change: RegimenChangeRule = RegimenChangeRule()
    return_to_weekday: bool = True
    return_at_most_days: int = 3
    centres: tuple[Centre, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def course_rows(self) -> Mapping[str, str]:
        """The course of each visit that is a row of one."""
        return {
            row: course.id
            for course in self.courses
            for row in (course.first, course.next, course.within, course.bloods)
            if row
        }

    def only_records(self, choices: Mapping[str, str | bool]) -> bool:
        """Whether these choices make it a case of recorded dates only, with nothing planned."""
        rule = self.recorded_only
        answers = {name: choices.get(name, choice.default) for name, choice in self.choices.items()}
        return bool(rule) and all(answers.get(name) == value for name, value in rule.items())

    def course(self, course_id: str) -> Course:
        """The course of that id."""
        return next(course for course in self.courses if course.id == course_id)


UNSCHEDULED = Visit("U", "Unscheduled visit {number}", "unscheduled", None, plain="Extra visit {number}")
