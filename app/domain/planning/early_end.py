"""What becomes of a visit when the course that it hangs on ends before its time."""

from typing import TYPE_CHECKING

from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.protocol.anchors import LastDose
from app.domain.protocol.decisions import EarlyEnd
from app.domain.protocol.timing import EveryCycle

if TYPE_CHECKING:
    from app.domain.planning.planner import Planner


def end_early(planner: "Planner", slot: DraftVisit) -> None:
    """What a course that ended before its time makes of this visit."""
    for rule in slot.visit.early_end:
        repeated = isinstance(slot.visit.repeat, EveryCycle)
        settled = (slot.result is not None or slot.cancelled) and (rule.retime is None or repeated)
        if not settled and _ended_early(planner, slot, rule):
            _retime(planner, slot, rule)


def _ended_early(planner: "Planner", slot: DraftVisit, rule: EarlyEnd) -> bool:
    planned = planner.course_plan(rule.course)
    if planned is None or rule.course not in planner.path.ended:
        return False
    cycle = slot.visit.timing.cycle if slot.visit.timing and slot.visit.timing.cycle else slot.number
    if rule.when == "not_reached":
        decision = planner.protocol.decisions.get(slot.visit.id)
        decides = decision is not None and slot.number >= decision.from_number
        # Only a stop gives the visit a new day; an operation or a decision leaves it where it stood.
        applies = rule.course in planner.path.stopped if rule.retime is not None else not decides
        return applies and not planned.begun(cycle)
    if rule.when == "no_dose":
        return not planned.any_performed
    if rule.course not in planner.path.stopped or (rule.after and slot.key in planner.ledger.decisions):
        return False
    if rule.after is None:
        return True
    after = planner.count(rule.after.anchor, slot.number)
    return after.day is not None and slot.target is not None and slot.target > rule.after.offset.after(after.day)


def _retime(planner: "Planner", slot: DraftVisit, rule: EarlyEnd) -> None:
    earlier = (other for other in planner.occurrences(slot.visit).values() if other is not slot)
    taken = isinstance(slot.visit.repeat, EveryCycle) and any(
        other.result is None and not other.cancelled for other in earlier
    )
    if rule.retime is None or taken:
        slot.cancelled = True
        if rule.when == "no_dose" and slot.target is None:
            _as_planned(planner, slot)
        return
    slot.reasons.clear()
    slot.target = slot.earliest = slot.latest = None
    timing = slot.visit.timing
    start = planner.count(rule.retime.anchor, slot.number)
    slot.counted, slot.recorded = start.slot, start.recorded
    if start.day is not None and timing is not None:
        slot.because("course_ended", course=rule.course)
        start.explain(slot, rule.retime.offset)
        slot.aim(rule.retime.offset.after(start.day), timing)


def _as_planned(planner: "Planner", slot: DraftVisit) -> None:
    """Keep the day that a cancelled visit had while its course was still to come."""
    timing = slot.visit.timing
    if timing is None or not isinstance(timing.anchor, LastDose):
        return
    planned = planner.course_plan(timing.anchor.courses[-1])
    dates = [dose.assumed for dose in planned.doses if dose.assumed] if planned else []
    if dates:
        slot.aim((timing.offset or NOTHING).after(max(dates)), timing)
