"""The lists of what the site has set at the terminal: sites, closed days, holidays, values."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import Any

from app.cli.consent_lists import Lines
from app.domain.facts.kinds import KINDS
from app.domain.facts.study_kinds import PAPERS
from app.domain.facts.study_record import UnitContact
from app.services.queries.closed_days import day_ranges
from app.services.queries.open_values import confirmation_text, confirmations
from app.services.queries.site_holidays import holiday_page
from app.services.study.study import Study
from app.wording.dates import window
from app.wording.fact_values import field_name, value_text
from app.wording.language import gettext as _
from app.wording.site_words import holiday_lines


def site_list(study: Study, _options: argparse.Namespace, _today: date) -> Lines:
    """Return the sites as they were described."""
    rows: list[dict[str, Any]] = [
        {
            "name": site.name,
            "country": site.country,
            "time_zone": site.time_zone or None,
            "closed_weekdays": None if site.closed_weekdays is None else sorted(site.closed_weekdays),
            **{name: text or None for name, text in asdict(site.contact).items()},
            "paper": site.paper or PAPERS[0],
        }
        for site in study.facts.sites.values()
    ]
    lines = [line for row in rows for line in _site_lines(row)]
    return rows, lines or [_("No site was described yet.")]


def _site_lines(row: Mapping[str, Any]) -> Iterator[str]:
    """Return a site in lines: the first with its name; one for each thing more that it says."""
    weekdays = KINDS["site_set"].field("closed_weekdays")
    days = row["closed_weekdays"]
    closed = "" if days is None else _("closed: ") + value_text(weekdays, days)
    yield f"{row['name']}  {row['country']}  {row['time_zone'] or '-'}  {closed}".rstrip()
    for name in (*(one.name for one in fields(UnitContact)), "paper"):
        if row[name]:
            yield f"  {field_name(name)}: {row[name]}"


def day_list(study: Study, _options: argparse.Namespace, _today: date) -> Lines:
    """Return the days that the site closed or opened: each for other programs, days in a row on one line."""
    found = day_ranges(study)
    rows: list[dict[str, Any]] = [
        {
            "on": (one.first + timedelta(number)).isoformat(),
            "open": one.is_open,
            "reason": one.reason or None,
            "site": one.site or None,
        }
        for one in found
        for number in range((one.last - one.first).days + 1)
    ]
    lines = [
        f"{window(one.first, one.last):<36} {_('open') if one.is_open else _('closed'):<8} {one.site:<20} {one.reason}"
        for one in found
    ]
    rows.sort(key=lambda row: row["on"])
    return rows, [*map(str.rstrip, lines)] or [_("No day was closed or opened by the site.")]


def holiday_list(study: Study, options: argparse.Namespace, today: date) -> Lines:
    """Return the holidays of a country in the year of `--year`, else in the year of today and the next one."""
    years = [today.year, today.year + 1] if options.year is None else [options.year]
    found = [holiday_page(study, options.country, year) for year in years]
    rows: list[dict[str, Any]] = [
        {
            "country": one.found.country,
            "year": one.found.year,
            "closed": {on.isoformat(): name for on, name in sorted(one.found.closed.items())},
            "working": [on.isoformat() for on in sorted(one.found.working)],
            "official": one.found.official,
            "source": one.found.source,
            "recorded": one.recorded,
            "differs": one.differs,
        }
        for one in found
    ]
    lines = [line for one in found for line in holiday_lines(one.name, one.found, one.recorded, one.differs)]
    return rows, lines


def value_list(study: Study, _options: argparse.Namespace, _today: date) -> Lines:
    """Return the values that the site has set or confirmed."""
    said = confirmations(study)
    own = [(protocol, key) for protocol, found in study.facts.values.items() for key in found]
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    for protocol, key in dict.fromkeys([*own, *study.facts.last_confirmed]):
        record = study.facts.values.get(protocol, {}).get(key)
        confirmed, overtaken = said.get((protocol, key), (None, None))
        value = record.fields.get("value") if record is not None else None
        rows.append(
            {
                "protocol": protocol,
                "key": key,
                "value": value,
                "set_by": record.who if record is not None else None,
                "confirmed_by": confirmed.by if confirmed is not None else None,
                "overtaken_by": overtaken.by if overtaken is not None else None,
            }
        )
        shown = "-" if value is None else str(value)
        lines.append(f"{protocol:<14} {key:<22} {shown:<8} {confirmation_text(confirmed, overtaken)}".rstrip())
    return rows, lines or [_("The site has set no value.")]
