"""Rehearsal: one patient's story in, the whole calendar out, with no study file."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.calendar.entries import Calendar
from app.domain.dates import ClosedDays
from app.domain.facts.planner_facts import Fact, Participant, Site
from app.domain.planning.edit_checks import check_participant, replay
from app.domain.planning.fact_index import Ledger
from app.domain.planning.planner import plan
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.scenario import Scenario, SiteText, read_scenario
from app.protocols.findings import ProtocolRefused
from app.protocols.library import named, read_protocol, shipped_ids
from app.services.study.holidays import holiday_years

YEARS_BEFORE, YEARS_AFTER = 2, 8


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A story taken in: the protocol as its site uses it, the site, the facts as judged, and the calendar."""

    protocol: ProtocolVersion
    site: Site
    participant: Participant
    facts: tuple[Fact, ...]
    calendar: Calendar

    @property
    def choices(self) -> dict[str, str | bool]:
        """The choices as they stand after all facts."""
        return Ledger(self.protocol, self.participant, self.facts).choices


def rehearse(text: str, protocol: Path | None = None) -> Rehearsal:
    """Take in a scenario (JSON text) and plan its calendar, by the protocol that it names or by that file's.

    Raises:
        Refused: something in it cannot be; nothing is planned.
        ProtocolRefused: the file holds no protocol.
    """
    return rehearse_scenario(read_scenario(text), read_protocol(protocol) if protocol is not None else None)


def rehearse_scenario(scenario: Scenario, protocol: ProtocolVersion | None = None) -> Rehearsal:
    """Plan a scenario, by a protocol that is given or by the shipped one that it names.

    Raises:
        Refused: something in it cannot be.
    """
    if protocol is None:
        protocol = _named(scenario.protocol)
    protocol = with_values(protocol, scenario.site.values)
    person = scenario.participant
    check_participant(protocol, person, scenario.today)
    site = site_of(protocol, person.country, scenario.site, person.enrolled_on, scenario.today)
    facts = replay(protocol, site, person, scenario.facts, scenario.today, scenario.kept)
    return Rehearsal(protocol, site, person, facts, plan(protocol, site, person, facts, scenario.today))


def _named(protocol_id: str) -> ProtocolVersion:
    try:
        return named(protocol_id)
    except ProtocolRefused as refused:
        if refused.findings[0].kind != "unknown-protocol":
            raise
        raise Refused("protocol", "protocol", value=protocol_id, known=", ".join(sorted(shipped_ids()))) from None


def planned_years(enrolled_on: date, today: date) -> tuple[int, int]:
    """The first and the last year whose holidays a participant's calendar may need."""
    return min(enrolled_on, today).year - YEARS_BEFORE, max(enrolled_on, today).year + YEARS_AFTER


def site_of(protocol: ProtocolVersion, country: str, text: SiteText, enrolled_on: date, today: date) -> Site:
    """The site's closed days and time zone; the zone is the country's in the protocol where the site names none.

    Raises:
        Refused: an unknown country or time zone.
    """
    first, last = planned_years(enrolled_on, today)
    own = {year.year: year for year in text.holidays}
    closed = ClosedDays(
        frozenset({5, 6}) if text.closed_weekdays is None else text.closed_weekdays,
        {**holiday_years(country, first, last), **own},
        dict.fromkeys(text.closed, ""),
        frozenset(text.opened),
    )
    return Site(closed, zone_of(text.time_zone, protocol, country))


def zone_of(named: str, protocol: ProtocolVersion, country: str) -> ZoneInfo | None:
    """The time zone that was named, else the country's in the protocol, else the only one that the country has.

    Raises:
        Refused: an unknown time zone.
    """
    zone = named or next((c.time_zone for c in protocol.centres if c.country == country), "")
    return known_zone(zone or _only_zone(country))


def known_zone(name: str) -> ZoneInfo | None:
    """The time zone of that name; None for no name.

    Raises:
        Refused: there is none of that name.
    """
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise Refused("time_zone", "site.time_zone", value=name) from None


@cache
def _only_zone(country: str) -> str:
    """The country's time zone, when it has only one."""
    from babel.core import get_global

    zones = get_global("territory_zones").get(country, [])
    return str(zones[0]) if len(zones) == 1 else ""
