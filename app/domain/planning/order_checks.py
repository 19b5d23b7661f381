"""Whether what is recorded lies in an order that can be: what cannot is refused, and what is unlikely is asked about.

A visit after the operation that was recorded as performed before it is asked about, and so is the operation whose day
is entered or corrected later to one after that visit.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.domain.calendar.entries import Calendar, Problem
from app.domain.facts.kind import Json, Kind
from app.domain.facts.kinds import KINDS
from app.domain.facts.planner_facts import Fact, Performed
from app.domain.facts.records import NewFact, Recorded
from app.domain.refusal import Doubted, Refused, joined


def doubt_of_order(
    before: Calendar | None, after: Calendar | None, records: Iterable[Recorded | NewFact]
) -> Doubted | None:
    """Return the doubts about a change after which something lies before what it follows; None where nothing does.

    `records`: the participant's facts after the change.
    """
    if after is None:
        return None
    known = {(one.key, one.values["visit"]) for one in _out_of_order(before)} if before is not None else set()
    found = [_doubt(one) for one in _out_of_order(after) if (one.key, one.values["visit"]) not in known]
    return joined([*found, *_before_operation(before, after, records)])


def _before_operation(
    before: Calendar | None, after: Calendar, records: Iterable[Recorded | NewFact]
) -> Iterator[Doubted]:
    """Yield the doubt about each fact that follows an operation and lies before the first, where that is a new one."""
    operated = first_operation(after)
    if operated is None or (before is not None and first_operation(before) == operated):
        return
    for record in records:
        on = _day_after_operation(record)
        if on is not None and on < operated[1]:
            yield Doubted("out_of_order", visit="", event=record.kind, on=on, other=operated[0], held=operated[1])


def check_possible(fact: Fact, after: Calendar) -> None:
    """Check that a visit that is told of as performed lies in an order that can be; `after`: the calendar with it.

    What is only unlikely, such as a follow-up before an earlier one, is a problem and no refusal.

    Raises:
        Refused: it lies before a visit that it follows, or after one that follows it.
    """
    if not isinstance(fact, Performed):
        return
    for problem in _out_of_order(after):
        other = problem.values["visit"]
        if problem.impossible and fact.visit in (problem.key, other):
            on, held = problem.values["on"], problem.values["other"]
            raise Refused("impossible_order", "on", visit=problem.key, on=on, other=other, held=held)


def check_after_operation(kind: Kind, fields: Mapping[str, Json], calendar: Calendar) -> None:
    """Check that what follows an operation does not lie before the first one, where one was performed.

    Raises:
        Refused: it does.
    """
    on, operated = fields.get("on"), first_operation(calendar)
    if not kind.follows_operation or not isinstance(on, str) or operated is None:
        return
    if date.fromisoformat(on) < operated[1]:
        raise Refused(
            "before_operation", "on", event=kind.id, on=date.fromisoformat(on), visit=operated[0], operated=operated[1]
        )


def first_operation(calendar: Calendar) -> tuple[str, date] | None:
    """Return the key and the day of the first operation that was performed; None before any."""
    done = [(entry.performed, entry.key) for entry in calendar.entries if entry.visit.sort == "operation"]
    first = min(((on, key) for on, key in done if on is not None), default=None)
    return (first[1], first[0]) if first is not None else None


def _out_of_order(calendar: Calendar) -> list[Problem]:
    return [one for entry in calendar.entries for one in entry.problems if one.kind == "performed_before"]


def _doubt(problem: Problem) -> Doubted:
    on, other, held = problem.values["on"], problem.values["visit"], problem.values["other"]
    if held is None:
        return Doubted("before_undated", "on", visit=problem.key, on=on, other=other)
    return Doubted("out_of_order", "on", visit=problem.key, on=on, other=other, held=held)


def _day_after_operation(record: Recorded | NewFact) -> date | None:
    on = record.fields.get("on")
    return date.fromisoformat(str(on)) if KINDS[record.kind].follows_operation and on else None
