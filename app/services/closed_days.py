"""Public holidays by country and year, taken from the `holidays` package as data that the domain can hold."""

from datetime import date
from functools import cache
from typing import Any

from app.domain.refusal import Refused
from app.domain.timing import HolidayYear

SHIPPED_COUNTRIES = frozenset({"SE", "FI", "CN"})
FIRST_YEAR, LAST_YEAR = 1950, 2150

# Sweden's eves are no public holidays in law, but clinics are closed on them (lag 1989:253 equates them to Sundays).
_CATEGORIES = {"SE": ("public", "de_facto")}
# Only China swaps weekends for workdays by a yearly notice; a year without swapped days has had no notice yet.
_YEARLY_NOTICE = frozenset({"CN"})


@cache
def _package() -> Any:
    import holidays

    return holidays


@cache
def _country(country: str, year: int) -> HolidayYear:
    package = _package()
    listed: Any = package.country_holidays(
        country, years=year, categories=_CATEGORIES.get(country), language=_language(country)
    )
    working = frozenset(day for day in getattr(listed, "weekend_workdays", ()) if day.year == year)
    closed: dict[date, str] = {day: name for day, name in sorted(listed.items()) if day.year == year}
    official = country not in _YEARLY_NOTICE or bool(working)
    return HolidayYear(country, year, closed, working, official, f"holidays {package.__version__}")


def _language(country: str) -> str | None:
    """English names where the package has them, so that they do not depend on the machine's locale."""
    supported = getattr(getattr(_package(), country, None), "supported_languages", ())
    return "en_US" if "en_US" in supported else None


def holiday_years(country: str, first: int, last: int) -> dict[int, HolidayYear]:
    """The country's holidays of the years first..last.

    Raises:
        Refused: the `holidays` package does not know the country.
    """
    if country not in SHIPPED_COUNTRIES and country not in _package().list_supported_countries(include_aliases=False):
        raise Refused("country", "participant.country", value=country)
    return {year: _country(country, year) for year in range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1)}
