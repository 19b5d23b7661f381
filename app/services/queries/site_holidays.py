"""The public holidays of the study's countries, year by year: those in the study, else those that the program knows."""

from dataclasses import dataclass

from app.domain.dates import HolidayYear
from app.domain.refusal import Refused
from app.services.study.holidays import FIRST_YEAR, LAST_YEAR, holiday_years, known_country
from app.services.study.study import Study
from app.wording.countries import country_name


@dataclass(frozen=True, slots=True)
class HolidayPage:
    """The holidays of a country in a year, by which the visits are planned.

    `recorded`: the study has them, and not the program alone. `differs`: the program knows others for that year.
    """

    name: str
    found: HolidayYear
    recorded: bool
    differs: bool


def countries_of(study: Study) -> list[str]:
    """Return the two letters of each country of the sites, the participants and the protocols' centres, in order."""
    facts = study.facts
    centres = [study.protocol_text(one).centres for one in facts.protocols]
    named = [
        *(site.country for site in facts.sites.values()),
        *(person.country for person in study.people().values()),
        *(centre.country for found in centres for centre in found),
    ]
    return list(dict.fromkeys(filter(None, named)))


def holiday_page(study: Study, country: str, year: int) -> HolidayPage:
    """Return the holidays of a country, by its two letters, in a year.

    Raises:
        Refused: the country is unknown, or the year is out of range.
    """
    country = known_country(country, "country")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("number_range", "--year", value=str(year)[:40], low=str(FIRST_YEAR), high=str(LAST_YEAR))
    kept, offered = study.facts.holidays.get((country, year)), holiday_years(country, year, year)[year]
    differs = kept is not None and not same_days(kept, offered)
    return HolidayPage(country_name(country), kept or offered, kept is not None, differs)


def same_days(one: HolidayYear, other: HolidayYear) -> bool:
    """Whether both have the same days, with the same names."""
    return (one.closed, one.working, one.official) == (other.closed, other.working, other.official)
