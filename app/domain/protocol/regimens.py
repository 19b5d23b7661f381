"""Chemotherapy regimens as calendars: cycle length, the days of a cycle, and the rules that move them."""

from dataclasses import dataclass
from enum import StrEnum

# An activity's condition may ask for the kind of its day, as well as for the participant's choices.
DAY_KIND = "day_kind"


class DayKind(StrEnum):
    """The purpose of a day of a cycle."""

    INFUSION = "infusion"
    PUMP_DISCONNECT = "pump_disconnect"
    ORAL_START = "oral_start"
    ORAL_START_BID = "oral_start_bid"
    ORAL_STOP = "oral_stop"
    CLINIC_CHECK = "clinic_check"
    TREATMENT = "treatment"
    VISIT = "visit"


DOSES = frozenset({DayKind.INFUSION, DayKind.TREATMENT})
"""Days on which a dose is given at the site: each is a visit of its own, with the least gap to the one before."""

VISIT_KINDS = DOSES | {DayKind.PUMP_DISCONNECT, DayKind.VISIT}
"""Days within a cycle that are a visit of their own."""


class WhenHeld(StrEnum):
    """How to deal with a dose that cannot be given on its day: omit or delay it."""

    OMIT = "omit"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class StartCondition:
    """A condition for giving a dose, with its source; shown only when verified and complete."""

    text: str
    mark: str
    complete: bool
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug of a day, with the protocol's dose as it is written there; `pump`: it runs in the pump."""

    name: str
    dose: str = ""
    pump: bool = False


@dataclass(frozen=True, slots=True)
class RegimenDay:
    """One day of a cycle, numbered from 1; window in days, `gap`: the least number of days after the dose before."""

    day: int
    kind: DayKind
    what: str
    plain: str = ""
    when_held: WhenHeld = WhenHeld.DELAY
    gap: int = 0
    before: int = 0
    after: int = 0
    pump_hours: int | None = None
    condition: StartCondition | None = None
    mark: str = "assumed"
    source: tuple[str, ...] = ()
    window_set: bool = False
    cycles: "CycleRange | None" = None
    doses: tuple[Drug, ...] = ()

    def falls_in(self, cycle: int) -> bool:
        """Return whether a cycle has this day."""
        return self.cycles is None or self.cycles.holds(cycle)


@dataclass(frozen=True, slots=True)
class CycleRange:
    """Some cycles of a course: every `every`-th one from `first` to `last` (0: without end)."""

    first: int = 1
    last: int = 0
    every: int = 1

    def holds(self, cycle: int) -> bool:
        """Return whether a cycle is one of them."""
        return self.first <= cycle <= (self.last or cycle) and (cycle - self.first) % self.every == 0


@dataclass(frozen=True, slots=True)
class Regimen:
    """A named treatment given in cycles of `cycle_days`."""

    id: str
    name: str
    cycle_days: int
    days: tuple[RegimenDay, ...]

    @property
    def drugs(self) -> tuple[str, ...]:
        """The names of its drugs; none where its days do not say them."""
        return tuple(dict.fromkeys(drug.name for row in self.days for drug in row.doses))

    @property
    def first(self) -> RegimenDay:
        """Day 1 of the cycle."""
        return self.days[0]

    def last_oral_day(self, cycle: int) -> int:
        """Return the last day of a cycle with tablets: the last stop, else the last day; 0 without tablets."""
        kinds = {row.kind: row.day for row in self.days if row.falls_in(cycle)}
        if DayKind.ORAL_START not in kinds and DayKind.ORAL_START_BID not in kinds:
            return 0
        started = max(kinds.get(DayKind.ORAL_START, 0), kinds.get(DayKind.ORAL_START_BID, 0))
        stopped = kinds.get(DayKind.ORAL_STOP, 0)
        return stopped if stopped >= started else self.cycle_days

    def at_home(self, cycle: int) -> tuple[RegimenDay, ...]:
        """Return the days of a cycle that are no visit of their own, such as the first and the last day of tablets."""
        return tuple(row for row in self.days if row.kind not in VISIT_KINDS and row.falls_in(cycle))

    def day(self, number: int) -> RegimenDay | None:
        """Return the row of a day; None if the regimen has none."""
        for row in self.days:
            if row.day == number:
                return row
        return None
