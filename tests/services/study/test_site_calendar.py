"""The closed days and the time zone of a site."""

from datetime import date

import pytest

from app.exchange.scenario import ScenarioSite
from app.protocols.library import shipped_protocol
from app.services.study.site_calendar import known_zone, planned_years, site_of, zone_of
from tests.services.ward import refused

SCANPAN = shipped_protocol("scanpan")


@pytest.mark.parametrize(
    ("enrolled", "today", "years"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), (2024, 2034)),
        (date(2026, 11, 23), date(2031, 1, 1), (2024, 2039)),
        (date(2027, 1, 1), date(2026, 12, 31), (2024, 2035)),
    ],
)
def test_holidays_are_there_from_before_the_first_day_to_long_after_the_last(
    enrolled: date, today: date, years: tuple[int, int]
) -> None:
    assert planned_years(enrolled, today) == years


def test_a_site_that_says_nothing_is_closed_at_weekends_and_on_the_eves_of_its_country() -> None:
    closed = site_of(SCANPAN, "SE", ScenarioSite(), date(2026, 11, 23), date(2026, 11, 23)).closed
    # Thursday, Christmas Eve; Saturday; Monday
    assert [bool(closed.reason(date(2026, 12, day))) for day in (24, 26, 28)] == [True, True, False]
    assert closed.reason(date(2026, 12, 24)).startswith("holiday:")


def test_a_day_that_the_site_opens_is_open_whatever_closes_it() -> None:
    text = ScenarioSite(
        closed=(date(2026, 12, 14), date(2026, 12, 15)), opened=(date(2026, 12, 15), date(2026, 12, 24))
    )
    closed = site_of(SCANPAN, "SE", text, date(2026, 11, 23), date(2026, 11, 23)).closed
    assert [closed.reason(date(2026, 12, day)) for day in (14, 15, 24)] == ["site", "", ""]


def test_a_site_without_closed_weekdays_works_at_weekends() -> None:
    text = ScenarioSite(closed_weekdays=frozenset())
    closed = site_of(SCANPAN, "FI", text, date(2026, 11, 23), date(2026, 11, 23)).closed
    assert closed.reason(date(2026, 11, 28)) == ""


@pytest.mark.parametrize(
    ("named", "country", "zone"),
    [
        ("", "SE", "Europe/Stockholm"),  # the protocol's centre
        ("", "DK", "Europe/Copenhagen"),  # the country's only one
        ("Europe/Helsinki", "SE", "Europe/Helsinki"),
        ("europe/helsinki", "SE", "Europe/Helsinki"),
    ],
)
def test_the_zone_is_the_site_s_own_else_that_of_its_country(named: str, country: str, zone: str) -> None:
    assert str(zone_of(named, SCANPAN, country)) == zone


def test_a_country_with_several_zones_has_none_by_itself() -> None:
    assert zone_of("", SCANPAN, "US") is None


@pytest.mark.parametrize("name", ["Nowhere", "../../etc/passwd", "/etc/localtime", "Europe", "a" * 5000])
def test_an_unknown_zone_is_refused(name: str) -> None:
    assert refused("time_zone", known_zone, name).place == "site.time_zone"
