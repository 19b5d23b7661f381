"""Logs on paper and as files for spreadsheets: both from the one table that the terminal shows as well."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from app.documents.log_layouts import layout_of
from app.documents.paper import on_paper
from app.documents.protocol_details import registry_number
from app.domain.facts.kind import Json
from app.domain.facts.log_names import HISTORY
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import NewFact
from app.exchange.log_csv import Plain, csv_bytes
from app.progress import Progress
from app.services.commands.print_documents import Printout, head_on_paper, keep_print, must_print
from app.services.commands.record import mark_of
from app.services.commands.written_file import write_file
from app.services.queries.history_log import history_table
from app.services.queries.log_filter import COMPLETE, LogFilter, checked_log_filter
from app.services.queries.log_table import Cell, LogTable
from app.services.queries.logs import log_table
from app.services.study.output_path import Replace
from app.services.study.site_paper import paper_of
from app.services.study.study import Study
from app.wording.log_words import count_text, log_title


def log_printout(
    study: Study,
    name: str,
    today: date,
    code: str = "",
    progress: Progress | None = None,
    chosen: LogFilter = COMPLETE,
) -> Printout:
    """Return a log or the history on paper, of one participant or of all; its head names what was `chosen` of it.

    Raises:
        Refused: no such log or participant, or a study that cannot be written.
    """
    from app.documents.log_pages import PaperLog, PaperRow, log_pages

    must_print(study)
    table = _table(study, name, today, code, progress, chosen)
    rows = [
        PaperRow({name: cell.text for name, cell in row.cells.items()}, bool(row.cell("signed_on").text))
        for row in table.rows
    ]
    titles = {column.name: column.title for column in table.columns}
    paper = PaperLog(
        log_title(table.name),
        ", ".join(filter(None, (count_text(table.name, len(rows)), table.narrowed))),
        table.said_empty,
        layout_of(table.name, [column.name for column in table.columns]),
        titles,
        rows,
        table.notes,
    )
    case = study.case(study.subject(code)) if code else None
    # An empty log has no row that says whose it is.
    site = ", ".join(filter(None, (case.code, study.site_name(case)))) if case is not None else study.site_title()
    with on_paper(paper_of(study, case)):
        content = log_pages(paper, site, _trials(study, case, table.limits), today, head=head_on_paper(study))
    limits: dict[str, Json] = {"filter": dict(table.limits)} if table.limits else {}
    fields: dict[str, Json] = {"log": table.name, **limits, "head": str(study.head())}
    if case is None:
        return Printout(content, NewFact("log_printed", fields))
    fields = {"what": "log", **fields}
    return Printout(content, NewFact("printed", fields, case.subject, protocol=mark_of(case.enrolled)))


def print_log(
    study: Study,
    name: str,
    path: Path,
    today: date,
    code: str = "",
    replace: Replace = "own",
    progress: Progress | None = None,
    chosen: LogFilter = COMPLETE,
) -> int:
    """Print a log, of one participant or of all; return the number of pages.

    Raises:
        Refused: no such log or participant, or a file that cannot be written.
    """
    return keep_print(study, log_printout(study, name, today, code, progress, chosen), today, path, replace)


def write_log(
    study: Study,
    name: str,
    path: Path,
    today: date,
    code: str = "",
    replace: Replace = "never",
    progress: Progress | None = None,
    chosen: LogFilter = COMPLETE,
) -> int:
    """Write a log as CSV, of one participant or of all; return the number of its rows.

    Raises:
        Refused: no such log or participant, or a file that cannot be written.
    """
    table = _table(study, name, today, code, progress, chosen)
    write_file(path, log_csv(table), replace, study.store.path)
    return len(table.rows)


def _table(study: Study, name: str, today: date, code: str, progress: Progress | None, chosen: LogFilter) -> LogTable:
    checked = checked_log_filter(study, chosen)
    if name == HISTORY:
        return history_table(study, today, code, checked, progress)
    return log_table(study, name, today, code, progress, checked)


def log_csv(table: LogTable) -> bytes:
    """Return a log as CSV: the titles of the columns, then its rows."""
    head = [column.title for column in table.columns]
    return csv_bytes(head, ([_spreadsheet(row.cell(column.name)) for column in table.columns] for row in table.rows))


def _spreadsheet(cell: Cell) -> str | int | float:
    """Return what a spreadsheet gets: a number, an ISO day or a time as it is kept, anything else in words."""
    if not cell.is_plain or not isinstance(cell.value, str | int | float):
        return cell.text
    return Plain(cell.value) if isinstance(cell.value, str) else cell.value


def _trials(study: Study, case: ParticipantRecord | None, limits: Mapping[str, Json]) -> str:
    """Return the registry numbers of the trials that a log is of: the participant's, the chosen one, or all."""
    if case is not None and case.enrolled is not None:
        return registry_number(study.protocol(case))
    rows = study.facts.protocols.values()
    found = {registry_number(study.protocol_text(row.hash)) for row in rows if limits.get("protocol") in (None, row.id)}
    return ", ".join(sorted(found))
