"""The list of the visits of a period as a file for a spreadsheet."""

from datetime import date
from pathlib import Path

from app.progress import Progress
from app.services.commands.print_logs import log_csv
from app.services.commands.written_file import write_file
from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.services.queries.visit_table import visit_table
from app.services.study.output_path import Replace
from app.services.study.study import Study


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
