"""A slow, plain planner written from the rules alone, to compare the real one with.

The facts are replayed one by one; after each the whole calendar is built anew, in the order of the patient's way.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import combinations, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

from .tables import CHOICES, OFFERED, OUTCOMES, PHASES, REGIMENS, ROWS, Dose, Span

Window = tuple[date, date]

DEFAULT_ZONES = {"SE": "Europe/Stockholm", "FI": "Europe/Helsinki", "CN": "Asia/Shanghai"}
OPERATIONS = ("SP-P03", "SP-P04", "CJ-P02")
SORTS: tuple[tuple[str, ...], ...] = (
    ("SP-S08", "SP-S09", "SP-P02"),
    (
        *("SP-S07", "SP-C04", "SP-A05", "SP-O01", "SP-O02", "SP-O03", "SP-O04"),
        *("CJ-S04", "CJ-C04", "CJ-D04", "CJ-A05", "CJ-O01", "CJ-O03", "CJ-O05", "CJ-O07", "CJ-O30"),
    ),
    (),
    (
        *("SP-S02", "SP-S03", "SP-S04", "SP-R01", "SP-R02", "SP-R03"),
        *("SP-F03", "SP-F06", "SP-F09", "SP-F12", "SP-F18", "SP-F24"),
        *("CJ-S02", "CJ-S05", "CJ-R01", "CJ-R03", "CJ-F02"),
    ),
    ("SP-S01", "SP-R04", "CJ-R02"),
    (),
    ("SP-C03", "SP-A04", "CJ-C03", "CJ-D03", "CJ-A04"),
)
"""The visits of each sort, in their order within a day; the others are plain visits, and the last are pumps."""
SCANPAN_SCREENING = ("SP-S01", "SP-S02", "SP-S03", "SP-S04", "SP-S05", "SP-S07", "SP-S08")
NCT_SCREENING = ("CJ-S02", "CJ-S03", "CJ-S04")
TREATMENT = {
    "preop_chemo": ("SP-C01", "SP-C02", "SP-C03", "SP-C04"),
    "postop_chemo": ("SP-A01", "SP-A02", "SP-A04", "SP-A05"),
    "chemo": ("CJ-C01", "CJ-C02", "CJ-C03", "CJ-C04"),
    "adjusted": ("CJ-D01", "CJ-D02", "CJ-D03", "CJ-D04"),
    "adjuvant": ("CJ-A01", "CJ-A02", "CJ-A04", "CJ-A05"),
}
FOLLOW_UP = ("SP-F03", "SP-F06", "SP-F09", "SP-F12", "SP-F18", "SP-F24")


class Refusal(Exception):  # noqa: N818
    """The scenario holds something that the rules refuse."""


# ---------------------------------------------------------------------------------------------------------------------
# dates


def iso(text: Any) -> date:
    """A date that must exist."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise Refusal(f"no date: {text!r}")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"no date: {text!r}") from error


def clock(text: Any) -> time | None:
    """A time of day, or nothing."""
    if text is None:
        return None
    if not isinstance(text, str) or not re.fullmatch(r"\d\d:\d\d", text):
        raise Refusal(f"no time: {text!r}")
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"no time: {text!r}") from error


def duration(text: str) -> relativedelta:
    """An ISO 8601 duration of whole years, months, weeks and days."""
    match = re.fullmatch(r"(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", text)
    if match is None:
        raise Refusal(f"no duration: {text!r}")
    sign = -1 if match[1] else 1
    years, months, weeks, days = (sign * int(part or 0) for part in match.groups()[1:])
    return relativedelta(years=years, months=months, weeks=weeks, days=days)


def length(span: Span) -> relativedelta:
    """A table's span."""
    return relativedelta(months=span[0]) if span[1] == "mo" else relativedelta(days=span[0])


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


@cache
def public_days(country: str) -> Any:
    """The holidays of a country over all years that a test may reach."""
    span = range(2015, 2051)
    if country == "SE":
        return holidays.country_holidays("SE", years=span, categories=("public", "de_facto"))
    try:
        return holidays.country_holidays(country, years=span)
    except NotImplementedError as error:
        raise Refusal(f"unknown country {country}") from error


# ---------------------------------------------------------------------------------------------------------------------
# the site


class Site:
    """Open days and the values that the site has set."""

    def __init__(self, country: str, given: dict[str, Any]) -> None:
        self.country = country
        self.public = public_days(country)
        self.zone = ZoneInfo(given.get("time_zone") or DEFAULT_ZONES.get(country, "UTC"))
        self.weekdays: list[int] = given.get("closed_weekdays", [5, 6])
        self.shut = {iso(text) for text in given.get("closed", [])}
        self.opened = {iso(text) for text in given.get("open", [])}
        self.values: dict[str, Any] = given.get("values", {})
        self.rolled: dict[tuple[str, date, Window, date | None], date] = {}
        self.windows: dict[tuple[str, date], Window] = {}

    def is_open(self, day: date) -> bool:
        """Whether the clinic works on that day."""
        if day in self.opened:
            return True
        if day in self.shut or day in self.public:
            return False
        if day.weekday() in self.weekdays:
            return self.country == "CN" and day in self.public.weekend_workdays
        return True

    def offset(self, event: str) -> relativedelta:
        """How far an event lies from its anchor."""
        text = self.values.get(f"{event}.offset")
        return duration(text) if text is not None else length(ROWS[event].offset)

    def window(self, event: str, target: date) -> Window:
        """The window of a protocol row round a target."""
        if (event, target) not in self.windows:
            row = ROWS[event]
            self.windows[event, target] = self.framed(event, row.before, row.after, target)
        return self.windows[event, target]

    def framed(self, name: str, before: int, after: int, target: date) -> Window:
        """A window by the site's values, where it has set them."""
        own_before, own_after = self.values.get(f"{name}.before"), self.values.get(f"{name}.after")
        return (
            target - (duration(own_before) if own_before is not None else days(before)),
            target + (duration(own_after) if own_after is not None else days(after)),
        )

    def dose_window(self, regimen: str, dose: Dose, target: date) -> Window:
        """The window of a regimen day round a target."""
        return self.framed(f"{regimen}.{dose.day}", dose.before, dose.after, target)

    def gap(self, regimen: str, dose: Dose) -> relativedelta:
        """How long after the infusion before it this infusion may be given at the earliest."""
        text = self.values.get(f"{regimen}.{dose.day}.gap")
        return duration(text) if text is not None else relativedelta(days=dose.gap)

    def cycles(self, phase: str) -> int | None:
        """The number of cycles that the site has set for a phase."""
        number: int | None = self.values.get(f"cycles.{phase}")
        return number

    def returns(self) -> bool:
        """Whether cycles return to the preferred weekday."""
        return bool(self.values.get("return_to_weekday", False))

    # how a target becomes a proposal

    def roll(self, how: str, target: date, window: Window, floor: date | None) -> date:
        """The day that is proposed for a target."""
        question = (how, target, window, floor)
        if question not in self.rolled:
            self.rolled[question] = self.look(how, target, window, floor)
        return self.rolled[question]

    def look(self, how: str, target: date, window: Window, floor: date | None) -> date:
        """Look for that day."""
        earliest, latest = window
        if how == "none":
            return target
        if how == "forward":
            day = target if floor is None else max(target, floor)
            while not self.is_open(day):
                day += days(1)
            return day
        if how == "backward":
            day = target
            while day >= earliest:
                if self.is_open(day):
                    return day
                day -= days(1)
            day = target
            while day <= latest:
                if self.is_open(day):
                    return day
                day += days(1)
            return self.nearest_open(target, None)
        if how == "nearest":
            first = earliest if floor is None else max(earliest, floor)
            best: date | None = None
            day = first
            while day <= latest:
                if self.is_open(day) and (best is None or abs((day - target).days) <= abs((best - target).days)):
                    best = day
                day += days(1)
            return best if best is not None else self.nearest_open(target, floor)
        raise AssertionError(how)

    def nearest_open(self, target: date, floor: date | None) -> date:
        """The nearest open day whatever the window, a tie to the later."""
        for distance in range(2000):
            for day in (target + days(distance), target - days(distance)):
                if self.is_open(day) and (floor is None or day >= floor):
                    return day
        raise AssertionError("no open day")


