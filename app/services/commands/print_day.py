"""Printing the sheets of everybody who comes on a day: one PDF, in the order of time, behind the list of the day."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.documents.paper import on_paper
from app.domain.calendar.agenda import Agenda, AgendaRow
from app.domain.calendar.entries import OPEN
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.progress import Progress, counted
from app.services.commands.print_documents import (
    Printout,
    head_on_paper,
    keep_print,
    list_about,
    list_fact,
    list_name,
    must_print,
    sheet_fact,
    sheet_source_of,
)
from app.services.queries.agenda import agenda, with_named_visits
from app.services.queries.agenda_filter import EVERYTHING, Filter, checked_filter, filtered
from app.services.queries.notes import notes_of_study
from app.services.study.output_path import Replace
from app.services.study.site_paper import paper_of
from app.services.study.study import Study

if TYPE_CHECKING:
    from app.documents.page_layout import Document


def day_sheets(
    study: Study,
    today: date,
    day: date | None = None,
    chosen: Filter = EVERYTHING,
    progress: Progress | None = None,
) -> Printout:
    """Return the sheets of the chosen open visits of a day, today when not given, behind the list of these visits.

    The sheets are in the order of time, those of one participant together.

    Raises:
        Refused: no such visit is on that day, or a study that cannot be written.
    """
    from app.documents.agenda_pages import day_pages
    from app.documents.agenda_rows import visit_list

    must_print(study)
    on, chosen = day or today, checked_filter(study, chosen)
    rows = _open_rows(filtered(agenda(study, today, on, on, progress, keep=False), chosen))
    if not rows:
        raise Refused("nothing_on_day", on=on)
    documents: list[Document] = []
    facts: list[NewFact] = []
    with on_paper(paper_of(study)):
        for code in counted([*dict.fromkeys(row.participant for row in rows)], progress):
            drawn, fact = _sheets(study, study.enrolled(code), [row for row in rows if row.participant == code], today)
            documents += drawn
            facts.append(fact)
    protocols = {one.id: study.protocol_text(one.hash) for one in study.facts.protocols.values()}
    listed = with_named_visits(study, Agenda.of_day(today, on, rows))
    visits = visit_list(listed, protocols, list_name(study, chosen), on, on, notes_of_study(study))
    with on_paper(paper_of(study)):
        content = day_pages(visits, documents, today, head_on_paper(study))
    about = list_about(study, on, on, chosen)
    return Printout(content, list_fact(study, on, on, chosen), tuple(facts), about)


def print_day(
    study: Study,
    path: Path,
    today: date,
    day: date | None = None,
    replace: Replace = "own",
    chosen: Filter = EVERYTHING,
) -> int:
    """Print the sheets of the chosen visits of a day; return the number of pages.

    Raises:
        Refused: no such visit is on that day, or a file that cannot be written.
    """
    return keep_print(study, day_sheets(study, today, day, chosen), today, path, replace)


def _open_rows(found: Agenda) -> list[AgendaRow]:
    """Return the visits to be done, in the order of time."""
    return [row for row in found.by_time if row.entry.status in OPEN]


def _sheets(
    study: Study, case: ParticipantRecord, rows: Sequence[AgendaRow], today: date
) -> tuple[list["Document"], NewFact]:
    """Return the sheets of a participant's visits, and the fact that they were printed."""
    from app.documents.sheet import documents_of

    calendar = study.calendar(case, today)
    entries = [calendar.by_key[row.entry.key] for row in rows]
    source = sheet_source_of(study, case, entries, today)
    return list(documents_of(source, entries, head_on_paper(study))), sheet_fact(study, case, entries)
