"""The logs of a study as tables: facts of some kinds as they count, or what follows from several facts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.facts.kind import Field, Type
from app.domain.facts.kinds import KINDS, logs
from app.domain.facts.log_names import DEVIATIONS, FLOW, OPEN, SCREENING, SURGERY, SURVIVAL, log_name
from app.domain.facts.records import Recorded, current_facts, effect_of_corrections
from app.progress import Progress
from app.services.queries.after_surgery import surgery_table
from app.services.queries.deviation_log import deviation_table
from app.services.queries.fact_names import FactNames
from app.services.queries.flow import flow_table
from app.services.queries.log_filter import COMPLETE, LogFilter, narrowed
from app.services.queries.log_table import Added, Cell, Column, LogRow, LogTable, day_cell, field_cell, number, words
from app.services.queries.open_visits import open_table
from app.services.queries.protocol_names import specimen_amounts
from app.services.queries.safety_reports import clock
from app.services.queries.screening_log import screening_table
from app.services.queries.survival import survival_table
from app.services.study.study import Study
from app.wording.fact_sentences import kind_name
from app.wording.fact_values import day_of, field_name, line_of
from app.wording.log_words import column_title
from app.wording.protocol_names import Names

DERIVED: Mapping[str, Callable[[Study, date, str, Progress | None], LogTable]] = {
    DEVIATIONS: deviation_table,
    OPEN: open_table,
    SURVIVAL: survival_table,
    SURGERY: surgery_table,
    FLOW: flow_table,
    SCREENING: screening_table,
}
"""The logs that list no kind of fact."""
ADDED: Mapping[str, Callable[[Study, Sequence[Recorded]], Added]] = {
    "adverse-events": clock,
    "specimens": specimen_amounts,
}
"""What a log of facts has beyond their fields."""


def log_table(
    study: Study,
    typed: str,
    today: date,
    code: str = "",
    progress: Progress | None = None,
    chosen: LogFilter = COMPLETE,
) -> LogTable:
    """Return a log, of one participant or of all; `chosen`: the part of it that is asked for.

    Raises:
        Refused: there is no such log, or no such participant.
    """
    name = log_name(typed)
    table = DERIVED[name](study, today, code, progress) if name in DERIVED else _fact_table(study, name, today, code)
    return narrowed(study, table, chosen)


def _fact_table(study: Study, name: str, today: date, code: str) -> LogTable:
    """Return a log that lists facts of some kinds."""
    fields = log_fields(name)
    # Where a log lists several kinds, their fields alone do not say which: a loss and a death both have a day.
    several = ("kind",) if len(logs()[name]) > 1 else ()
    columns = [Column(one, column_title(one)) for one in ("fact", "participant", *several)]
    for field, kind in fields:
        columns.append(Column(field.name, field_name(field.name, kind)))
        if field.name == "visit":
            columns.append(Column("visit_name", column_title("visit_name")))
    found, changed = _found(study, name, code)
    more = ADDED[name](study, [record for _code, record in found]) if name in ADDED else Added()
    columns += more.columns
    columns += [Column(one, column_title(one), at_terminal=False) for one in ("recorded", "by")]
    names = FactNames(study, today, (record for _code, record in found))
    rows = [
        _row(participant, record, fields, names, more.cells.get(record.seq, {}), changed.get(record.seq, ()))
        for participant, record in found
    ]
    return LogTable(name, tuple(columns), tuple(rows))


def log(study: Study, name: str, code: str = "") -> list[tuple[str, Recorded]]:
    """Return the facts of a log that lists kinds, as they count, each with its participant's code, as recorded.

    Raises:
        Refused: there is no such log, or no such participant.
    """
    return _found(study, name, code)[0]


def _found(study: Study, name: str, code: str) -> tuple[list[tuple[str, Recorded]], Mapping[int, Sequence[Recorded]]]:
    """Return the facts of a log as they count, and the corrections of each by its number."""
    kinds = logs()[log_name(name)]
    subject = study.subject(code) if code else None
    codes = {number: code for code, number in study.subjects().items()}
    records = study.store.facts(subject=subject, kinds=(*kinds, "correction"))
    found = [(codes.get(one.subject, ""), one) for one in current_facts(records) if one.kind in kinds]
    return found, effect_of_corrections(records)[1]


def log_fields(name: str) -> list[tuple[Field, str]]:
    """Return the fields that the rows of a log may have, in their order, each with the kind that it is of."""
    found: dict[str, tuple[Field, str]] = {}
    for kind in logs()[name]:
        for field in KINDS[kind].fields:
            if field.type is not Type.CODE and not field.internal:
                found.setdefault(field.name, (field, kind))
    return [*found.values()]


def _row(
    code: str,
    record: Recorded,
    fields: list[tuple[Field, str]],
    names: FactNames,
    more: Mapping[str, Cell],
    corrections: Sequence[Recorded],
) -> LogRow:
    own = KINDS[record.kind]
    cells = {
        "fact": number(record.seq),
        "participant": words(code),
        "kind": words(kind_name(record.kind), record.kind),
    }
    for field, _kind in fields:
        mine = own.field(field.name)
        if mine is not None:
            cells[field.name] = _named(field_cell(record, mine), mine, names.of(record.subject))
    if record.text("visit"):
        cells["visit_name"] = words(names.of(record.subject).visits.get(record.text("visit"), ""))
    cells |= {**more, "recorded": _recorded(record), "by": words(line_of(record.who))}
    days = [day_of(record.text(own.day_field)) if own.field(own.day_field) is not None else None]
    days += [on for one in (record, *corrections) if isinstance(on := one.planned_as_of, date)]
    protocol = "" if code else record.text("protocol")
    return LogRow(code, cells, record.text("visit"), record, tuple(one for one in days if one is not None), protocol)


def _named(cell: Cell, field: Field, names: Names) -> Cell:
    """Return the cell of a field with the name of what it has the id of; a visit keeps its key next to its name."""
    name = names.of_field(field, cell.value) if field.type is not Type.VISIT else ""
    return replace(cell, text=line_of(name)) if name and cell.text else cell


def _recorded(record: Recorded) -> Cell:
    on = record.planned_as_of
    return day_cell(on) if isinstance(on, date) else words(line_of(on))
