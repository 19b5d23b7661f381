"""The open visits of an agenda whose printed sheet has another day, time or window than they have now."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.calendar.agenda import GROUPS, Agenda, AgendaRow
from app.domain.calendar.entries import OPEN, Entry, Problem
from app.domain.facts.records import Recorded
from app.services.study.study import Study

_TAIL = 3200
"""A sheet that was printed so many facts ago is asked for at the participant's page alone: it would cost the start."""


def printed_days(entry: Entry) -> str:
    """Return the day, time and window that a sheet has of the visit, as the fact that it was printed keeps them."""
    first, last = (entry.window.earliest, entry.window.latest) if entry.window is not None else (None, None)
    on, earliest, latest = ("-" if one is None else one.isoformat() for one in (entry.assumed, first, last))
    return " ".join(filter(None, (on, entry.booked_at, f"{earliest}..{latest}")))


def kept_days(record: Recorded, visit: str) -> str | None:
    """Return the days of a visit as a print kept them; None where it did not."""
    kept = record.fields.get("days")
    found = kept.get(visit) if isinstance(kept, Mapping) else None
    return found if isinstance(found, str) else None


def with_outdated_sheets(study: Study, found: Agenda) -> Agenda:
    """Return the agenda in which each open visit says that its printed sheet is outdated, where it is."""
    if study.before is not None:
        return found
    records = study.store.facts(kinds=("printed",), after=max(study.head().seq - _TAIL, 0))
    last = {(one.subject, visit): one for one in records for visit in _visits(one)}
    if not last:
        return found
    numbers = study.subjects()

    def told(row: AgendaRow) -> AgendaRow:
        entry = row.entry
        record = last.get((numbers.get(row.participant, 0), entry.key))
        kept = kept_days(record, entry.key) if record is not None else None
        if entry.status not in OPEN or kept in (None, printed_days(entry)):
            return row
        problem = Problem(entry.key, "sheet_outdated", {})
        return replace(row, entry=replace(entry, problems=(*entry.problems, problem)))

    groups = {name: tuple(map(told, getattr(found, name))) for name in GROUPS}
    return Agenda(found.today, **groups, reports=found.reports, done=found.done)


def _visits(record: Recorded) -> list[str]:
    visits = record.fields.get("visits")
    return [str(one) for one in visits] if isinstance(visits, list) else []
