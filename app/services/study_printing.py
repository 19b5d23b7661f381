"""Printing from a study: the paper carries the head of the chain, and the print is recorded once it is written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.domain.kinds import Json
from app.domain.ledger import Ledger
from app.domain.records import NewFact
from app.services.changes import mark_of
from app.services.printing import calendar_pages, sheet_entries, sheet_pages, write_pages
from app.services.reading import agenda, entry_for
from app.services.study import Study
from app.wording.language import gettext as _


def print_sheets(study: Study, code: str, visits: Sequence[str], path: Path, today: date) -> int:
    """Print the sheets of these visits, or of all open ones with a date when none is named; the number of pages.

    Raises:
        Refused: a visit that the calendar does not have, nothing to print, or a file that cannot be written.
    """
    study.must_write()
    case = study.enrolled(code)
    protocol, calendar = study.protocol(case), study.calendar(case, today)
    entries = [entry_for(calendar, visit) for visit in visits] or sheet_entries(calendar)
    choices = Ledger(protocol, study.participant(case), case.facts).choices
    head = str(study.head())
    pages = write_pages(
        path, sheet_pages(protocol, calendar, entries, choices, study.site_name(case), _head_text(head))
    )
    fields: dict[str, Json] = {"what": "sheet", "visits": [entry.key for entry in entries], "head": head}
    _record(study, today, NewFact("printed", fields, case.subject, protocol=mark_of(case.enrolled)))
    return pages


def print_calendar(study: Study, code: str, path: Path, today: date) -> int:
    """Print the participant's own calendar; the number of pages.

    Raises:
        Refused: no such participant, or a file that cannot be written.
    """
    study.must_write()
    case = study.enrolled(code)
    protocol, calendar = study.protocol(case), study.calendar(case, today)
    choices = Ledger(protocol, study.participant(case), case.facts).choices
    head = str(study.head())
    pages = write_pages(path, calendar_pages(protocol, calendar, choices, study.site_name(case), _head_text(head)))
    fact = NewFact("printed", {"what": "calendar", "head": head}, case.subject, protocol=mark_of(case.enrolled))
    _record(study, today, fact)
    return pages


def print_agenda(study: Study, path: Path, today: date, first: date | None = None, last: date | None = None) -> int:
    """Print what is due from `first` to `last` (today, unless they say otherwise); the number of pages.

    Raises:
        Refused: a file that cannot be written, or days in the wrong order.
    """
    from app.documents.agenda_pages import agenda_pages

    study.must_write()
    start = first or today
    end = last or start
    found = agenda(study, today, first if first not in (None, today) else None, end, keep=False)
    protocols = {one.id: study.protocol_text(one.hash) for one in study.facts.protocols.values()}
    sites = study.facts.sites
    name = next(iter(sites)) if len(sites) == 1 else study.facts.name
    head = str(study.head())
    pages = write_pages(path, agenda_pages(found, protocols, name, start, end, head=_head_text(head)))
    fields = {"first": start.isoformat(), "last": end.isoformat(), "head": head}
    _record(study, today, NewFact("agenda_printed", fields))
    return pages


def _head_text(head: str) -> str:
    return f"{_('record')} {head}"


def _record(study: Study, today: date, fact: NewFact) -> None:
    """Keep that it was printed; the calendars stay as they are."""
    with study.store.transaction():
        study.append(today, [fact])
    if fact.subject:
        study.forget({fact.subject})
