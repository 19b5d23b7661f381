"""The departures of one participant from the protocol, as they follow from the calendar: what the deviation log has.

A visit that is late because a closed clinic or the protocol's own rule made it so is in the log as well, with that as
its cause. A dose was due on Monday 14 December with a window of no other day; the clinic was closed that Monday and it
was given on the 15th: a day late, and the closed day is the cause. Given on the 17th it is late for another reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar.entries import Calendar, Entry, Problem, ProblemKind, Reason, Status
from app.domain.dates import ClosedDays, Window
from app.domain.deviation_rule import DeviationClass, DeviationKind
from app.domain.facts.planner_facts import Decided, Died, Fact, FoundAgain, Lost, Participant, Site, Stopped, Withdrawn
from app.domain.planning.planner import planner_of
from app.domain.planning.unclassed import departures
from app.domain.protocol.version import ProtocolVersion

_LOGGED: Mapping[ProblemKind, DeviationKind] = {
    "before_result": "performed_before_result",
    "performed_after": "performed_after",
    "performed_before": "performed_before",
    "performed_before_consent": "performed_before_consent",
    "performed_closed": "performed_closed",
    "performed_too_near": "performed_too_near",
}
"""The problems of a performed visit that are departures from the protocol."""
_RESULTS: Mapping[Status, DeviationKind] = {
    Status.MISSED: "missed",
    Status.OMITTED: "omitted",
    Status.OVERDUE: "unrecorded",
}
_Ending = Died | Withdrawn | Lost | Stopped | Decided


@dataclass(frozen=True, slots=True)
class VisitDeviation:
    """One departure at one visit.

    `days`: outside the window, negative before it; 0 for kinds without a number. `cause`: the closed day or the rule of
    the protocol that made it, where one did; `permitted`: whether that is all there is to it. `problem`: what speaks
    against the day of a performed visit, for the kinds that are about that.
    """

    entry: Entry
    what: DeviationKind
    days: int = 0
    on: date | None = None
    window: Window | None = None
    cause: Reason | None = None
    permitted: bool = False
    problem: Problem | None = None

    def proposed_class(self, protocol: ProtocolVersion) -> DeviationClass:
        """Return the class that the protocol's rule proposes."""
        return "allowed" if self.permitted else protocol.deviations.proposed(self.what, self.days)


def visit_deviations(
    protocol: ProtocolVersion, site: Site, participant: Participant, facts: Sequence[Fact], calendar: Calendar
) -> tuple[VisitDeviation, ...]:
    """Return the departures in the order of the calendar."""
    ends = _endings(facts)
    last = max((one.on for one in ends if _ends_all(one)), default=None)
    found = [one for entry in calendar.entries for one in _of_entry(entry, site.closed, calendar.today, last)]
    found += _cancelled_overdue(protocol, site, participant, facts, ends, calendar)
    return tuple(sorted(found, key=lambda one: one.entry.order))


def _of_entry(entry: Entry, closed: ClosedDays, today: date, ended: date | None) -> Iterator[VisitDeviation]:
    """Yield the departures at one visit; `ended`: the day on which participation ended."""
    what = _RESULTS.get(entry.status)
    if what == "unrecorded":
        if _is_unrecorded(entry, today):
            before = ended is not None and entry.latest is not None and entry.latest < ended
            yield VisitDeviation(entry, "unrecorded_before_end" if before else what, window=entry.window)
    elif what is not None:
        yield VisitDeviation(entry, what, on=entry.assumed, window=entry.judged or entry.window)
    if entry.performed is None:
        return
    if entry.window_result and not entry.provisional and entry.judged is not None:
        cause, permitted = _cause(entry, entry.performed, entry.judged, closed)
        what = "early" if entry.window_result < 0 else "late"
        yield VisitDeviation(entry, what, entry.window_result, entry.performed, entry.judged, cause, permitted)
    for problem in departures(entry):
        yield VisitDeviation(entry, _LOGGED[problem.kind], on=entry.performed, window=entry.judged, problem=problem)


def _is_unrecorded(entry: Entry, today: date) -> bool:
    """Whether a visit has no result although its window has passed.

    One whose arranged day has passed while its window is open departs from nothing yet. One at which something was
    decided was held: its record is asked for.
    """
    open_still = entry.latest is not None and entry.latest >= today
    return entry.status is Status.OVERDUE and not entry.decided and not open_still


def _cause(entry: Entry, on: date, judged: Window, closed: ClosedDays) -> tuple[Reason | None, bool]:
    """Return the closed day or the rule that moved a visit out of its window, and whether it explains all of it."""
    late = on > judged.latest
    proposed = entry.proposed
    beyond = proposed is not None and (proposed > judged.latest if late else proposed < judged.earliest)
    rule = next((one for one in reversed(entry.reasons) if one.kind in ("gap", "closed")), None)
    if beyond and proposed is not None and rule is not None:
        return rule, on <= proposed if late else on >= proposed
    for planned in (entry.booked, entry.moved, entry.target):
        why = closed.reason(planned) if planned is not None and planned != on else ""
        if why and planned is not None and (planned < on if late else planned > on):
            between = [planned + timedelta(n) for n in range(*_span(planned, on))]
            return Reason("closed", {"on": planned, "why": why, "proposed": on}), all(map(closed.reason, between))
    return None, False


def _span(planned: date, on: date) -> tuple[int, int]:
    """The distances from the planned day of the days between it and the other one."""
    apart = (on - planned).days
    return (1, apart) if apart > 0 else (apart + 1, 0)


def _cancelled_overdue(
    protocol: ProtocolVersion,
    site: Site,
    participant: Participant,
    facts: Sequence[Fact],
    ends: Sequence[_Ending],
    calendar: Calendar,
) -> Iterator[VisitDeviation]:
    """Yield what was overdue when an end of treatment, or a decision, cancelled it.

    A dose with a window until 10 December and a stop on the 15th: the dose is cancelled, and still it was not recorded
    in time. What the calendar without that stop has as overdue on that day is what was.
    """
    cancelled = {entry.key: entry for entry in calendar.entries if entry.status is Status.CANCELLED}
    seen: set[str] = set()
    for end in ends if cancelled else ():
        known = [one for one in facts if not (isinstance(one, _Ending) and one.on >= end.on)]
        if isinstance(end, Lost):
            known = [one for one in known if not isinstance(one, FoundAgain)]
        planner = planner_of(protocol, site, participant, known, end.on)
        if planner.keys_past(end.on).isdisjoint(cancelled):
            continue
        for then in planner.calendar().entries:
            entry = cancelled.get(then.key)
            if _is_unrecorded(then, end.on) and entry is not None and then.key not in seen:
                seen.add(then.key)
                yield VisitDeviation(entry, "unrecorded_before_end", window=then.window)


def _ends_all(end: _Ending) -> bool:
    return isinstance(end, Died | Lost) or (isinstance(end, Withdrawn) and end.scope == "all")


def _endings(facts: Iterable[Fact]) -> list[_Ending]:
    """The facts that cancel visits, the first day first; a loss does not where the participant was found again."""
    found: list[_Ending] = []
    for fact in facts:
        if isinstance(fact, FoundAgain):
            found = [one for one in found if not isinstance(one, Lost)]
        elif isinstance(fact, _Ending):
            found.append(fact)
    return sorted(found, key=lambda one: one.on)
