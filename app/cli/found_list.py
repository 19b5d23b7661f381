"""What a search finds, at the terminal: the same participants, visits and events as the search of the window."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.cli.agenda_tables import agenda_line
from app.domain.dates import iso
from app.domain.facts.typed_days import read_day
from app.domain.refusal import Refused
from app.domain.search_index import Found, SearchIndex
from app.progress import Progress
from app.services.queries.search_parts import searched, searched_settings
from app.services.queries.visits_of_days import VisitsOfDays, visits_of_days
from app.services.study.study import Study
from app.wording.dates import day
from app.wording.language import gettext as _
from app.wording.names import name_in_protocol
from app.wording.search_words import nothing_found, visit_day

_MOST = 20


def found_list(
    study: Study, options: argparse.Namespace, today: date, progress: Progress
) -> tuple[dict[str, Any], list[str]]:
    """Return what the words find as plain data and as lines; of each group the likeliest, unless all is asked for."""
    typed = " ".join(options.words)
    index = SearchIndex(searched(study, today, progress=progress).values(), searched_settings(study))
    found = index.found(typed, today, None if options.all else _MOST)
    lines = list(_lines(found))
    days = [] if lines else [visits_of_days(study, today, on, on, progress=progress) for on in _days(typed, today)]
    document = _document(found) | {"days": [_day_document(one) for one in days]}
    for one in days:
        lines += _day_lines(one)
    return document, lines or [nothing_found(typed)]


def _days(typed: str, today: date) -> list[date]:
    """Return the day that the words mean, as the fields for days read it; both where two may be meant, or none."""
    try:
        return [read_day(typed, "find", today).day]
    except Refused as refused:
        readings = [refused.values.get(name) for name in ("one", "other")]
        return [on for on in readings if isinstance(on, date)] if refused.kind == "date_two_ways" else []


def _day_document(of: VisitsOfDays) -> dict[str, Any]:
    visits = [
        {
            "participant": row.participant,
            "visit": row.entry.key,
            "name": name_in_protocol(row.entry),
            "status": row.entry.status.value,
        }
        for row in of.rows
    ]
    return {"on": iso(of.first), "visits": visits}


def _day_lines(of: VisitsOfDays) -> Iterator[str]:
    if not of.rows:
        yield _("No visit is on {day}.").format(day=day(of.first))
        return
    yield _("Visits on {day}").format(day=day(of.first))
    yield from (agenda_line(row) for row in of.rows)


def _document(found: Found) -> dict[str, Any]:
    return {
        "participants": [{"participant": one.code, "protocol": one.note or None} for one in found.participants],
        "visits": [
            {
                "participant": one.participant,
                "visit": one.key,
                "name": one.title.name,
                "on": iso(one.on),
                "settled": one.settled or None,
            }
            for one in found.visits
        ],
        "events": [
            {
                "participant": one.participant,
                "fact": one.number,
                "visit": one.visit or None,
                "text": one.text,
                "on": iso(one.on),
            }
            for one in found.events
        ],
        "settings": [
            {"protocol": one.protocol, "key": one.key, "text": one.text, "value": one.now} for one in found.settings
        ],
        "more": any((found.more_participants, found.more_visits, found.more_events, found.more_settings)),
    }


def _lines(found: Found) -> Iterator[str]:
    people = [f"{one.code:<14} {one.note}".rstrip() for one in found.participants]
    visits = [f"{one.participant:<14} {visit_day(one):<24} {one.title.name} ({one.key})" for one in found.visits]
    events = [f"{one.participant:<14} {one.text}  [{one.number}]" for one in found.events]
    yield from _group(_("Participants"), people, found.more_participants)
    yield from _group(_("Visits"), visits, found.more_visits)
    settings = [f"{one.key:<22} {one.now:<14} {one.text}" for one in found.settings]
    yield from _group(_("Events, each with the number of its fact"), events, found.more_events)
    yield from _group(_("Values and questions"), settings, found.more_settings)


def _group(title: str, lines: Sequence[str], more: bool) -> Iterator[str]:
    if lines:
        yield title
        yield from (f"  {line}" for line in lines)
        if more:
            yield _("  … and more: add a word, or --all")
