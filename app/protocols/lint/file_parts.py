"""Rules about parts of the file itself: conditions that allow no answer, unlisted sources, courses out of order."""

from collections.abc import Iterator
from itertools import combinations

from app.protocols.findings import Fault, PartPath, did_you_mean
from app.protocols.schema.base import Cited, Conditional, parts_of
from app.protocols.schema.decisions import ProcedureModel
from app.protocols.schema.protocol_file import ProtocolFile


def conditions(file: ProtocolFile) -> Iterator[Fault]:
    """Find conditions that allow no answer at all."""
    for path, part in parts_of(file):
        for choice, allowed in part.when.items() if isinstance(part, Conditional) else ():
            if allowed == []:
                says = f"No answer to `{choice}` is allowed here, so this never applies"
                yield Fault((*path, "when", choice), "never-applies", says, "Name the answers")


def answers(file: ProtocolFile) -> Iterator[Fault]:
    """Find choices to which the record of one operation gives two answers."""
    for name, choice in file.choices.items():
        known = [(one, file.procedures[one]) for one in choice.by_procedure if one in file.procedures]
        for (first, one), (second, other) in combinations(known, 2):
            if choice.by_procedure[first] != choice.by_procedure[second] and _overlap(one, other):
                says = f"An operation may be `{first}` and `{second}`, which answer `{name}` differently"
                path: PartPath = ("choices", name, "by_procedure", second)
                yield Fault(path, "two-answers", says, "Make them exclude each other", key=True)


def _overlap(one: ProcedureModel, other: ProcedureModel) -> bool:
    """Whether an operation may be both procedures."""
    return all(
        not mine or not theirs or bool({*mine} & {*theirs})
        for mine, theirs in ((one.pancreas, other.pancreas), (one.liver, other.liver))
    )


def sources(file: ProtocolFile) -> Iterator[Fault]:
    """Find sources that the file names and does not list; a file that lists none is not checked."""
    known = file.sources
    for path, part in parts_of(file) if known else ():
        for index, source in enumerate(part.source) if isinstance(part, Cited) else ():
            if source not in known:
                says = f"`{source}` is not listed in `sources`"
                yield Fault((*path, "source", index), "unknown-source", says, did_you_mean(source, known))


def course_order(file: ProtocolFile) -> Iterator[Fault]:
    """Find anchors that name courses against their order: of these the last named one that has a dose counts."""
    order = list(file.courses)
    for name, anchor in file.anchors.items():
        for field in ("last_dose", "treatment_end"):
            courses = [one for one in getattr(anchor, field) or () if one in order]
            meant = sorted(courses, key=order.index)
            if courses != meant:
                says = f"`{courses[-1]}` counts here before `{courses[-2]}`: the last course named that has a dose does"
                yield Fault(("anchors", name, field), "course-order", says, f"Write [{', '.join(meant)}]")


def ignored_days(file: ProtocolFile) -> Iterator[Fault]:
    """Find rows of a course that say when they are due, although the length of the cycle does."""
    for name, visit in file.visits.items():
        timing = visit.timing
        if timing is None or timing.from_ != "next_cycle":
            continue
        for field in ("offset", "any_day"):
            if getattr(timing, field) not in (None, "P0D"):
                says = f"The next cycle begins after the length of the cycle, so this `{field}` counts for nothing"
                remedy = "Leave it out, and set `cycle_days` of the regimen"
                yield Fault(("visits", name, "timing", field), "ignored-offset", says, remedy)
