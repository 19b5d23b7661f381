"""The naive calendar of ScanPan."""

from collections.abc import Callable
from datetime import date

from dateutil.relativedelta import relativedelta

from .days import Window, days
from .ledger import WAITS, Base, Cycle, Entry
from .shown import Shown
from .tables import FOLLOW_UP, SCANPAN_SCREENING


class ScanPan(Shown):
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
        registration = self.registered("SP-S00", "SP-S06")
        for event in SCANPAN_SCREENING:
            self.screen(event, registration)
        if ledger.choices["eortc"]:
            self.screen("SP-S09", registration)

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
        if given is None and (stop is not None or operated) and ledger.result("SP-R01") != "missed":
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
            planned = last_dose
            if last_dose is None and ledger.result("SP-R02") == "missed":
                # what was missed keeps its own dates, also where no dose was ever given
                in_plan = [dose for cycle in cycles for dose in cycle.infusions]
                planned = self.latest_of([dose for dose in in_plan if dose.result not in ("missed", "omitted")])
            deciding = self.add("SP-R02", "SP-R02", self.base(planned), cancelled=dropped("SP-R02"))
        conference = self.add("SP-R04", "SP-R04", self.base(deciding), cancelled=dropped("SP-R04"))

        # surgery
        target, counted = self.surgery_base(last_dose, conference, "SP-P03", 7)
        surgery = self.add("SP-P03", "SP-P03", counted, target=target, cancelled=given_up)
        self.add_repeating("SP-P01", "SP-P01", surgery, given_up, False, self.after_conference(conference))
        self.add_repeating("SP-P02", "SP-P02", surgery, given_up, False)
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
        for event in FOLLOW_UP:
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
            given = self.given([*cycles, *after])
            if given is not None and given.performed is not None and not operated:
                target = max(given.performed + site.offset("SP-N02"), end[0])
                self.add("SP-N02", "SP-N02", self.base(given), target=target)

    def after_conference(self, conference: Entry) -> Callable[[date], Window]:
        """The window of the preoperative visit, which does not open before the conference, but is never empty."""

        def window(target: date) -> Window:
            earliest, latest = self.site.window("SP-P01", target)
            opens = max(earliest, conference.assumed) if conference.assumed and not conference.cancelled else earliest
            return min(opens, latest), latest

        return window

    def ablated(self, key: str) -> bool:
        """Whether an operation was ablation alone: no pancreas, nothing resected."""
        return self.ledger.procedures.get(key) == ("none", "ablation")

    def after_operation(self, operation: Entry, mark: str, given_up: bool) -> None:
        """The postoperative days of one operation."""
        base = self.base(operation)
        for event in ("SP-O01", "SP-O02", "SP-O03", "SP-O04", "SP-O06", "SP-O07", "SP-O08"):
            if event not in ("SP-O04", "SP-O06") or not self.ablated(operation.key):
                self.add(f"{event}{mark}", event, base, cancelled=given_up)
        resected = self.ledger.resected.get(operation.key, self.ledger.choices["pancreatic_resection"])
        if resected and not self.ablated(operation.key):
            for day in (14, 21):
                self.add(f"SP-O05#{day}{mark}", "SP-O05", base, cancelled=given_up, offset=relativedelta(days=day))
