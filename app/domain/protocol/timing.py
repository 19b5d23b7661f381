"""Timing: on which days a visit falls, and how it repeats."""

from dataclasses import dataclass, field

from app.domain.dates import Period, Roll
from app.domain.protocol.anchors import Anchor, Bound


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
