"""Turns the file's timings and repeats into the domain's."""

from app.domain.dates import Period, Roll
from app.domain.protocol.anchors import Anchor, Bound, CycleEnd, CycleStart
from app.domain.protocol.timing import EachOf, EachOutcome, EveryCycle, OnDemand, Repeat, Series, Stretch, Timing
from app.protocols.builder.anchors import Anchors
from app.protocols.builder.references import COURSE_ROWS, References
from app.protocols.findings import PartPath
from app.protocols.schema.anchors import BoundModel
from app.protocols.schema.timing import RepeatModel, StretchModel, TimingModel, WindowModel


class Timings:
    """Builds timings and repeats."""

    def __init__(self, references: References, anchors: Anchors) -> None:
        """Build with these references and anchors."""
        self.refs = references
        self.anchors = anchors

    def timing(self, visit: str, model: TimingModel, path: PartPath) -> Timing:
        """Return when a visit is due."""
        name = model.from_
        anchor = self.anchors.anchor(name, (*path, "from"), visit)
        self._check_row(visit, name, (*path, "from"))
        window = model.window if isinstance(model.window, WindowModel) else None
        first, last = self._any_day(model, anchor, path)
        return Timing(
            name,
            anchor,
            offset=None if first or name == "cycle_day" else Period.parse(model.offset or "P0D"),
            before=Period.parse(window.before) if window else None,
            after=Period.parse(window.after) if window else None,
            after_cycles=self._after_cycles(window, anchor, (*path, "window", "after_cycles")),
            preferred_before=Period.parse(model.preferred.before) if model.preferred else None,
            preferred_after=Period.parse(model.preferred.after) if model.preferred else None,
            first=first,
            last=last,
            roll=Roll(model.roll or "nearest"),
            not_before=tuple(
                self.anchors.bound(bound, (*path, "not_before", index)) for index, bound in enumerate(model.not_before)
            ),
            opens_not_before=tuple(
                self.anchors.bound(bound, (*path, "opens_not_before", index))
                for index, bound in enumerate(model.opens_not_before)
            ),
            waits=model.waits,
            cycle=model.cycle,
        )

    def _after_cycles(self, window: WindowModel | None, anchor: Anchor, path: PartPath) -> int:
        """Return how many cycles longer the window is; only a timing from the start or end of a cycle can say so."""
        number = window.after_cycles if window else 0
        if number and not isinstance(anchor, CycleStart | CycleEnd):
            says = "Only a visit that is counted from the start or the end of a cycle has a window of cycles"
            self.refs.fault(path, "no-cycle", says, "Write the window in days", key=True)
        return number

    def _check_row(self, visit: str, name: str, path: PartPath) -> None:
        """Check that a course's later rows count from the name that their role gives them."""
        course, role = self.refs.rows.get(visit, ("", ""))
        wanted = next((anchor for anchor, of in COURSE_ROWS.items() if of == role), name)
        if wanted != name and name not in COURSE_ROWS:
            says = f"`{visit}` is the `{role}` of course `{course}`, so it counts from `{wanted}`"
            self.refs.fault(path, "course-row", says, f"Write `from: {wanted}`")

    def _any_day(self, model: TimingModel, anchor: Anchor, path: PartPath) -> tuple[Bound, Bound] | tuple[None, None]:
        if model.any_day is None:
            return None, None
        first, last = (
            self._end(model.from_, anchor, end, (*path, "any_day", side))
            for side, end in (("first", model.any_day.first), ("last", model.any_day.last))
        )
        return first, last

    def _end(self, name: str, anchor: Anchor, end: str | BoundModel, path: PartPath) -> Bound:
        """Return one end of the days: a distance from the timing's own anchor, or a bound with an anchor of its own."""
        return Bound(name, anchor, Period.parse(end)) if isinstance(end, str) else self.anchors.bound(end, path)

    def repeat(self, model: RepeatModel | None, path: PartPath, source: str = "") -> Repeat | None:
        """Return how a visit repeats; `source`: the name that its timing counts from."""
        if model is None:
            return None
        if model.cycles is not None:
            return EveryCycle(self.refs.course(model.cycles, (*path, "cycles")), model.every, model.first)
        if model.each_outcome:
            self.refs.decided(source, (*path, "each_outcome"))
            return EachOutcome()
        if model.on_demand:
            return OnDemand()
        if model.each:
            return EachOf(self.refs.repeated(source, (*path, "each")))
        return self._series(model, path)

    def _series(self, model: RepeatModel, path: PartPath) -> Series:
        if model.until is not None and model.until not in ("died", *self.refs.file.turns):
            self.refs.visit(model.until, (*path, "until"))
        return Series(
            at=tuple(map(Period.parse, model.at or ())),
            stretches=tuple(
                self._stretch(each, (*path, "series", index)) for index, each in enumerate(model.series or ())
            ),
            number=model.number,
            start=Period.parse(model.start),
            beyond=Period.parse(model.beyond) if model.beyond else None,
            until=model.until or "",
        )

    def _stretch(self, model: StretchModel, path: PartPath) -> Stretch:
        every = Period.parse(model.every)
        if not every.months and not every.days:
            says = "A series cannot repeat on the spot"
            self.refs.fault((*path, "every"), "no-step", says, "Write a length above zero")
            every = Period(days=1)
        if model.count is not None and model.for_ is not None:
            says = "A stretch ends by `count` or by `for`, not by both"
            self.refs.fault((*path, "for"), "count-and-for", says, "Leave one out", key=True)
        return Stretch(every, model.count, Period.parse(model.for_) if model.for_ else None)
