"""A site as the planner needs it: its time zone, its closed days, the years of holidays that a calendar needs."""

from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from app.domain.dates import ClosedDays
from app.domain.facts.planner_facts import Site
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.scenario import ScenarioSite
from app.services.study.holidays import holiday_years

YEARS_BEFORE, YEARS_AFTER = 2, 8
"""The years around the first day and today of which a plan needs the holidays: screening before, follow-up after."""


def planned_years(first_day: date, today: date) -> tuple[int, int]:
    """Return the first and the last year whose holidays a participant's calendar may need."""
    return min(first_day, today).year - YEARS_BEFORE, max(first_day, today).year + YEARS_AFTER


def site_of(protocol: ProtocolVersion, country: str, text: ScenarioSite, first_day: date, today: date) -> Site:
    """Return the site's closed days and time zone; without a zone of its own, the country's in the protocol.

    Raises:
        Refused: an unknown country or time zone.
    """
    first, last = planned_years(first_day, today)
    own = {year.year: year for year in text.holidays}
    closed = ClosedDays(
        frozenset({5, 6}) if text.closed_weekdays is None else text.closed_weekdays,
        {**holiday_years(country, first, last), **own},
        dict.fromkeys(text.closed, ""),
        frozenset(text.opened),
    )
    return Site(closed, zone_of(text.time_zone, protocol, country))


def zone_of(named: str, protocol: ProtocolVersion, country: str) -> ZoneInfo | None:
    """Return the named time zone, else the country's in the protocol, else the only one that the country has.

    Raises:
        Refused: an unknown time zone.
    """
    zone = named or next((c.time_zone for c in protocol.centres if c.country == country), "")
    return known_zone(zone or _only_zone(country))


def known_zone(name: str) -> ZoneInfo | None:
    """Return the time zone of that name; None for no name.

    Raises:
        Refused: there is none of that name.
    """
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        pass
    zones = available_timezones()
    found = known_identifier(name, zones)
    if not found:
        near = nearest_identifier(name, zones)
        raise Refused("time_zone", "site.time_zone", value=name[:80], near=near)
    return ZoneInfo(found)


@cache
def _only_zone(country: str) -> str:
    """Return the country's time zone when it has only one, else an empty text."""
    from babel.core import get_global

    zones = get_global("territory_zones").get(country, [])
    return str(zones[0]) if len(zones) == 1 else ""
