"""Timing: the days of a visit, and how it repeats."""

from dataclasses import dataclass, field

from app.domain.dates import Period, Roll
from app.domain.protocol.anchors import Anchor, Bound


@dataclass(frozen=True, slots=True)
class Timing:
    """When a visit is due.

    With `offset`: target = anchor + offset, window target - before .. target + after (no window when both are None);
    `after_cycles`: and so many lengths longer of the cycle that it is counted from.
    Without `offset` but with `first` and `last`: any day from anchor + first to anchor + last, no target.
    `preferred_before`, `preferred_after`: a narrower window, used when it has an open day. `not_before`: the target is
    none of the days before these; `opens_not_before`: the window opens on none of the days before these. `waits`: no
    target until the visit is booked, moved or performed. `cycle`: the cycle that an anchor of a course means, where it
    is not the visit's own number.
    """

    name: str
    anchor: Anchor
    offset: Period | None = None
    before: Period | None = None
    after: Period | None = None
    after_cycles: int = 0
    preferred_before: Period | None = None
    preferred_after: Period | None = None
    first: Bound | None = None
    last: Bound | None = None
    roll: Roll = Roll.NEAREST
    not_before: tuple[Bound, ...] = ()
    opens_not_before: tuple[Bound, ...] = ()
    waits: bool = False
    cycle: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a series: one visit every `every`, `count` times or for `lasting`; without either, without end."""

    every: Period
    count: int | None = None
    lasting: Period | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A visit repeated at fixed distances from its anchor.

    `at`: single distances; else `stretches` one after another, the first from `start` on. `number`: the unit that the
    number in a key counts (``days``, ``weeks``, ``months``, or occurrences: ``count``). `beyond`: how far ahead of
    today a stretch without end is planned. `until`: ``died``, or the visit or milestone that ends the series.
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
    """A visit repeated once for each visit at which an outcome was decided (see `AfterOutcome`)."""


@dataclass(frozen=True, slots=True)
class EachOf:
    """A visit repeated once for each occurrence of another visit (see `EachDay`)."""

    visit: str


@dataclass(frozen=True, slots=True)
class OnDemand:
    """A visit held when it is needed: an occurrence appears once somebody gives it a day."""


Repeat = Series | EveryCycle | EachOutcome | EachOf | OnDemand
