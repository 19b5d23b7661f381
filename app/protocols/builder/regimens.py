"""Turns the file's regimens into the domain's."""

from app.domain.protocol.regimens import (
    VISIT_KINDS,
    CycleRange,
    DayKind,
    Drug,
    Regimen,
    RegimenDay,
    StartCondition,
    WhenHeld,
)
from app.protocols.builder.references import References
from app.protocols.findings import PartPath
from app.protocols.schema.regimens import ConditionModel, CycleRangeModel, RegimenDayModel, RegimenModel

FIRST_DAY_KINDS = ("infusion", "treatment", "oral_start")


def regimens_of(refs: References) -> dict[str, Regimen]:
    """Return every regimen by its id; a part that does not fit becomes a fault."""
    return {name: _regimen(refs, name, model) for name, model in refs.regimens.items()}


def _regimen(refs: References, name: str, model: RegimenModel) -> Regimen:
    path: PartPath = ("regimens", name, "days")
    _check_first_day(refs, path, model.days[0])
    _check_days(refs, path, model)
    return Regimen(name, model.name, model.cycle_days, tuple(map(_day, model.days)))


def _day(model: RegimenDayModel) -> RegimenDay:
    return RegimenDay(
        day=model.day,
        kind=DayKind(model.kind),
        what=model.what,
        plain=model.plain,
        when_held=WhenHeld(model.when_held),
        gap=model.gap or 0,
        before=model.window.before,
        after=model.window.after,
        pump_hours=model.pump_hours,
        condition=_condition(model.condition),
        mark=model.mark,
        source=tuple(model.source),
        cycles=_cycles(model.cycles),
        doses=tuple(Drug(one.name, one.dose, one.pump) for one in model.doses),
    )


def _condition(model: ConditionModel | None) -> StartCondition | None:
    return None if model is None else StartCondition(model.text, model.mark, model.complete, tuple(model.source))


def _cycles(model: CycleRangeModel | None) -> CycleRange | None:
    return None if model is None else CycleRange(model.first, model.last or 0, model.every)


def _check_first_day(refs: References, path: PartPath, first: RegimenDayModel) -> None:
    if first.day != 1 or first.kind not in FIRST_DAY_KINDS:
        refs.fault((*path, 0, "day"), "day-one", "A regimen begins on day 1 with a dose", "Put day 1 first")
    if first.cycles is not None:
        refs.fault((*path, 0, "cycles"), "day-one", "Every cycle has a day 1", "Leave `cycles` out", True)


def _check_days(refs: References, path: PartPath, model: RegimenModel) -> None:
    """Check that days are in order and inside the cycle, one visit a day, each pump after an infusion."""
    infusion = False
    taken: set[int] = set()
    for index, row in enumerate(model.days):
        there = (*path, index, "day")
        if index and row.day < model.days[index - 1].day:
            refs.fault(there, "order", f"Day {row.day} comes after a later day", "Sort the days")
        if row.day > model.cycle_days:
            says = f"Day {row.day} lies beyond the cycle of {model.cycle_days} days"
            refs.fault(there, "beyond-cycle", says)
        if row.kind == "pump_disconnect" and not infusion:
            says = "A pump is disconnected before any infusion"
            refs.fault((*path, index, "kind"), "no-infusion-before", says, "Put its infusion before it")
        if row.kind in VISIT_KINDS:
            if row.day in taken:
                refs.fault(there, "repeated-day", f"Day {row.day} has a visit already", "Join the two")
            taken.add(row.day)
        infusion = infusion or row.kind == "infusion"