# ---------------------------------------------------------------------------------------------------------------------
# what has been recorded


@dataclass
class Ledger:
    """All facts so far, in plain lists."""

    choices: dict[str, bool | str]
    performed: dict[str, date] = field(default_factory=dict)
    started: dict[str, time] = field(default_factory=dict)
    appointments: dict[str, time | None] = field(default_factory=dict)
    judged: dict[str, Window | None] = field(default_factory=dict)
    open_judgements: dict[str, str] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    omitted: dict[str, int] = field(default_factory=dict)
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


# ---------------------------------------------------------------------------------------------------------------------
# entries


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


class Plan:
    """The calendar after some facts. The end of contact (death, loss, full withdrawal) is laid over it last."""

    preop_phases: tuple[str, ...]

    def __init__(
        self, site: Site, ledger: Ledger, enrolled: date, regimen: str, today: date, before: dict[str, Entry]
    ) -> None:
        self.site = site
        self.ledger = ledger
        self.enrolled = enrolled
        self.regimen = regimen
        self.today = today
        self.before = before
        self.entries: dict[str, Entry] = {}
        self.doses: list[Entry] = []
        self.build()
        self.end_contact()

    def build(self) -> None:
        """Fill the entries."""
        raise NotImplementedError

    # single entries

    def add(
        self,
        key: str,
        event: str,
        base: Base,
        *,
        target: date | None = None,
        cancelled: bool = False,
        offset: relativedelta | None = None,
        window: Callable[[date], Window] | None = None,
        roll: str | None = None,
        gap: relativedelta | None = None,
        infusion: bool = False,
    ) -> Entry:
        """Put one visit into the calendar. Without `target` it lies `offset` from its base."""
        ledger = self.ledger
        result = ledger.result(key)
        entry = Entry(key, roll or ROWS[event].roll, result, cancelled and result is None, infusion=infusion)
        entry.performed = ledger.performed.get(key)
        entry.booked = ledger.booked[key][1] if key in ledger.booked else None
        entry.moved = ledger.moved[key][1] if key in ledger.moved else None
        entry.arranged = ledger.arranged(key)
        entry.waits_again = key in OPERATIONS and key in ledger.missed
        entry.basis = "recorded" if base.recorded else "forecast"
        entry.trouble = base.trouble
        entry.counted_from = base.visit
        if infusion and gap is not None:
            previous = self.dose_before(entry.cancelled)
            if previous is not None:
                entry.floor, entry.dose_before = previous + gap, previous
        if entry.cancelled and key in self.before:
            old = self.before[key]
            entry.target, entry.earliest, entry.latest = old.target, old.earliest, old.latest
            entry.proposed, entry.basis = old.proposed, old.basis
        else:
            if target is None and base.day is not None:
                target = base.day + (offset if offset is not None else self.site.offset(event))
            if entry.waits_again:
                target = None
            if target is not None:
                frame = window(target) if window is not None else self.site.window(event, target)
                entry.target, (entry.earliest, entry.latest) = target, frame
                entry.proposed = self.site.roll(entry.roll, target, frame, entry.floor)
        self.entries[key] = entry
        if infusion:
            self.doses.append(entry)
        return entry

    def dose_before(self, for_cancelled: bool) -> date | None:
        """The assumed date of the infusion before, of those that count."""
        for dose in reversed(self.doses):
            if dose.result in ("missed", "omitted") or (dose.cancelled and not for_cancelled):
                continue
            return dose.assumed
        return None

    def base(self, entry: Entry | None) -> Base:
        """To count from an entry."""
        if entry is None:
            return WAITS
        day = entry.assumed
        trouble = None
        if entry.result in ("missed", "omitted"):
            trouble = "missed_anchor"
        elif entry.result is None and day is not None and day < self.today:
            trouble = "unrecorded_anchor"
        return Base(day, entry.result == "performed", trouble, entry)

    def add_repeating(self, key: str, event: str, visit: Entry, cancelled: bool, after_given_dose: bool) -> None:
        """Bloods and preoperative visits: outdated ones are repeated under `/2`, `/3`."""
        number = 1
        while True:
            name = key if number == 1 else f"{key}/{number}"
            entry = self.add(name, event, self.base(visit), cancelled=cancelled)
            entry.after_given_dose = after_given_dose
            if visit.result == "performed" or entry.earliest is None:
                entry.outdated = name in self.before and self.before[name].outdated
            elif entry.performed is not None and entry.performed < entry.earliest:
                judged = self.ledger.judged[name]
                entry.outdated = judged is None or entry.earliest > judged[0]
            if entry.performed is not None and f"{key}/{number + 1}" in self.ledger.performed:
                entry.outdated = True
            if not entry.outdated and not self.ledger.knows(f"{key}/{number + 1}"):
                return
            number += 1

    # chemotherapy

    def day_one_key(self, first: str, later: str, number: int) -> str:
        return first if number == 1 else f"{later}#{number}"

    def last_held(self, first: str, later: str, within: str) -> int:
        """The highest cycle of which anything was given."""
        number = self.last_given(first, later)
        for key in self.ledger.performed:
            if key.startswith(f"{within}#"):
                number = max(number, int(key.split("#")[1].split(".")[0]))
        return number

    def last_given(self, first: str, later: str) -> int:
        """The highest cycle whose day 1 was performed."""
        number = 0
        for key in self.ledger.performed:
            if key == first:
                number = max(number, 1)
            elif key.startswith(f"{later}#"):
                number = max(number, int(key.split("#")[1]))
        return number

    def current_regimen(self, key: str) -> str:
        """The regimen of the cycle whose day 1 has this key, after the changes recorded."""
        raise NotImplementedError

    def phase(
        self,
        names: tuple[str, str, str, str],
        start: Base,
        over: bool,
        regimen_of: Callable[[str], str],
        wanted: Callable[[list[Cycle]], bool],
    ) -> list[Cycle]:
        """All cycles of one phase; `over` cancels its outstanding infusions."""
        first, later, within, bloods = names
        site, ledger = self.site, self.ledger
        cycles: list[Cycle] = []
        while wanted(cycles) or len(cycles) < self.last_held(first, later, within):
            number = len(cycles) + 1
            key = self.day_one_key(first, later, number)
            regimen = regimen_of(key)
            doses = REGIMENS[regimen].doses
            gap = site.gap(regimen, doses[0])
            if number == 1:
                day_one = self.add(key, first, start, cancelled=over, gap=gap, infusion=True)
            else:
                previous = cycles[-1]
                day_one = self.add(
                    key,
                    later,
                    self.base(previous.day_one),
                    target=self.next_day_one(cycles, gap, over and ledger.result(key) is None),
                    cancelled=over,
                    gap=gap,
                    infusion=True,
                )
            cycle = Cycle(number, regimen, day_one, [])
            cycles.append(cycle)
            given: dict[int, Entry] = {}
            for dose in doses:
                if dose.kind == "infusion":
                    if dose.day == 1:
                        infusion = day_one
                    else:
                        infusion = self.add(
                            f"{within}#{number}.{dose.day}",
                            later,
                            self.base(day_one),
                            offset=relativedelta(days=dose.day - 1),
                            cancelled=over,
                            window=self.framed(regimen, dose),
                            roll=dose.roll,
                            gap=site.gap(regimen, dose),
                            infusion=True,
                        )
                    given[dose.day] = infusion
                    cycle.infusions.append(infusion)
                    gone = infusion.cancelled or infusion.result in ("missed", "omitted")
                    self.add_repeating(
                        f"{bloods}#{number}.{dose.day}", bloods, infusion, gone, infusion.result == "performed"
                    )
                else:
                    infusion = given[dose.follows]
                    gone = infusion.cancelled or infusion.result in ("missed", "omitted")
                    pump = self.add(
                        f"{within}#{number}.{dose.day}",
                        later,
                        self.base(infusion),
                        offset=relativedelta(days=dose.day - dose.follows),
                        cancelled=gone,
                        window=self.framed(regimen, dose),
                        roll=dose.roll,
                    )
                    pump.after_given_dose = infusion.result == "performed"
                    if infusion.performed is not None and infusion.key in self.ledger.started:
                        local = datetime.combine(infusion.performed, self.ledger.started[infusion.key], site.zone)
                        pump.due_at = (local.astimezone(UTC) + timedelta(hours=46)).astimezone(site.zone)
        return cycles

    def framed(self, regimen: str, dose: Dose) -> Callable[[date], Window]:
        """The window of a regimen day."""
        return lambda target: self.site.dose_window(regimen, dose, target)

    def next_day_one(self, cycles: list[Cycle], gap: relativedelta, cancelled: bool) -> date | None:
        """The target of the next cycle's day 1, cancelled or not: a cycle later, or back on the preferred weekday."""
        previous, first = cycles[-1].day_one.assumed, cycles[0].day_one.assumed
        if previous is None:
            return None
        base = previous + days(cycles[-1].length)
        if not self.site.returns() or first is None or base.weekday() == first.weekday():
            return base
        back = (base.weekday() - first.weekday()) % 7
        if back > 3 or first.weekday() in self.site.weekdays:
            return base
        candidate = base - days(back)
        last = self.dose_before(cancelled)
        if last is not None and candidate < last + gap:
            return base
        return candidate

    @staticmethod
    def counting(cycles: list[Cycle]) -> list[Entry]:
        """The infusions that are not omitted, missed or cancelled."""
        return [
            dose
            for cycle in cycles
            for dose in cycle.infusions
            if dose.result not in ("missed", "omitted") and not dose.cancelled
        ]

    @staticmethod
    def latest_of(entries: list[Entry]) -> Entry | None:
        """The one with the latest assumed date, of equal ones the later in the plan."""
        best: Entry | None = None
        for entry in entries:
            if entry.assumed is None:
                continue
            if best is None or best.assumed is None or entry.assumed >= best.assumed:
                best = entry
        return best

    def given(self, cycles: list[Cycle]) -> Entry | None:
        """The last performed infusion of these cycles."""
        return self.latest_of([dose for dose in self.counting(cycles) if dose.result == "performed"])

    # surgery

    def surgery_base(self, last_dose: Entry | None, deciding: Entry | None, event: str) -> tuple[date | None, Base]:
        """The later of last preoperative infusion + 28 d and deciding reassessment + 10 d, and which one it was."""
        by_dose, by_decision = self.base(last_dose), self.base(deciding)
        if by_dose.day is None or by_decision.day is None:
            return None, WAITS
        one, other = by_dose.day + self.site.offset(event), by_decision.day + days(10)
        return (one, by_dose) if one >= other else (other, by_decision)

    def terminal(self, operations: tuple[str, ...], path: Callable[[str], bool]) -> tuple[date, str | None] | None:
        """The day on which treatment with an operation to come was given up, and the visit that decided it."""
        for day, key in self.ledger.given_up:
            if path(key) if key is not None else not self.operated_by(operations, day):
                return day, key
        return None

    def operated_by(self, operations: tuple[str, ...], day: date) -> bool:
        """Whether an operation was performed on or before that day."""
        return any(key in self.ledger.performed and self.ledger.performed[key] <= day for key in operations)

    def operated(self, operations: tuple[str, ...]) -> bool:
        return any(key in self.ledger.performed for key in operations)

    # the end

    def end_contact(self) -> None:
        """Cancel what had not closed before death, loss or full withdrawal."""
        for day, death in ((self.ledger.died, True), (self.ledger.lost, False), (self.ledger.all_withdrawn, False)):
            if day is None:
                continue
            for entry in self.entries.values():
                if entry.result is not None or entry.cancelled or (entry.after_given_dose and not death):
                    continue
                last = entry.latest if entry.latest is not None else entry.assumed
                if last is None or last >= day:
                    entry.cancelled = True

    # output

    def status(self, entry: Entry) -> str:
        """One definition each, in this order."""
        if entry.result is not None:
            return entry.result
        if entry.cancelled:
            return "cancelled"
        if entry.arranged is not None and entry.arranged[0] < self.today:
            return "overdue"
        if entry.target is not None:
            assert entry.earliest is not None
            assert entry.latest is not None
            first, last = entry.earliest, entry.latest
        elif entry.assumed is not None:
            first = last = entry.assumed
        else:
            return "awaiting"
        if self.today < first:
            return "planned"
        return "due" if self.today <= last else "overdue"

    @staticmethod
    def inside(entry: Entry, day: date) -> bool:
        """Whether a day lies in the entry's window, or there is none."""
        return entry.earliest is None or entry.latest is None or entry.earliest <= day <= entry.latest

    def problems(self, entry: Entry) -> list[str]:
        """Tags for what is wrong with an entry."""
        found: set[str] = set()
        if entry.outdated:
            found.add("outdated")
        if self.retrospective():
            return sorted(found)
        if entry.performed is not None:
            if not self.site.is_open(entry.performed):
                found.add("done_closed")
            if self.dose_out_of_order(entry):
                found.add("done_before")
            elif self.too_soon(entry):
                found.add("done_near")
        if self.after_open_result(entry):
            found.add("before_result")
        if self.goes_on_undecided(entry):
            found.add("undecided")
        if self.status(entry) in ("planned", "due", "overdue"):
            if entry.trouble is not None:
                found.add(entry.trouble)
            if entry.arranged is not None:
                day, word = entry.arranged
                if entry.floor is not None and day < entry.floor:
                    found.add("too_near")
                if word == "booked" and not self.site.is_open(day):
                    found.add("booking_closed")
                if word == "booked" and not self.inside(entry, day):
                    found.add("booking_outside")
            elif entry.proposed is not None:
                if entry.roll == "none" and not self.site.is_open(entry.proposed):
                    found.add("closed_day")
                if not self.inside(entry, entry.proposed):
                    found.add("outside_window")
        return sorted(found)

    def dose_out_of_order(self, entry: Entry) -> bool:
        """Whether a dose was given on or before the day of one that comes before it.

        That is the last one that counts, planned or given; an earlier one of its phase that was given; or the day from
        which it is counted, where its window had not opened. Once it was judged by a day that nobody recorded
        afterwards, that day no longer tells anything against it.
        """
        if not entry.infusion or entry.performed is None:
            return False
        on = entry.performed
        earlier = self.doses[: [dose.key for dose in self.doses].index(entry.key)]
        counted = [dose for dose in earlier if not dose.cancelled and dose.result not in ("missed", "omitted")]
        if counted and counted[-1].assumed is not None and on <= counted[-1].assumed:
            return True
        names = next(names for names in TREATMENT.values() if entry.key.split("#")[0] in names)
        given = [dose.performed for dose in earlier if dose.key.split("#")[0] in names and dose.performed is not None]
        if any(on <= day for day in given):
            return True
        base, opens = entry.counted_from, entry.earliest or entry.target
        if base is None or base.cancelled or (base.assumed is None and base.result in ("missed", "omitted")):
            return False
        if base.key == "SP-P04" and (first := self.ledger.performed.get("SP-P03")) is not None and first <= on:
            return False
        settled = self.ledger.judged.get(entry.key) is not None and entry.key not in self.ledger.open_judgements
        if base.performed is None and settled and base.key not in OPERATIONS:
            return False
        return base.assumed is None or (on <= base.assumed and (opens is None or on < opens))

    def too_soon(self, entry: Entry) -> bool:
        """Whether a dose was given sooner after the one before than its row allows.

        Those that were omitted, missed or are cancelled do not count, also where they were cancelled afterwards.
        """
        if entry.performed is None or entry.floor is None or entry.dose_before is None:
            return False
        earlier = self.doses[: [dose.key for dose in self.doses].index(entry.key)]
        counted = [dose for dose in earlier if not dose.cancelled and dose.result not in ("missed", "omitted")]
        last = counted[-1].assumed if counted else None
        return last is not None and last < entry.performed < last + (entry.floor - entry.dose_before)

    @staticmethod
    def decides(key: str) -> bool:
        """Whether something is decided at a visit."""
        event, _, number = key.partition("#")
        return event in OUTCOMES and (event != "CJ-R01" or int(number) >= 8)

    def after_open_result(self, entry: Entry) -> bool:
        """Whether this is the first dose on or after an assessment that is due or overdue without result and outcome.

        And it is booked, performed or next due; a forecast says nothing.
        """
        if not entry.infusion or entry.assumed is None:
            return False
        doses = [one for one in self.doses if not one.cancelled and one.result not in ("missed", "omitted")]
        doses = sorted((one for one in doses if one.assumed is not None), key=lambda one: one.assumed or date.max)
        next_due = next((one for one in doses if one.result is None), None)
        told = entry.performed is not None or entry.booked == entry.assumed
        if not told and not (entry is next_due and entry.basis == "recorded"):
            return False
        for key, one in self.entries.items():
            if not self.decides(key) or key in self.ledger.decided or self.status(one) not in ("due", "overdue"):
                continue
            after = [dose for dose in doses if one.assumed and dose.assumed and dose.assumed >= one.assumed]
            if after and after[0] is entry:
                return True
        return False

    def goes_on_undecided(self, entry: Entry) -> bool:
        """Whether an operation or a dose goes on, or went on, without the outcome of a visit that was held before it.

        Every decision of both trials may end all treatment; a phase that has not come yet waits for something else.
        """
        if entry.cancelled or entry.result in ("missed", "omitted"):
            return False
        held = [
            one.performed
            for key, one in self.entries.items()
            if self.decides(key) and one.performed is not None and key not in self.ledger.decided
        ]
        if entry.key in OPERATIONS:
            return any(entry.performed is None or entry.performed >= day for day in held)
        if not entry.infusion:
            return False
        event = entry.key.split("#")[0]
        first = next(self.entries[names[0]] for names in TREATMENT.values() if event in names)
        has_come = first.basis == "recorded" or first.performed is not None
        return has_come and any(entry.assumed is None or entry.assumed >= day for day in held)

    def provisional(self, entry: Entry) -> bool:
        """Whether a performed visit is counted from a day that has not happened yet."""
        if entry.performed is None or entry.outdated or entry.earliest is None:
            return False
        base = entry.counted_from
        first = self.entries.get(self.ledger.open_judgements.get(entry.key, ""))
        if entry.key in OPERATIONS and first is not None and first.cancelled:
            return False
        expected = base is not None and base.result is None and not base.cancelled
        return expected and entry.key in self.ledger.open_judgements

    def retrospective(self) -> bool:
        return self.ledger.choices.get("cohort") == "retrospective"

    def shown(self) -> list[dict[str, Any]]:
        """The entries as they are printed."""
        chosen = self.arranged_in_days(list(self.entries.values()))
        if self.retrospective():
            chosen = [entry for entry in chosen if entry.result is not None]
            nothing: dict[str, Any] = dict.fromkeys(("target", "earliest", "latest", "proposed"))
            chosen = [replace(entry, **nothing, outdated=False) for entry in chosen]
        return [self.row(entry) for entry in chosen]

    def arranged_in_days(self, entries: list[Entry]) -> list[Entry]:
        """By day; within a day by hour, and what is counted back from a visit of that day before it."""
        ordered: list[Entry] = []
        for day in sorted({entry.assumed for entry in entries if entry.assumed is not None}):
            of_day = [entry for entry in entries if entry.assumed == day]
            of_day.sort(key=lambda entry: (self.hour(entry), self.sort(entry), natural(entry.key)))
            for _ in of_day:
                for entry in list(of_day):
                    other = entry.counted_from
                    keys = [one.key for one in of_day]
                    if other is None or other.key not in keys or not self.counted_back(entry):
                        continue
                    if keys.index(entry.key) > keys.index(other.key):
                        of_day.insert(keys.index(other.key), of_day.pop(keys.index(entry.key)))
            ordered += of_day
        return ordered + sorted((one for one in entries if one.assumed is None), key=lambda one: natural(one.key))

    @staticmethod
    def counted_back(entry: Entry) -> bool:
        """Whether the protocol wants this visit on a day before that of the visit which it is counted from."""
        other = entry.counted_from
        if other is None or other.assumed is None or entry.target is None:
            return False
        return entry.target < other.assumed

    def hour(self, entry: Entry) -> str:
        """The hour at which a visit comes in its day."""
        ledger = self.ledger
        if entry.performed is not None:
            known = ledger.started.get(entry.key)
        else:
            known = ledger.appointments.get(entry.key) if entry.booked == entry.assumed else None
        if known is not None:
            return f"{known:%H:%M}"
        return ("08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30")[self.sort(entry)]

    def sort(self, entry: Entry) -> int:
        """Questionnaire, bloods, visit, imaging, conference, infusion or operation, pump, what counts from a dose."""
        event = re.split(r"[#@/]", entry.key)[0]
        if entry.infusion or event in OPERATIONS:
            return 5
        for number, events in enumerate(SORTS):
            if event in events and number == 6:
                return number
        dose = entry.counted_from
        if dose is not None and dose.infusion and dose.assumed == entry.assumed and not self.counted_back(entry):
            return 7
        for number, events in enumerate(SORTS):
            if event in events:
                return number
        return 2

    def row(self, entry: Entry) -> dict[str, Any]:
        def text(day: date | None) -> str | None:
            return None if day is None else day.isoformat()

        judged = self.ledger.judged.get(entry.key) if entry.performed is not None else None
        provisional = self.provisional(entry) and not self.retrospective()
        if provisional:
            assert entry.earliest is not None
            assert entry.latest is not None
            judged = (entry.earliest, entry.latest)
        return {
            "visit": entry.key,
            "target": text(entry.target),
            "earliest": text(entry.earliest),
            "latest": text(entry.latest),
            "proposed": text(entry.proposed),
            "booked": text(entry.booked),
            "moved": text(entry.moved),
            "performed": text(entry.performed),
            "basis": entry.basis,
            "status": self.status(entry),
            "window_result": None if entry.performed is None else verdict(entry.performed, judged),
            "provisional": provisional,
            "judged": None if judged is None else {"earliest": text(judged[0]), "latest": text(judged[1])},
            "due_at": None if entry.due_at is None else entry.due_at.isoformat(timespec="seconds"),
            "problem_kinds": self.problems(entry),
            "from_cancelled": entry.counted_from is not None and entry.counted_from.cancelled,
        }


