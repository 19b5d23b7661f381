"""The agenda: the open visits of many calendars, in the order in which a nurse needs them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, get_args

from app.domain.calendar.entries import OPEN, Calendar, Entry, EntryOrder, ProblemKind, Status
from app.domain.facts.safety import SeriousEvent

_NAMING: frozenset[ProblemKind] = frozenset(
    {"before_basis", "before_result", "performed_after", "performed_before", "performed_too_near"}
)
CLOSING_DAYS = 7
"""A visit presses when its day is past and its window closes within so many days."""
_GroupName = Literal["rebooking", "pressing", "now", "coming", "waiting"]
GROUPS: tuple[_GroupName, ...] = get_args(_GroupName)
"""The groups of an agenda by the names of its fields, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One visit of one participant that asks for something.

    `days_left`: days until the window closes, or until the arranged day once that is past; negative when they are past.
    `others`: the visits that its problems are about, by key.
    """

    participant: str
    protocol: str
    entry: Entry
    days_left: int | None
    others: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, participant: str, protocol: str, entry: Entry, today: date) -> "AgendaRow":
        """Return the row of an entry as of today."""
        if entry.day_passed and entry.assumed is not None:
            return cls(participant, protocol, entry, (entry.assumed - today).days)
        if entry.to_check and entry.performed is not None:
            return cls(participant, protocol, entry, (entry.performed - today).days)
        return cls(participant, protocol, entry, _days_left(entry, today))

    @property
    def day_passed(self) -> bool:
        """Whether the arranged day is past without a result, so that the visit is overdue whatever its window says."""
        return self.entry.day_passed

    @property
    def named(self) -> frozenset[str]:
        """The keys of the visits that are named by what speaks against it."""
        return frozenset(str(one.values["visit"]) for one in self.entry.problems if one.kind in _NAMING)

    def with_others(self, entries: Mapping[str, Entry]) -> "AgendaRow":
        """Return the row with the visits that its problems are about."""
        return replace(self, others={key: entries[key] for key in sorted(self.named) if key in entries})

    @property
    def waits_for_date(self) -> bool:
        """Whether the visit has no day, or no window because its anchor has no day."""
        return self.entry.status is Status.AWAITING or not self.entry.is_dated


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A serious adverse event of one participant whose report was not sent yet."""

    participant: str
    event: SeriousEvent


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A visit of which something was recorded today that takes it out of the agenda, such as that it was done.

    `row`: the visit as it is now. `kind`, `seq`, `command`: of the fact, which still counts; `on`: the day that it
    gives; `at`: when it was recorded, by the clock of its site.
    """

    row: AgendaRow
    kind: str
    seq: int
    command: int
    on: date | None
    at: str

    @property
    def participant(self) -> str:
        """The code of the participant."""
        return self.row.participant


@dataclass(frozen=True, slots=True)
class Agenda:
    """The work of one morning; each row is in one group only.

    `reports`: those that are to be sent, the first due first, whatever days were asked for. `done`: what was recorded
    today, the last first.
    """

    today: date
    pressing: tuple[AgendaRow, ...]
    now: tuple[AgendaRow, ...]
    coming: tuple[AgendaRow, ...]
    waiting: tuple[AgendaRow, ...]
    rebooking: tuple[AgendaRow, ...] = ()
    reports: tuple[ReportDue, ...] = ()
    done: tuple[DoneRow, ...] = ()

    @classmethod
    def of_day(cls, today: date, day: date, rows: Iterable[AgendaRow]) -> "Agenda":
        """Return the agenda of these visits of one day in the order of time, whatever presses."""
        of_day = tuple(sorted(rows, key=by_day))
        return cls(today, (), of_day if day <= today else (), of_day if day > today else (), ())

    @property
    def by_time(self) -> list[AgendaRow]:
        """Return every visit, in the order of day and time."""
        return sorted((row for name in GROUPS for row in getattr(self, name)), key=by_day)

    @property
    def unrecorded(self) -> list[AgendaRow]:
        """Return the open visits of days past, in the order of day and time: nobody has said what became of them."""
        rows = (row for row in (*self.pressing, *self.now) if row.entry.status in OPEN)
        older = (row for row in rows if row.entry.assumed is not None and row.entry.assumed < self.today)
        return sorted(older, key=by_day)

    @property
    def undated(self) -> list[AgendaRow]:
        """Return the waiting visits without a day."""
        return [row for row in self.waiting if row.waits_for_date]

    @property
    def uncertain(self) -> list[AgendaRow]:
        """Return the waiting visits that are counted from a day which has passed without a record."""
        return [row for row in self.waiting if not row.waits_for_date]


def agenda(calendars: Iterable[Calendar], today: date, days: int = 14) -> Agenda:
    """Return the agenda of these calendars.

    `rebooking`: booked for a day that is closed or that a move has made impossible, however far ahead it is.
    `pressing`: overdue, or open with a day already past and the window closing within a week, by days left; then what
    was performed on a day that a person has to look at. `now`: to be done today. `coming`: the next `days` days.
    `waiting`: without a date, or counted from a day that has passed without a record.
    """
    rows = (
        AgendaRow.of(calendar.participant, calendar.protocol, entry, today)
        for calendar in calendars
        for entry in calendar.entries
    )
    return agenda_of(rows, today, today + timedelta(days))


def agenda_of(rows: Iterable[AgendaRow], today: date, last: date, first: date | None = None) -> Agenda:
    """Return the agenda of these rows until `last`; with `first`, only of the visits with a day in first..last."""
    groups: dict[_GroupName, list[AgendaRow]] = {name: [] for name in GROUPS}
    for row in _one_for_each_death(rows):
        day = row.entry.assumed
        outside = first is not None and (day is None or row.entry.suspended or not first <= day <= last)
        if outside or (row.entry.status not in OPEN and not row.entry.to_check):
            continue
        name = _group_name(row, today, last)
        if name is not None:
            groups[name].append(row)
    return Agenda(
        today,
        tuple(sorted(groups["pressing"], key=_by_days_left)),
        tuple(sorted(groups["now"], key=_by_time)),
        tuple(sorted(groups["coming"], key=by_day)),
        tuple(sorted(groups["waiting"], key=by_day)),
        tuple(sorted(groups["rebooking"], key=by_day)),
    )


def _one_for_each_death(rows: Iterable[AgendaRow]) -> list[AgendaRow]:
    """Return the rows with one, the first, of the visits that wait for a participant's day of death to be recorded."""
    kept, first = [], dict[str, AgendaRow]()
    for row in rows:
        if not row.entry.suspended:
            kept.append(row)
        elif row.participant not in first or row.entry.order < first[row.participant].entry.order:
            first[row.participant] = row
    return [*kept, *first.values()]


