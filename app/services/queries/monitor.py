"""What a monitor sees first: the deviations, what is open, and what was confirmed, over all participants."""

from dataclasses import dataclass
from datetime import date

from app.progress import Progress
from app.services.queries.confirmation_log import confirmation_table
from app.services.queries.deviation_log import chosen_deviations
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import deviations
from app.services.queries.log_filter import LogFilter, checked_log_filter, narrowed
from app.services.queries.log_table import LogTable
from app.services.queries.open_visits import open_of
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class MonitorView:
    """What the page shows. `facts`: how many the study has; `persons`: who recorded them.

    `printed`: the last day before today on which a log was printed, which is usually that of the last visit of a
    monitor; None for none.
    """

    deviations: tuple[Deviation, ...]
    open: LogTable
    confirmations: LogTable
    facts: int
    persons: tuple[str, ...]
    printed: date | None


def monitor_view(
    study: Study, today: date, chosen: LogFilter, code: str = "", progress: Progress | None = None
) -> MonitorView:
    """Return it as of a day, of one participant or of all; `chosen`: the trial and the period.

    Raises:
        Refused: there is no such participant, or the period ends before it begins.
    """
    part = checked_log_filter(study, chosen)
    found = deviations(study, today, code, progress)
    return MonitorView(
        tuple(chosen_deviations(study, found, part)),
        narrowed(study, open_of(study, today, found, code), part),
        confirmation_table(study, part.protocol),
        study.head().seq,
        tuple(study.store.recorders()),
        last_printed(study, today),
    )


def last_printed(study: Study, today: date) -> date | None:
    """Return the last day before today on which a log of the study was printed; None for none."""
    found = (one.planned_as_of for one in study.store.facts(subject=0, kinds=("log_printed", "deviations_printed")))
    return max((on for on in found if isinstance(on, date) and on < today), default=None)
