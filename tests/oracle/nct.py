"""The naive calendar of NCT06873178."""

from datetime import date

from dateutil.relativedelta import relativedelta

from .days import Window, days
from .ledger import WAITS, Base, Cycle, Entry
from .shown import Shown
from .tables import NCT_SCREENING, REGIMENS

AFTER_A_STOP = (relativedelta(days=14), 0, 14)
"""An evaluation that a stop retimes: so many days after the last infusion, and its window."""


class Nct(Shown):
    """The way of an NCT06873178 patient."""

    def current_regimen(self, key: str) -> str:
        return self.regimen

    def outcomes(self, event: str, outcome: str) -> list[int]:
        """The numbers of an event's visits at which that was decided."""
        return sorted(
            int(key.split("#")[1])
            for key, (found, _) in self.ledger.decided.items()
            if key.startswith(f"{event}#") and found == outcome
        )

    def build(self) -> None:
        ledger = self.ledger
        decided = {key: outcome for key, (outcome, _) in ledger.decided.items()}
        self.withdrew = self.terminal(("CJ-P02",), lambda key: True) is not None
        self.operation_held = self.operated(("CJ-P02",))
        # a withdrawal from treatment works as `no_surgery`, and ends every course
        self.unfit = self.withdrew or "no_surgery" in decided.values()
        # after `no_surgery` at the evaluation, cycles and assessments go on as after `continue`
        self.goes_on = decided.get("CJ-R02") in ("continue", "no_surgery")
        self.answered = self.outcomes("CJ-R01", "response")
        self.progressed = "progression" in decided.values()
        self.stop = self.withdrew or "chemo" in ledger.stopped
        self.short = REGIMENS[self.regimen].length == 14

        registration = self.registered("CJ-S00", "CJ-S01")
        for event in NCT_SCREENING:
            self.screen(event, registration)
        if ledger.choices["pet_ct"]:
            self.screen("CJ-S05", registration)

        cycles = self.first_regimen(registration)
        evaluated = self.assessments(cycles)
        adjusted, answer = self.second_regimen(cycles)
        if self.progressed:
            deciding = answer
        elif self.goes_on:
            deciding = self.entries[f"CJ-R01#{min(self.answered)}"] if self.answered else None
        else:
            deciding = evaluated
        surgery = self.operation(cycles, adjusted, deciding)
        after = self.adjuvant(cycles, self.base(surgery), answer is not None)
        self.follow(cycles, adjusted, after, surgery)

    # before surgery

    def first_regimen(self, registration: Base) -> list[Cycle]:
        """The cycles of the first regimen."""
        planned = self.site.cycles("chemo")
        if planned is None:
            planned = 6 if self.short else 4
        self.count = max(planned, self.last_given("CJ-C01", "CJ-C02") + 4) if self.goes_on else planned
        return self.phase(
            ("CJ-C01", "CJ-C02", "CJ-C03", "CJ-C04"),
            registration,
            self.operation_held or self.stop or self.progressed or bool(self.answered),
            self.current_regimen,
            lambda made: len(made) < self.count,
        )

    def assessments(self, cycles: list[Cycle]) -> Entry:
        """The assessments of the first regimen; the answer is the evaluation after cycle 4."""
        ledger, given = self.ledger, self.given(cycles)
        begun = any(dose.result == "performed" for cycle in cycles[3:] for dose in cycle.infusions)
        # an operation cancels what was not held, and gives nothing another day
        early = self.stop and not begun
        after_stop = self.goes_on and self.stop and not (self.unfit or self.progressed)
        retimed = False
        for number in range(4, self.count + 1, 4) if self.goes_on else (4,):
            key = f"CJ-R01#{number}"
            drop = self.operation_held
            if number == 4:
                drop = drop or (early and not self.unfit) or (self.progressed and not begun)
            else:
                closed = [*self.answered, *self.outcomes("CJ-R01", "progression")]
                drop = drop or any(number > other for other in closed)
            if self.unfit and (self.stop or self.progressed):
                drop = drop or number > len(cycles) or cycles[number - 1].day_one.result != "performed"
            # the first outstanding one at which something can be decided
            if after_stop and number >= 8 and not drop and ledger.result(key) is None:
                if retimed:
                    self.cycle_end(key, "CJ-R01", cycles, number, True)
                else:
                    self.after_the_last(key, "CJ-R01", given, False)
                retimed = True
            else:
                self.cycle_end(key, "CJ-R01", cycles, number, drop)
        if self.ledger.choices["interim_scan"] and not self.short:
            ended = self.operation_held or self.stop or self.progressed
            self.add("CJ-R04", "CJ-R04", self.base(cycles[0].day_one), cancelled=ended)
        if early and not self.unfit:
            return self.after_the_last("CJ-R02", "CJ-R02", given, self.operation_held)
        # the visit at which something was decided stays
        begun_4 = len(cycles) > 3 and cycles[3].day_one.result == "performed"
        over = self.unfit and self.stop and not begun_4 and "CJ-R02" not in ledger.decided
        return self.cycle_end("CJ-R02", "CJ-R02", cycles, 4, self.operation_held or over)

    def after_the_last(self, key: str, event: str, given: Entry | None, drop: bool) -> Entry:
        """An evaluation that a stop has retimed: 14 days after the last performed infusion, 0/+14."""
        offset, before, after = AFTER_A_STOP
        return self.add(
            key,
            event,
            self.base(given),
            offset=offset,
            cancelled=drop,
            window=lambda target: (target - days(before), target + days(after)),
        )

    def cycle_end(self, key: str, event: str, cycles: list[Cycle], number: int, drop: bool) -> Entry:
        """A visit shortly before the end of a cycle, on which the next would start."""
        if number > len(cycles):
            return self.add(key, event, WAITS, cancelled=drop)
        cycle = cycles[number - 1]
        end = self.site.offset(event) + relativedelta(days=cycle.length)

        def two_cycles(target: date) -> Window:
            earliest, latest = self.site.window(event, target)
            return earliest, latest if "CJ-R02.after" in self.site.values else target + days(2 * cycle.length)

        window = two_cycles if event == "CJ-R02" else None
        return self.add(key, event, self.base(cycle.day_one), offset=end, cancelled=drop, window=window)

    def second_regimen(self, cycles: list[Cycle]) -> tuple[list[Cycle], Entry | None]:
        """The cycles of the adjusted regimen with their assessments, and the one at which it was found to work."""
        answered = self.outcomes("CJ-R03", "response")
        self.stop_new = self.withdrew or "adjusted" in self.ledger.stopped
        if not (self.progressed and self.ledger.changes):
            return [], None
        changed_on, new = self.ledger.changes[0]
        count = max(self.site.cycles("adjusted") or 4, self.last_given("CJ-D01", "CJ-D02") + 4)
        adjusted = self.phase(
            ("CJ-D01", "CJ-D02", "CJ-D03", "CJ-D04"),
            Base(changed_on, True),
            self.operation_held or self.stop_new or bool(answered),
            lambda key: new,
            lambda made: len(made) < count,
        )
        deciding: Entry | None = None
        retimed = False
        for number in range(2, count + 1, 2):
            key = f"CJ-R03#{number}"
            drop = self.operation_held or any(number > other for other in answered)
            outstanding = self.stop_new and not drop and self.ledger.result(key) is None
            if outstanding and self.unfit:
                begun = number <= len(adjusted) and adjusted[number - 1].day_one.result == "performed"
                entry = self.cycle_end(key, "CJ-R03", adjusted, number, not begun)
            elif outstanding and not retimed:
                retimed = True
                entry = self.add(key, "CJ-R03", self.base(self.given([*cycles, *adjusted])), offset=AFTER_A_STOP[0])
            else:
                entry = self.cycle_end(key, "CJ-R03", adjusted, number, drop or outstanding)
            if self.ledger.decided.get(key, ("", None))[0] == "response":
                deciding = entry
        return adjusted, deciding

    # surgery and after

    def operation(self, cycles: list[Cycle], adjusted: list[Cycle], deciding: Entry | None) -> Entry:
        """The operation with the visits before and after it."""
        gone = self.unfit
        last_dose = self.latest_of(self.counting([*cycles, *adjusted]))
        if adjusted:
            open_ended = not (self.operation_held or self.stop_new or deciding is not None)
        else:
            settled = self.operation_held or self.stop or self.progressed or bool(self.answered)
            open_ended = self.goes_on and not settled
        if open_ended:
            last_dose = None  # treatment without an end: what is counted from its end waits
        target, counted = self.surgery_base(last_dose, deciding, "CJ-P02", 10)
        surgery = self.add("CJ-P02", "CJ-P02", counted, target=target, cancelled=gone)
        self.add_repeating("CJ-P01", "CJ-P01", surgery, gone, False)
        base = self.base(surgery)
        for event in ("CJ-O01", "CJ-O03", "CJ-O05", "CJ-O07", "CJ-O30"):
            self.add(event, event, base, cancelled=gone)
        for day in (30, 90):
            self.add(f"CJ-O31#{day}", "CJ-O31", base, cancelled=gone, offset=relativedelta(days=day))
        return surgery

    def adjuvant(self, cycles: list[Cycle], base: Base, second_line: bool) -> list[Cycle]:
        """The cycles after surgery."""
        regimen = self.ledger.changes[0][1] if second_line else self.regimen
        short = REGIMENS[regimen].length == 14
        before = [
            cycle
            for cycle in cycles
            if cycle.day_one.result == "performed" or (cycle.day_one.result is None and not cycle.day_one.cancelled)
        ]
        number = self.site.cycles("adjuvant")
        if number is None:
            if second_line:
                number = 6 if short else 2
            else:
                number = max(4, 12 - len(before)) if short else max(2, 6 - len(before))
        wanted = number
        return self.phase(
            ("CJ-A01", "CJ-A02", "CJ-A04", "CJ-A05"),
            base,
            self.unfit or self.adjuvant_over(),
            lambda key: regimen,
            lambda made: len(made) < wanted,
        )

    def adjuvant_over(self) -> bool:
        """Whether adjuvant treatment was stopped, or withdrawn from."""
        return "adjuvant" in self.ledger.stopped or self.ledger.treatment_withdrawn is not None

    def last_treatment(self, cycles: list[Cycle], adjusted: list[Cycle], after: list[Cycle]) -> Entry | None:
        """The infusion with which all treatment ends; none while that is open."""
        given = self.given([*cycles, *adjusted, *after])
        if self.withdrew:
            return given
        over = self.stop_new if adjusted else self.stop or self.stop_new
        if self.unfit:
            return given if over or self.operation_held else None
        if self.progressed and not adjusted and over and self.entries["CJ-P02"].assumed is None:
            return given
        if self.adjuvant_over() and self.given(after) is None:
            return given
        return self.latest_of(self.counting(after))

    def follow(self, cycles: list[Cycle], adjusted: list[Cycle], after: list[Cycle], surgery: Entry) -> None:
        """The end of treatment, monthly contacts from it, and imaging from the operation."""
        ended = self.base(self.last_treatment(cycles, adjusted, after))
        self.add("CJ-A03", "CJ-A03", ended)
        month = 1
        while True:
            offset = relativedelta(months=month)
            if month > 24 and (ended.day is None or ended.day + offset > self.today + relativedelta(months=3)):
                break
            self.add(f"CJ-F01#{month}", "CJ-F01", ended, offset=offset)
            month += 1
        base, gone = self.base(surgery), self.unfit
        for month in (*range(3, 25, 3), *range(30, 61, 6)):
            self.add(f"CJ-F02#{month}", "CJ-F02", base, cancelled=gone, offset=relativedelta(months=month))
