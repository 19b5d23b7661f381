"""The document's timings, anchors and repeats as the domain's."""

from collections.abc import Mapping
from typing import Any

from app.domain.dates import Period, Roll
from app.domain.protocol import version as p
from app.domain.protocol.anchors import (
    AfterOutcome,
    Anchor,
    Bound,
    CycleEnd,
    CycleStart,
    DecidingVisit,
    Dose,
    EachDay,
    Enrolment,
    FirstDated,
    LastDose,
    LastPerformedDose,
    RegimenChange,
    TreatmentEnd,
    MilestoneDay,
    VisitDay,
)
from app.domain.protocol.timing import EachOf, EachOutcome, EveryCycle, OnDemand, Repeat, Series, Stretch, Timing
from app.protocols.build.references import COURSE_ROWS, RESERVED, References
from app.protocols.findings import Path, did_you_mean


class Timings:
    """Reads timings; each named anchor is read once."""

    def __init__(self, references: References) -> None:
        """Read the named anchors."""
        self.refs = references
        self.anchors: dict[str, Anchor] = {}
        for name, data in references.document["anchors"].items():
            path: Path = ("anchors", name)
            if name in RESERVED or name in references.document["visits"]:
                references.fault(
                    path, "taken-name", f"`{name}` has a meaning of its own already", "Rename the anchor", key=True
                )
            self.anchors[name] = self._named(data, path)

    def _named(self, data: Mapping[str, Any], path: Path) -> Anchor:
        refs = self.refs
        if data["visit"] is not None:
            return VisitDay(refs.once(data["visit"], (*path, "visit")))
        for field, kind in (("cycle_start", CycleStart), ("cycle_end", CycleEnd)):
            if data[field] is not None:
                return kind(refs.course(data[field], (*path, field)))
        if data["first_dated"] is not None:
            there = (*path, "first_dated")
            return FirstDated(tuple(refs.once(name, (*there, index)) for index, name in enumerate(data["first_dated"])))
        if data["last_dose"] is not None:
            return LastDose(
                refs.courses(data["last_dose"], (*path, "last_dose")),
                refs.courses(data["else_performed"], (*path, "else_performed")),
            )
        if data["last_performed_dose"] is not None:
            return LastPerformedDose(refs.courses(data["last_performed_dose"], (*path, "last_performed_dose")))
        if data["treatment_end"] is not None:
            return TreatmentEnd(refs.courses(data["treatment_end"], (*path, "treatment_end")))
        if data["turn"] is not None:
            return MilestoneDay(refs.turn(data["turn"], (*path, "turn")))
        return self._decided(data, path)

    def _decided(self, data: Mapping[str, Any], path: Path) -> Anchor:
        refs = self.refs
        if (after := data["after_outcome"]) is not None:
            there = (*path, "after_outcome")
            at = refs.deciding(after["at"], (*there, "at"))
            return AfterOutcome(at, refs.outcome(at, after["outcome"], (*there, "outcome")))
        if (deciding := data["deciding"]) is not None:
            there = (*path, "deciding")
            at = refs.deciding(deciding["at"], (*there, "at"))
            forecast = refs.once(deciding["forecast"], (*there, "forecast"))
            for index, outcome in enumerate(deciding["unless"]):
                refs.outcome((forecast,), outcome, (*there, "unless", index))
            outcome = refs.outcome(at, deciding["outcome"], (*there, "outcome"))
            return DecidingVisit(at, outcome, forecast, tuple(deciding["unless"]))
        return RegimenChange()

    def anchor(self, name: str, path: Path, row: str = "") -> Anchor:
        """What a timing counts from; `row`: the visit whose timing it is, where that may be a row of a course."""
        if name == "enrolment":
            return Enrolment()
        if name in COURSE_ROWS:
            return self._of_course(name, path, row)
        if name in self.anchors:
            return self.anchors[name]
        if row and self._of_each(row):
            return EachDay(name)
        if name not in self.refs.document["visits"]:
            known = {*self.anchors, *self.refs.document["visits"], *RESERVED}
            self.refs.fault(path, "unknown-anchor", f"`{name}` is no anchor and no visit", did_you_mean(name, known))
            return VisitDay(name)
        return VisitDay(self.refs.once(name, path))

    def _of_each(self, visit: str) -> bool:
        """Whether that visit happens once for each occurrence of the one that it is counted from."""
        data = self.refs.document["visits"].get(visit)
        return data is not None and data["repeat"] is not None and bool(data["repeat"]["each"])

    def _of_course(self, name: str, path: Path, row: str) -> Anchor:
        course, role = self.refs.rows.get(row, ("", ""))
        if role != COURSE_ROWS[name]:
            self.refs.fault(
                path,
                "not-a-course-row",
                f"Only a course's `{COURSE_ROWS[name]}` counts from `{name}`",
                "Name another anchor, or name the visit in the course",
            )
        return Dose() if name == "dose" else CycleStart(course)

    def bound(self, data: Mapping[str, Any], path: Path) -> Bound:
        """A day counted from an anchor."""
        return Bound(data["from"], self.anchor(data["from"], (*path, "from")), Period.parse(data["offset"]))

    def timing(self, visit: str, data: Mapping[str, Any], path: Path) -> Timing:
        """When a visit is due."""
        name = data["from"]
        anchor = self.anchor(name, (*path, "from"), visit)
        self._role(visit, name, (*path, "from"))
        window = data["window"] if isinstance(data["window"], dict) else None
        preferred = data["preferred"]
        first, last = self._any_day(data, anchor, path)
        return Timing(
            name,
            anchor,
            offset=None if first or name == "cycle_day" else Period.parse(data["offset"] or "P0D"),
            before=Period.parse(window["before"]) if window else None,
            after=Period.parse(window["after"]) if window else None,
            preferred_before=Period.parse(preferred["before"]) if preferred else None,
            preferred_after=Period.parse(preferred["after"]) if preferred else None,
            first=first,
            last=last,
            roll=Roll(data["roll"] or "nearest"),
            not_before=tuple(self.bound(b, (*path, "not_before", i)) for i, b in enumerate(data["not_before"])),
            waits=data["waits"],
            cycle=data["cycle"],
        )

    def _role(self, visit: str, name: str, path: Path) -> None:
        """A course's later rows must count from what the course gives them."""
        course, role = self.refs.rows.get(visit, ("", ""))
        wanted = next((anchor for anchor, of in COURSE_ROWS.items() if of == role), name)
        if wanted != name and name not in COURSE_ROWS:
            self.refs.fault(
                path,
                "course-row",
                f"`{visit}` is the `{role}` of course `{course}`, so it counts from `{wanted}`",
                f"Write `from: {wanted}`",
            )

    def _any_day(self, data: Mapping[str, Any], anchor: Anchor, path: Path) -> tuple[Bound, Bound] | tuple[None, None]:
        if data["any_day"] is None:
            return None, None
        found = []
        for side in ("first", "last"):
            given = data["any_day"][side]
            if isinstance(given, str):
                found.append(Bound(data["from"], anchor, Period.parse(given)))
            else:
                found.append(self.bound(given, (*path, "any_day", side)))
        return found[0], found[1]

    def repeat(self, data: Mapping[str, Any] | None, path: Path, source: str = "") -> Repeat | None:
        """How a visit repeats; `source`: what its timing counts from."""
        if data is None:
            return None
        if data["cycles"] is not None:
            return EveryCycle(self.refs.course(data["cycles"], (*path, "cycles")), data["every"], data["first"])
        if data["each_outcome"]:
            return EachOutcome()
        if data["on_demand"]:
            return OnDemand()
        if data["each"]:
            return EachOf(self.refs.repeated(source, (*path, "each")))
        if data["until"] not in (None, "died", *self.refs.document["turns"]):
            self.refs.visit(data["until"], (*path, "until"))
        return Series(
            at=tuple(map(Period.parse, data["at"] or ())),
            stretches=tuple(self._stretch(each, (*path, "series", i)) for i, each in enumerate(data["series"] or ())),
            number=data["number"],
            start=Period.parse(data["start"]),
            beyond=Period.parse(data["beyond"]) if data["beyond"] else None,
            until=data["until"] or "",
        )

    def _stretch(self, data: Mapping[str, Any], path: Path) -> Stretch:
        every = Period.parse(data["every"])
        if not every.months and not every.days:
            self.refs.fault(
                (*path, "every"), "no-step", "A series cannot repeat on the spot", "Write a length above zero"
            )
            every = Period(days=1)
        if data["count"] is not None and data["for"] is not None:
            self.refs.fault(
                (*path, "for"),
                "count-and-for",
                "A stretch ends by `count` or by `for`, not by both",
                "Leave one out",
                key=True,
            )
        return Stretch(every, data["count"], Period.parse(data["for"]) if data["for"] else None)


def anchors_of(visit: p.Visit) -> list[Anchor]:
    """Everything that the visit's day is counted from, also when a course ends early."""
    timing = visit.timing
    if timing is None:
        return []
    found = [] if timing.first and timing.first.anchor != timing.anchor else [timing.anchor]
    bounds = [timing.first, timing.last, *timing.not_before]
    bounds += [bound for rule in visit.early_end for bound in (rule.after, rule.retime)]
    return found + [bound.anchor for bound in bounds if bound is not None]
