"""Turns the file's courses into the domain's, and checks their numbers of cycles against the regimens."""

from collections.abc import Mapping, Sequence

from app.domain.protocol.regimens import VISIT_KINDS
from app.domain.protocol.version import PARTICIPANT_REGIMENS, Course, Cycles
from app.protocols.builder.anchors import Anchors
from app.protocols.builder.references import References
from app.protocols.findings import PartPath
from app.protocols.schema.protocol_file import CourseModel


def course(refs: References, anchors: Anchors, name: str, model: CourseModel) -> Course:
    """Return a phase of treatment in cycles."""
    path: PartPath = ("courses", name)
    if model.regimen not in PARTICIPANT_REGIMENS:
        refs.known("regimen", model.regimen, (*path, "regimen"), refs.regimens)
    for role, visit in model.rows.items():
        refs.visit(visit, (*path, role))
    if model.within is None:
        _check_no_visit_within(refs, model.regimen, path)
    return Course(
        name,
        model.name,
        model.first,
        model.next,
        model.within or "",
        model.bloods or "",
        model.regimen,
        _cycles(refs, anchors, model, (*path, "cycles")),
        model.extend_by,
        refs.answers(model.when, (*path, "when")),
    )


def _check_no_visit_within(refs: References, regimen: str, path: PartPath) -> None:
    """Check that no regimen has a visit within its cycle, for the course has no row for one."""
    for name in _followed(refs, regimen):
        days = refs.regimens[name].days[1:] if name in refs.regimens else ()
        row = next((row for row in days if row.kind in VISIT_KINDS), None)
        if row is not None:
            says = f"`{name}` has a visit on day {row.day}, and the course has no row for it"
            refs.fault(path, "no-within", says, "Add `within`", key=True)


def _followed(refs: References, regimen: str) -> Sequence[str]:
    """Return the ids of the regimens that a course with this rule may follow; some may be unknown."""
    return refs.file.offered if regimen in PARTICIPANT_REGIMENS else [regimen]


def _cycles(refs: References, anchors: Anchors, course: CourseModel, path: PartPath) -> Cycles:
    model = course.cycles
    count = counts_by_days(refs, model.count or {}, (*path, "count"))
    if model.count is not None:
        check_counts(refs, course.regimen, count, (*path, "count"))
    return Cycles(
        fill=refs.days(model.fill, (*path, "fill")) if model.fill else None,
        count=count,
        less=refs.course(model.less, (*path, "less")) if model.less else "",
        at_least=counts_by_days(refs, model.at_least, (*path, "at_least")),
        open_ended=model.open_ended,
        until=anchors.optional_bound(model.until, (*path, "until")),
    )


def counts_by_days(refs: References, counts: Mapping[str, int], path: PartPath) -> dict[int, int]:
    """Return numbers of cycles by the cycle's length in days."""
    return {refs.days(length, (*path, length), key=True): number for length, number in counts.items()}


def check_counts(refs: References, regimen: str, counts: Mapping[int, int], path: PartPath) -> None:
    """Check that each regimen that the course may follow has a number of cycles."""
    for name in _followed(refs, regimen):
        length = refs.regimens[name].cycle_days if name in refs.regimens else None
        if length is not None and length not in counts:
            says = f"`{name}` has cycles of {length} days, and their number is not given here"
            refs.fault(path, "no-count", says, f"Add `P{length}D: ...`", key=True)
