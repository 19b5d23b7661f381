"""The days of one visit: its target from its anchor, the window around it, and the day that is proposed."""

from dataclasses import replace
from datetime import date, timedelta

from app.domain.dates import Outcome, Period, Roll, Window, propose
from app.domain.facts.planner_facts import Missed
from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.planning.early_end import apply_early_end
from app.domain.planning.pathway import selected
from app.domain.planning.planning_context import PlanningContext, ResolvedAnchor
from app.domain.protocol.anchors import Anchor, Bound, Consent, CycleEnd, CycleStart, Enrolment, LastDose, VisitDay
from app.domain.protocol.timing import Timing


def schedule(
    context: PlanningContext, draft: DraftVisit, timing: Timing, anchor: Anchor, distance: Period | None
) -> None:
    """Give a visit its days, counted from an anchor; `distance` takes the place of the timing's own offset."""
    if draft.performed is not None and draft.visit.id in context.protocol.recorded_elsewhere:
        anchor = Consent() if draft.visit.id == context.protocol.consent_visit else Enrolment()
        timing, distance = Timing(timing.name, anchor, NOTHING, NOTHING, NOTHING, roll=Roll.NONE), None
    if timing.first is not None and timing.last is not None:
        _schedule_any_day(context, draft, timing, anchor, timing.first, timing.last)
    elif _reopen_missed_operation(context, draft) or (timing.waits and draft.assumed is None):
        _wait_for_day(context, draft, timing, anchor)
    else:
        set_target(context, draft, timing, anchor, distance)
        if draft.performed is None and draft.visit.id == context.protocol.enrolment_visit:
            draft.basis_recorded = False
        apply_early_end(context, draft)
        consent = _bound_by_consent(context, draft)
        draft.propose_day(timing.roll, context.closed, consent=consent)


def _bound_by_consent(context: PlanningContext, draft: DraftVisit) -> date | None:
    """Return the day of consent, where a visit is proposed on no earlier day; None for what was performed or is free.

    A scan two weeks before inclusion, with consent given today and inclusion today: it is proposed today.
    """
    bound = draft.performed is None and context.protocol.needs_consent(draft.visit)
    return context.participant.first_day if bound else None


def schedule_before_dose(context: PlanningContext, draft: DraftVisit, dose: DraftVisit) -> None:
    """Give the bloods before a dose their days."""
    timing = draft.visit.timing
    draft.count_from(dose)
    if timing is None or dose.assumed is None:
        draft.assume_proposed()
        return
    offset = timing.offset or NOTHING
    draft.add_reason("before_dose", visit=dose.key, on=dose.assumed, offset=offset, recorded=draft.basis_recorded)
    draft.set_target(offset.after(dose.assumed), timing)
    draft.propose_day(timing.roll, context.closed)


def set_target(
    context: PlanningContext, draft: DraftVisit, timing: Timing, anchor: Anchor, distance: Period | None = None
) -> None:
    """Set the target: the anchor's day and the offset, or the latest of the days in `timing.not_before` if later.

    An operation is due four weeks after the last dose and not before two weeks after the scan. Counted from the dose of
    28 December it is due on 25 January; with the scan on 18 January it is due on 1 February, counted from the scan. As
    long as one of the days is unknown the visit has no target and waits for it.
    """
    number = timing.cycle or draft.number
    basis = resolve_for(context, draft, anchor, number)
    _count_from(draft, basis)
    offset = distance or timing.offset or NOTHING
    target = offset.after(basis.day) if basis.day else None
    draft.may_not_precede(basis.draft, offset)
    for bound in timing.not_before:
        floor = resolve_for(context, draft, bound.anchor, number)
        draft.may_not_precede(floor.draft, bound.offset)
        if floor.day is None or target is None:
            target = None
            break
        not_before = bound.offset.after(floor.day)
        if not_before > target:
            target, basis, offset = not_before, floor, bound.offset
            _count_from(draft, floor)
    if target is None:
        draft.basis_recorded = False
        draft.add_reason("waits", anchor=timing.name)
        return
    basis.add_reason_to(draft, offset)
    draft.set_target(target, timing)
    if timing.after_cycles and draft.latest is not None and isinstance(anchor, CycleStart | CycleEnd):
        planned = context.planned_course(anchor.course)
        draft.latest += timedelta(timing.after_cycles * planned.length_of(number)) if planned else timedelta()
    if timing.opens_not_before:
        _open_later(context, draft, timing, number)


def _open_later(context: PlanningContext, draft: DraftVisit, timing: Timing, number: int) -> None:
    """Let the window open no earlier than the days that it may not precede, and no later than it closes.

    The visit before the operation of 5 April is due on 29 March, from 22 March to 4 April. The conference that decides
    about the operation meets on 25 March: the window opens on that day. A conference that was cancelled, as the patient
    was operated without it, keeps nothing closed.
    """
    raw, known = draft.earliest, []
    for bound in timing.opens_not_before:
        floor = resolve_for(context, draft, bound.anchor, number)
        if floor.day is None or draft.earliest is None or draft.latest is None:
            continue
        if floor.draft is not None and floor.draft.cancelled and not draft.cancelled:
            continue
        draft.not_before = bound.offset.after(floor.day)
        opens = min(draft.not_before, draft.latest)
        known.append(_opened_when_judged(context, draft, floor, bound.offset))
        if opens > draft.earliest:
            draft.earliest = opens
            draft.add_reason(
                "opens", on=opens, visit=floor.draft.key if floor.draft is not None else "", recorded=floor.recorded
            )
    if draft.performed is not None and raw is not None and draft.latest is not None:
        draft.opened = min(max([raw, *(day for day in known if day is not None)]), draft.latest)


