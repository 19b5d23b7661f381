"""Turns the file's choices, decisions and effects into the domain's."""

from app.domain.dates import Period
from app.domain.protocol.decisions import (
    Choice,
    CourseChange,
    Decision,
    EarlyEnd,
    Effect,
    RegimenChangeRule,
    Selection,
    Withdrawal,
)
from app.domain.protocol.procedures import Procedure
from app.protocols.builder.anchors import Anchors
from app.protocols.builder.courses import check_counts, counts_by_days
from app.protocols.builder.references import References
from app.protocols.findings import PartPath
from app.protocols.schema.base import Answer
from app.protocols.schema.decisions import (
    ChoiceModel,
    CoursePlanModel,
    DecisionModel,
    EarlyEndModel,
    EffectModel,
    ProcedureModel,
    RegimenChangeModel,
    SelectionModel,
    WithdrawalModel,
)


def choice(refs: References, name: str, model: ChoiceModel) -> Choice:
    """Return a question whose answer shapes the pathway."""
    path: PartPath = ("choices", name)
    refs.check_answer(model, name, model.default, (*path, "default"))
    for timing, answer in model.by_timing.items():
        refs.check_answer(model, name, answer, (*path, "by_timing", timing))
    for procedure, answer in model.by_procedure.items():
        refs.known("procedure", procedure, (*path, "by_procedure", procedure), refs.file.procedures, key=True)
        refs.check_answer(model, name, answer, (*path, "by_procedure", procedure))
    by_timing: dict[str, Answer] = {}
    by_timing.update(model.by_timing.items())
    return Choice(name, model.question, model.default, tuple(model.values), by_timing, model.by_procedure)


def procedure(name: str, model: ProcedureModel) -> Procedure:
    """Return what an operation may have been."""
    return Procedure(name, model.name, tuple(model.pancreas), tuple(model.liver))


def decision(refs: References, visit: str, model: DecisionModel) -> Decision:
    """Return what may be decided at a visit."""
    path: PartPath = ("decisions", visit)
    refs.known("visit", visit, path, refs.file.visits, key=True)
    refs.known("outcome", model.forecast, (*path, "forecast"), model.outcomes)
    return Decision(
        visit,
        model.forecast,
        {name: effect(refs, each, (*path, "outcomes", name)) for name, each in model.outcomes.items()},
        {name: each.label for name, each in model.outcomes.items()},
        model.from_number or 0,
        {
            name: refs.turn(each.not_after, (*path, "outcomes", name, "not_after"))
            for name, each in model.outcomes.items()
            if each.not_after
        },
    )


def effect(refs: References, model: EffectModel, path: PartPath) -> Effect:
    """Return the effect of a decision, a turn (a milestone of the domain) or a performed visit on the pathway."""
    return Effect(
        milestone=refs.turn(model.turn, (*path, "turn")),
        end=refs.courses(model.end, (*path, "end")),
        discontinue=refs.courses(model.give_up, (*path, "give_up")),
        extend=refs.courses(model.extend, (*path, "extend")),
        skip=refs.visits(model.skip, (*path, "skip")),
        cancel=_selection(refs, model.cancel, (*path, "cancel")),
        cancel_later=refs.visits(model.cancel_later, (*path, "cancel_later")),
        course_changes=tuple(
            _course_change(refs, each, (*path, "plan", index)) for index, each in enumerate(model.plan)
        ),
    )


def _selection(refs: References, model: SelectionModel, path: PartPath) -> Selection:
    return Selection(
        tuple(refs.epoch(name, (*path, "epochs", index)) for index, name in enumerate(model.epochs)),
        refs.visits(model.visits, (*path, "visits")),
        refs.visits(model.keep, (*path, "keep")),
    )


def _course_change(refs: References, model: CoursePlanModel, path: PartPath) -> CourseChange:
    count = counts_by_days(refs, model.count, (*path, "count"))
    check_counts(refs, model.regimen, count, (*path, "count"))
    return CourseChange(refs.course(model.course, (*path, "course")), count, model.regimen)


def early_end(refs: References, anchors: Anchors, model: EarlyEndModel, path: PartPath) -> EarlyEnd:
    """Return the rule for a visit when a course ends before its time."""
    then = None if model.then == "cancel" else model.then
    window = then.window if then is not None else None
    return EarlyEnd(
        refs.course(model.course, (*path, "course")),
        model.when,
        anchors.optional_bound(model.after, (*path, "after")),
        None if then is None else anchors.bound(then, (*path, "then")),
        Period.parse(window.before) if window else None,
        Period.parse(window.after) if window else None,
        refs.turn(model.after_turn, (*path, "after_turn")),
        refs.turn(model.unless_turn, (*path, "unless_turn")),
        model.extended,
    )


def withdrawal(refs: References, model: WithdrawalModel | None) -> Withdrawal:
    """Return the effects of a withdrawal from treatment; a file may have none."""
    if model is None:
        return Withdrawal()
    path: PartPath = ("withdrawal",)
    refs.courses(model.stop, (*path, "stop"))
    return Withdrawal(
        "" if model.operation is None else refs.visit(model.operation, (*path, "operation")),
        effect(refs, model.before, (*path, "before")),
        model.last_medication == "required",
    )


def regimen_change(refs: References, model: RegimenChangeModel) -> RegimenChangeRule:
    """Return when the regimen may be changed."""
    return RegimenChangeRule(
        model.allowed, refs.turn(model.after_turn, ("regimen_change", "after_turn")), model.at_most
    )