class ScanPan(Plan):
    """The way of a ScanPan patient."""

    def current_regimen(self, key: str) -> str:
        """Changes recorded on or after the day of a performed day 1 do not concern that cycle."""
        regimen = self.regimen
        performed = self.ledger.performed.get(key)
        for day, new in self.ledger.changes:
            if performed is None or performed > day:
                regimen = new
        return regimen

    def filling(self, phase: str, total: int, beyond: int) -> Callable[[list[Cycle]], bool]:
        """Another cycle is wanted until the days are filled, and at least up to cycle `beyond`."""

        def wanted(cycles: list[Cycle]) -> bool:
            number = self.site.cycles(phase)
            if len(cycles) < beyond:
                return True
            if number is not None:
                return len(cycles) < number
            return sum(cycle.length for cycle in cycles) < total

        return wanted

    def build(self) -> None:
        ledger, site = self.ledger, self.site
        decided = {key: outcome for key, (outcome, _) in ledger.decided.items()}
        operations = ("SP-P03", "SP-P04")
        continued = decided.get("SP-R01") == "continue"
        end = self.terminal(operations, lambda key: not (continued and key == "SP-R02"))
        given_up = end is not None
        operated = self.operated(operations)
        stop = ledger.stopped.get("preop_chemo")
        answered = (
            [key for key in decided if key.startswith("SP-R03#") and decided[key] == "response"] if continued else []
        )
        registration = Base(self.enrolled, True)

        for event in SCANPAN_SCREENING:
            self.add(event, event, registration)
        self.add("SP-S06", "SP-S06", registration)
        if ledger.choices["eortc"]:
            self.add("SP-S09", "SP-S09", registration)

        beyond = self.last_given("SP-C01", "SP-C02") + 4 if continued else 0
        cycles = self.phase(
            ("SP-C01", "SP-C02", "SP-C03", "SP-C04"),
            registration,
            given_up or operated or stop is not None or bool(answered),
            self.current_regimen,
            self.filling("preop_chemo", 112, beyond),
        )
        last_dose = self.latest_of(self.counting(cycles))
        if continued and not (operated or stop is not None or answered):
            last_dose = None  # treatment without an end: what is counted from its end waits
        given = self.given(cycles)

        # reassessments
        def dropped(key: str) -> bool:
            return operated or (end is not None and end[1] != key)

        first = self.base(cycles[0].day_one)
        if given is None and (stop is not None or operated):
            first = WAITS
        drop_first = dropped("SP-R01")
        if stop is not None and "SP-R01" not in decided and given is not None and first.day is not None:
            assert given.assumed is not None
            if first.day + site.offset("SP-R01") > given.assumed + days(14):
                drop_first = True
        reassessed = self.add("SP-R01", "SP-R01", first, cancelled=drop_first)
        deciding: Entry | None = None
        if continued:
            number = 1
            while True:
                key = f"SP-R03#{number}"
                reassessed = self.add(key, "SP-R03", self.base(reassessed), cancelled=dropped(key))
                if decided.get(key) == "response":
                    deciding = reassessed
                if decided.get(key) != "continue":
                    break
                number += 1
        else:
            deciding = self.add("SP-R02", "SP-R02", self.base(last_dose), cancelled=dropped("SP-R02"))
        self.add("SP-R04", "SP-R04", self.base(deciding), cancelled=dropped("SP-R04"))

        # surgery
        target, counted = self.surgery_base(last_dose, deciding, "SP-P03")
        surgery = self.add("SP-P03", "SP-P03", counted, target=target, cancelled=given_up)
        for event in ("SP-P01", "SP-P02"):
            self.add_repeating(event, event, surgery, given_up, False)
        last_surgery = surgery
        second: Entry | None = None
        if ledger.choices["staged"]:
            dated = "SP-P04" in ledger.performed or ledger.arranged("SP-P04") is not None
            second = self.add("SP-P04", "SP-P04", self.base(surgery) if dated else WAITS, cancelled=given_up)
            if dated:
                last_surgery = second
            else:
                second = None
        self.after_operation(surgery, "", given_up)
        if second is not None:
            self.after_operation(second, "@2", given_up)
        last = self.base(last_surgery)
        for event in ("SP-O07", "SP-O08", *FOLLOW_UP):
            self.add(event, event, last, cancelled=given_up)
        if ledger.choices["long_term"]:
            for month in (36, 48, 60):
                self.add(f"SP-L01#{month}", "SP-L01", last, cancelled=given_up, offset=relativedelta(months=month))

        # postoperative chemotherapy
        stopped = "postop_chemo" in ledger.stopped or (ledger.treatment_withdrawn is not None and not given_up)
        after = self.phase(
            ("SP-A01", "SP-A02", "SP-A04", "SP-A05"),
            last,
            given_up or stopped,
            self.current_regimen,
            self.filling("postop_chemo", 56, 0),
        )
        last_dose = self.latest_of(self.counting(after))
        self.add(
            "SP-A03",
            "SP-A03",
            self.base(last_dose),
            cancelled=given_up or (stopped and self.given(after) is None),
        )
        if end is not None:
            for month in (6, 12, 18, 24):
                self.add(f"SP-N01#{month}", "SP-N01", Base(end[0], True), offset=relativedelta(months=month))

    def after_operation(self, operation: Entry, mark: str, given_up: bool) -> None:
        """The postoperative days of one operation."""
        base = self.base(operation)
        for event in ("SP-O01", "SP-O02", "SP-O03", "SP-O04", "SP-O06"):
            self.add(f"{event}{mark}", event, base, cancelled=given_up)
        if self.ledger.choices["pancreatic_resection"]:
            for day in (14, 21):
                self.add(f"SP-O05#{day}{mark}", "SP-O05", base, cancelled=given_up, offset=relativedelta(days=day))


