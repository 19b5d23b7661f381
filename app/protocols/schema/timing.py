"""Models of timings: when a visit is due, and how it repeats."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.protocols.schema.anchors import BoundModel
from app.protocols.schema.base import Count, Duration, Id, Length, Model


class WindowModel(Model):
    """How far before and after the target a visit is inside its window; `after_cycles`: and so many cycles longer."""

    before: Length
    after: Length
    after_cycles: Annotated[int, Field(ge=0, le=99)] = 0


class AnyDayModel(Model):
    """Any day from `first` to `last`; each is a distance from the timing's anchor, or has an anchor of its own."""

    first: Duration | BoundModel
    last: Duration | BoundModel


class TimingModel(Model):
    """When a visit is due.

    `from` + `offset` gives the target; `window` the days around it (`none`: no window is stated); `preferred` a
    narrower window inside it. `any_day` instead of `offset` and `window`: any day between two bounds, no target. Rows
    of a course count from `next_cycle`, `dose` (bloods) or `cycle_day` (regimen days) instead of an anchor.
    """

    from_: Id = Field(alias="from")
    offset: Duration | None = None
    window: WindowModel | Literal["none"] | None = None
    preferred: WindowModel | None = None
    any_day: AnyDayModel | None = None
    roll: Literal["none", "forward", "backward", "nearest"] | None = None
    not_before: list[BoundModel] = []
    opens_not_before: list[BoundModel] = []
    waits: bool = False
    cycle: Count | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "TimingModel":
        if self.from_ == "cycle_day":
            if self.offset or self.window or self.preferred or self.any_day or self.opens_not_before:
                raise ValueError("a row counted from cycle_day takes offset and window from its regimen")
            return self
        if (self.any_day is None) == (self.window is None):
            raise ValueError("a timing has a window (before and after, or none) or any_day. Keep one, or add one")
        if self.any_day is not None and (self.offset or self.preferred):
            raise ValueError("any_day has no target, so neither offset nor preferred")
        if self.opens_not_before and not isinstance(self.window, WindowModel):
            raise ValueError("opens_not_before needs a window with before and after")
        return self


class StretchModel(Model):
    """A part of a series: a visit at every `every`, `count` times or for the length `for`."""

    every: Length
    count: Annotated[int, Field(ge=1, le=600)] | None = None
    for_: Length | None = Field(default=None, alias="for")


class RepeatModel(Model):
    """How a visit repeats.

    A series from its anchor (`start`: the first step begins so long after it; `until`: `died`, a visit or a turn),
    every n-th cycle of a course, once for each outcome, once for `each` occurrence of the repeated visit that the
    timing counts from, or `on_demand`: whenever somebody gives it a day.
    """

    at: list[Duration] | None = None
    series: list[StretchModel] | None = None
    start: Length = "P0D"
    number: Literal["days", "weeks", "months", "count"] = "count"
    beyond: Length | None = None
    until: Id | None = None
    cycles: Id | None = None
    every: Count = 1
    first: Count = 1
    each_outcome: Literal[True] | None = None
    each: Literal[True] | None = None
    on_demand: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> "RepeatModel":
        kinds = ("at", "series", "cycles", "each_outcome", "each", "on_demand")
        if sum(getattr(self, name) is not None for name in kinds) != 1:
            raise ValueError(f"a repeat says exactly one of: {', '.join(kinds)}")
        if self.series is None and "start" in self.model_fields_set:
            raise ValueError("start goes with series")
        return self
