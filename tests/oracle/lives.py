"""Random but legal lives of patients."""

import random
from datetime import date
from typing import Any

from .naive import Entry, Reckoner, Refusal
from .start import Start, days
from .tables import LIVER, OFFERED, OPERATIONS, OUTCOMES, PANCREAS, PHASES
from .values import NCT_VALUES, SCANPAN_VALUES

__all__ = ["NCT_VALUES", "SCANPAN_VALUES", "Walk", "days", "life"]

DECIDING = ("SP-R01", "SP-R02", "SP-R03", "SP-R04", "CJ-R01", "CJ-R02", "CJ-R03")
MINOR = {
    *("SP-S01", "SP-S02", "SP-S03", "SP-S04", "SP-S05", "SP-S07", "SP-S08", "SP-C03", "SP-C04", "SP-A04", "SP-A05"),
    *("SP-O01", "SP-O02", "SP-O03", "SP-O04", "SP-O05", "CJ-S02", "CJ-S03", "CJ-S04", "CJ-C03", "CJ-C04", "CJ-D03"),
    *("CJ-D04", "CJ-A04", "CJ-A05", "CJ-O01", "CJ-O03", "CJ-O05", "CJ-O07"),
}
REASONS = ("low counts", "holiday abroad", "fever", "scanner down", "wish of the patient")


