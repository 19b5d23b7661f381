"""The time from a visit to an event, as the endpoints of a trial count it, and the day last known alive.

Included on 1 January, progression on 1 March, died on 1 July, in a year without a leap day: overall survival is 181
days to the death, progression-free survival 59 days to the progression. Without an event overall survival is counted
to the day last known alive and is censored there. A time to progression or recurrence is censored at the last imaging:
that somebody was alive on the telephone in June does not show that the disease had not come back since the scan in
March, and counting to June would make the time without disease too long. Without an imaging after its start it is
censored at the start. That is how disease assessments are censored in trials of cancer (RECIST 1.1; FDA, Clinical Trial
Endpoints for the Approval of Cancer Drugs and Biologics, on the analysis of progression-free survival).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import Calendar
from app.domain.facts.kinds import KINDS
from app.domain.facts.planner_facts import Decided, Died, Fact
from app.domain.facts.records import Recorded
from app.domain.protocol.endpoints import SURVIVAL_EVENTS, SurvivalEvent, TimeCount

DAYS_A_MONTH = 365.25 / 12
"""30.4375 days, the month in which times of survival are given."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that ends a count."""

    kind: SurvivalEvent
    on: date


@dataclass(frozen=True, slots=True)
class Survival:
    """One count of one participant.

    `visit`: the key of the visit that it counts from, empty where none was performed; `start`: its day. `event`: what
    ended it; None where it is censored on the day `until`: that of the last imaging for a time to progression or
    recurrence, else the day last known alive.
    """

    count: TimeCount
    visit: str = ""
    start: date | None = None
    event: SurvivalEvent | None = None
    until: date | None = None

    @property
    def days(self) -> int | None:
        """The days from start to end; None where it has not started."""
        return (self.until - self.start).days if self.start is not None and self.until is not None else None

    @property
    def months(self) -> float | None:
        """The time from start to end in months of 30.4375 days; None where it has not started."""
        return None if self.days is None else self.days / DAYS_A_MONTH


def survival(count: TimeCount, calendar: Calendar, events: Iterable[Event], last_alive: date | None) -> Survival:
    """Return one count of one participant. `last_alive`: the day last known alive, for a time to death alone."""
    starts = [(one.performed, one.key) for one in calendar.entries if one.performed and one.visit.id in count.starts]
    if not starts:
        return Survival(count)
    start, visit = max(starts)
    ends = sorted((one.on, one.kind) for one in events if one.kind in count.until and one.on >= start)
    if ends:
        return Survival(count, visit, start, ends[0][1], ends[0][0])
    seen = last_imaging(calendar) if count.is_of_disease else last_alive
    return Survival(count, visit, start, None, max(start, seen) if seen is not None else start)


def last_imaging(calendar: Calendar) -> date | None:
    """Return the day of the last imaging that was performed; None for none."""
    days = (one.performed for one in calendar.entries if one.visit.sort == "imaging" and one.performed is not None)
    return max(days, default=None)


def events_of(facts: Sequence[Fact], records: Iterable[Recorded]) -> tuple[Event, ...]:
    """Return the deaths, progressions and recurrences, also the progressions that a conference decided."""
    found = [Event("death", fact.on) for fact in facts if isinstance(fact, Died)]
    found += [
        Event("progression", fact.on) for fact in facts if isinstance(fact, Decided) and fact.outcome == "progression"
    ]
    for record in records:
        kind = next((one for one in SURVIVAL_EVENTS if one == record.text("what")), None)
        on = record.day("on")
        if record.kind == "progression" and kind is not None and on is not None:
            found.append(Event(kind, on))
    return tuple(sorted(found, key=lambda one: one.on))


def last_known_alive(calendar: Calendar, records: Sequence[Recorded]) -> date | None:
    """Return the last day on which something shows that the participant lived: a visit, an operation, a contact.

    A meeting without the participant shows nothing, nor does a contact that brought news of a death or none at all.
    """
    heard = {record.text("visit") for record in records if record.text("alive") in ("no", "unknown")}
    days = [
        entry.performed
        for entry in calendar.entries
        if entry.performed is not None and entry.visit.contact != "site" and entry.key not in heard
    ]
    for record in records:
        shows, on = KINDS[record.kind].sign_of_life, record.day("on")
        if shows is not None and on is not None and shows(record.fields):
            days.append(on)
    return max(days, default=None)
