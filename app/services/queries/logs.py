"""The history of a study, its logs, and the calendar of a participant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import Calendar, Entry
from app.domain.facts.kind import Type
from app.domain.facts.kinds import KINDS, logs
from app.domain.facts.records import Recorded, current_facts, effect_of_corrections
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact of the chain, whose it is, and whether it still counts."""

    record: Recorded
    participant: str
    stands: bool
    corrected_by: tuple[int, ...]


def calendar_of(study: Study, code: str, today: date) -> tuple[ProtocolVersion, Calendar]:
    """A participant's calendar with the protocol version that it follows.

    Raises:
        Refused: there is no such participant, or it is not enrolled.
    """
    case = study.enrolled(code)
    return study.protocol(case), study.calendar(case, today)


def entry_for(calendar: Calendar, visit: str) -> Entry:
    """The entry of a visit.

    Raises:
        Refused: the calendar does not have it.
    """
    found = calendar.by_key.get(visit)
    if found is None:
        raise Refused("off_path" if visit in calendar.keys else "unknown_visit", visit=visit)
    return found


def visit_history(study: Study, code: str, visit: str) -> list[HistoryRow]:
    """The history of one visit."""
    return [row for row in history(study, code) if row.record.text("visit") == visit]


def history(study: Study, code: str = "") -> list[HistoryRow]:
    """Every fact in its order, of one participant or of all, also those that no longer count."""
    subject = study.subject(code) if code else None
    records = study.store.facts(subject=subject)
    return rows_of(records, {number: name for name, number in study.subjects().items()})


def rows_of(records: Sequence[Recorded], codes: Mapping[int, str]) -> list[HistoryRow]:
    """The same from facts that were read already, with the participants' codes by their numbers."""
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


def log(study: Study, name: str) -> list[tuple[str, Recorded]]:
    """The facts of one log as they count, each with its participant's code, in the order in which they were recorded.

    Raises:
        Refused: there is no such log.
    """
    known = logs()
    if name not in known:
        raise Refused("one_of", "log", value=name[:40], known=", ".join(known))
    kinds = known[name]
    codes = {number: code for code, number in study.subjects().items()}
    rows = [one for one in current_facts(study.store.facts(kinds=(*kinds, "correction"))) if one.kind in kinds]
    return [(codes.get(record.subject, ""), record) for record in rows]


def log_columns(name: str) -> list[str]:
    """The fields that the rows of a log may have, in their order."""
    fields = [field for kind in logs()[name] for field in KINDS[kind].fields]
    shown = [field.name for field in fields if field.type is not Type.CODE and field.name != "hash"]
    return list(dict.fromkeys(shown))
