"""What the protocol says about the specimens of a log: the amounts it asks for."""

from collections.abc import Mapping, Sequence

from app.domain.facts.records import Recorded
from app.domain.protocol.version import ProtocolVersion
from app.services.queries.log_table import Added, Cell, Column, number
from app.services.study.study import Study
from app.wording.log_words import column_title

Row = Mapping[str, object]


def specimen_amounts(study: Study, records: Sequence[Recorded]) -> Added:
    """Return for each specimen the amount that the protocol asks for, and how far the weight is from it."""
    rows = _rows_by_fact(study, records, "specimens", "specimen")
    cells: dict[int, Mapping[str, Cell]] = {}
    for record in records:
        row, weight = rows.get(record.seq, {}), record.fields.get("mg")
        asked = row.get("amount_mg")
        found = {}
        if isinstance(asked, int | float):
            found["asked"] = number(asked)
            if isinstance(weight, int | float) and not isinstance(weight, bool):
                found["difference"] = number(round(weight - asked, 3))
        cells[record.seq] = found
    return Added(_columns("asked", "difference"), cells)


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, column_title(name)) for name in names)


def _rows_by_fact(study: Study, records: Sequence[Recorded], table: str, field: str) -> Mapping[int, Row]:
    """Return the protocol's row that each fact names, by the number of the fact; facts that name none are left out."""
    hashes = {person.subject: person.protocol for person in study.people().values()}
    known: dict[str, Mapping[str, Row]] = {}
    found: dict[int, Row] = {}
    for record in records:
        protocol_hash = hashes.get(record.subject, "")
        if protocol_hash and protocol_hash not in known:
            known[protocol_hash] = _table(study.protocol_text(protocol_hash), table)
        row = known.get(protocol_hash, {}).get(record.text(field))
        if row is not None:
            found[record.seq] = row
    return found


def _table(protocol: ProtocolVersion, name: str) -> Mapping[str, Row]:
    return {str(row.get("id")): row for row in protocol.about_rows(name)}
