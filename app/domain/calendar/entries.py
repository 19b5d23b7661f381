"""A participant's calendar: one entry per visit, with six dates that never overwrite each other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal

from app.domain.dates import Value, Window
from app.domain.protocol.anchors import FirstDated
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import Visit


class Status(StrEnum):
    """The state of a visit today."""

    PERFORMED = "performed"
    MISSED = "missed"
    OMITTED = "omitted"
    CANCELLED = "cancelled"
    AWAITING = "awaiting"
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"


def open_status(
    earliest: date | None, latest: date | None, today: date, arranged: date | None = None, suspended: bool = False
) -> Status:
    """Return the status of a visit without a result, by its window; on the last day of the window it is due.

    `arranged`: the day booked or moved to, where that is the one that counts. From the next day on the visit is
    overdue, whatever its window says: it was done, missed or moved, and nobody has recorded it. One that is
    `suspended` waits, whatever the day.
    """
    if suspended:
        return Status.AWAITING
    if arranged is not None and arranged < today:
        return Status.OVERDUE
    if earliest is None or latest is None:
        return Status.AWAITING
    if today < earliest:
        return Status.PLANNED
    return Status.DUE if today <= latest else Status.OVERDUE


_REBOOKING: "frozenset[ProblemKind]" = frozenset({"before_basis", "booking_closed", "booking_outside", "too_near"})
OPEN = frozenset({Status.AWAITING, Status.PLANNED, Status.DUE, Status.OVERDUE})


ReasonKind = Literal[
    "after_consent",
    "any_day",
    "before_dose",
    "closed",
    "consent",
    "counted_from",
    "course_ended",
    "cycle_end",
    "enrolment",
    "gap",
    "last_dose",
    "last_treatment",
    "milestone",
    "next_cycle",
    "open_pump_day",
    "opens",
    "part",
    "preferred_weekday",
    "pump",
    "regimen_change",
    "regimen_day",
    "rolled",
    "treatment_end",
    "waits",
]
ProblemKind = Literal[
    "against_decision",
    "against_timing",
    "before_basis",
    "before_evaluation",
    "before_result",
    "booking_cancelled",
    "booking_closed",
    "booking_outside",
    "closed_day",
    "consent_due",
    "counted_from_missed",
    "counted_from_unrecorded",
    "death_undated",
    "delayed",
    "facts_lost",
    "finding_old",
    "holidays_unknown",
    "holidays_unofficial",
    "medication_differs",
    "moved_closed",
    "moved_outside",
    "off_path",
    "operation_missed",
    "outcome_missing",
    "outdated",
    "outdated_before",
    "outside_window",
    "past",
    "performed_after",
    "performed_before",
    "performed_before_consent",
    "performed_closed",
    "performed_too_near",
    "planned_before",
    "repeated",
    "sheet_outdated",
    "too_near",
    "unrecorded_decision",
]
"""``past`` speaks against a day that is offered for a visit; no calendar has it."""
PERFORMED_PROBLEMS: "frozenset[ProblemKind]" = frozenset(
    {"performed_after", "performed_before", "performed_before_consent", "performed_closed", "performed_too_near"}
)
"""The problems of the day on which a visit was performed."""


Registered = Literal["", "consent", "enrolment"]
MOST_NAMED = 12
"""How many facts are named in one sentence."""
EntryOrder = tuple[date, int, tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for the days of an entry, as a kind and its parameters; `wording` puts it into a sentence."""

    kind: ReasonKind
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a visit or a year that a person should look at; `key` is the visit's, or names the year.

    `impossible`: of a visit performed out of order, whether no patient can have had the two days, such as the end of an
    infusion on the day before it.
    """

    key: str
    kind: ProblemKind
    values: Mapping[str, Value]
    impossible: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One visit of one participant, built by name.

    `assumed` = performed, else the later recorded of booked and moved, else proposed. `judged` is the window in force
    when a visit was recorded as performed, missed or omitted; `window_result` is None, 0 (inside), negative (days
    early) or positive (days late) by it. As long as what the visit is counted from has no result, `judged` is the
    window of today and the result is `provisional`. `basis` is ``recorded`` when what the entry is directly counted
    from has happened, else ``forecast``.
    `due_at`: the instant at which a pump is to be disconnected, when its start time is known. `pump_hours`: of a dose
    with a pump and of its disconnection, how long it is on, 0 without one; `pump_on`, `pump_at`: the day and the time
    of its start. `after`: the recorded operation that it follows or is. `counts_from`: the visit
    that an entry which may still happen is counted from, as long as that has no result, with its assumed day.
    `suspended`: it waits, as a death was reported whose day is not known. `undecided`: held, and its outcome is not
    recorded. `unclassed`: what speaks against the performed day, as long as nobody has decided on its class.
    `day_passed`: open, and the day arranged for it is past. `registered`: of somebody for whom dates are only recorded,
    the day of the registration, as which others consent or are enrolled. `result_of`: of a dose, the assessment before
    it that has no result and no outcome, with its first due day. `hour`: the one at which it comes within its day, by a
    booking, the record or the custom of a clinic; `place`: its number among the visits of that day.
    """

    key: str
    visit: Visit
    cycle: int
    day: int
    number: int
    day_kind: str
    regimen: str
    target: date | None
    earliest: date | None
    latest: date | None
    preferred: Window | None
    proposed: date | None
    booked: date | None
    booked_at: str
    moved: date | None
    performed: date | None
    performed_at: str
    assumed: date | None
    basis: str
    status: Status
    judged: Window | None
    window_result: int | None
    outdated: bool
    due_at: datetime | None
    decided: str
    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...]
    counts_from: str = ""
    counts_from_day: date | None = None
    provisional: bool = False
    undecided: bool = False
    suspended: bool = False
    day_passed: bool = False
    result_of: str = ""
    result_due: date | None = None
    unclassed: tuple[ProblemKind, ...] = field(default=(), compare=False)
    hour: str = field(default="", compare=False)
    place: int = field(default=0, compare=False)
    pump_hours: int = 0
    pump_on: date | None = None
    pump_at: str = ""
    after: str = field(default="", compare=False)
    registered: Registered = field(default="", compare=False)

    @property
    def order(self) -> EntryOrder:
        """The sort key: assumed date (none last), then the place within the day, then the key in natural order."""
        return (self.assumed or date.max, self.place, natural(self.key))

    @property
    def is_uncertain(self) -> bool:
        """Whether facts that cannot be read may have changed its days."""
        return any(one.kind == "facts_lost" for one in self.problems)

    @property
    def is_booked(self) -> bool:
        """Whether the booking is the day that counts: not where a later move or what happened has another day."""
        return self.booked is not None and self.assumed == self.booked

    @property
    def to_check(self) -> bool:
        """Whether the visit was performed and a person still has to look: at its outcome, or at its day."""
        return self.performed is not None and (self.undecided or bool(self.unclassed))

    @property
    def needs_rebooking(self) -> bool:
        """Whether the booking of an open visit cannot be kept: a move has left it behind, or its day is closed."""
        return bool(self.booking_problems)

    @property
    def booking_problems(self) -> tuple[Problem, ...]:
        """What speaks against the booking of an open visit; empty where the booking is not the day that counts.

        A weekday on which the site is always closed does not, where the plan itself has no other day: a pump that comes
        off on a Saturday.
        """
        if self.status not in OPEN or not self.is_booked:
            return ()
        found = (one for one in self.problems if one.kind in _REBOOKING)
        has_no_other = self.booked == self.proposed
        return tuple(one for one in found if not (has_no_other and one.values.get("why") == "weekday"))

    @property
    def appointment_time(self) -> str:
        """The time of the booking, if it has one and the booking is the day that counts; else empty."""
        return self.booked_at if self.is_booked else ""

    @property
    def is_moved(self) -> bool:
        """Whether the day set by a person is the day that counts."""
        return self.moved is not None and self.assumed == self.moved

    @property
    def is_dated(self) -> bool:
        """Whether the visit has any day at all: performed, booked, moved or proposed."""
        return self.assumed is not None

    @property
    def window(self) -> Window | None:
        """The window as planned today."""
        if self.earliest is None or self.latest is None:
            return None
        return Window(self.earliest, self.latest)


