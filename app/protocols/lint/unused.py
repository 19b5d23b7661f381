"""Rules about names that nothing uses: epochs, turns, choices, anchors, regimens, rows of courses."""

from collections.abc import Iterable, Iterator

from app.domain.protocol.regimens import VISIT_KINDS
from app.domain.protocol.version import ProtocolVersion
from app.protocols.findings import Fault, WaivableKind
from app.protocols.lint.reachability import milestones_reached
from app.protocols.schema.anchors import BoundModel
from app.protocols.schema.base import Conditional, parts_of
from app.protocols.schema.protocol_file import ProtocolFile
from app.protocols.schema.timing import TimingModel


def unused(version: ProtocolVersion, file: ProtocolFile) -> Iterator[Fault]:
    """Find names that nothing uses."""
    epochs = {visit.epoch for visit in version.visits.values()}
    for index, epoch in enumerate(version.epochs):
        if epoch.id not in epochs:
            yield Fault(("epochs", index, "id"), "unused-epoch", f"No visit lies in epoch `{epoch.id}`", "Remove it")
    yield from _spare(
        "turns", "unused-turn", "Nothing takes the turn", version.milestones.keys() - milestones_reached(version)
    )
    asked = _choices_asked(file)
    yield from _spare("choices", "unused-choice", "Nothing depends on the choice", version.choices.keys() - asked)
    used = _procedures_used(file)
    yield from _spare("procedures", "unused-procedure", "Nothing asks for the procedure", file.procedures.keys() - used)
    yield from _spare("anchors", "unused-anchor", "Nothing is counted from", file.anchors.keys() - _anchors_used(file))
    given = {*version.offered, *(course.regimen for course in version.courses)}
    yield from _spare("regimens", "unused-regimen", "Nobody is offered", file.regimens.keys() - given)
    yield from _rows(version)


def _spare(part: str, kind: WaivableKind, says: str, names: Iterable[str]) -> Iterator[Fault]:
    for name in sorted(names):
        yield Fault((part, name), kind, f"{says} `{name}`", "Remove it", key=True)


def _choices_asked(file: ProtocolFile) -> set[str]:
    conditions = (part.when for _path, part in parts_of(file) if isinstance(part, Conditional))
    return {*file.recorded_only, *(choice for when in conditions for choice in when)}


def _procedures_used(file: ProtocolFile) -> set[str]:
    named = (getattr(part, "left_out_after", ()) for _path, part in parts_of(file))
    answered = (choice.by_procedure for choice in file.choices.values())
    return {name for names in (*named, *answered) for name in names}


def _anchors_used(file: ProtocolFile) -> set[str]:
    return {part.from_ for _path, part in parts_of(file) if isinstance(part, BoundModel | TimingModel)}


def _rows(version: ProtocolVersion) -> Iterator[Fault]:
    """Find courses with a row for days within the cycle, none of whose regimens has such a day."""
    for course in version.courses:
        days = [row for regimen in version.regimens_of(course) for row in regimen.days if row.day > 1]
        if course.within and not any(row.kind in VISIT_KINDS for row in days):
            yield Fault(
                ("visits", course.within),
                "unused-row",
                f"No regimen of `{course.id}` has a visit within its cycle, so `{course.within}` never happens",
                "Check the regimens",
                key=True,
            )
