"""The number of cycles that a course has, and the regimen of each."""

from datetime import date

from app.domain.planning.planning_context import PlanningContext
from app.domain.protocol.regimens import Regimen
from app.domain.protocol.version import Course


def day_one_key(course: Course, cycle: int) -> str:
    """Return the key of day 1 of a cycle: cycle 1 has a visit of its own, later cycles share one."""
    return course.first if cycle == 1 else f"{course.next}#{cycle}"


def regimen_of(context: PlanningContext, course: Course, cycle: int) -> Regimen:
    """Return the regimen of a cycle.

    With ``current``, a change counts for the cycles that were not begun by the day of the change: changed on
    14 December, cycle 2 of that same day keeps the old regimen and cycle 3 of 28 December has the new one.
    """
    changed = context.pathway.course_changes.get(course.id)
    rule = changed.regimen if changed else course.regimen
    regimen_changes = context.facts.regimen_changes
    chosen = context.participant.regimen
    if rule == "changed" and regimen_changes:
        chosen = regimen_changes[-1].to
    elif rule == "current":
        begun = context.facts.performed(day_one_key(course, cycle))
        for change in regimen_changes:
            if begun is None or begun.on > change.on:
                chosen = change.to
    elif rule not in ("initial", "changed"):
        chosen = rule
    return context.protocol.regimens[chosen]


def planned_number(context: PlanningContext, course: Course) -> int | None:
    """Return how many cycles are planned; None for a course that has as many as fill a number of days."""
    cycles = course.cycles
    if cycles.fixed is not None:
        return cycles.fixed
    length = regimen_of(context, course, 1).cycle_days
    changed = context.pathway.course_changes.get(course.id)
    if changed is not None:
        return changed.count[length]
    if cycles.open_ended is not None:
        return cycles.open_ended
    if cycles.fill is not None:
        return None
    number = cycles.count[length]
    if cycles.less:
        # 12 cycles in all, 4 of them before the operation: 8 after it, and 9 when one of the 4 was missed.
        earlier = context.planned_course(cycles.less)
        number -= sum(not day_one.dropped for day_one in earlier.day_ones) if earlier else 0
    return max(number, cycles.at_least.get(length, 1))


def least_number(context: PlanningContext, course: Course) -> int:
    """Return how many cycles there are at least: those of which anything was given, whatever number a site sets later.

    Of a course without end there are some beyond the last performed one.
    """
    beyond = course.cycles.open_ended
    if beyond is None and course.id in context.pathway.extended:
        beyond = course.extend_by
    held = _last_cycle_with_a_visit(context, course)
    return held if beyond is None else max(held, last_performed_cycle(context, course) + beyond)


def _last_cycle_with_a_visit(context: PlanningContext, course: Course) -> int:
    """The highest cycle with a performed dose or another performed day; 0 for none.

    Where dates are only recorded, bloods show a cycle as well.
    """
    facts, last = context.facts, last_performed_cycle(context, course)
    rows = (course.within, course.bloods if context.protocol.only_records(facts.choices) else "")
    for prefix in (f"{row}#" for row in rows if row):
        for key in facts.results:
            if key.startswith(prefix) and facts.performed(key):
                last = max(last, int(key[len(prefix) :].partition(".")[0]))
    return last


def last_performed_cycle(context: PlanningContext, course: Course) -> int:
    """Return the highest cycle whose day 1 was performed; 0 for none."""
    facts, last = context.facts, 0
    if facts.performed(course.first):
        last = 1
    prefix = course.next + "#"
    for key in facts.results:
        if key.startswith(prefix) and facts.performed(key):
            last = max(last, int(key[len(prefix) :]))
    return last


def without_end(context: PlanningContext, course: Course) -> bool:
    """Return whether a course goes on until it is stopped or something is decided, and neither has happened.

    Treatment until progression shows four cycles ahead, and none of them is the last one.
    """
    endless = course.cycles.open_ended is not None or course.id in context.pathway.extended
    return endless and not context.pathway.ends_early(course.id) and over_from(context, course) is None


def over_from(context: PlanningContext, course: Course) -> date | None:
    """Return the day from which the course gives nothing any more, whatever is planned; None for no such day."""
    until = course.cycles.until
    last = context.resolve(until.anchor, 0).day if until is not None else None
    return until.offset.after(last) if until is not None and last is not None else None
