"""The visits of a period, those to come and those with a result: on paper, and as a file for a spreadsheet."""

from datetime import date
from pathlib import Path

from app.documents.log_layouts import layout_of
from app.documents.paper import on_paper
from app.documents.protocol_details import registry_number
from app.progress import Progress
from app.services.commands.print_documents import (
    Printout,
    head_on_paper,
    keep_print,
    list_about,
    list_fact,
    list_name,
    must_print,
)
from app.services.commands.print_logs import log_csv
from app.services.commands.written_file import write_file
from app.services.queries.agenda_filter import EVERYTHING, Filter, checked_filter
from app.services.queries.visit_table import NAME, visit_table
from app.services.study.output_path import Replace
from app.services.study.site_paper import paper_of
from app.services.study.study import Study
from app.wording.dates import window
from app.wording.language import counted
from app.wording.language import gettext as _


def visits_printout(
    study: Study,
    today: date,
    first: date,
    last: date,
    chosen: Filter = EVERYTHING,
    progress: Progress | None = None,
) -> Printout:
    """Return the chosen visits of these days on paper in the order of time, those with a result among them.

    Raises:
        Refused: days in the wrong order, a choice that the study does not have, or a study that cannot be written.
    """
    from app.documents.log_pages import PaperLog, PaperRow, log_pages

    must_print(study)
    chosen = checked_filter(study, chosen)
    table = visit_table(study, today, first, last, chosen, progress)
    paper = PaperLog(
        _("Visits {days}").format(days=window(first, last)),
        counted("{n} visit, those done among them", "{n} visits, those done among them", len(table.rows)),
        _("Nobody has a visit on these days."),
        layout_of(NAME, [column.name for column in table.columns]),
        {column.name: column.title for column in table.columns},
        [PaperRow({name: cell.text for name, cell in row.cells.items()}) for row in table.rows],
    )
    rows = study.facts.protocols.values()
    trials = {registry_number(study.protocol_text(row.hash)) for row in rows if chosen.protocol in ("", row.id)}
    with on_paper(paper_of(study)):
        content = log_pages(
            paper, list_name(study, chosen), ", ".join(sorted(trials)), today, head=head_on_paper(study)
        )
    return Printout(content, list_fact(study, first, last, chosen), about=list_about(study, first, last, chosen))


def print_visits(
    study: Study,
    path: Path,
    today: date,
    first: date,
    last: date,
    replace: Replace = "own",
    chosen: Filter = EVERYTHING,
) -> int:
    """Print the chosen visits of these days, those with a result among them; return the number of pages.

    Raises:
        Refused: as `visits_printout`, or a file that cannot be written.
    """
    return keep_print(study, visits_printout(study, today, first, last, chosen), today, path, replace)


def write_visits(
    study: Study,
    path: Path,
    today: date,
    first: date,
    last: date,
    chosen: Filter = EVERYTHING,
    replace: Replace = "never",
    progress: Progress | None = None,
) -> int:
    """Write the chosen visits of these days as CSV; return their number.

    Raises:
        Refused: days in the wrong order, a choice that the study does not have, or a file that cannot be written.
    """
    table = visit_table(study, today, first, last, chosen, progress)
    write_file(path, log_csv(table), replace, study.store.path)
    return len(table.rows)
