"""The days of a list to print that are asked for by a word: today, the next open day, a week."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar.entries import OPEN
from app.domain.calendar.print_days import PRINT_DAYS, PrintDays
from app.domain.dates import ClosedDays
from app.progress import Progress
from app.services.queries.agenda import agenda
from app.services.queries.agenda_filter import EVERYTHING, Filter, checked_filter, filter_text, filtered
from app.services.study.study import Study

_WEEK = 7
_SEARCHED = 2 * 366
"""Days for which the holidays are known while the next open day is looked for."""


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """The days that a word asks for, and how many visits that are to be done are on them."""

    word: PrintDays
    first: date
    last: date
    visits: int


@dataclass(frozen=True, slots=True)
class PrintChoices:
    """What can be printed of the days to come. `only`: the choice of visits in words; empty for all of them."""

    choices: tuple[PrintChoice, ...]
    only: str


def print_choices(
    study: Study, today: date, chosen: Filter = EVERYTHING, progress: Progress | None = None
) -> PrintChoices:
    """Return the days that can be asked for by a word, each with the number of the chosen visits on them.

    Raises:
        Refused: the study has no such participant or protocol.
    """
    chosen = checked_filter(study, chosen)
    days = [(word, *print_days(study, word, today)) for word in PRINT_DAYS]
    last = max(last for _word, _first, last in days)
    rows = filtered(agenda(study, today, today, last, progress, keep=False), chosen).by_time
    planned = [row.entry.assumed for row in rows if row.entry.status in OPEN]
    found = (
        PrintChoice(word, first, last, sum(on is not None and first <= on <= last for on in planned))
        for word, first, last in days
    )
    return PrintChoices(tuple(found), filter_text(study, chosen))


def print_days(study: Study, asked: PrintDays, today: date) -> tuple[date, date]:
    """Return the first and the last day: this week is what is left of it until Sunday, the next begins on Monday."""
    monday = today + timedelta(_WEEK - today.weekday())
    if asked == "next-open":
        day = next_open_day(study, today)
        return day, day
    if asked == "this-week":
        return today, monday - timedelta(1)
    return (monday, monday + timedelta(_WEEK - 1)) if asked == "next-week" else (today, today)


def next_open_day(study: Study, today: date) -> date:
    """Return the first day after today on which a site of the study's participants is open; tomorrow where none is."""
    tomorrow = today + timedelta(1)
    sites = {(one.centre, one.country) for one in study.people().values()} or {("", "")}
    # A search looks ahead for more than a year.
    ahead = tomorrow + timedelta(_SEARCHED)
    days = [closed_days_at(study, *site, tomorrow, ahead).next_open(tomorrow) for site in sorted(sites)]
    return min((day for day in days if day is not None), default=tomorrow)


def closed_days_at(study: Study, centre: str, country: str, first: date, last: date) -> ClosedDays:
    """Return the closed days of a site, with the holidays of the years of these days."""
    site = study.facts.site_of(centre, country)
    land = country or (site.country if site is not None else "")
    years = study.years(study.facts, land, first.year, last.year) if land else {}
    return study.facts.closed_days(site, years)
