"""The commands that list, print and save the logs and the history of a study."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.cli import tables as text
from app.cli.answers import Options, answer
from app.cli.exit_codes import Exit
from app.cli.log_tables import log_document, log_text
from app.cli.progress import shown_progress
from app.cli.typed_options import optional_day
from app.domain.facts.log_names import DEVIATIONS, HISTORY, log_name
from app.progress import Progress
from app.services.commands import print_logs
from app.services.queries import logs
from app.services.queries.deviation_log import chosen_deviations
from app.services.queries.deviation_tables import deviation_document, deviations_text
from app.services.queries.deviations import deviations
from app.services.queries.fact_names import FactNames
from app.services.queries.history_log import chosen_history
from app.services.queries.log_filter import COMPLETE, LogFilter, checked_log_filter
from app.services.study.output_path import Replace
from app.services.study.study import Study
from app.wording.language import counted
from app.wording.language import gettext as _


def show_history(study: Study, options: Options, today: date) -> Exit:
    """Print the history of one participant or of the study, or write it to a file."""
    if options.csv:
        return _csv(study, options, HISTORY, today)
    rows = chosen_history(study, options.code, checked_log_filter(study, log_filter(options, today)))
    names = FactNames(study, today, (row.record for row in rows))
    return answer(options, lambda: text.history_document(rows), lambda: text.history_text(rows, names.typed))


def _deviations(study: Study, options: Options, today: date, chosen: LogFilter) -> Exit:
    with shown_progress(_("planning")) as progress:
        rows = chosen_deviations(study, deviations(study, today, options.code, progress), chosen)
    return answer(options, lambda: [*map(deviation_document, rows)], lambda: deviations_text(rows, chosen != COMPLETE))


def show_log(study: Study, options: Options, today: date) -> Exit:
    """Print a log, or write it to a file."""
    name = log_name(options.name)
    if options.csv:
        return _csv(study, options, name, today)
    chosen = checked_log_filter(study, log_filter(options, today))
    if name == DEVIATIONS:
        return _deviations(study, options, today, chosen)
    with shown_progress(_("planning")) as progress:
        table = logs.log_table(study, name, today, options.code, progress, chosen)
    return answer(options, lambda: log_document(table), lambda: log_text(table))


def _csv(study: Study, options: Options, name: str, today: date) -> Exit:
    chosen = log_filter(options, today)

    def write(path: Path, replace: Replace, progress: Progress) -> int:
        return print_logs.write_log(study, name, path, today, options.code, replace, progress, chosen)

    return answer_with_file(options, write)


def answer_with_file(options: Options, write: Callable[[Path, Replace, Progress], int]) -> Exit:
    """Write a list to the file that is named, for a spreadsheet, and say how many lines it has."""
    path = Path(options.csv)
    with shown_progress(_("planning")) as progress:
        rows = write(path, "any" if options.force else "never", progress)
    document = {"file": str(path), "rows": rows}
    return answer(
        options, lambda: document, lambda: [counted("{path}: {n} line", "{path}: {n} lines", rows).format(path=path)]
    )


def print_log(study: Study, options: Options, path: Path, today: date, replace: Replace) -> int:
    """Print a log or the history on paper; return the number of pages."""
    name, chosen = options.name if options.what == "log" else HISTORY, log_filter(options, today)
    with shown_progress(_("planning")) as progress:
        return print_logs.print_log(study, name, path, today, options.code, replace, progress, chosen)


def log_filter(options: Options, today: date) -> LogFilter:
    """Return the part of a log that is asked for; only a history can be of what one person recorded."""
    first = optional_day(options.first, "--from", today)
    last = optional_day(options.last, "--to", today)
    return LogFilter(options.protocol, first, last, getattr(options, "by", ""))
