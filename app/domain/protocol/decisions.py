"""Decisions and choices, and the effect of each outcome on a participant's pathway."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.dates import Period
from app.domain.protocol.anchors import Bound


@dataclass(frozen=True, slots=True)
class Selection:
    """A set of visits: those of `epochs` and those named in `visits`, except those in `keep`."""

    epochs: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseChange:
    """The new number of cycles (`count`, by cycle length in days) and regimen that an outcome gives a course."""

    course: str
    count: Mapping[int, int]
    regimen: str


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of a decision, a milestone or a performed visit on the pathway.

    `milestone`: the participant reaches this milestone, which has an effect of its own. `end`: the courses end here;
    their last performed infusion is the last dose. `discontinue`: the courses are cancelled, and the visits that are
    counted from them keep their dates. `extend`: the courses continue without end. `skip`: visits that the pathway no
    longer has. `cancel`: outstanding visits that are cancelled. `cancel_later`: visits whose occurrences after the
    deciding one are cancelled. `course_changes`: courses that get another number of cycles or another regimen.
    """

    milestone: str = ""
    end: tuple[str, ...] = ()
    discontinue: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    cancel: Selection = Selection()
    cancel_later: tuple[str, ...] = ()
    course_changes: tuple[CourseChange, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlyEnd:
    """The rule for a visit when a course ends before its time.

    `when`: ``not_reached`` (no dose of the cycle that the visit depends on, or of a later one, was given),
    ``not_begun`` (day 1 of that cycle was not), ``stopped`` (a stop was recorded) or ``no_dose`` (the course ended
    before any dose). `after`: the rule applies only if the visit's target is after this day; `after_milestone`,
    `unless_milestone`: only if that was, or was not, reached; `extended`: only if a decision had let the course go on
    without end. `retime`: the new timing (of a repeated visit, for its first outstanding occurrence that decides, where
    something is decided at it; later ones are cancelled), with a window of its own where `retime_before` and
    `retime_after` say so; None cancels the visit. ``not_reached`` never cancels an occurrence at which something is
    decided.
    """

    course: str
    when: str
    after: Bound | None = None
    retime: Bound | None = None
    retime_before: Period | None = None
    retime_after: Period | None = None
    after_milestone: str = ""
    unless_milestone: str = ""
    extended: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be decided at a visit, from occurrence `from_number` on. `forecast` is assumed until then.

    `closed_by`: the milestone from whose day on an outcome is refused, by the outcome.
    """

    visit: str
    forecast: str
    outcomes: Mapping[str, Effect]
    labels: Mapping[str, str] = field(default_factory=dict)
    from_number: int = 0
    closed_by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A question whose answer shapes the pathway. `values`: the possible answers, empty for yes or no.

    `by_timing`: the answer where none is given, by the timing of the metastases, in place of `default`.
    `by_procedure`: the answer that the record of an operation gives, by the procedure that it was.
    """

    id: str
    question: str
    default: str | bool
    values: tuple[str, ...] = ()
    by_timing: Mapping[str, str | bool] = field(default_factory=dict)
    by_procedure: Mapping[str, str | bool] = field(default_factory=dict)

    def default_for(self, timing: str) -> str | bool:
        """Return the answer where none is given, for metastases of that timing; empty: not known."""
        return self.by_timing.get(timing, self.default)

    def allows(self, value: object) -> bool:
        """Return whether this is a possible answer."""
        return value in self.values if self.values else isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Withdrawal: from treatment it ends every course; `before` is its further effect until `operation` was performed.

    `needs_last_medication`: the day of the last medication, or that there was none, is recorded with it.
    """

    operation: str = ""
    before: Effect = Effect()
    needs_last_medication: bool = False


@dataclass(frozen=True, slots=True)
class RegimenChangeRule:
    """When a regimen may be changed: after this milestone (empty: at any time), at most so often (0: no limit)."""

    allowed: bool = True
    after_milestone: str = ""
    at_most: int = 0
