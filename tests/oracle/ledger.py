"""What the naive planner has been told, and the entries that it makes of it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from .days import Window
from .tables import OPERATIONS, REGIMENS


@dataclass
class Ledger:
    """All facts so far, in plain lists."""

    choices: dict[str, bool | str]
    performed: dict[str, date] = field(default_factory=dict)
    arrived: dict[str, time] = field(default_factory=dict)
    pumped: dict[str, time] = field(default_factory=dict)
    procedures: dict[str, tuple[str, str]] = field(default_factory=dict)
    resected: dict[str, bool] = field(default_factory=dict)
    appointments: dict[str, time | None] = field(default_factory=dict)
    judged: dict[str, Window | None] = field(default_factory=dict)
    aimed: dict[str, date | None] = field(default_factory=dict)
    open_judgements: dict[str, str] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    omitted: dict[str, int] = field(default_factory=dict)
    not_held: dict[str, Window | None] = field(default_factory=dict)
    booked: dict[str, tuple[int, date]] = field(default_factory=dict)
    moved: dict[str, tuple[int, date]] = field(default_factory=dict)
    decided: dict[str, tuple[str, date]] = field(default_factory=dict)
    given_up: list[tuple[date, str | None]] = field(default_factory=list)
    changes: list[tuple[date, str]] = field(default_factory=list)
    stopped: dict[str, date] = field(default_factory=dict)
    treatment_withdrawn: date | None = None
    all_withdrawn: date | None = None
    lost: date | None = None
    died: date | None = None
    contacts: list[date] = field(default_factory=list)
    """The days on which the participant was known to live, or might."""
    said_dead: date | None = None

    def arranged(self, key: str) -> tuple[date, str] | None:
        """The later recorded of booked and moved; what was arranged before a missed operation is void."""
        latest: tuple[int, date, str] | None = None
        for word, book in (("booked", self.booked), ("moved", self.moved)):
            if key in book:
                index, day = book[key]
                if key in OPERATIONS and key in self.missed and index < self.missed[key]:
                    continue
                if latest is None or index > latest[0]:
                    latest = (index, day, word)
        return None if latest is None else (latest[1], latest[2])

    def knows(self, key: str) -> bool:
        """Whether anything was recorded of a visit; it then keeps its place."""
        return any(key in book for book in (self.performed, self.missed, self.omitted, self.booked, self.moved))

    def result(self, key: str) -> str | None:
        """performed, missed, omitted or nothing; a missed operation waits again, so it has none."""
        if key in self.performed:
            return "performed"
        if key in self.missed:
            return None if key in OPERATIONS else "missed"
        if key in self.omitted:
            return "omitted"
        return None


@dataclass
class Entry:
    """One visit of the calendar."""

    key: str
    roll: str
    result: str | None
    cancelled: bool
    target: date | None = None
    earliest: date | None = None
    latest: date | None = None
    proposed: date | None = None
    booked: date | None = None
    moved: date | None = None
    performed: date | None = None
    arranged: tuple[date, str] | None = None
    basis: str = "forecast"
    trouble: str | None = None
    infusion: bool = False
    floor: date | None = None
    dose_before: date | None = None
    after_given_dose: bool = False
    outdated: bool = False
    due_at: datetime | None = None
    waits_again: bool = False
    counted_from: "Entry | None" = None
    kept: bool = False
    """Whether it is cancelled and keeps the days that it had before."""

    @property
    def assumed(self) -> date | None:
        """The day on which the plan takes the visit to be."""
        if self.performed is not None:
            return self.performed
        if self.arranged is not None:
            return self.arranged[0]
        return self.proposed


@dataclass
class Base:
    """What an entry is counted from: a day, whether it is recorded, and what is wrong with it."""

    day: date | None
    recorded: bool
    trouble: str | None = None
    visit: "Entry | None" = None


WAITS = Base(None, False)


@dataclass
class Cycle:
    """One cycle as planned."""

    number: int
    regimen: str
    day_one: Entry
    infusions: list[Entry]

    @property
    def length(self) -> int:
        return REGIMENS[self.regimen].length


def natural(key: str) -> list[tuple[int, int, str]]:
    """Digits in a key sort as numbers."""
    parts = re.findall(r"\d+|\D+", key)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def verdict(day: date, window: Window | None) -> str | None:
    """How a performed day lies to the window by which it is judged."""
    if window is None:
        return None
    if day < window[0]:
        return f"early by {(window[0] - day).days} d"
    if day > window[1]:
        return f"late by {(day - window[1]).days} d"
    return "inside"
