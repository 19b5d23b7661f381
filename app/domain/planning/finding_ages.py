"""Findings that will be too old on the day of a visit: a problem of that visit, with the day from which to repeat them.

The scan of 26 October may be 28 days old at the first dose. That is expected on 30 November, when the scan will be 35
days old: it is repeated on 2 November or later. No day of the calendar changes. A repeat is an unscheduled visit,
unless the protocol itself plans another scan in time, such as the restaging between the reassessment and the operation.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.domain.calendar.entries import OPEN, Calendar, Entry, Problem
from app.domain.dates import Value
from app.domain.facts.records import NewFact, Recorded
from app.domain.facts.visit_keys import visit_of
from app.domain.protocol.finding_ages import FindingAge


def with_old_findings(calendar: Calendar, rules: Sequence[FindingAge]) -> Calendar:
    """Return the calendar in which each open visit says which findings will be too old for it."""
    found: dict[str, list[Problem]] = {}
    for problem in _old_findings(calendar, rules):
        found.setdefault(problem.key, []).append(problem)
    return _with_problems(calendar, lambda entry: (*entry.problems, *found.get(entry.key, ()))) if found else calendar


def without_repeated(calendar: Calendar, records: Iterable[Recorded | NewFact]) -> Calendar:
    """Return the calendar without the old findings that an unscheduled visit has repeated in time.

    `records`: the participant's facts that count.
    """
    if not any(_is_old(problem) for entry in calendar.entries for problem in entry.problems):
        return calendar
    repeats = {str(one.fields.get("visit")): one.fields.get("repeats") for one in records if one.kind == "unscheduled"}
    done = [(repeats.get(one.key), one.performed) for one in calendar.entries if one.performed and repeats.get(one.key)]

    def is_repeated(problem: Problem) -> bool:
        finding, first = visit_of(str(problem.values["visit"])), problem.values["first"]
        return any(visit == finding and isinstance(first, date) and on >= first for visit, on in done)

    return _with_problems(
        calendar, lambda entry: tuple(one for one in entry.problems if not (_is_old(one) and is_repeated(one)))
    )


def _with_problems(calendar: Calendar, problems: Callable[[Entry], tuple[Problem, ...]]) -> Calendar:
    entries = tuple(
        entry if (found := problems(entry)) == entry.problems else replace(entry, problems=found)
        for entry in calendar.entries
    )
    return calendar if entries == calendar.entries else replace(calendar, entries=entries)


def _is_planned(calendar: Calendar, rule: FindingAge, first: date, last: date) -> bool:
    """Return whether the protocol plans another of these findings on one of these days, without a result so far."""
    still_open = (one for one in calendar.entries if one.visit.id in rule.of and one.status in OPEN)
    return any(one.assumed is not None and first <= one.assumed <= last for one in still_open)


def _is_old(problem: Problem) -> bool:
    return problem.kind == "finding_old"


def _old_findings(calendar: Calendar, rules: Sequence[FindingAge]) -> Iterator[Problem]:
    performed = [entry for entry in calendar.entries if entry.performed is not None] if rules else []
    for rule in rules:
        found = [entry for entry in performed if entry.visit.id in rule.of]
        at = calendar.by_key.get(rule.at) if found else None
        if at is None or at.status not in OPEN or at.assumed is None:
            continue
        done = [(one.performed, one.key) for one in found if one.performed and one.performed <= at.assumed]
        if not done:
            continue
        on, key = max(done)
        first = rule.at_most.before(at.assumed)
        if on < first and not _is_planned(calendar, rule, first, at.assumed):
            days = (at.assumed - on).days
            values: dict[str, Value] = {"visit": key, "on": on, "at": at.assumed, "days": days, "most": rule.at_most}
            yield Problem(at.key, "finding_old", {**values, "first": first})