def _group_name(row: AgendaRow, today: date, last: date) -> _GroupName | None:
    entry, day = row.entry, row.entry.assumed
    if row.waits_for_date or day is None:
        return "waiting"
    if entry.to_check:
        return "now" if day == today else "pressing"
    if entry.needs_rebooking and not row.day_passed:
        return "rebooking"
    if entry.status is Status.OVERDUE:
        return "pressing"
    if day == today:
        return "now"
    if day < today:
        return "pressing" if row.days_left is not None and row.days_left <= CLOSING_DAYS else "now"
    if day <= last:
        return "coming"
    unrecorded = any(problem.kind == "counted_from_unrecorded" for problem in entry.problems)
    return "waiting" if unrecorded else None


def _days_left(entry: Entry, today: date) -> int | None:
    last = entry.latest or entry.assumed
    return (last - today).days if last is not None else None


def _by_days_left(row: AgendaRow) -> tuple[bool, int, str, EntryOrder]:
    only_its_day = row.entry.to_check and not row.entry.undecided
    return (only_its_day, row.days_left or 0, row.participant, row.entry.order)


def _by_time(row: AgendaRow) -> tuple[str, str, EntryOrder]:
    return (_hour(row.entry), row.participant, row.entry.order)


def by_day(row: AgendaRow) -> tuple[date, str, str, EntryOrder]:
    """Return the sort key of a list by day and time."""
    return (row.entry.assumed or date.max, _hour(row.entry), row.participant, row.entry.order)


def _hour(entry: Entry) -> str:
    return entry.hour or entry.appointment_time or "99:99"
