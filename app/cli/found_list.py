"""What a search finds, at the terminal: the same participants, visits and events as the search of the window."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.domain.dates import iso
from app.domain.search_index import Found, SearchIndex
from app.progress import Progress
from app.services.queries.search_parts import searched, searched_settings
from app.services.study.study import Study
from app.wording.language import gettext as _
from app.wording.search_words import nothing_found, visit_day

_MOST = 20


def found_list(
    study: Study, options: argparse.Namespace, today: date, progress: Progress
) -> tuple[dict[str, Any], list[str]]:
    """Return what the words find as plain data and as lines; of each group the likeliest, unless all is asked for."""
    typed = " ".join(options.words)
    index = SearchIndex(searched(study, today, progress=progress).values(), searched_settings(study))
    found = index.found(typed, today, None if options.all else _MOST)
    return _document(found), list(_lines(found)) or [nothing_found(typed)]


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
