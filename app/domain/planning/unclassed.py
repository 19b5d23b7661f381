"""The departures of performed visits on whose class nobody has decided: somebody has to look at them.

Cycle 2 was given nine days after cycle 1, where eleven are the least. That is in the deviation log, and in the agenda
until a person has decided on the class of that row, or corrected what was recorded. A decision holds for the row as it
read: once the day is corrected to the tenth day, it is another row, which nobody has looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.domain.calendar.entries import PERFORMED_PROBLEMS, Calendar, Entry, Problem
from app.domain.facts.kinds import KINDS
from app.domain.facts.planner_facts import Missed, Omitted, Performed
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.visit_kinds import CLASS_KIND

_RESULTS = (Performed, Missed, Omitted)


def departures(entry: Entry) -> tuple[Problem, ...]:
    """Return what speaks against the day of a performed visit and is in the log, once for each kind."""
    found: dict[str, Problem] = {}
    for one in entry.problems:
        if one.kind in PERFORMED_PROBLEMS or one.kind == "before_result":
            found.setdefault(one.kind, one)
    if entry.performed == entry.proposed:
        # The protocol itself puts it on that day, such as the end of an infusion on a Sunday.
        found.pop("performed_closed", None)
    return tuple(found.values())


def _lasting(entry: Entry) -> tuple[Problem, ...]:
    """Return those that only a person settles: a dose before a result stays one only until there is the result."""
    return tuple(one for one in departures(entry) if one.kind in PERFORMED_PROBLEMS)


def about_text(problem: Problem | None) -> str:
    """Return what a problem says without words, as a row of the log is known by."""
    return ", ".join(f"{name} {value}" for name, value in sorted(problem.values.items())) if problem is not None else ""


def row_text(what: str, days: int, on: date | None, window: str, fact: int, about: str) -> str:
    """Return what a decision is about: it holds for the row as it read, and for no other.

    `window`: its days, for a row without a fact; `fact`: the number of the result, 0 for none.
    """
    return f"{what} {days} {on}{f' {window}' if not fact else ''} #{fact} {about}".rstrip()


def with_unclassed(calendar: Calendar, records: Iterable[Recorded]) -> Calendar:
    """Return the calendar in which each performed visit names the departures that nobody has decided on.

    `records`: the participant's facts that count.
    """
    found = {entry.key: problems for entry in calendar.entries if entry.performed and (problems := _lasting(entry))}
    if not found:
        return calendar
    results: dict[str, int] = {}
    decided: set[tuple[str, str]] = set()
    for record in records:
        if KINDS[record.kind].planner_fact in _RESULTS:
            results[record.text("visit")] = record.seq
        elif record.kind == CLASS_KIND:
            decided.add((record.text("visit"), record.text("row")))
    return replace(
        calendar,
        entries=tuple(
            _marked(entry, found[entry.key], results.get(entry.key, 0), decided) if entry.key in found else entry
            for entry in calendar.entries
        ),
    )


def with_new_unclassed(calendar: Calendar, records: Sequence[Recorded], new: Sequence[NewFact]) -> Calendar:
    """Mark a calendar, as `with_unclassed` does, for facts still to be recorded, whose numbers follow the last one."""
    last = max((record.seq for record in records), default=0)
    added = [provisional(fact, last + number) for number, fact in enumerate(new, start=1)]
    return with_unclassed(calendar, [*records, *added])


def _marked(entry: Entry, problems: Iterable[Problem], fact: int, decided: set[tuple[str, str]]) -> Entry:
    window = f"{entry.judged.earliest}..{entry.judged.latest}" if entry.judged is not None else "None..None"
    open_still = tuple(
        one.kind
        for one in problems
        if (entry.key, row_text(one.kind, 0, entry.performed, window, fact, about_text(one))) not in decided
    )
    return replace(entry, unclassed=open_still)
