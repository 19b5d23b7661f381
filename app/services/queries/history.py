"""The history of a study: every fact with whether it still counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.facts.records import Recorded, effect_of_corrections
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact of the chain, its participant, and whether it still counts."""

    record: Recorded
    participant: str
    stands: bool
    corrected_by: tuple[int, ...]


def visit_history(study: Study, code: str, visit: str) -> list[HistoryRow]:
    """Return the history of one visit."""
    return [row for row in history(study, code) if row.record.text("visit") == visit]


def history(study: Study, code: str = "") -> list[HistoryRow]:
    """Return every fact in its order, of one participant or of all, also those that no longer count."""
    subject = study.subject(code) if code else None
    records = study.store.facts(subject=subject)
    return history_rows(records, {number: name for name, number in study.subjects().items()})


def history_rows(records: Sequence[Recorded], codes: Mapping[int, str]) -> list[HistoryRow]:
    """Return the history of facts that were read already; `codes`: the participants' codes by their numbers."""
    void, changes = effect_of_corrections(records)
    return [
        HistoryRow(
            record,
            codes.get(record.subject, ""),
            record.seq not in void,
            tuple(one.seq for one in changes.get(record.seq, ())),
        )
        for record in records
    ]
