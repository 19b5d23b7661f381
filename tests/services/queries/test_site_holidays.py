"""The holidays of a country and a year, as the study has them or the program knows them."""

from datetime import date

from app.services.commands import configure_site
from app.services.queries.site_holidays import countries_of, holiday_page
from tests.services.ward import TODAY, Ward, refused


def test_a_year_that_the_study_has_is_said_to_be_recorded(ward: Ward) -> None:
    page = holiday_page(ward.study, "se", 2045)
    assert (page.name, page.found.country, page.recorded, page.differs) == ("Sweden", "SE", False, False)
    assert page.found.closed[date(2045, 4, 7)] == "Good Friday"
    facts = configure_site.holiday_facts(ward.study, "SE", 2045)
    configure_site.save_study(ward.study, configure_site.propose_study(ward.study, facts, TODAY), sure=True)
    assert holiday_page(ward.study, "SE", 2045).recorded


def test_a_study_knows_the_countries_of_its_people(ward: Ward) -> None:
    assert countries_of(ward.study)[:2] == ["SE", "CN"]


def test_a_year_out_of_range_is_refused(ward: Ward) -> None:
    refused("number_range", holiday_page, ward.study, "SE", 1700)