class Nct(Plan):
    """The way of an NCT06873178 patient."""

    def current_regimen(self, key: str) -> str:
        return self.regimen

    def build(self) -> None:
        ledger, site = self.ledger, self.site
        decided = {key: outcome for key, (outcome, _) in ledger.decided.items()}
        operations = ("CJ-P02",)
        end = self.terminal(operations, lambda key: True)
        given_up = end is not None
        operated = self.operated(operations)
        continued = decided.get("CJ-R02") == "continue"
        answered = [
            int(key.split("#")[1]) for key in decided if key.startswith("CJ-R01#") and decided[key] == "response"
        ]
        progressed = [key for key in decided if decided[key] == "progression"]
        answered_new = [
            int(key.split("#")[1]) for key in decided if key.startswith("CJ-R03#") and decided[key] == "response"
        ]
        stop = "chemo" in ledger.stopped
        registration = Base(self.enrolled, True)

        def dropped(key: str) -> bool:
            return operated or (end is not None and end[1] != key)

        self.add("CJ-S01", "CJ-S01", registration)
        for event in NCT_SCREENING:
            self.add(event, event, registration)
        if ledger.choices["pet_ct"]:
            self.add("CJ-S05", "CJ-S05", registration)

        # first regimen
        short = REGIMENS[self.regimen].length == 14
        planned = site.cycles("chemo")
        if planned is None:
            planned = 6 if short else 4
        count = max(planned, self.last_given("CJ-C01", "CJ-C02") + 4) if continued else planned
        cycles = self.phase(
            ("CJ-C01", "CJ-C02", "CJ-C03", "CJ-C04"),
            registration,
            given_up or operated or stop or bool(progressed) or bool(answered),
            self.current_regimen,
            lambda made: len(made) < count,
        )
        begun = any(dose.result == "performed" for cycle in cycles[3:] for dose in cycle.infusions)
        stopped_early = (stop or operated) and not begun
        given = self.given(cycles)

        # assessments of the first regimen
        for number in range(4, count + 1, 4) if continued else (4,):
            drop = dropped(f"CJ-R01#{number}")
            if number == 4:
                drop = drop or stopped_early or (bool(progressed) and not begun)
            else:
                drop = drop or any(number > other for other in answered)
                drop = drop or any(number > (int(key.split("#")[1]) if "#" in key else 4) for key in progressed)
            self.cycle_end(f"CJ-R01#{number}", "CJ-R01", cycles, number, drop)
        if stopped_early:
            evaluated = self.add(
                "CJ-R02", "CJ-R02", self.base(given), offset=relativedelta(days=14), cancelled=dropped("CJ-R02")
            )
        else:
            evaluated = self.cycle_end("CJ-R02", "CJ-R02", cycles, 4, dropped("CJ-R02"))

        # adjusted regimen
        adjusted: list[Cycle] = []
        deciding: Entry | None = None
        if progressed:
            if ledger.changes:
                changed_on, new = ledger.changes[0]
                stop_new = "adjusted" in ledger.stopped
                minimum = site.cycles("adjusted") or 4
                count_new = max(minimum, self.last_given("CJ-D01", "CJ-D02") + 4)
                adjusted = self.phase(
                    ("CJ-D01", "CJ-D02", "CJ-D03", "CJ-D04"),
                    Base(changed_on, True),
                    given_up or operated or stop_new or bool(answered_new),
                    lambda key: new,
                    lambda made: len(made) < count_new,
                )
                outstanding = 0
                for number in range(2, count_new + 1, 2):
                    key = f"CJ-R03#{number}"
                    drop = dropped(key) or any(number > other for other in answered_new)
                    if stop_new and not drop and ledger.result(key) is None:
                        outstanding += 1
                        if outstanding == 1:
                            entry = self.add(
                                key,
                                "CJ-R03",
                                self.base(self.given([*cycles, *adjusted])),
                                offset=relativedelta(days=14),
                            )
                        else:
                            entry = self.cycle_end(key, "CJ-R03", adjusted, number, True)
                    else:
                        entry = self.cycle_end(key, "CJ-R03", adjusted, number, drop)
                    if decided.get(key) == "response":
                        deciding = entry
        elif continued:
            if answered:
                deciding = self.entries.get(f"CJ-R01#{min(answered)}")
        else:
            deciding = evaluated

        # surgery
        preoperative = [*cycles, *adjusted]
        last_dose = self.latest_of(self.counting(preoperative))
        over = operated or "adjusted" in ledger.stopped or bool(answered_new)
        if (adjusted and not over) or (continued and not (adjusted or operated or stop or progressed or answered)):
            last_dose = None  # treatment without an end: what is counted from its end waits
        target, counted = self.surgery_base(last_dose, deciding, "CJ-P02")
        surgery = self.add("CJ-P02", "CJ-P02", counted, target=target, cancelled=given_up)
        self.add_repeating("CJ-P01", "CJ-P01", surgery, given_up, False)
        base = self.base(surgery)
        for event in ("CJ-O01", "CJ-O03", "CJ-O05", "CJ-O07", "CJ-O30"):
            self.add(event, event, base, cancelled=given_up)
        for day in (30, 90):
            self.add(f"CJ-O31#{day}", "CJ-O31", base, cancelled=given_up, offset=relativedelta(days=day))

        # adjuvant
        regimen = ledger.changes[0][1] if answered_new else self.regimen
        short = REGIMENS[regimen].length == 14
        before = [
            cycle
            for cycle in cycles
            if cycle.day_one.result == "performed" or (cycle.day_one.result is None and not cycle.day_one.cancelled)
        ]
        number_after = site.cycles("adjuvant")
        if number_after is None:
            if answered_new:
                number_after = 6 if short else 2
            elif short:
                number_after = max(4, 12 - len(before))
            else:
                number_after = max(2, 6 - len(before))
        wanted_after = number_after
        stopped = "adjuvant" in ledger.stopped or (ledger.treatment_withdrawn is not None and not given_up)
        after = self.phase(
            ("CJ-A01", "CJ-A02", "CJ-A04", "CJ-A05"),
            base,
            given_up or stopped,
            lambda key: regimen,
            lambda made: len(made) < wanted_after,
        )

        # end of treatment and follow-up
        if given_up or (stopped and self.given(after) is None):
            final = self.given([*preoperative, *after])
        else:
            final = self.latest_of(self.counting(after))
        ended = self.base(final)
        self.add("CJ-A03", "CJ-A03", ended)
        month = 1
        while True:
            offset = relativedelta(months=month)
            if month > 24 and (ended.day is None or ended.day + offset > self.today + relativedelta(months=3)):
                break
            self.add(f"CJ-F01#{month}", "CJ-F01", ended, offset=offset)
            month += 1
        for month in (*range(3, 25, 3), *range(30, 61, 6)):
            self.add(f"CJ-F02#{month}", "CJ-F02", base, cancelled=given_up, offset=relativedelta(months=month))

    def cycle_end(self, key: str, event: str, cycles: list[Cycle], number: int, drop: bool) -> Entry:
        """A visit at the end of a cycle."""
        if number > len(cycles):
            return self.add(key, event, WAITS, cancelled=drop)
        cycle = cycles[number - 1]
        return self.add(key, event, self.base(cycle.day_one), offset=relativedelta(days=cycle.length), cancelled=drop)


