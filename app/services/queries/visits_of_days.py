"""The visits of all participants on the days of a period, open and settled, with the closed days of the sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar.agenda import AgendaRow, by_day
from app.domain.calendar.entries import Status
from app.domain.dates import ClosedDays
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.queries.agenda import agenda_rows, rows_by_planning
from app.services.queries.agenda_filter import EVERYTHING, Filter, checked_filter
from app.services.queries.print_days import closed_days_at
from app.services.study.study import Study
from app.services.study.visit_cache import refresh_visits
from app.wording.language import gettext as _
from app.wording.reasons import closed_because

_MOST_DRAWN = 100
"""Of a longer period, which is listed and not drawn, the closed days are not asked for."""
_GONE = frozenset({Status.CANCELLED, Status.OMITTED})


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which sites of the study's participants are closed. `everywhere`: all of them are."""

    text: str
    everywhere: bool


@dataclass(frozen=True, slots=True)
class VisitsOfDays:
    """The visits on the days first..last in the order of day and time, without those that will not happen."""

    today: date
    first: date
    last: date
    rows: tuple[AgendaRow, ...]
    closed: Mapping[date, ClosedDay]


def visits_of_days(
    study: Study,
    today: date,
    first: date,
    last: date,
    chosen: Filter = EVERYTHING,
    progress: Progress | None = None,
    keep: bool = True,
) -> VisitsOfDays:
    """Return the chosen visits of these days.

    `keep`: whether visits that have to be planned for it may be kept in the file for the next time.

    Raises:
        Refused: `last` is before `first`, or what is chosen is not in the study.
    """
    if last < first:
        raise Refused("ends_before", "to", on=first, ended=last)
    wanted = checked_filter(study, chosen)
    if refresh_visits(study, today, last, progress, keep):
        found = agenda_rows(study, today, study.store.visits.between(first.isoformat(), last.isoformat()))
    else:
        found = (row for row in rows_by_planning(study, today, progress) if _within(row, first, last))
    rows = [row for row in found if row.entry.status not in _GONE and not row.entry.suspended and wanted.accepts(row)]
    closed = _closed(study, first, last) if (last - first).days < _MOST_DRAWN else {}
    return VisitsOfDays(today, first, last, tuple(sorted(rows, key=by_day)), closed)


def _within(row: AgendaRow, first: date, last: date) -> bool:
    return row.entry.assumed is not None and first <= row.entry.assumed <= last


def _closed(study: Study, first: date, last: date) -> dict[date, ClosedDay]:
    """Return the closed days; of several sites those on which any is closed, with its name where not all are."""
    sites = sorted({(one.centre, one.country) for one in study.people().values() if one.protocol})
    known = [(_site_name(study, *site), closed_days_at(study, *site, first, last)) for site in sites]
    found = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        said = [(name, _why(closed, day, why)) for name, closed in known if (why := closed.reason(day))]
        if said:
            found[day] = _closed_day(said, len(known))
    return found


def _why(closed: ClosedDays, on: date, why: str) -> str:
    """Return why a site is closed on a day; where it has closed it itself, in its own words."""
    return closed_because(on, why) if why != "site" else closed.closed.get(on) or _("closed by the site")


def _closed_day(said: Sequence[tuple[str, str]], sites: int) -> ClosedDay:
    reasons: dict[str, list[str]] = {}
    for name, why in said:
        reasons.setdefault(why, []).append(name)
    if len(said) == sites:
        return ClosedDay(", ".join(reasons), True)
    text = _("{why}: {sites}")
    parts = (text.format(why=why, sites=", ".join(dict.fromkeys(names))) for why, names in reasons.items())
    return ClosedDay("; ".join(parts), False)


def _site_name(study: Study, centre: str, country: str) -> str:
    site = study.facts.site_of(centre, country)
    return centre or (site.name if site is not None else country)
