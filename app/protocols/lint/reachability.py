"""Rules about paths: timings that run in a circle, visits and names that no path reaches."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

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
from app.protocols.build.timings import anchors_of
from app.protocols.findings import Fault, Path, did_you_mean

Answers = Mapping[str, tuple[str | bool, ...]]


def circles(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Visits that are counted from themselves, with the chain."""
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
    """Each chain that comes back to its beginning; without recursion, for chains may be long."""
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
    """The visits whose days this visit's day is counted from; a course stands for its first day."""
    course = version.course_rows.get(visit.id)
    if course is not None and visit.id != version.course(course).first:
        yield version.course(course).first
        return
    for anchor in anchors_of(visit):
        yield from _visits_of(version, anchor)
    until = version.course(course).cycles.until if course is not None else None
    if until is not None:
        yield from _visits_of(version, until.anchor)
    if visit.repeat_after:
        yield visit.repeat_after


def _visits_of(version: p.ProtocolVersion, anchor: Anchor) -> Iterator[str]:
    """The visits that an anchor waits for; what counts only once it has happened can be in no circle."""
    match anchor:
        case VisitDay(visit) if visit != version.enrolment_visit:
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
    """Visits that no path has, each with the reason."""
    turns = turns_taken(version)
    lost: dict[str, str] = {}
    found = True
    while found:
        found = False
        for visit in version.visits.values():
            why = "" if visit.id in lost else _never(version, visit, turns, lost)
            if why:
                lost[visit.id] = why
                found = True
    for name, why in lost.items():
        yield Fault(("visits", name), "unreachable", f"No path has `{name}`: {why}", "Remove it or mend the path", True)


def _never(version: p.ProtocolVersion, visit: p.Visit, turns: set[str], lost: Mapping[str, str]) -> str:
    needed = list(_needs(version, visit))
    gone = next((name for name in needed if name in lost), None)
    anchor = visit.timing.anchor if visit.timing else None
    if gone is not None and not isinstance(anchor, FirstDated | LastDose | TreatmentEnd):
        return f"it is counted from `{gone}`, which no path has"
    if isinstance(anchor, AfterOutcome) and {*anchor.at} - {visit.id} <= lost.keys():
        return f"nothing can be decided `{anchor.outcome}`"
    if isinstance(anchor, MilestoneDay) and anchor.milestone not in turns:
        return f"nothing takes the turn `{anchor.milestone}`"
    rule = version.regimen_change
    if isinstance(anchor, RegimenChange) and (
        not rule.allowed or (rule.after_milestone and rule.after_milestone not in turns)
    ):
        return "the regimen can never be changed"
    return _contradiction(version, visit)


def _contradiction(version: p.ProtocolVersion, visit: p.Visit) -> str:
    """Conditions that no answers meet together: its own, its course's, and those of the visit it is counted from."""
    conditions: list[Answers] = [visit.when]
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


def turns_taken(version: p.ProtocolVersion) -> set[str]:
    """The turns that some decision, performed visit or withdrawal takes."""
    effects = [effect for decision in version.decisions.values() for effect in decision.outcomes.values()]
    effects += [visit.on_performed for visit in version.visits.values() if visit.on_performed is not None]
    effects.append(version.withdrawal.before)
    taken: set[str] = set()
    waiting = [effect.milestone for effect in effects if effect.milestone]
    while waiting:
        turn = waiting.pop()
        if turn not in taken:
            taken.add(turn)
            waiting += [version.milestones[turn].milestone] if version.milestones[turn].milestone else []
    return taken


def unused(version: p.ProtocolVersion, document: Mapping[str, Any]) -> Iterator[Fault]:
    """Names that nothing uses."""
    epochs = {visit.epoch for visit in version.visits.values()}
    for index, epoch in enumerate(version.epochs):
        if epoch.id not in epochs:
            yield Fault(("epochs", index, "id"), "unused-epoch", f"No visit lies in epoch `{epoch.id}`", "Remove it")
    taken = turns_taken(version)
    yield from _spare("turns", "turn", "Nothing takes the turn", set(version.milestones) - taken)
    asked = set(_choices_asked(document))
    yield from _spare("choices", "choice", "Nothing depends on the choice", set(version.choices) - asked)
    anchors = set(_anchors_used([document["visits"], document["courses"]]))
    yield from _spare("anchors", "anchor", "Nothing is counted from", set(document["anchors"]) - anchors)
    given = {*version.offered, *(course.regimen for course in version.courses)}
    yield from _spare("regimens", "regimen", "Nobody is offered", set(document["regimens"]) - given)


def _spare(part: str, what: str, says: str, names: Iterable[str]) -> Iterator[Fault]:
    for name in sorted(names):
        yield Fault((part, name), f"unused-{what}", f"{says} `{name}`", "Remove it", key=True)


def _choices_asked(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name in ("when", "recorded_only") and isinstance(value, Mapping):
                yield from value
            yield from _choices_asked(value)
    elif isinstance(part, list):
        for value in part:
            yield from _choices_asked(value)


def _anchors_used(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if isinstance(part.get("from"), str):
            yield part["from"]
        for value in part.values():
            yield from _anchors_used(value)
    elif isinstance(part, list):
        for value in part:
            yield from _anchors_used(value)


def never(part: Any, path: Path) -> Iterator[Fault]:
    """Conditions that allow no answer at all."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name == "when" and isinstance(value, Mapping):
                for choice, allowed in value.items():
                    if allowed == []:
                        says = f"No answer to `{choice}` is allowed here, so this never applies"
                        yield Fault((*path, "when", choice), "never-applies", says, "Name the answers")
            else:
                yield from never(value, (*path, name))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from never(value, (*path, index))


def sources(part: Any, path: Path, known: Mapping[str, str]) -> Iterator[Fault]:
    """Sources that the file names and does not list."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name == "source" and known:
                for index, source in enumerate(value):
                    if source not in known:
                        remedy = did_you_mean(source, known)
                        yield Fault(
                            (*path, name, index), "unknown-source", f"`{source}` is not listed in `sources`", remedy
                        )
            else:
                yield from sources(value, (*path, name), known)
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from sources(value, (*path, index), known)


def decisions(version: p.ProtocolVersion) -> Iterator[Fault]:
    """Decisions that never come up."""
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
    """The first numbers that the keys of a series carry."""
    return [number_of(series, each, i) for i, (each, _) in enumerate(islice(distances(series), 120), start=1)]


def within_rows(version: p.ProtocolVersion) -> Iterator[Fault]:
    """A course's row for days within the cycle that none of its regimens has."""
    for course in version.courses:
        if not course.within:
            continue
        names = version.offered if course.regimen in ("initial", "current", "changed") else (course.regimen,)
        rows = (row for name in names for row in version.regimens[name].days if row.day > 1)
        if not any(row.kind.value in ("infusion", "treatment", "visit", "pump_disconnect") for row in rows):
            yield Fault(
                ("visits", course.within),
                "unused-row",
                f"No regimen of `{course.id}` has a visit within its cycle, so `{course.within}` never happens",
                "Check the regimens",
                key=True,
            )