# ---------------------------------------------------------------------------------------------------------------------
# replaying the facts


class Reckoner:
    """Takes facts one by one and holds the calendar after them."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.protocol: str = scenario["protocol"]
        if self.protocol not in OFFERED:
            raise Refusal(f"unknown protocol {self.protocol}")
        participant = scenario["participant"]
        self.code: str = participant["code"]
        self.enrolled = iso(participant["enrolled_on"])
        self.today = iso(scenario["today"])
        self.site = Site(participant["country"], scenario.get("site") or {})
        self.regimen: str = participant["regimen"]
        if self.regimen not in OFFERED[self.protocol]:
            raise Refusal(f"regimen {self.regimen} is not offered")
        self.ledger = Ledger(dict(CHOICES[self.protocol]))
        for choice, value in (participant.get("choices") or {}).items():
            self.choose(choice, value)
        enrolment = "SP-S06" if self.protocol == "scanpan" else "CJ-S01"
        self.ledger.performed[enrolment] = self.enrolled
        self.ledger.judged[enrolment] = None if self.retrospective() else (self.enrolled, self.enrolled)
        self.number = 0
        self.plan = self.planned({})

    def retrospective(self) -> bool:
        return self.ledger.choices.get("cohort") == "retrospective"

    def planned(self, before: dict[str, Entry]) -> Plan:
        kind: type[Plan] = ScanPan if self.protocol == "scanpan" else Nct
        return kind(self.site, self.ledger, self.enrolled, self.regimen, self.today, before)

    def choose(self, choice: str, value: Any) -> None:
        known = CHOICES[self.protocol]
        if choice not in known:
            raise Refusal(f"unknown choice {choice}")
        if choice == "cohort":
            if value not in ("prospective", "retrospective"):
                raise Refusal(f"unknown cohort {value!r}")
        elif not isinstance(value, bool):
            raise Refusal(f"{choice} must be true or false")
        self.ledger.choices[choice] = value

    def visit(self, fact: dict[str, Any]) -> str:
        """A key that the path has by the facts so far."""
        key: str = fact["visit"]
        if key not in self.plan.entries:
            raise Refusal(f"{fact['kind']}: no visit {key} on this path")
        return key

    def past(self, fact: dict[str, Any]) -> date:
        """The fact's day, which must not lie in the future."""
        day = iso(fact["on"])
        if day > self.today:
            raise Refusal(f"{fact['kind']}: {day} lies after today")
        return day

    def record(self, fact: dict[str, Any]) -> None:
        """Check one fact against the calendar so far, take it in, and plan anew."""
        handlers: dict[str, Callable[[dict[str, Any]], None]] = {
            "performed": self.performed,
            "missed": self.missed,
            "omitted": self.omitted,
            "booked": self.booked,
            "moved": self.moved,
            "decided": self.decided,
            "chosen": self.chosen,
            "regimen_changed": self.regimen_changed,
            "stopped": self.stopped,
            "withdrawn": self.withdrawn,
            "lost": self.lost,
            "found_again": self.found_again,
            "died": self.died,
        }
        if fact["kind"] not in handlers:
            raise Refusal(f"unknown kind {fact['kind']}")
        before = (copy.deepcopy(self.ledger), self.plan) if fact["kind"] == "performed" else None
        self.number += 1
        handlers[fact["kind"]](fact)
        self.plan = self.planned(self.plan.entries)
        if before is not None and not fact.get("sure") and self.cannot_be(fact["visit"]):
            self.ledger, self.plan = before
            raise Refusal(f"{fact['visit']} lies in an order that cannot be")
        self.judge()

    def cannot_be(self, key: str) -> bool:
        """Whether a visit that was performed lies before one that it follows, or after one that follows it.

        What follows an operation does not come before it, the end of an infusion not before the infusion, and a dose
        not before an earlier one of its phase, nor before the one that comes next before it. On one day, both can be.
        """
        if self.retrospective():
            return False
        entries = self.plan.entries
        pairs: list[tuple[Entry, Entry]] = []
        for entry in entries.values():
            base = entry.counted_from
            if base is None or entry.outdated or self.plan.counted_back(entry) or self.follows_the_first(entry):
                continue
            if base.key in OPERATIONS or (base.infusion and self.is_pump(entry.key)):
                pairs.append((base, entry))
        for names in TREATMENT.values():
            phase = [dose for dose in self.plan.doses if dose.key.split("#")[0] in names]
            pairs += combinations(phase, 2)
        pairs += pairwise(
            dose for dose in self.plan.doses if not dose.cancelled and dose.result not in ("missed", "omitted")
        )
        for first, then in pairs:
            if first.performed is None or then.performed is None or key not in (first.key, then.key):
                continue
            opens = None if then.infusion else then.earliest or then.target
            if then.performed < first.performed and (opens is None or then.performed < opens):
                return True
        return False

    def is_pump(self, key: str) -> bool:
        """Whether a visit within a cycle ends an infusion."""
        entry = self.plan.entries[key]
        return not entry.infusion and any(key.split("#")[0] == names[2] for names in TREATMENT.values())

    def follows_the_first(self, entry: Entry) -> bool:
        """Whether a visit after the last operation was held after the first, before there was a second."""
        base, first = entry.counted_from, self.ledger.performed.get("SP-P03")
        if base is None or base.key != "SP-P04" or "@" in entry.key or first is None or entry.performed is None:
            return False
        return first <= entry.performed

    def not_before_enrolment(self, fact: dict[str, Any], day: date) -> None:
        """Before the enrolment lies only screening, and what the protocol allows there; never treatment."""
        if day >= self.enrolled or self.retrospective():
            return
        key = fact.get("visit", "")
        entry = self.plan.entries.get(key)
        if key.startswith(("SP-S", "CJ-S")):
            return
        if entry is None or entry.infusion or key in OPERATIONS or self.is_pump(key):
            raise Refusal(f"{key} before the enrolment")
        if entry.earliest is None or entry.earliest >= self.enrolled:
            raise Refusal(f"{key} before the enrolment")

    def judge(self) -> None:
        """Judge what was counted from an expected day, once that day has happened."""
        ledger = self.ledger
        for key, entry in self.plan.entries.items():
            if entry.performed is None or entry.earliest is None or entry.latest is None:
                continue
            base = entry.counted_from
            first = self.plan.entries.get(ledger.open_judgements.get(key, ""))
            if key in OPERATIONS and first is not None and first.cancelled:
                continue
            if key in ledger.open_judgements and not entry.outdated and base is not None and base.result is not None:
                ledger.judged[key] = (entry.earliest, entry.latest)
                if base.result == "performed" and base.key == ledger.open_judgements[key]:
                    del ledger.open_judgements[key]

    # facts and ends

    def disconnects(self, key: str) -> bool:
        """Whether this is the disconnection of a pump whose infusion was performed."""
        entry = self.plan.entries.get(key)
        bloods = [names[3] for names in TREATMENT.values()]
        return entry is not None and entry.after_given_dose and key.split("#")[0] not in bloods

    def treated(self, key: str) -> bool:
        """Whether a visit is part of the treatment from which somebody withdraws: its infusions and the operation."""
        event = key.split("#")[0]
        return event in ("SP-P03", "CJ-P02") or any(event in names for names in TREATMENT.values())

    def not_after_an_end(self, kind: str, key: str, day: date) -> None:
        """What lies after an end is refused, but for the disconnection of a performed infusion (not after death)."""
        ledger = self.ledger
        if ledger.died is not None and day > ledger.died:
            raise Refusal(f"{kind} {key} after death")
        if self.disconnects(key):
            return
        for end in (ledger.all_withdrawn, ledger.lost):
            if end is not None and day > end:
                raise Refusal(f"{kind} {key} after the end")
        end = ledger.treatment_withdrawn
        if end is not None and day > end:
            void = kind == "decided" and self.plan.entries[key].cancelled
            if kind == "regimen_changed" or self.treated(key) or void:
                raise Refusal(f"{kind} {key} after the withdrawal from treatment")
        for phase, end in ledger.stopped.items():
            if day > end and key.split("#")[0] in TREATMENT[phase]:
                raise Refusal(f"{kind} {key} after the stop of {phase}")

    def not_before_a_visit(self, day: date, ends: Callable[[str], bool]) -> None:
        """An end before enrolment, after death, or before a performed visit that it would end is refused."""
        ledger = self.ledger
        if day < self.enrolled:
            raise Refusal("an end before the enrolment")
        if ledger.died is not None and day > ledger.died:
            raise Refusal("an end after death")
        for key, on in ledger.performed.items():
            if on > day and ends(key):
                raise Refusal(f"{key} was performed after this end")

    def performed(self, fact: dict[str, Any]) -> None:
        key, day, at = self.visit(fact), self.past(fact), clock(fact.get("at"))
        ledger = self.ledger
        if key in ledger.performed or key in ledger.omitted:
            raise Refusal(f"{key} has a result already")
        self.not_before_enrolment(fact, day)
        self.not_after_an_end("performed", key, day)
        entry = self.plan.entries[key]
        ledger.performed[key] = day
        if at is not None:
            ledger.started[key] = at
        ledger.judged[key] = None
        if not self.retrospective() and entry.earliest is not None and entry.latest is not None:
            ledger.judged[key] = (entry.earliest, entry.latest)
            base = entry.counted_from
            if base is not None and base.result is None and not base.cancelled:
                ledger.open_judgements[key] = base.key

    def no_result(self, key: str) -> None:
        if key in self.ledger.performed or key in self.ledger.missed or key in self.ledger.omitted:
            raise Refusal(f"{key} has a result already")

    def missed(self, fact: dict[str, Any]) -> None:
        key = self.visit(fact)
        self.not_before_enrolment(fact, self.past(fact))
        self.no_result(key)
        self.ledger.missed[key] = self.number

    def omitted(self, fact: dict[str, Any]) -> None:
        key = self.visit(fact)
        self.not_before_enrolment(fact, self.past(fact))
        if not self.plan.entries[key].infusion:
            raise Refusal(f"{key} is no infusion")
        self.no_result(key)
        self.ledger.omitted[key] = self.number

    def booked(self, fact: dict[str, Any]) -> None:
        key = self.visit(fact)
        self.not_before_enrolment(fact, iso(fact["on"]))
        self.not_after_an_end("booked", key, iso(fact["on"]))
        self.ledger.appointments[key] = clock(fact.get("at"))
        self.ledger.booked[key] = (self.number, iso(fact["on"]))

    def moved(self, fact: dict[str, Any]) -> None:
        key = self.visit(fact)
        self.not_before_enrolment(fact, iso(fact["to"]))
        self.not_after_an_end("moved", key, iso(fact["to"]))
        self.ledger.moved[key] = (self.number, iso(fact["to"]))

    def decided(self, fact: dict[str, Any]) -> None:
        key, day = self.visit(fact), self.past(fact)
        event, _, number = key.partition("#")
        if event not in OUTCOMES or (event == "CJ-R01" and int(number) < 8):
            raise Refusal(f"nothing is decided at {key}")
        if fact["outcome"] not in OUTCOMES[event]:
            raise Refusal(f"{key} has no outcome {fact['outcome']}")
        if key in self.ledger.decided:
            raise Refusal(f"{key} has been decided already")
        self.not_before_enrolment(fact, day)
        self.not_after_an_end("decided", key, day)
        self.ledger.decided[key] = (fact["outcome"], day)
        if fact["outcome"] in ("palliative", "no_surgery"):
            self.ledger.given_up.append((day, key))

    def chosen(self, fact: dict[str, Any]) -> None:
        self.past(fact)
        self.choose(fact["choice"], fact["value"])

    def regimen_changed(self, fact: dict[str, Any]) -> None:
        day = self.past(fact)
        if fact["to"] not in OFFERED[self.protocol]:
            raise Refusal(f"regimen {fact['to']} is not offered")
        if self.protocol == "nct06873178":
            if self.ledger.changes:
                raise Refusal("a second change of regimen")
            if not any(outcome == "progression" for outcome, _ in self.ledger.decided.values()):
                raise Refusal("a change of regimen without progression")
        self.not_before_enrolment(fact, day)
        self.not_after_an_end("regimen_changed", "", day)
        self.ledger.changes.append((day, fact["to"]))

    def stopped(self, fact: dict[str, Any]) -> None:
        day = self.past(fact)
        if fact["phase"] not in PHASES[self.protocol]:
            raise Refusal(f"unknown phase {fact['phase']}")
        names = TREATMENT[fact["phase"]]
        self.not_before_a_visit(day, lambda key: key.split("#")[0] in names and not self.disconnects(key))
        self.ledger.stopped[fact["phase"]] = day

    def withdrawn(self, fact: dict[str, Any]) -> None:
        day = self.past(fact)
        if fact.get("last_medication_on") is not None:
            iso(fact["last_medication_on"])
        if fact["scope"] == "treatment":
            self.not_before_a_visit(day, lambda key: self.treated(key) and not self.disconnects(key))
            self.ledger.treatment_withdrawn = day
            self.ledger.given_up.append((day, None))
        elif fact["scope"] == "all":
            self.not_before_a_visit(day, lambda key: not self.disconnects(key))
            self.ledger.all_withdrawn = day
        else:
            raise Refusal(f"unknown scope {fact['scope']}")

    def lost(self, fact: dict[str, Any]) -> None:
        day = self.past(fact)
        self.not_before_a_visit(day, lambda key: not self.disconnects(key))
        self.ledger.lost = day

    def found_again(self, fact: dict[str, Any]) -> None:
        day = self.past(fact)
        self.not_before_a_visit(day, lambda key: False)
        if self.ledger.lost is not None and day < self.ledger.lost:
            raise Refusal("found before lost")
        self.ledger.lost = None

    def died(self, fact: dict[str, Any]) -> None:
        day = self.past(fact)
        self.not_before_a_visit(day, lambda key: True)
        self.ledger.died = day

    def strays(self) -> list[str]:
        """Keys with facts that the path no longer has."""
        ledger = self.ledger
        keys = {*ledger.performed, *ledger.missed, *ledger.omitted, *ledger.booked, *ledger.moved, *ledger.decided}
        return sorted(keys - set(self.plan.entries), key=natural)

    def calendar(self) -> dict[str, Any]:
        """The output."""
        return {
            "protocol": self.protocol,
            "participant": self.code,
            "today": self.today.isoformat(),
            "entries": self.plan.shown(),
            "strays": self.strays(),
        }


def reckon(scenario: dict[str, Any]) -> dict[str, Any]:
    """The calendar of one patient's scenario."""
    reckoner = Reckoner(scenario)
    for fact in scenario["facts"]:
        reckoner.record(fact)
    return reckoner.calendar()
