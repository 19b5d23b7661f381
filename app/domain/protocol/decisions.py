"""Decisions and choices, and what each outcome does to the course of the trial."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.protocol.anchors import Bound


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
