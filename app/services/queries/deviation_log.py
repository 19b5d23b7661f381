"""The deviation log as a table."""

from datetime import date

from app.progress import Progress
from app.services.queries.deviations import Deviation, deviations, rule_texts
from app.services.queries.log_table import EMPTY, Column, LogRow, LogTable, day_cell, number, words
from app.services.study.study import Study
from app.wording.dates import window
from app.wording.deviations import class_name, deviation_text
from app.wording.fact_values import field_name, line_of
from app.wording.language import gettext as _
from app.wording.log_words import column_title

_COLUMNS = (
    "participant", "visit", "visit_name", "on", "earliest", "latest", "days", "deviation", "reason", "class",
    "class_by", "fact",
)  # fmt: skip


def deviation_table(study: Study, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return the deviation log as of a day, of one participant or of all.

    Raises:
        Refused: there is no such participant.
    """
    found = deviations(study, today, code, progress)
    return LogTable("deviations", deviation_columns(), tuple(map(deviation_row, found)), tuple(rule_texts(found)))


def deviation_columns() -> tuple[Column, ...]:
    """Return the columns of the deviation log."""
    titles = {"on": _("day"), **{name: field_name(name, "deviation_classed") for name in ("class", "reason")}}
    return tuple(Column(name, titles.get(name) or column_title(name)) for name in _COLUMNS)


def deviation_row(one: Deviation) -> LogRow:
    """Return one deviation as a row; its window is one cell more, for paper."""
    own = window(one.earliest, one.latest) if one.earliest and one.latest else ""
    what = deviation_text(one.what, one.days, one.detail)
    cells = {
        "participant": words(one.participant),
        "visit": words(one.visit),
        "visit_name": words(one.name),
        "on": day_cell(one.on),
        "earliest": day_cell(one.earliest),
        "latest": day_cell(one.latest),
        "window": words(own),
        "days": number(one.days) if one.days else EMPTY,
        "deviation": words(what, one.what),
        "reason": words(line_of(one.reason)),
        "class": words(class_name(one.class_), one.class_),
        "class_by": words(one.origin_text),
        "fact": number(one.fact or None),
    }
    return LogRow(one.participant, cells, one.visit)
