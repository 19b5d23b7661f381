"""Public holidays as a clinic meets them."""

from datetime import date

import pytest

from app.domain.dates import ClosedDays
from app.domain.refusal import Refused
from app.services.study.holidays import holiday_years, known_country


def reason(country: str, day: date) -> str:
    """Why a site of that country is closed on that day."""
    return ClosedDays(holidays=holiday_years(country, day.year, day.year)).reason(day)


@pytest.mark.parametrize(
    ("country", "day", "closed"),
    [
        ("SE", date(2026, 6, 19), True),  # Midsummer Eve, no public holiday in law
        ("SE", date(2026, 12, 24), True),
        ("SE", date(2026, 12, 31), True),
        ("SE", date(2026, 12, 23), False),
        ("SE", date(2027, 3, 29), True),  # Easter Monday
        ("FI", date(2026, 12, 25), True),
        ("FI", date(2027, 3, 29), True),
        ("FI", date(2026, 6, 5), False),
        ("CN", date(2026, 10, 1), True),
        ("CN", date(2026, 10, 10), False),  # a Saturday on which is worked instead
        ("CN", date(2026, 10, 17), True),  # and one like any other
        ("CN", date(2026, 12, 25), False),
    ],
)
def test_a_clinic_is_closed_when_its_country_is(country: str, day: date, closed: bool) -> None:
    assert bool(reason(country, day)) is closed


def test_holidays_have_english_names_on_every_machine() -> None:
    assert reason("SE", date(2026, 12, 25)) == "holiday:Christmas Day"
    assert "National Day" in reason("CN", date(2026, 10, 1))


def test_a_chinese_year_is_official_once_its_notice_is_known() -> None:
    years = holiday_years("CN", 2025, 2040)
    assert (years[2025].official, years[2026].official, years[2040].official) == (True, True, False)
    assert years[2040].closed, "the days that are known count all the same"
    assert all(year.official for year in holiday_years("SE", 2025, 2040).values())


def test_other_countries_that_the_package_knows_will_do() -> None:
    assert holiday_years("NO", 2026, 2026)[2026].closed


@pytest.mark.parametrize("country", ["se", "SE ", "\uff33\uff25", "\u0405E"])
def test_a_country_is_known_however_it_is_typed(country: str) -> None:
    assert holiday_years(country, 2026, 2026)[2026].closed == holiday_years("SE", 2026, 2026)[2026].closed


@pytest.mark.parametrize("country", ["XX", "", "SWE", "Sweden", "../SE"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(Refused) as caught:
        holiday_years(country, 2026, 2026)
    assert (caught.value.kind, caught.value.place) == ("country", "participant.country")


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Sweden", "SE"), ("SWE", "SE"), ("finland", "FI"), ("Swedn", "SE"), ("United Kingdom", "GB"), ("Utopia", "")],
)
def test_a_country_typed_by_its_name_is_told_its_letters(typed: str, near: str) -> None:
    with pytest.raises(Refused) as caught:
        known_country(typed)
    assert caught.value.values["near"] == near