_DIGITS = re.compile(r"(\d+)")
_natural: dict[str, tuple[str | int, ...]] = {}


def natural(key: str) -> tuple[str | int, ...]:
    """Return the key split so that its numbers compare as numbers: ``SP-C02#9`` before ``SP-C02#10``."""
    found = _natural.get(key)
    if found is None:
        parts = _DIGITS.split(key)
        found = _natural[key] = tuple(int(part) if i % 2 else part for i, part in enumerate(parts))
    return found


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that the calendar does not have, because an operation on that day was that procedure.

    `entry`: the visit as it would be; `procedure`: in the words of the protocol.
    """

    entry: Entry
    operation: str
    on: date
    procedure: str


@dataclass(frozen=True, slots=True)
class OperationDone:
    """What a recorded operation was: the ids of its procedures, and its answers to the protocol's choices.

    `others`: further operations that a visit follows. It asks for what one of them asks for.
    """

    procedures: tuple[str, ...]
    answers: Mapping[str, str | bool]
    others: tuple["OperationDone", ...] = ()


@dataclass(frozen=True)
class Calendar:
    """All entries of one participant in order, with the problems that belong to no entry.

    `keys`: every key that facts may use, also those that have no entry. `asked`: the days of which the plan has asked
    whether they are closed; with any other day closed or opened it would be the same. `over`: the first day on which a
    course of treatment was over, for those that were ended. `left`: the visits that do not follow an operation after
    what was done there. `operations`: what each recorded operation was, by its visit.
    """

    protocol: str
    version: str
    participant: str
    today: date
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    keys: frozenset[str] = frozenset()
    asked: frozenset[date] = field(default=frozenset(), compare=False, repr=False)
    over: Mapping[str, date] = field(default_factory=dict, compare=False, repr=False)
    left: tuple[LeftOut, ...] = field(default=(), compare=False, repr=False)
    operations: Mapping[str, OperationDone] = field(default_factory=dict, compare=False, repr=False)

    @property
    def last_dose_given(self) -> date | None:
        """Return the day of the last dose that was performed; None where none was."""
        given = (entry.performed for entry in self.entries if entry.day_kind in DOSES)
        return max((on for on in given if on is not None), default=None)

    def left_out(self, key: str) -> LeftOut | None:
        """Return why the calendar does not have a visit, where it is left out after an operation."""
        return next((one for one in self.left if one.entry.key == key), None)

    def operation_of(self, entry: Entry) -> OperationDone | None:
        """Return what the recorded operation was that a visit follows or is; None without one."""
        found = self.operations.get(entry.after) if entry.after else None
        anchor = entry.visit.timing.anchor if found is not None and entry.visit.timing is not None else None
        if found is None or not isinstance(anchor, FirstDated) or entry.visit.id == entry.after:
            return found
        others = (self.operations[one] for one in anchor.visits if one != entry.after and one in self.operations)
        return replace(found, others=tuple(others))

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Entries by their key."""
        return {entry.key: entry for entry in self.entries}


def doubted(calendar: Calendar, lost: Sequence[int]) -> Calendar:
    """Return the calendar with each visit marked as uncertain because of these facts, which cannot be read."""
    if not lost:
        return calendar
    facts = ", ".join(map(str, lost[:MOST_NAMED])) + (" …" if len(lost) > MOST_NAMED else "")
    entries = (
        entry
        if entry.is_uncertain
        else replace(entry, problems=(*entry.problems, Problem(entry.key, "facts_lost", {"facts": facts})))
        for entry in calendar.entries
    )
    return replace(calendar, entries=tuple(entries))