def _opened_when_judged(
    context: PlanningContext, draft: DraftVisit, floor: ResolvedAnchor, offset: Period
) -> date | None:
    """Return the day that a window could not open before when the visit was judged for good; None for no such day.

    The visit before the operation took place on 29 March, and the operation, recorded on 5 April, judged it. That the
    conference met on 26 March is entered a week later: that the operation had cancelled the conference, or that it was
    missed on the 25th, is what the visit was judged by.
    """
    other, basis = floor.draft, draft.counted_from
    day = floor.day
    if other is not None and basis is not None and basis.performed is not None and other.told > basis.told:
        came_after_all = other.performed is not None and other.key in context.facts.missed
        effect = basis.visit.on_performed
        if not came_after_all and effect is not None and other.visit.id in selected(context.protocol, effect.cancel):
            return None
        day = other.assumed_before_performance or day
    return offset.after(day) if day is not None else None


def resolve_for(context: PlanningContext, draft: DraftVisit, anchor: Anchor, number: int) -> ResolvedAnchor:
    """Return the day of an anchor for one visit.

    Discontinued on 20 December after the dose of the 14th, a course leaves the operation, cancelled with it, on the day
    counted from its last planned dose. A follow-up that still takes place counts from the dose of the 14th. So does one
    that goes on without an operation: that, cancelled, keeps its day. What was missed keeps the day that it had too,
    where the treatment that it is counted from ended before any dose.
    """
    stated = anchor
    if isinstance(anchor, LastDose):
        pathway, courses = context.pathway, anchor.courses
        if not draft.cancelled and not anchor.else_performed and pathway.discontinued.intersection(courses):
            anchor = LastDose(courses, else_performed=courses)
        if draft.cancelled and pathway.turned.intersection(courses):
            anchor = replace(anchor, as_planned=True)
    found = context.resolve(anchor, number)
    if found.day is None and draft.left_out and isinstance(stated, VisitDay | LastDose):
        return context.resolve(replace(stated, as_planned=True), number)
    return found


def _count_from(draft: DraftVisit, basis: ResolvedAnchor) -> None:
    draft.counted_from, draft.basis_recorded = basis.draft, basis.recorded


def _wait_for_day(context: PlanningContext, draft: DraftVisit, timing: Timing, anchor: Anchor) -> None:
    """Leave a visit without a target, until somebody gives it a day.

    An operation has no day that the protocol could name: it waits, and the visits counted from it wait as well. Booked
    for 5 April, its assumed day is 5 April and a visit 30 days after it gets the target 5 May.
    """
    if draft.assumed is not None or not timing.waits:
        set_target(context, draft, timing, anchor)
    draft.target = draft.earliest = draft.latest = draft.preferred = None
    draft.reasons.clear()
    draft.add_reason("waits", anchor=draft.visit.id)


def _reopen_missed_operation(context: PlanningContext, draft: DraftVisit) -> bool:
    """Open an operation again that was missed, and return whether the visit is one.

    Booked for 5 April and missed on 5 April: other visits would stay missed, but an operation is still to be done. It
    is open again, its booking is void and it waits for a day. Booked once more for 12 April, after it was missed, it
    has that day, and the visits after it are counted from 12 April.
    """
    facts = context.facts
    if not draft.visit.is_operation or draft.key not in facts.missed:
        return False
    if isinstance(draft.result, Missed):
        draft.add_problem("operation_missed", on=draft.result.on)
        draft.result = None
        draft.cancelled = context.pathway.cancels(draft.visit.id, draft.key, draft.number)
        if draft.key not in facts.rearranged:
            draft.assumed = draft.arranged = None
    return True


def _schedule_any_day(
    context: PlanningContext, draft: DraftVisit, timing: Timing, anchor: Anchor, first: Bound, last: Bound
) -> None:
    """Schedule a visit that may be on any day from `first` to `last`: it has a window and no target."""
    number = timing.cycle or draft.number
    start = resolve_for(context, draft, anchor if first.name == timing.name else first.anchor, number)
    end = resolve_for(context, draft, anchor if last.name == timing.name else last.anchor, number)
    _count_from(draft, start)
    floors = [(bound, resolve_for(context, draft, bound.anchor, number).day) for bound in timing.not_before]
    if start.day is None or end.day is None or any(day is None for _, day in floors):
        draft.add_reason("waits", anchor=timing.name)
        draft.assume_proposed()
        return
    not_before = [bound.offset.after(day) for bound, day in floors if day is not None]
    earliest = max([first.offset.after(start.day), *not_before])
    latest = max([last.offset.after(end.day), *not_before])
    if context.facts.keys - context.protocol.recorded_elsewhere:
        # What it ends with may have been done before what it begins with: then one day is left.
        latest = max(latest, earliest)
    window = Window(earliest, latest)
    draft.earliest, draft.latest = window.earliest, window.latest
    first_visit = start.draft.key if start.draft else ""
    draft.add_reason("any_day", earliest=window.earliest, latest=window.latest, visit=first_visit)
    consent = _bound_by_consent(context, draft)
    draft.proposed, outcome = propose(window.earliest, window, Roll.FORWARD, context.closed, consent)
    if outcome is Outcome.PROBLEM:
        draft.add_problem("outside_window", proposed=draft.proposed, earliest=window.earliest, latest=window.latest)
    draft.assume_proposed()
