"""The rules for visits when a course that they depend on ends before its time.

Six cycles are planned from 30 November, and the course is stopped on 20 December after two of them. A scan planned
after cycle 4 is cancelled (``not_reached``); the visit at the end of treatment, planned for March, gets a new day
counted from the stop (``stopped``); and had the course been stopped before 30 November, the visits after its doses
would have nothing to follow (``no_dose``).
"""

from dataclasses import replace

from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.planning.planning_context import PlanningContext
from app.domain.protocol.anchors import LastDose
from app.domain.protocol.decisions import EarlyEnd
from app.domain.protocol.timing import EveryCycle, Timing


def apply_early_end(context: PlanningContext, draft: DraftVisit) -> None:
    """Cancel a visit, or give it another day, when a course ended before its time.

    What cancels it comes first: a visit that was cancelled later keeps the day that a stop had given it.
    """
    for rule in sorted(draft.visit.early_end, key=_gives_a_day):
        repeated = isinstance(draft.visit.repeat, EveryCycle)
        settled = (draft.result is not None or draft.cancelled) and (rule.retime is None or repeated)
        if not settled and _rule_applies(context, draft, rule):
            _cancel_or_retime(context, draft, rule)


def _gives_a_day(rule: EarlyEnd) -> bool:
    return rule.retime is not None


def _rule_applies(context: PlanningContext, draft: DraftVisit, rule: EarlyEnd) -> bool:
    """Return whether the rule is about this occurrence: its course has ended early, in the way that the rule names."""
    planned, pathway = context.planned_course(rule.course), context.pathway
    if planned is None or rule.course not in pathway.ended or not _on_its_path(context, draft, rule):
        return False
    cycle = draft.visit.timing.cycle if draft.visit.timing and draft.visit.timing.cycle else draft.number
    decides = context.protocol.decides(draft.visit.id, draft.number)
    if rule.when == "not_begun":
        return not planned.day_one_given(cycle)
    if rule.when == "not_reached":
        # Only a stop gives the visit a new day; after an operation or a decision it keeps the planned one.
        applies = rule.course in pathway.stopped if rule.retime is not None else not decides
        return applies and not planned.dose_given_from(cycle)
    if rule.when == "no_dose":
        return not planned.any_performed
    if rule.course not in pathway.stopped or (rule.after and draft.key in context.facts.decisions):
        return False
    if rule.retime is not None and draft.visit.id in context.protocol.decisions and not decides:
        return False
    if rule.after is None:
        return True
    after = context.resolve(rule.after.anchor, draft.number)
    return after.day is not None and draft.target is not None and draft.target > rule.after.offset.after(after.day)


def _on_its_path(context: PlanningContext, draft: DraftVisit, rule: EarlyEnd) -> bool:
    """Whether the milestones that the participant has reached, and whether the course was extended, suit the rule.

    A stop on 3 August gave the evaluation a new day, and a withdrawal on 5 August cancels it: it keeps the new day.
    """
    reached = context.pathway.milestones
    if rule.after_milestone and rule.after_milestone not in reached:
        return False
    stays = draft.key in context.facts.decisions
    cancelled = draft.cancelled and not stays
    had_new_day = cancelled and rule.retime is not None and rule.course in context.pathway.stopped_earlier
    if rule.unless_milestone and rule.unless_milestone in reached and not had_new_day:
        return False
    return not rule.extended or rule.course in context.pathway.extended


def _cancel_or_retime(context: PlanningContext, draft: DraftVisit, rule: EarlyEnd) -> None:
    """Cancel the visit, or count it from where the rule says, as the course has ended early."""
    # A visit of every cycle gets the new day once: its first outstanding occurrence has it, later ones are cancelled.
    others = (other for other in context.occurrences(draft.visit).values() if other is not draft)
    # Where something is decided at some of them, the first outstanding one of these.
    decides = context.protocol.decides
    deciding = (
        other for other in others if decides(other.visit.id, other.number) >= decides(draft.visit.id, draft.number)
    )
    has_new_day = isinstance(draft.visit.repeat, EveryCycle) and any(
        other.result is None and not other.cancelled for other in deciding
    )
    if rule.retime is None or has_new_day:
        draft.cancelled = True
        if rule.when == "no_dose" and draft.target is None:
            _restore_target(context, draft)
        return
    draft.reasons.clear()
    draft.target = draft.earliest = draft.latest = None
    timing = draft.visit.timing
    start = context.resolve(rule.retime.anchor, draft.number)
    draft.counted_from, draft.basis_recorded = start.draft, start.recorded
    if start.day is not None and timing is not None:
        draft.add_reason("course_ended", course=rule.course)
        start.add_reason_to(draft, rule.retime.offset)
        draft.set_target(rule.retime.offset.after(start.day), _with_window(timing, rule))
        draft.retimed = True


def _with_window(timing: Timing, rule: EarlyEnd) -> Timing:
    if rule.retime_before is None or rule.retime_after is None:
        return timing
    return replace(timing, before=rule.retime_before, after=rule.retime_after)


def _restore_target(context: PlanningContext, draft: DraftVisit) -> None:
    """Show a cancelled visit on the day that it had while its course was still to come.

    It was to follow the last dose on 11 January by four weeks. No dose will be given, so nothing can be counted from
    one; the cancelled entry is listed at 8 February all the same.
    """
    timing = draft.visit.timing
    if timing is None or not isinstance(timing.anchor, LastDose):
        return
    planned = context.planned_course(timing.anchor.courses[-1])
    dates = [dose.assumed for dose in planned.doses if dose.assumed] if planned else []
    if dates:
        draft.set_target((timing.offset or NOTHING).after(max(dates)), timing)
