"""The naive calendar after some facts: what is common to both trials."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from .days import Site, Window, days
from .ledger import WAITS, Base, Cycle, Entry, Ledger
from .tables import OPERATIONS, REGIMENS, ROUTINE, ROWS, Dose


class Plan:
    """The calendar after some facts. The end of contact (death, loss, full withdrawal) is laid over it last."""

    def __init__(
        self,
        site: Site,
        ledger: Ledger,
        signed: tuple[date, date | None],
        regimen: str,
        today: date,
        before: dict[str, Entry],
    ) -> None:
        self.site = site
        self.ledger = ledger
        self.consented, self.enrolled = signed
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
        study: bool = False,
    ) -> Entry:
        """Put one visit into the calendar. Without `target` it lies `offset` from its base.

        A procedure of the `study` is not proposed before consent.
        """
        ledger = self.ledger
        result = ledger.result(key)
        entry = Entry(key, roll or ROWS[event].roll, result, cancelled and result is None, infusion=infusion)
        entry.performed = ledger.performed.get(key)
        entry.booked = ledger.booked[key][1] if key in ledger.booked else None
        entry.moved = ledger.moved[key][1] if key in ledger.moved else None
        entry.arranged = ledger.arranged(key)
        entry.waits_again = key in OPERATIONS and key in ledger.missed
        entry.basis = "recorded" if base.recorded else "forecast"
        entry.trouble = None if entry.waits_again else base.trouble  # one that waits again is counted from nothing
        entry.counted_from = base.visit
        if infusion and gap is not None:
            previous = self.dose_before(entry.cancelled)
            if previous is not None:
                entry.floor, entry.dose_before = previous + gap, previous
        if not (entry.cancelled and self.keep_days(entry)):
            if target is None and base.day is not None:
                target = base.day + (offset if offset is not None else self.site.offset(event))
            if entry.waits_again:
                target, entry.trouble = None, None  # a day of its own, counted from nothing
            if target is not None:
                frame = window(target) if window is not None else self.site.window(event, target)
                entry.target, (entry.earliest, entry.latest) = target, frame
                signed = self.consented if study and result != "performed" else None
                entry.proposed = self.site.roll(entry.roll, target, frame, signed or entry.floor)
            elif result in ("missed", "omitted"):
                # what was missed keeps its own window
                entry.earliest, entry.latest = ledger.not_held.get(key) or (None, None)
        self.entries[key] = entry
        if infusion:
            self.doses.append(entry)
        return entry

    def keep_days(self, entry: Entry) -> bool:
        """Give a cancelled entry the days that it had before, if it had any; they stay."""
        old = self.before.get(entry.key)
        if old is None or old.target is None:
            return False
        entry.target, entry.earliest, entry.latest = old.target, old.earliest, old.latest
        entry.proposed, entry.basis = old.proposed, old.basis
        entry.kept = old.kept or not old.cancelled
        return True

    def registered(self, consent: str, enrolment: str) -> Base:
        """Consent and inclusion: two days. The day of inclusion, known or expected, is what all else counts from."""
        self.add(consent, consent, Base(self.consented, True))
        if self.enrolled is None:
            visit = self.add(enrolment, enrolment, Base(self.consented, False))
        else:
            own = (self.enrolled, self.enrolled)
            visit = self.add(
                enrolment,
                enrolment,
                Base(self.enrolled, True),
                target=self.enrolled,
                window=lambda target: own,
                roll="none",
            )
        return self.base(visit)

    def screen(self, event: str, registration: Base) -> None:
        """A visit of screening, which is bound to consent unless it is routine care."""
        self.add(event, event, registration, study=event not in ROUTINE)

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

    def add_repeating(
        self,
        key: str,
        event: str,
        visit: Entry,
        cancelled: bool,
        after_given_dose: bool,
        window: Callable[[date], Window] | None = None,
    ) -> None:
        """Bloods and preoperative visits: outdated ones are repeated under `/2`, `/3`."""
        number = 1
        while True:
            name = key if number == 1 else f"{key}/{number}"
            entry = self.add(name, event, self.base(visit), cancelled=cancelled, window=window)
            entry.after_given_dose = after_given_dose
            entry.kept &= visit.cancelled
            if visit.result == "performed" or entry.earliest is None:
                entry.outdated = name in self.before and self.before[name].outdated
            elif entry.performed is not None and entry.performed < entry.earliest:
                # only because the visit that it is counted from has moved: its own target is later than it was
                aimed = self.ledger.aimed[name]
                entry.outdated = aimed is None or (entry.target is not None and entry.target > aimed)
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
                    pump.kept &= infusion.cancelled
                    if infusion.performed is not None and infusion.key in self.ledger.pumped and site.zone is not None:
                        local = datetime.combine(infusion.performed, self.ledger.pumped[infusion.key], site.zone)
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

    @staticmethod
    def counted_back(entry: Entry) -> bool:
        """Whether the protocol wants this visit on a day before that of the visit which it is counted from."""
        other = entry.counted_from
        if other is None or other.assumed is None or entry.target is None:
            return False
        return entry.target < other.assumed

    def given_days(self) -> list[date]:
        """The days of all infusions given, in order."""
        return sorted(dose.performed for dose in self.doses if dose.performed is not None)

    def given(self, cycles: list[Cycle]) -> Entry | None:
        """The last performed infusion of these cycles."""
        return self.latest_of([dose for dose in self.counting(cycles) if dose.result == "performed"])

    # surgery

    def surgery_base(
        self, last_dose: Entry | None, deciding: Entry | None, event: str, later: int
    ) -> tuple[date | None, Base]:
        """The later of last preoperative infusion + 28 d and `later` days after what decides, and which it was."""
        by_dose, by_decision = self.base(last_dose), self.base(deciding)
        if by_dose.day is None or by_decision.day is None:
            return None, WAITS
        one, other = by_dose.day + self.site.offset(event), by_decision.day + days(later)
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
                    self.keep_days(entry)
