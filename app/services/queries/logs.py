"""The logs of a study as tables: facts of some kinds as they count, or what follows from several facts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.domain.facts.kind import Field, Type
from app.domain.facts.kinds import KINDS, logs
from app.domain.facts.log_names import DEVIATIONS, FLOW, SURGERY, SURVIVAL, log_name
from app.domain.facts.records import Recorded, current_facts
from app.progress import Progress
from app.services.queries.after_surgery import surgery_table
from app.services.queries.deviation_log import deviation_table
from app.services.queries.flow import flow_table
from app.services.queries.log_table import Added, Cell, Column, LogRow, LogTable, day_cell, field_cell, number, words
from app.services.queries.protocol_names import questionnaire_names, specimen_amounts
from app.services.queries.safety_reports import clock
from app.services.queries.survival import survival_table
from app.services.study.study import Study
from app.wording.fact_values import field_name, line_of
from app.wording.log_words import column_title

DERIVED: Mapping[str, Callable[[Study, date, str, Progress | None], LogTable]] = {
    DEVIATIONS: deviation_table,
    SURVIVAL: survival_table,
    SURGERY: surgery_table,
    FLOW: flow_table,
}
"""The logs that list no kind of fact."""
ADDED: Mapping[str, Callable[[Study, Sequence[Recorded]], Added]] = {
    "adverse-events": clock,
    "specimens": specimen_amounts,
    "questionnaires": questionnaire_names,
}
"""What a log of facts has beyond their fields."""


def log_table(study: Study, typed: str, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return a log, of one participant or of all.

    Raises:
        Refused: there is no such log, or no such participant.
    """
    name = log_name(typed)
    if name in DERIVED:
        return DERIVED[name](study, today, code, progress)
    fields = log_fields(name)
    columns = [Column(one, column_title(one)) for one in ("fact", "participant")]
    columns += [Column(field.name, field_name(field.name, kind)) for field, kind in fields]
    found = log(study, name, code)
    more = ADDED[name](study, [record for _code, record in found]) if name in ADDED else Added()
    columns += more.columns
    columns += [Column(one, column_title(one), at_terminal=False) for one in ("recorded", "by")]
    rows = [_row(participant, record, fields, more.cells.get(record.seq, {})) for participant, record in found]
    return LogTable(name, tuple(columns), tuple(rows))


def log(study: Study, name: str, code: str = "") -> list[tuple[str, Recorded]]:
    """Return the facts of a log that lists kinds, as they count, each with its participant's code, as recorded.

    Raises:
        Refused: there is no such log, or no such participant.
    """
    kinds = logs()[log_name(name)]
    subject = study.subject(code) if code else None
    codes = {number: code for code, number in study.subjects().items()}
    found = study.store.facts(subject=subject, kinds=(*kinds, "correction"))
    return [(codes.get(one.subject, ""), one) for one in current_facts(found) if one.kind in kinds]


def log_fields(name: str) -> list[tuple[Field, str]]:
    """Return the fields that the rows of a log may have, in their order, each with the kind that it is of."""
    found: dict[str, tuple[Field, str]] = {}
    for kind in logs()[name]:
        for field in KINDS[kind].fields:
            if field.type is not Type.CODE and not field.internal:
                found.setdefault(field.name, (field, kind))
    return [*found.values()]


def _row(code: str, record: Recorded, fields: list[tuple[Field, str]], more: Mapping[str, Cell]) -> LogRow:
    own = KINDS[record.kind]
    cells = {"fact": number(record.seq), "participant": words(code)}
    for field, _kind in fields:
        mine = own.field(field.name)
        if mine is not None:
            cells[field.name] = field_cell(record, mine)
    cells |= {**more, "recorded": _recorded(record), "by": words(line_of(record.who))}
    return LogRow(code, cells, record.text("visit"), record)


def _recorded(record: Recorded) -> Cell:
    on = record.planned_as_of
    return day_cell(on) if isinstance(on, date) else words(line_of(on))
