"""The deviation log as a table."""

from collections.abc import Sequence
from datetime import date

from app.domain.facts.visit_kinds import CLASS_KIND
from app.progress import Progress
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import deviations, rule_texts
from app.services.queries.log_filter import LogFilter, trials_of_people
from app.services.queries.log_table import EMPTY, Column, LogRow, LogTable, day_cell, number, words
from app.services.study.study import Study
from app.wording.dates import window
from app.wording.deviations import class_name, deviation_text
from app.wording.fact_values import day_of, field_name, line_of
from app.wording.language import gettext as _
from app.wording.log_words import column_title

_COLUMNS = (
    "number", "participant", "visit", "visit_name", "on", "earliest", "latest", "days_outside", "deviation", "reason",
    "class", "class_by", "remark", "cause", "action", "found_on", "reported_on", "reported_to", "signed_by",
    "signed_on", "fact",
)  # fmt: skip

TOLD = ("cause", "action", "found_on", "reported_on", "reported_to", "signed_by", "signed_on")
"""What a decision on a class tells about the deviation."""


def deviation_table(study: Study, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return the deviation log as of a day, of one participant or of all.

    Raises:
        Refused: there is no such participant.
    """
    found = deviations(study, today, code, progress)
    return LogTable("deviations", deviation_columns(), tuple(map(deviation_row, found)), tuple(rule_texts(found)))


def deviation_columns() -> tuple[Column, ...]:
    """Return the columns of the deviation log."""
    titles = {"on": _("day"), **{name: field_name(name, CLASS_KIND) for name in ("class", "reason", *TOLD)}}
    return tuple(Column(name, titles.get(name) or column_title(name)) for name in _COLUMNS)


def deviation_row(one: Deviation) -> LogRow:
    """Return one deviation as a row; its window is one cell more, for paper."""
    own = window(one.earliest, one.latest) if one.earliest and one.latest else ""
    what = deviation_text(one.what, one.days, one.detail)
    cells = {
        "number": number(one.number or None),
        "participant": words(one.participant),
        "visit": words(one.visit),
        "visit_name": words(one.name),
        "on": day_cell(one.on),
        "earliest": day_cell(one.earliest),
        "latest": day_cell(one.latest),
        "window": words(own),
        "days_outside": number(one.days) if one.days else EMPTY,
        "deviation": words(what, one.what),
        "reason": words(line_of(one.reason)),
        "class": words(class_name(one.class_), one.class_),
        "class_by": words(one.origin_text),
        "remark": words(one.remark),
        "fact": number(one.fact or None),
    }
    for name in TOLD:
        text = one.told(name)
        cells[name] = day_cell(day_of(text)) if name.endswith("_on") else words(line_of(text))
    return LogRow(one.participant, cells, one.visit, days=deviation_days(one))


def chosen_deviations(study: Study, rows: Sequence[Deviation], chosen: LogFilter) -> list[Deviation]:
    """Return those of the trial that happened, were recorded or were decided on in the period."""
    trials = trials_of_people(study) if chosen.protocol else {}
    return [
        row
        for row in rows
        if chosen.is_of_trial(trials.get(row.participant, "")) and chosen.has_day(deviation_days(row))
    ]


def deviation_days(one: Deviation) -> tuple[date, ...]:
    """Return the days by which a deviation is in a period: when it happened, was recorded, and was decided on."""
    decided = (on for record in one.decisions if isinstance(on := record.planned_as_of, date))
    return tuple(on for on in (one.on or one.latest, one.recorded, *decided) if on is not None)


def class_lines(one: Deviation) -> list[str]:
    """Return the class with its number, how the row read when it was numbered, and what was told about it."""
    cells = deviation_row(one).cells
    titles = {column.name: column.title for column in deviation_columns()}
    told = "; ".join(f"{titles[name]}: {cells[name].text}" for name in TOLD if cells[name].text)
    given = f"{titles['number']} {one.number}: " if one.number else ""
    return [given + one.class_text, *filter(None, (one.remark, told))]
