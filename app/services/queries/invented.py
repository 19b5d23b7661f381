"""An invented participant of a protocol: a dose that is given late, and a course that is stopped after it.

The participant shows what a protocol file plans before anybody is enrolled by it. Without a course, a visit takes place
late instead. The days follow from the day of enrolment alone, so the same file always gives the same calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.facts.planner_facts import Fact, Participant, Performed, Site, Stopped
from app.domain.planning.edit_checks import NO_REGIMEN, accept
from app.domain.planning.planner import plan
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.scenario import ScenarioSite
from app.protocols.library import read_protocol
from app.services.study.site_calendar import site_of

ENROLLED = date(2026, 1, 12)
"""A Monday after the holidays, for whom no day is given."""
LATE = timedelta(7)
_CODE, _COUNTRY = "INVENTED-1", "SE"


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented participant: the protocol, the facts in their order, and the calendar on the day of the last one."""

    protocol: ProtocolVersion
    facts: tuple[Fact, ...]
    calendar: Calendar


def invented(path: Path, enrolled_on: date = ENROLLED) -> Invented:
    """Return an invented participant of the protocol in that file.

    Raises:
        ProtocolRefused: the file has errors.
    """
    protocol = read_protocol(path)
    regimen = protocol.offered[0] if protocol.offered else NO_REGIMEN
    person = Participant(_CODE, enrolled_on, _COUNTRY, regimen)
    site = site_of(protocol, _COUNTRY, ScenarioSite(), enrolled_on, enrolled_on)
    facts: list[Fact] = []
    for _step in range(3):
        calendar = plan(protocol, site, person, facts, _last_day(facts, enrolled_on))
        taken = next(_possible(protocol, site, person, facts, calendar), None)
        if taken is None:
            break
        facts.append(taken)
    today = _last_day(facts, enrolled_on)
    return Invented(protocol, tuple(facts), plan(protocol, site, person, facts, today))


def _last_day(facts: list[Fact], enrolled_on: date) -> date:
    days = [fact.on for fact in facts if isinstance(fact, Performed | Stopped)]
    return max(days, default=enrolled_on)


def _possible(
    protocol: ProtocolVersion, site: Site, person: Participant, facts: list[Fact], calendar: Calendar
) -> Iterator[Fact]:
    """Yield the next fact, if it is accepted."""
    for fact in _next(protocol, facts, calendar):
        try:
            yield accept(protocol, site, person, facts, fact, fact.on, calendar)
        except Refused:
            continue


def _next(protocol: ProtocolVersion, facts: list[Fact], calendar: Calendar) -> Iterator[Performed | Stopped]:
    """Yield what happens next: the first dose on its day, the second one late, the stop; or one late visit."""
    doses = [one for one in calendar.entries if one.day_kind in DOSES and one.assumed is not None]
    if not doses:
        yield from _late([one for one in calendar.entries if _is_open(one)] if not facts else [])
        return
    course = protocol.course_rows.get(doses[0].visit.id, "")
    own = [one for one in doses if protocol.course_rows.get(one.visit.id) == course and _is_open(one)]
    if len(facts) < 2 and own:
        first = not facts and len(own) > 1
        yield from [Performed(own[0].key, own[0].assumed)] if first and own[0].assumed else _late(own)
    elif facts and isinstance(facts[-1], Performed):
        yield Stopped(course, facts[-1].on + LATE, "invented")


def _late(entries: list[Entry]) -> Iterator[Performed]:
    for entry in entries[:1]:
        last = entry.latest or entry.assumed
        if last is not None:
            yield Performed(entry.key, last + LATE)


def _is_open(entry: Entry) -> bool:
    return entry.status in OPEN and entry.assumed is not None