class Walk(Start):
    """One patient's way through time."""

    def __init__(self, rng: random.Random, protocol: str) -> None:
        super().__init__(rng, protocol)
        self.reckoner = Reckoner(self.scenario)
        self.left: set[str] = set()
        self.hold: dict[str, int] = {}
        self.messy = rng.choice((0.0, 0.1, 0.25, 0.5))
        self.eager = rng.choice((0.1, 0.5, 2.0))
        self.worse = rng.choice((0.1, 0.5, 2.0))
        self.unfit = rng.choice((0.05, 0.1, 1.0))
        self.stormy = rng.choice((0.0, 0.2, 0.5, 1.5))
        self.sparse = rng.choice((0.0, 0.0, 0.5, 0.95))
        self.astray = rng.choice((0.0, 0.0, 0.05, 0.2))
        self.idled = 0
        self.ended = False

    # recording

    def record(self, **fact: Any) -> bool:
        """Record a fact if it is legal."""
        for name in ("on", "to"):
            if isinstance(fact.get(name), date):
                fact[name] = fact[name].isoformat()
        try:
            self.reckoner.record(fact)
        except Refusal:
            return False
        self.scenario["facts"].append(fact)
        return True

    def until(self, day: date) -> None:
        """Let time pass."""
        if day > self.now:
            self.now = day
        self.reckoner.today = self.now
        self.reckoner.plan.today = self.now

    def reason(self) -> str:
        return self.rng.choice(REASONS)

    def at(self) -> dict[str, str]:
        """Sometimes a time of day."""
        if self.rng.random() < 0.6:
            return {}
        return {"at": f"{self.rng.choice((0, 1, 7, 8, 9, 10, 11, 13, 15, 22)):02d}:{self.rng.choice((0, 15, 30)):02d}"}

    def open_entries(self) -> list[Entry]:
        """What is still to be done and has a day, in order."""
        plan = self.reckoner.plan
        found = [entry for entry in plan.entries.values() if plan.status(entry) in ("planned", "due", "overdue")]
        found.sort(key=lambda entry: (entry.assumed or date.max, entry.key))
        return found

    def entry(self, key: str) -> Entry | None:
        return self.reckoner.plan.entries.get(key)

    def status(self, key: str) -> str | None:
        entry = self.entry(key)
        return None if entry is None else self.reckoner.plan.status(entry)

    # one step

    def step(self) -> bool:
        """Do the next thing; false when nothing is left to do."""
        rng = self.rng
        open_now = self.open_entries()
        fresh = [entry for entry in open_now if entry.key not in self.left]
        self.sudden(open_now)
        if self.ended:
            return False
        if not fresh:
            return self.idle()
        entry = self.entry(fresh[0].key)
        if (
            entry is None
            or entry.assumed is None
            or self.reckoner.plan.status(entry) not in ("planned", "due", "overdue")
        ):
            return True
        if entry.key[:6] in MINOR and not entry.infusion and rng.random() < self.sparse:
            self.left.add(entry.key)
            return True
        roll = rng.random()
        if entry.key in OPERATIONS and roll < 0.12:
            self.until(entry.assumed)
            self.record(kind="missed", visit=entry.key, on=self.now, reason=self.reason())
            return True
        if roll < 0.04 + 0.2 * self.messy:
            self.arrange(rng.choice(fresh[: rng.choice((1, 3, 12))]))
            return True
        if roll < 0.06 + 0.35 * self.messy and self.hold.get(entry.key, 0) < 2:
            self.delay(entry)
            return True
        day = entry.assumed + days(rng.choice((0,) * 12 + (1, 1, 2, 3, -1, -2, 5)) if rng.random() < 0.5 else 0)
        if rng.random() < self.astray:
            day += days(rng.choice((-20, -7, -4, 4, 8, 12, 20, 40)))
        day = max(day, self.enrolled - days(60))
        roll = rng.random()
        if roll < 0.02 + 0.12 * self.messy:
            self.left.add(entry.key)
            self.until(day)
        elif entry.infusion and roll < 0.05 + 0.3 * self.messy:
            self.until(day)
            self.record(kind="omitted", visit=entry.key, on=day, reason=self.reason())
        elif roll < 0.03 + 0.3 * self.messy:
            self.until(day)
            self.record(kind="missed", visit=entry.key, on=day, reason=self.reason())
        else:
            self.perform(entry.key, day)
        return True

    def idle(self) -> bool:
        """Nothing has a day: let something happen that gives one."""
        rng = self.rng
        self.idled += 1
        if self.idled > 5:
            return False
        self.until(self.now + days(rng.randrange(1, 15)))
        if not self.scanpan:
            self.record(kind="regimen_changed", on=self.now, to=rng.choice(OFFERED[self.protocol]))
        self.decide_late()
        if rng.random() < 0.5:
            self.operations()
        return True

    def decide_late(self) -> None:
        """Decide at a visit that took place earlier."""
        ledger = self.reckoner.ledger
        keys = [
            key
            for key in ledger.performed
            if key in self.reckoner.plan.entries and key.split("#")[0] in DECIDING and key not in ledger.decided
        ]
        if keys and not ledger.given_up:
            self.decide(keys[-1])

    def perform(self, key: str, day: date) -> None:
        """Record a visit, and mostly what was decided at it."""
        rng = self.rng
        event = key.split("#")[0]
        early = event in DECIDING and rng.random() < 0.15
        self.until(day)
        if early:
            self.decide(key)
        if self.status(key) not in ("planned", "due", "overdue"):
            return
        if not self.record(**self.visit(key, day)):
            self.left.add(key)
            return
        if event in DECIDING and not early and rng.random() < 0.8:
            self.until(day + days(rng.choice((0, 0, 1, 4))))
            self.decide(key)

    def visit(self, key: str, day: date) -> dict[str, Any]:
        """A visit that took place: the time of a pump's start, mostly; of an operation what was operated."""
        rng, plan = self.rng, self.reckoner.plan
        fact = {"kind": "performed", "visit": key, "on": day, **self.at()}
        pumps = [one for one in plan.entries.values() if one.counted_from is plan.entries[key]]
        if any(self.reckoner.is_pump(one.key) for one in pumps) and rng.random() < 0.7:
            fact["pump_at"] = f"{rng.choice((1, 10, 12, 14, 16, 23)):02d}:{rng.choice((0, 10, 45)):02d}"
        if key in OPERATIONS and rng.random() < 0.6:
            fact = {"kind": "operation", "visit": key, "on": day}
            fact["pancreas"] = rng.choice(("none", "none", *PANCREAS))
            fact["liver"] = rng.choice(("ablation", "ablation", *LIVER))
        return fact

    def decide(self, key: str) -> None:
        """Decide with any outcome."""
        rng = self.rng
        event = key.split("#")[0]
        if event not in OUTCOMES or (self.operated() and rng.random() < 0.95):
            return
        weights = {
            "response": 0.3,
            "surgery": 0.8,
            "continue": self.eager,
            "progression": self.worse,
            "palliative": 0.1,
            "no_surgery": 0.1 if self.scanpan else self.unfit,
        }
        outcomes = OUTCOMES[event]
        if self.operated():
            outcomes = tuple(outcome for outcome in outcomes if outcome in ("response", "surgery"))
        outcome = rng.choices(outcomes, [weights[outcome] for outcome in outcomes])[0]
        self.record(kind="decided", visit=key, on=self.now, outcome=outcome)

    def operated(self) -> bool:
        return any(key in self.reckoner.ledger.performed for key in OPERATIONS)

    def arrange(self, entry: Entry) -> None:
        """Book a visit."""
        if entry.assumed is None:
            return
        day = entry.assumed + days(self.rng.choice((0, 0, 0, 1, 2, -1, -2, 4, 7, 12)))
        if entry.floor is not None and self.rng.random() < 0.5:
            day = entry.floor - days(self.rng.randrange(4))
        self.record(kind="booked", visit=entry.key, on=max(day, self.now), **self.at())

    def delay(self, entry: Entry) -> None:
        """Move a visit by days to three weeks."""
        if entry.assumed is None:
            return
        self.hold[entry.key] = self.hold.get(entry.key, 0) + 1
        step = self.rng.randrange(1, 22) if self.rng.random() < 0.9 else -self.rng.randrange(1, 4)
        self.record(kind="moved", visit=entry.key, to=entry.assumed + days(step), reason=self.reason())

    def sudden(self, open_now: list[Entry]) -> None:
        """What may happen at any time."""
        rng = self.rng
        ledger = self.reckoner.ledger
        storm = self.stormy
        fixed = self.scenario.get("site", {}).get("values", {})
        if rng.random() < (0.06 if "SP-P04" in self.reckoner.plan.entries else 0.015):
            self.operations()
        if rng.random() < 0.08:
            self.decide_late()
        if "CJ-D01" in self.reckoner.plan.entries and rng.random() < 0.03 * storm:
            self.stop()
        unfit = not self.scanpan and "no_surgery" in [outcome for outcome, _ in ledger.decided.values()]
        if unfit and rng.random() < 0.04:
            self.stop()
        if rng.random() < 0.012 * storm:
            self.choose()
        changing = 0.015 * storm if self.scanpan else 0.3
        if rng.random() < changing and "cycles.preop_chemo" not in fixed and "cycles.postop_chemo" not in fixed:
            back = 0 if ledger.changes else rng.choice((0, 0, 0, 3))
            day = max(self.now - days(back), self.enrolled)
            self.record(kind="regimen_changed", on=day, to=rng.choice(OFFERED[self.protocol]))
        if rng.random() < 0.008 * storm:
            self.stop()
        if rng.random() < 0.006 * storm and not ledger.given_up:
            self.withdraw("treatment")
        if rng.random() < 0.003 * storm:
            self.withdraw("all")
        if rng.random() < 0.006 * storm:
            self.record(kind="lost", on=self.now, reason=self.reason())
            self.after_the_end()
            if rng.random() < 0.7:
                self.until(self.now + days(rng.randrange(1, 120)))
                self.record(kind="found_again", on=self.now)
            else:
                self.ended = True
        if rng.random() < 0.006 * storm:
            self.record(kind="died", on=self.now - days(rng.choice((0, 0, 0, 1, 3))))
            self.after_the_end()
            self.ended = ledger.died is not None or self.ended
        if rng.random() < 0.01 * storm and ledger.died is None:
            self.record(kind="contact", on=self.now, alive=rng.choice(("yes", "no", "no", "unknown")))
        if ledger.said_dead is not None and rng.random() < 0.3:
            self.record(kind="contact", on=self.now, alive="yes")
        if rng.random() < 0.03:
            self.late(open_now)

    def late(self, open_now: list[Entry]) -> None:
        """Enter something past: a visit left open, or one that was missed and took place after all."""
        rng = self.rng
        past = [entry for entry in open_now if entry.assumed is not None and entry.assumed <= self.now]
        missed = [entry for entry in self.reckoner.plan.entries.values() if entry.result == "missed"]
        if missed and rng.random() < 0.5:
            past = missed
        if past:
            entry = rng.choice(past)
            # Another regimen, chosen at the same step, may have taken it away.
            if entry.assumed is not None and entry.key in self.reckoner.plan.entries:
                self.record(**self.visit(entry.key, min(entry.assumed + days(rng.choice((0, 1, 4))), self.now)))

    def after_the_end(self) -> None:
        """Some late entries after contact has ended."""
        for _ in range(self.rng.choice((0, 0, 1, 2))):
            self.late(self.open_entries())

    def operations(self) -> None:
        """Book, move or perform an operation while it waits; sometimes hold the second one."""
        rng = self.rng
        for key in OPERATIONS:
            status = self.status(key)
            if status != "awaiting":
                continue
            if key == "SP-P04" and "SP-P03" not in self.reckoner.ledger.performed:
                continue
            roll = rng.random()
            day = self.now + days(rng.randrange(1, 60))
            if roll < 0.5:
                self.record(kind="booked", visit=key, on=day, **self.at())
            elif roll < 0.75:
                self.record(kind="moved", visit=key, to=day, reason=self.reason())
            elif roll < 0.9 and (key != "SP-P04" or "SP-P03" in self.reckoner.ledger.performed):
                self.record(**self.visit(key, self.now))

    def choose(self) -> None:
        """Change a choice."""
        rng = self.rng
        if self.scanpan:
            name = rng.choice(("staged", "pancreatic_resection", "eortc", "long_term"))
            if name == "staged" and self.status("SP-P04") == "performed":
                return
            self.record(kind="chosen", choice=name, value=rng.random() < 0.6, on=self.now)
        elif rng.random() < 0.8:
            name = rng.choice(("pet_ct", "interim_scan"))
            self.record(kind="chosen", choice=name, value=rng.random() < 0.6, on=self.now)
        else:
            self.record(kind="chosen", choice="cohort", value=rng.choice(("prospective", "retrospective")), on=self.now)

    def stop(self) -> None:
        """Stop the phase that is under way."""
        first, *later = PHASES[self.protocol]
        phase = later[-1] if self.operated() else first
        if not self.scanpan and not self.operated() and "CJ-D01" in self.reckoner.plan.entries:
            phase = "adjusted"
        if self.rng.random() < 0.1 and self.operated() is False:
            phase = later[-1]
        if phase not in self.reckoner.ledger.stopped:
            self.record(kind="stopped", phase=phase, on=self.now, reason=self.reason())

    def withdraw(self, scope: str) -> None:
        """Withdraw consent."""
        fact: dict[str, Any] = {"kind": "withdrawn", "scope": scope, "on": self.now, "reason": self.reason()}
        given = self.reckoner.plan.given_days()
        if self.rng.random() < (0.5 if self.scanpan else 0.95):
            some = max(self.now - days(self.rng.randrange(30)), self.enrolled)
            last = given[-1] if given and self.rng.random() < 0.7 else some
            told = last <= self.now and (given or self.rng.random() < 0.3)
            fact["last_medication_on"] = last.isoformat() if told else "none"
        self.record(**fact)
        if scope == "all":
            self.after_the_end()
            self.ended = True


def life(rng: random.Random, protocol: str) -> dict[str, Any]:
    """A random legal scenario."""
    walk = Walk(rng, protocol)
    for _ in range(rng.choice((0, 3, 10, 20, 40, 80, 160))):
        if not walk.step():
            break
    walk.until(walk.now + days(rng.choice((0, 0, 0, 1, 2, 7, 20, 60, 400))))
    walk.scenario["today"] = walk.now.isoformat()
    return walk.scenario
