"""Everything recorded of a participant as lines by day, also what belongs to no visit and what no longer counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.facts.kind import DayRule
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import Recorded
from app.domain.facts.safety import SeriousEvent, serious_events
from app.services.queries.history import HistoryRow
from app.services.queries.participant import ParticipantView
from app.wording.event_lines import group_of


@dataclass(frozen=True, slots=True)
class EventLine:
    """One fact of a participant. `on`: the day on which it happened, or was arranged, corrected or printed.

    `operated`: the day of the operation that its postoperative day is counted from; None before one.
    `serious`: the clock of a serious adverse event.
    """

    row: HistoryRow
    on: date
    operated: date | None = None
    serious: SeriousEvent | None = None

    @property
    def record(self) -> Recorded:
        """The fact as it holds, or held before it was taken back."""
        return self.row.past.now

    @property
    def seq(self) -> int:
        """The number of the fact."""
        return self.row.record.seq

    @property
    def group(self) -> str:
        """The group that it is filtered by."""
        return group_of(self.row.record.kind)


def event_lines(view: ParticipantView) -> tuple[EventLine, ...]:
    """Return a line for each fact of the participant, the last day first, and of a day what was recorded last."""
    operations = _operations(view)
    hours = view.protocol.safety.report_hours
    clocks = {one.seq: one for one in serious_events(view.records, lambda _subject: hours)}
    found = []
    for row in view.history:
        on = _day(row.past.now, view.enrolled_on)
        operated = max((day for day in operations if day <= on), default=None)
        found.append(EventLine(row, on, operated, clocks.get(row.record.seq) if row.stands else None))
    return tuple(sorted(found, key=lambda line: (line.on, line.seq), reverse=True))


def history_of(line: EventLine, lines: Sequence[EventLine]) -> list[HistoryRow]:
    """Return the history of a line: the fact, then all that was recorded about it; of a correction, that of its fact.

    What is about a correction of the fact, as its undo, belongs to it.
    """
    first = fact_of(line, lines)
    if first is None:
        return [line.row]
    rows = sorted((one.row for one in lines), key=lambda row: row.record.seq)
    known = {first.seq}
    found = [first.row]
    for row in rows:
        if row.record.about in known and KINDS[row.record.kind].subject == "fact":
            known.add(row.record.seq)
            found.append(row)
    return found


def fact_of(line: EventLine, lines: Sequence[EventLine]) -> EventLine | None:
    """Return the line of the fact that a line is about in the end: itself, unless it is a correction or redaction."""
    by_seq = {one.seq: one for one in lines}
    found: EventLine | None = line
    while found is not None and KINDS[found.row.record.kind].subject == "fact":
        found = by_seq.get(found.row.record.about)
    return found


def _operations(view: ParticipantView) -> list[date]:
    """Return the days of the operations that were done."""
    operation = view.protocol.withdrawal.operation
    recorded = [one.day("on") for one in view.records if one.kind == "operation"]
    done = [one.performed for one in view.calendar.entries if one.visit.id == operation]
    return [one for one in (*recorded, *done) if one is not None]


def _day(record: Recorded, otherwise: date) -> date:
    """Return the day of a fact: on which it happened, else on which it was recorded."""
    kind = KINDS[record.kind]
    field = kind.field(kind.day_field)
    if field is not None and field.rule is not DayRule.PLANNED and not kind.arranges_visit:
        happened = record.day(kind.day_field) or record.day("consented")
        if happened is not None:
            return happened
    on = record.planned_as_of
    return on if isinstance(on, date) else otherwise
