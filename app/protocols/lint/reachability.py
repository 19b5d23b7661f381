"""Rules about paths: timings that run in a circle, visits that no path reaches, decisions that never come up."""

from collections.abc import Iterator, Mapping
from itertools import islice

from app.domain.planning.recurrence import distances, number_of
from app.domain.protocol import version as p
from app.domain.protocol.anchors import (
    AfterOutcome,
    Anchor,
    CycleEnd,
    CycleStart,
    DecidingVisit,
    EachDay,
    FirstDated,
    LastDose,
    MilestoneDay,
    RegimenChange,
    TreatmentEnd,
    VisitDay,
)
from app.domain.protocol.timing import Series
from app.protocols.findings import Fault

Conditions = Mapping[str, tuple[str | bool, ...]]


def circles(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find visits that are counted from themselves, each with its chain."""
    graph = {visit.id: list(_needs(version, visit)) for visit in version.visits.values()}
    for chain in _circles(graph):
        shown = " -> ".join(f"`{name}`" for name in chain)
        yield Fault(
            ("visits", chain[0], "timing", "from"),
            "circular-timing",
            f"`{chain[0]}` is counted from itself: {shown}",
            "Count one of them from something else",
        )


def _circles(graph: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield each chain that returns to its beginning; without recursion, because chains may be long."""
    done: set[str] = set()
    for start in graph:
        above = [start]
        waiting = [iter(graph[start] if start not in done else ())]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                done.add(above.pop())
            elif name in above:
                yield [*above[above.index(name) :], name]
            elif name not in done:
                above.append(name)
                waiting.append(iter(graph[name]))


def _needs(version: p.ProtocolVersion, visit: p.Visit) -> Iterator[str]:
    """Yield the visits that this visit's day is counted from; for a course, the visit of its first day."""
    course = version.course_rows.get(visit.id)
    if course is not None and visit.id != version.course(course).first:
        yield version.course(course).first
        return
    for anchor in _anchors_of(visit):
        yield from _visits_of(version, anchor)
    until = version.course(course).cycles.until if course is not None else None
    if until is not None:
        yield from _visits_of(version, until.anchor)
    if visit.repeat_after:
        yield visit.repeat_after


def _anchors_of(visit: p.Visit) -> list[Anchor]:
    """Return every anchor that the visit's day is counted from, also when a course ends early."""
    timing = visit.timing
    if timing is None:
        return []
    found = [] if timing.first and timing.first.anchor != timing.anchor else [timing.anchor]
    bounds = [timing.first, timing.last, *timing.not_before, *timing.opens_not_before]
    bounds += [bound for rule in visit.early_end for bound in (rule.after, rule.retime)]
    return found + [bound.anchor for bound in bounds if bound is not None]


def _visits_of(version: p.ProtocolVersion, anchor: Anchor) -> Iterator[str]:
    """Yield the visits that an anchor waits for; an anchor that exists only once it has happened is in no circle."""
    match anchor:
        case VisitDay(visit) if visit not in version.recorded_elsewhere:
            yield visit
        case FirstDated(visits):
            yield from visits
        case EachDay(visit):
            yield visit
        case LastDose(courses) | TreatmentEnd(courses):
            yield from (version.course(course).first for course in courses)
        case CycleStart(course) | CycleEnd(course):
            yield version.course(course).first
        case DecidingVisit(forecast=forecast):
            yield forecast
        case _:
            return


def unreachable(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find visits that no path has, each with the reason."""
    reached = milestones_reached(version)
    lost: dict[str, str] = {}
    found = True
    while found:
        found = False
        for visit in version.visits.values():
            why = "" if visit.id in lost else _never(version, visit, reached, lost)
            if why:
                lost[visit.id] = why
                found = True
    for name, why in lost.items():
        yield Fault(("visits", name), "unreachable", f"No path has `{name}`: {why}", "Remove it or mend the path", True)


def _never(version: p.ProtocolVersion, visit: p.Visit, reached: set[str], lost: Mapping[str, str]) -> str:
    needed = list(_needs(version, visit))
    gone = next((name for name in needed if name in lost), None)
    anchor = visit.timing.anchor if visit.timing else None
    if gone is not None and not isinstance(anchor, FirstDated | LastDose | TreatmentEnd):
        return f"it is counted from `{gone}`, which no path has"
    if isinstance(anchor, AfterOutcome) and {*anchor.at} - {visit.id} <= lost.keys():
        return f"nothing can be decided `{anchor.outcome}`"
    for turn in (visit.after_milestone, anchor.milestone if isinstance(anchor, MilestoneDay) else ""):
        if turn and turn not in reached:
            return f"nothing takes the turn `{turn}`"
    rule = version.regimen_change
    if isinstance(anchor, RegimenChange) and (
        not rule.allowed or (rule.after_milestone and rule.after_milestone not in reached)
    ):
        return "the regimen can never be changed"
    return _contradiction(version, visit)


def _contradiction(version: p.ProtocolVersion, visit: p.Visit) -> str:
    """Return why no answers meet the conditions of the visit, its course and the visit before it; else empty."""
    conditions: list[Conditions] = [visit.when]
    if visit.id in version.course_rows:
        conditions.append(version.course(version.course_rows[visit.id]).when)
    anchor = visit.timing.anchor if visit.timing else None
    if isinstance(anchor, VisitDay) and anchor.visit in version.visits:
        conditions.append(version.visits[anchor.visit].when)
    for name in {name for condition in conditions for name in condition}:
        allowed = [set(condition[name]) for condition in conditions if name in condition]
        if not set.intersection(*allowed):
            return f"no answer to `{name}` allows it"
    return ""


def conditional_anchors(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find visits that are counted from one which not every path of theirs has: there they wait for ever."""
    for visit in version.visits.values():
        anchor = visit.timing.anchor if visit.timing is not None and visit.timing.first is None else None
        basis = version.visits.get(anchor.visit) if isinstance(anchor, VisitDay) else None
        for choice, needed in basis.when.items() if basis is not None else ():
            answers = set(_answers(version, visit, choice))
            others = answers - set(needed)
            if basis is not None and others and others != answers:
                said = ", ".join(str(one).lower() if isinstance(one, bool) else one for one in sorted(others, key=str))
                yield Fault(
                    ("visits", visit.id, "timing", "from"),
                    "conditional-anchor",
                    f"`{visit.id}` is counted from `{basis.id}`, which a path with {choice}: {said} does not have",
                    "Give it the same `when`, or count it from something that every path has",
                )


def _answers(version: p.ProtocolVersion, visit: p.Visit, choice: str) -> tuple[str | bool, ...]:
    """Return the answers to a choice with which a path has a visit."""
    known = version.choices.get(choice)
    return visit.when.get(choice) or ((known.values or (True, False)) if known is not None else ())


def milestones_reached(version: p.ProtocolVersion) -> set[str]:
    """Return the milestones that some decision, performed visit or withdrawal reaches."""
    effects = [effect for decision in version.decisions.values() for effect in decision.outcomes.values()]
    effects += [visit.on_performed for visit in version.visits.values() if visit.on_performed is not None]
    effects.append(version.withdrawal.before)
    reached: set[str] = set()
    waiting = [effect.milestone for effect in effects if effect.milestone]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [version.milestones[name].milestone] if version.milestones[name].milestone else []
    return reached


def decisions(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Find decisions that never come up."""
    for decision in version.decisions.values():
        repeat = version.visits[decision.visit].repeat
        if isinstance(repeat, Series) and decision.from_number:
            if not any(number >= decision.from_number for number in numbers(repeat)):
                yield Fault(
                    ("decisions", decision.visit, "from_number"),
                    "never-decided",
                    f"No occurrence of `{decision.visit}` has a number from {decision.from_number} on",
                    "Lower it",
                )
        elif repeat is None and decision.from_number and decision.visit not in version.course_rows:
            yield Fault(
                ("decisions", decision.visit, "from_number"),
                "never-decided",
                f"`{decision.visit}` happens once, so it has no number",
                "Leave `from_number` out",
            )


def numbers(series: Series) -> list[int]:
    """Return the first numbers that the keys of a series have."""
    return [number_of(series, each, i) for i, (each, _) in enumerate(islice(distances(series), 120), start=1)]
