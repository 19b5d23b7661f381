"""Public holidays by country and year, taken from the `holidays` package as data that the domain can hold."""

import importlib.util
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.cache import digest, recall, remember
from app.domain.dates import HolidayYear
from app.domain.facts.study_record import holiday_fields
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused

SHIPPED_COUNTRIES = frozenset({"SE", "FI", "CN"})
FIRST_YEAR, LAST_YEAR = 1950, 2150
"""The years for which holidays are asked of the library."""
_CACHE = "holidays"
_MISSPELT = 0.8
"""How much of a country's name must agree for it to be that one, typed wrong."""

# Sweden's eves are no public holidays in law, but clinics are closed on them (lag 1989:253 equates them to Sundays).
_CATEGORIES = {"SE": ("public", "de_facto")}
# Only China swaps weekends for workdays by a yearly notice; a year without swapped days has had no notice yet.
_YEARLY_NOTICE = frozenset({"CN"})


@cache
def _package() -> Any:
    import holidays

    return holidays


@cache
def _years(country: str, first: int, last: int) -> dict[int, HolidayYear]:
    """Return the years, from the cache of an earlier run with the same release of the package where there is one.

    The package takes longer to load than the rest of a rehearsal, and one release always gives the same holidays.
    """
    name = digest(_release(), f"{country} {first} {last}".encode())
    try:
        kept = recall(_CACHE, name)
        return {year.year: year for year in map(_from_plain, kept)} if kept else _made(country, first, last, name)
    except (KeyError, TypeError, ValueError):
        return _made(country, first, last, name)


def _made(country: str, first: int, last: int, name: str) -> dict[int, HolidayYear]:
    country = known_country(country)
    years = {year: _country(country, year) for year in range(first, last + 1)}
    remember(_CACHE, name, [holiday_fields(year) for year in years.values()])
    return years


def known_country(country: str, place: str = "participant.country") -> str:
    """Return the two letters of a country whose holidays are known, however they were typed.

    Raises:
        Refused: the `holidays` package does not know the country.
    """
    if found := known_identifier(country, SHIPPED_COUNTRIES):
        return found
    supported = _package().list_supported_countries(include_aliases=False)
    found = known_identifier(country, supported)
    if not found:
        near = _by_name(country) or nearest_identifier(country, SHIPPED_COUNTRIES)
        raise Refused("country", place, value=country[:40], near=near)
    return found


def _by_name(country: str) -> str:
    """Return the two letters of a country that was typed by its name or its three letters; empty for none."""
    from holidays.registry import COUNTRIES

    names = {name: letters[1] for name, letters in COUNTRIES.items()}
    names |= {one: letters[1] for letters in COUNTRIES.values() for one in letters[2:]}
    near = known_identifier(country, names) or nearest_identifier(country, names, _MISSPELT)
    return names.get(near, "")


def _release() -> bytes:
    """Return bytes that differ between releases of the package, without loading it."""
    found = importlib.util.find_spec("holidays")
    if found is None or found.origin is None:
        return b""
    return Path(found.origin).with_name("version.py").read_bytes()


def _from_plain(kept: dict[str, Any]) -> HolidayYear:
    return HolidayYear(
        kept["country"],
        kept["year"],
        {date.fromisoformat(day): name for day, name in kept["closed"].items()},
        frozenset(map(date.fromisoformat, kept["working"])),
        kept["official"],
        kept["source"],
    )


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
    """Return English where the package has it, so that names do not depend on the machine's locale."""
    supported = getattr(getattr(_package(), country, None), "supported_languages", ())
    return "en_US" if "en_US" in supported else None


def holiday_years(country: str, first: int, last: int) -> dict[int, HolidayYear]:
    """Return the country's holidays of the years first..last.

    Raises:
        Refused: the `holidays` package does not know the country.
    """
    return _years(country, max(first, FIRST_YEAR), min(last, LAST_YEAR))
