"""Turns the names and distances that timings count from into the domain's anchors and bounds."""

from app.domain.dates import Period
from app.domain.protocol.anchors import (
    AfterOutcome,
    Anchor,
    Bound,
    Consent,
    CycleEnd,
    CycleStart,
    DecidingVisit,
    Dose,
    EachDay,
    ElseWhen,
    Enrolment,
    FirstDated,
    LastDose,
    LastPerformedDose,
    MilestoneDay,
    RegimenChange,
    TreatmentEnd,
    VisitDay,
)
from app.protocols.builder.references import CONSENT, COURSE_ROWS, RESERVED, References
from app.protocols.findings import PartPath, did_you_mean
from app.protocols.schema.anchors import AnchorModel, BoundModel, DecidingModel, ElseWhenModel, OutcomeAtModel


class Anchors:
    """The anchors of one file; each named one is built once."""

    def __init__(self, references: References) -> None:
        """Build the named anchors."""
        self.refs = references
        self.named: dict[str, Anchor] = {}
        for name, model in references.file.anchors.items():
            path: PartPath = ("anchors", name)
            if name in RESERVED or name in references.file.visits:
                says = f"`{name}` has a meaning of its own already"
                references.fault(path, "taken-name", says, "Rename the anchor", key=True)
            self.named[name] = self._build(model, path)

    def _build(self, model: AnchorModel, path: PartPath) -> Anchor:
        refs = self.refs
        if model.visit is not None:
            return VisitDay(refs.once(model.visit, (*path, "visit")))
        if model.first_dated is not None:
            there = (*path, "first_dated")
            return FirstDated(tuple(refs.once(name, (*there, index)) for index, name in enumerate(model.first_dated)))
        if model.turn is not None:
            return MilestoneDay(refs.turn(model.turn, (*path, "turn")))
        if model.after_outcome is not None:
            return self._after_outcome(model.after_outcome, (*path, "after_outcome"))
        if model.deciding is not None:
            return self._deciding(model.deciding, (*path, "deciding"))
        return self._from_course(model, path) or RegimenChange()

    def _from_course(self, model: AnchorModel, path: PartPath) -> Anchor | None:
        """Build an anchor that a course or several give; None when the model is of another kind."""
        refs = self.refs
        if model.cycle_start is not None:
            return CycleStart(refs.course(model.cycle_start, (*path, "cycle_start")))
        if model.cycle_end is not None:
            return CycleEnd(refs.course(model.cycle_end, (*path, "cycle_end")))
        if model.last_dose is not None:
            return LastDose(
                refs.courses(model.last_dose, (*path, "last_dose")),
                refs.courses(model.else_performed, (*path, "else_performed")),
                tuple(self._else_when(each, (*path, "else_when", i)) for i, each in enumerate(model.else_when)),
            )
        if model.last_performed_dose is not None:
            return LastPerformedDose(refs.courses(model.last_performed_dose, (*path, "last_performed_dose")))
        if model.treatment_end is not None:
            return TreatmentEnd(refs.courses(model.treatment_end, (*path, "treatment_end")))
        return None

    def _else_when(self, model: ElseWhenModel, path: PartPath) -> ElseWhen:
        refs = self.refs
        return ElseWhen(
            refs.turn(model.turn, (*path, "turn")),
            refs.courses(model.stopped, (*path, "stopped")),
            refs.course(model.without, (*path, "without")) if model.without else "",
        )

    def _after_outcome(self, model: OutcomeAtModel, path: PartPath) -> AfterOutcome:
        at = self.refs.deciding(model.at, (*path, "at"))
        return AfterOutcome(at, self.refs.outcome(at, model.outcome, (*path, "outcome")))

    def _deciding(self, model: DecidingModel, path: PartPath) -> DecidingVisit:
        refs = self.refs
        at = refs.deciding(model.at, (*path, "at"))
        forecast = refs.once(model.forecast, (*path, "forecast"))
        for index, outcome in enumerate(model.unless):
            refs.outcome((forecast,), outcome, (*path, "unless", index))
        return DecidingVisit(at, refs.outcome(at, model.outcome, (*path, "outcome")), forecast, tuple(model.unless))

    def anchor(self, name: str, path: PartPath, visit: str = "") -> Anchor:
        """Return the anchor that a timing or a bound names.

        `visit`: the id of the visit whose timing it is, where that may be a row of a course or repeat with another
        visit; empty for a bound, which may be neither.
        """
        if name == "enrolment":
            return Enrolment()
        if name in COURSE_ROWS:
            return self._in_course(name, path, visit)
        if name in self.named:
            return self.named[name]
        if visit and self._repeats_with_another(visit):
            return EachDay(name)
        if name not in self.refs.file.visits:
            # No reserved name: files of before may have an anchor or a visit that is called so.
            if name == CONSENT:
                return Consent()
            known = {*self.named, *self.refs.file.visits, *RESERVED, CONSENT}
            self.refs.fault(path, "unknown-anchor", f"`{name}` is no anchor and no visit", did_you_mean(name, known))
            return VisitDay(name)
        return VisitDay(self.refs.once(name, path))

    def _repeats_with_another(self, visit: str) -> bool:
        """Return whether that visit happens once for each occurrence of the one that it is counted from."""
        model = self.refs.file.visits.get(visit)
        return model is not None and model.repeat is not None and bool(model.repeat.each)

    def _in_course(self, name: str, path: PartPath, visit: str) -> Anchor:
        course, role = self.refs.rows.get(visit, ("", ""))
        if role != COURSE_ROWS[name]:
            says = f"Only a course's `{COURSE_ROWS[name]}` counts from `{name}`"
            self.refs.fault(path, "not-a-course-row", says, "Name another anchor, or name the visit in the course")
        return Dose() if name == "dose" else CycleStart(course)

    def bound(self, model: BoundModel, path: PartPath) -> Bound:
        """Return a day counted from an anchor."""
        return Bound(model.from_, self.anchor(model.from_, (*path, "from")), Period.parse(model.offset))

    def optional_bound(self, model: BoundModel | None, path: PartPath) -> Bound | None:
        """Return a day counted from an anchor; None for None."""
        return None if model is None else self.bound(model, path)
