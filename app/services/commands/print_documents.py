"""Printing: sheets, calendars and lists of a study or of a rehearsal.

Paper from a study carries the head of the chain, and the print is recorded as soon as it is saved or sent."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.documents.paper import on_paper
from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.facts.kind import Json
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import NewFact
from app.domain.facts.study_record import UnitContact
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.commands.record import mark_of
from app.services.commands.written_file import way_back_of, write_file
from app.services.queries.after_surgery import with_outcomes
from app.services.queries.agenda import agenda, with_named_visits
from app.services.queries.agenda_filter import EVERYTHING, Filter, checked_filter, filter_fields, filter_text, filtered
from app.services.queries.calendar import entry_for
from app.services.queries.notes import notes_by_visit, notes_of_study
from app.services.queries.open_values import confirmed_keys
from app.services.queries.outdated_sheets import printed_days
from app.services.queries.rehearsal import Rehearsal
from app.services.study.output_path import Replace, check_output
from app.services.study.site_paper import paper_of
from app.services.study.study import Study
from app.wording.dates import window
from app.wording.language import gettext as _
from app.wording.problems import problem_text
from app.wording.reasons import reason_texts

if TYPE_CHECKING:
    from app.documents.sheet_rows import SheetSource


@dataclass(frozen=True, slots=True)
class Printout:
    """Pages that are ready, and the fact to record once they are saved or sent to a printer.

    `others`: further facts, those of the participants whose sheets are among the pages. `about`: the days and the
    choice of visits in words, where there is one. `on`: the day of the one visit whose sheet it is.
    """

    content: bytes
    fact: NewFact
    others: tuple[NewFact, ...] = ()
    about: str = ""
    on: date | None = None

    @property
    def pages(self) -> int:
        """The number of pages."""
        return count_pages(self.content)


def sheets(study: Study, code: str, visits: Sequence[str], today: date) -> Printout:
    """Return the sheets of these visits; without any, of all open visits with a date.

    Raises:
        Refused: a visit that the calendar does not have, nothing to print, or a study that cannot be written.
    """
    from app.documents.sheet import sheets_of

    must_print(study)
    case = study.enrolled(code)
    calendar = study.calendar(case, today)
    entries = [entry_for(calendar, visit, study.protocol(case).visits) for visit in visits] or sheet_entries(calendar)
    with on_paper(paper_of(study, case)):
        content = sheets_of(sheet_source_of(study, case, entries, today), entries, head_on_paper(study))
    on = entries[0].assumed if len(entries) == 1 else None
    return Printout(content, sheet_fact(study, case, entries), on=on)


def sheet_source_of(study: Study, case: ParticipantRecord, entries: Sequence[Entry], today: date) -> "SheetSource":
    """Return what the sheets of these visits of a participant are drawn from.

    Raises:
        Refused: there is no visit.
    """
    protocol, calendar = study.protocol(case), study.calendar(case, today)
    choices = FactIndex(protocol, study.participant(case), case.facts).choices
    notes = with_outcomes(notes_by_visit(case.records), calendar, case, entries)
    first = case.enrolled or case.screened
    cohort = first.text("cohort") if first is not None else ""
    site, confirmed = study.site_name(case), confirmed_keys(study, protocol.id)
    return _sheet_source(protocol, calendar, entries, choices, site, notes, cohort, confirmed)


def sheet_fact(study: Study, case: ParticipantRecord, entries: Sequence[Entry]) -> NewFact:
    """Return the fact that the sheets of these visits were printed."""
    fields: dict[str, Json] = {
        "what": "sheet",
        "visits": [entry.key for entry in entries],
        "days": {entry.key: printed_days(entry) for entry in entries},
        "head": str(study.head()),
    }
    return NewFact("printed", fields, case.subject, protocol=mark_of(case.enrolled))


def participant_calendar(study: Study, code: str, today: date, large: bool = False, language: str = "") -> Printout:
    """Return the participant's own calendar; `large`: in large type. `language`: its code; empty for the site's.

    Raises:
        Refused: no such participant, one who has died, or a study that cannot be written.
    """
    must_print(study)
    case = study.enrolled(code)
    protocol, calendar = study.protocol(case), study.calendar(case, today)
    facts = FactIndex(protocol, study.participant(case), case.facts)
    _must_live(facts, case.code)
    head, site = str(study.head()), study.site_row(case)
    with on_paper(paper_of(study, case)):
        content = calendar_pages(
            protocol,
            calendar,
            facts.choices,
            study.site_name(case),
            head_on_paper(study),
            contact=site.contact if site is not None else UnitContact(),
            large=large,
            language=language,
        )
    fields: dict[str, Json] = {"what": "calendar", "head": head}
    return Printout(content, NewFact("printed", fields, case.subject, protocol=mark_of(case.enrolled)))


def visit_list(
    study: Study,
    today: date,
    first: date | None = None,
    last: date | None = None,
    chosen: Filter = EVERYTHING,
    progress: Progress | None = None,
) -> Printout:
    """Return the list of the chosen visits due from `first` to `last`, both today when not given.

    Raises:
        Refused: days in the wrong order, or a study that cannot be written.
    """
    from app.documents.agenda_pages import agenda_pages

    must_print(study)
    start = first or today
    end = last or start
    found = agenda(study, today, first if first not in (None, today) else None, end, progress, keep=False)
    protocols = {one.id: study.protocol_text(one.hash) for one in study.facts.protocols.values()}
    chosen = checked_filter(study, chosen)
    found = with_named_visits(study, filtered(found, chosen))
    name = list_name(study, chosen)
    notes, head = notes_of_study(study), head_on_paper(study)
    with on_paper(paper_of(study)):
        content = agenda_pages(found, protocols, name, start, end, notes=notes, head=head)
    return Printout(content, list_fact(study, start, end, chosen), about=list_about(study, start, end, chosen))


def list_name(study: Study, chosen: Filter) -> str:
    """Return the line under the title of a list: the site or the study, and the choice of visits."""
    return " – ".join(filter(None, (study.site_title(), filter_text(study, chosen))))


def list_about(study: Study, first: date, last: date, chosen: Filter) -> str:
    """Return the days of a list and the choice of visits in words."""
    return " – ".join(filter(None, (window(first, last), filter_text(study, chosen))))


def list_fact(study: Study, first: date, last: date, chosen: Filter) -> NewFact:
    """Return the fact that a list of the chosen visits was printed."""
    limits, head = filter_fields(chosen), str(study.head())
    fields: dict[str, Json] = {"first": first.isoformat(), "last": last.isoformat()}
    fields |= {"filter": limits, "head": head} if limits else {"head": head}
    return NewFact("agenda_printed", fields)


def keep_print(
    study: Study, printout: Printout, today: date, path: Path | None = None, replace: Replace = "own"
) -> int:
    """Save the pages where a path is given, then record the print; return the number of pages.

    The print of a damaged study, in which nothing can be recorded, says so on each page.

    Raises:
        Refused: a file that cannot be written, or must not be replaced; then nothing is recorded. Or the print cannot
            be recorded; then the file is as it was before.
    """
    must_print(study)
    way_back = None
    if path is not None:
        # The way back looks into the file, and to open and close the study itself would drop its locks.
        check_output(path, replace, study.store.path)
        way_back = way_back_of(path)
        write_pages(path, printout.content, replace, study.store.path)
    if study.store.broken is not None:
        return printout.pages
    facts = [printout.fact, *printout.others]
    try:
        with study.store.transaction():
            study.append(today, facts)
    except Refused:
        if way_back is not None:
            with contextlib.suppress(OSError):
                way_back()
        raise
    if subjects := {one.subject for one in facts if one.subject}:
        study.forget(subjects)
    return printout.pages


def print_sheets(
    study: Study, code: str, visits: Sequence[str], path: Path, today: date, replace: Replace = "own"
) -> int:
    """Print the sheets of these visits, or of all open ones with a date; return the number of pages.

    Raises:
        Refused: a visit that the calendar does not have, nothing to print, or a file that cannot be written.
    """
    return keep_print(study, sheets(study, code, visits, today), today, path, replace)


def _must_live(facts: FactIndex, code: str) -> None:
    """Refuse to print the calendar of somebody who has died."""
    if facts.died is not None or facts.told_of_death is not None:
        raise Refused("calendar_of_dead", code=code)


def print_calendar(
    study: Study, code: str, path: Path, today: date, replace: Replace = "own", large: bool = False, language: str = ""
) -> int:
    """Print the participant's own calendar; return the number of pages.

    Raises:
        Refused: no such participant, one who has died, or a file that cannot be written.
    """
    return keep_print(study, participant_calendar(study, code, today, large, language), today, path, replace)


def print_agenda(
    study: Study,
    path: Path,
    today: date,
    first: date | None = None,
    last: date | None = None,
    replace: Replace = "own",
    chosen: Filter = EVERYTHING,
) -> int:
    """Print the list of the chosen visits due from `first` to `last`, both today when not given.

    Return the number of pages.

    Raises:
        Refused: a file that cannot be written, or days in the wrong order.
    """
    return keep_print(study, visit_list(study, today, first, last, chosen), today, path, replace)


def must_print(study: Study) -> None:
    """Refuse to print from a study in which the print cannot be recorded, unless it is damaged.

    Raises:
        Refused: nothing can be recorded in it, and its chain holds.
    """
    if study.store.broken is not None:
        return
    try:
        study.must_write()
    except Refused as refused:
        if refused.kind == "read_only":
            raise Refused("print_read_only", path=str(study.path)) from None
        raise


def head_on_paper(study: Study) -> str:
    """Return the state of the study file for the footer of a page."""
    text = f"{_('record')} {study.head()}"
    if study.store.broken is not None:
        return f"{text} – {_('damaged study file: days are uncertain')}"
    return text if study.before is None else f"{text} – {_('days as planned by the rules of an earlier release')}"


# Pages


def print_rehearsal(
    rehearsal: Rehearsal,
    kind: str,
    path: Path,
    replace: Replace = "own",
    reads: Iterable[Path | int] = (),
    large: bool = False,
    language: str = "",
    study: Path | None = None,
) -> int:
    """Print the sheets of all open visits with a date, or the participant's calendar; return the number of pages.

    `reads`: the files that the rehearsal was made from. `large`, `language`: of the calendar. `study`: the study that
    is open, over which nothing is written.

    Raises:
        Refused: nothing to print, a character that no font has, or a file that cannot be written.
    """
    protocol, calendar, choices = rehearsal.protocol, rehearsal.calendar, rehearsal.choices
    if kind == "sheets":
        pages = sheet_pages(protocol, calendar, sheet_entries(calendar), choices)
    else:
        _must_live(FactIndex(protocol, rehearsal.participant, rehearsal.facts), calendar.participant)
        pages = calendar_pages(protocol, calendar, choices, contact=rehearsal.contact, large=large, language=language)
    return write_pages(path, pages, replace, study, reads)


def write_pages(
    path: Path, pages: bytes, replace: Replace = "own", study: Path | None = None, reads: Iterable[Path | int] = ()
) -> int:
    """Write a PDF; return the number of its pages.

    Raises:
        Refused: the file cannot be written, or must not be replaced.
    """
    write_file(path, pages, replace, study, reads)
    return count_pages(pages)


def count_pages(pages: bytes) -> int:
    """Return the number of pages of a PDF of ours."""
    return pages.count(b"/Type /Page\n")


def sheet_entries(calendar: Calendar) -> list[Entry]:
    """Return the open visits that have a date."""
    return [entry for entry in calendar.entries if entry.status in OPEN and entry.is_dated]


def sheet_pages(
    protocol: ProtocolVersion, calendar: Calendar, entries: Sequence[Entry], choices: dict[str, str | bool]
) -> bytes:
    """Return the sheets of these visits of a rehearsal.

    Raises:
        Refused: there is none.
    """
    from app.documents.sheet import sheets_of

    return sheets_of(_sheet_source(protocol, calendar, entries, choices), entries)


def _sheet_source(
    protocol: ProtocolVersion,
    calendar: Calendar,
    entries: Sequence[Entry],
    choices: dict[str, str | bool],
    site_name: str = "",
    notes: Mapping[str, Sequence[str]] | None = None,
    cohort: str = "",
    confirmed: frozenset[str] = frozenset(),
) -> "SheetSource":
    """Return what sheets are drawn from. `notes`: those on each visit; `cohort`: where it is no choice.

    `confirmed`: the keys of the settings that somebody has confirmed.

    Raises:
        Refused: there is no visit.
    """
    from app.documents.sheet import printed_entries
    from app.documents.sheet_rows import SheetSource

    if not entries:
        raise Refused("nothing_to_print")
    printed = printed_entries(protocol, calendar, entries, choices)
    why = {entry.key: reason_texts(entry, calendar) for entry in printed}
    problems = {entry.key: [problem_text(one, calendar) for one in entry.problems] for entry in printed}
    return SheetSource(protocol, calendar, site_name, why, problems, choices, notes or {}, cohort, confirmed)


def calendar_pages(
    protocol: ProtocolVersion,
    calendar: Calendar,
    choices: dict[str, str | bool],
    site_name: str = "",
    head: str = "",
    *,
    contact: UnitContact | None = None,
    large: bool = False,
    language: str = "",
) -> bytes:
    """Return the participant's own calendar. `contact`: whom to call; `large`: in large type; `language`: its code."""
    from app.documents.participant_calendar import participant_calendar

    return participant_calendar(
        protocol, calendar, site_name, choices=choices, head=head, contact=contact, large=large, language=language
    )
