"""Random but legal lives of patients, and a count of the branches of the rules that they reach."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .naive import Entry, Reckoner, Refusal, reckon
from .tables import OFFERED, OUTCOMES, PHASES

SCANPAN_VALUES: dict[str, list[Any]] = {
    "SP-S02.before": ["P28D"],
    "SP-C01.offset": ["P3D", "P10D", "P1W"],
    "SP-C01.after": ["P21D"],
    "SP-C04.before": ["P3D", "P1D"],
    "SP-C04.after": ["P0D"],
    "SP-R01.after": ["P21D"],
    "SP-R01.offset": ["P9W", "P56D"],
    "SP-R02.offset": ["P10D"],
    "SP-R03.offset": ["P8W"],
    "SP-R04.offset": ["P5D"],
    "SP-P01.offset": ["-P10D"],
    "SP-P03.offset": ["P35D", "P5W"],
    "SP-P03.after": ["P42D"],
    "SP-A01.offset": ["P2M"],
    "SP-O03.after": ["P2D"],
    "SP-O08.after": ["P28D"],
    "SP-F12.before": ["P1M"],
    "SP-F24.after": ["P2M"],
    "MFFX.1.gap": ["P13D", "P10D"],
    "cycles.preop_chemo": [5, 6, 7],
    "cycles.postop_chemo": [1, 3],
}
NCT_VALUES: dict[str, list[Any]] = {
    "CJ-S04.before": ["P14D"],
    "CJ-C01.offset": ["P3D"],
    "CJ-C04.before": ["P3D"],
    "CJ-R01.before": ["P10D"],
    "CJ-R02.after": ["P28D"],
    "CJ-R03.after": ["P10D"],
    "CJ-P01.offset": ["-P5D"],
    "CJ-P02.offset": ["P30D"],
    "CJ-P02.after": ["P35D"],
    "CJ-A01.offset": ["P8W"],
    "CJ-F01.before": ["P10D"],
    "CJ-F02.after": ["P1M"],
    "FFX.1.gap": ["P13D"],
    "cycles.chemo": [4, 5, 6],
    "cycles.adjuvant": [2, 5],
}
REGIMEN_VALUES: dict[str, list[Any]] = {
    "AG.8.before": ["P0D"],
    "AG.8.gap": ["P5D", "P7D"],
    "AG.15.after": ["P3D", "P0D"],
    "AG.1.gap": ["P14D"],
    "NAL.15.gap": ["P13D", "P14D"],
    "NAL.15.after": ["P5D"],
}
DECIDING = ("SP-R01", "SP-R02", "SP-R03", "SP-R04", "CJ-R01", "CJ-R02", "CJ-R03")
OPERATIONS = ("SP-P03", "SP-P04", "CJ-P02")
MINOR = {
    *("SP-S01", "SP-S02", "SP-S03", "SP-S04", "SP-S05", "SP-S07", "SP-S08", "SP-C03", "SP-C04", "SP-A04", "SP-A05"),
    *("SP-O01", "SP-O02", "SP-O03", "SP-O04", "SP-O05", "CJ-S02", "CJ-S03", "CJ-S04", "CJ-C03", "CJ-C04", "CJ-D03"),
    *("CJ-D04", "CJ-A04", "CJ-A05", "CJ-O01", "CJ-O03", "CJ-O05", "CJ-O07"),
}
REASONS = ("low counts", "holiday abroad", "fever", "scanner down", "wish of the patient")


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


class Walk:
    """One patient's way through time."""

    def __init__(self, rng: random.Random, protocol: str) -> None:
        self.rng = rng
        self.protocol = protocol
        self.scanpan = protocol == "scanpan"
        enrolled = date(2024, 1, 1) + days(rng.randrange(8 * 365))
        country = rng.choice(("SE", "FI")) if self.scanpan else "CN"
        self.scenario: dict[str, Any] = {
            "protocol": protocol,
            "today": enrolled.isoformat(),
            "participant": {
                "code": f"T-{rng.randrange(1000):03d}",
                "enrolled_on": enrolled.isoformat(),
                "country": country,
                "regimen": rng.choice(OFFERED[protocol]),
            },
            "facts": [],
        }
        self.enrolled = enrolled
        self.choices()
        self.site(country)
        self.weekdays()
        self.now = enrolled
        self.reckoner = Reckoner(self.scenario)
        self.left: set[str] = set()
        self.hold: dict[str, int] = {}
        self.messy = rng.choice((0.0, 0.1, 0.25, 0.5))
        self.eager = rng.choice((0.1, 0.5, 2.0))
        self.worse = rng.choice((0.1, 0.5, 2.0))
        self.stormy = rng.choice((0.0, 0.2, 0.5, 1.5))
        self.sparse = rng.choice((0.0, 0.0, 0.5, 0.95))
        self.idled = 0
        self.ended = False

    # the start

    def choices(self) -> None:
        """Choices at enrolment."""
        rng = self.rng
        chosen: dict[str, Any] = {}
        names = ("staged", "pancreatic_resection", "eortc", "long_term") if self.scanpan else ("pet_ct",)
        for name in names:
            if rng.random() < 0.3:
                chosen[name] = rng.random() < 0.7
        if not self.scanpan and rng.random() < 0.15:
            chosen["cohort"] = rng.choice(("retrospective", "retrospective", "prospective"))
        if chosen or rng.random() < 0.3:
            self.scenario["participant"]["choices"] = chosen

    def site(self, country: str) -> None:
        """Sometimes the site has its own closed days and values."""
        rng = self.rng
        if rng.random() < 0.4:
            return
        site: dict[str, Any] = {}
        if rng.random() < 0.4:
            site["time_zone"] = {"SE": "Europe/Stockholm", "FI": "Europe/Helsinki", "CN": "Asia/Shanghai"}[country]
        if rng.random() < 0.55:
            site["closed_weekdays"] = rng.choice(([6], [4, 5, 6], [2, 5, 6], []))
        for word in ("closed", "open"):
            if rng.random() < 0.4:
                found = set()
                for _ in range(rng.randrange(1, 6)):
                    start = self.enrolled + days(rng.randrange(-10, 500))
                    for more in range(rng.choice((1, 1, 3, 9)) if word == "closed" else 1):
                        found.add((start + days(more)).isoformat())
                site[word] = sorted(found)
        if rng.random() < 0.5:
            known = {**(SCANPAN_VALUES if self.scanpan else NCT_VALUES), **REGIMEN_VALUES}
            values = {key: rng.choice(known[key]) for key in rng.sample(sorted(known), rng.randrange(1, 6))}
            if rng.random() < 0.4:
                values["return_to_weekday"] = rng.random() < 0.5
            site["values"] = values
        self.scenario["site"] = site

    def weekdays(self) -> None:
        """Half of the sites let cycles return to the weekday of the first: those of every second day of enrolment."""
        if self.enrolled.toordinal() % 2:
            self.scenario.setdefault("site", {}).setdefault("values", {}).setdefault("return_to_weekday", True)

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
        self.record(kind="performed", visit=key, on=day, **self.at())
        if event in DECIDING and not early and rng.random() < 0.8:
            self.until(day + days(rng.choice((0, 0, 1, 4))))
            self.decide(key)

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
            "no_surgery": 0.1,
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
            if entry.assumed is not None:
                self.record(
                    kind="performed", visit=entry.key, on=min(entry.assumed + days(rng.choice((0, 1, 4))), self.now)
                )

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
                self.record(kind="performed", visit=key, on=self.now)

    def choose(self) -> None:
        """Change a choice."""
        rng = self.rng
        if self.scanpan:
            name = rng.choice(("staged", "pancreatic_resection", "eortc", "long_term"))
            if name == "staged" and self.status("SP-P04") == "performed":
                return
            self.record(kind="chosen", choice=name, value=rng.random() < 0.6, on=self.now)
        elif rng.random() < 0.8:
            self.record(kind="chosen", choice="pet_ct", value=rng.random() < 0.6, on=self.now)
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
        if self.rng.random() < 0.5:
            given = max(self.now - days(self.rng.randrange(30)), self.enrolled)
            fact["last_medication_on"] = given.isoformat()
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


# ---------------------------------------------------------------------------------------------------------------------


def branches(scenario: dict[str, Any], output: dict[str, Any]) -> Iterator[str]:
    """Names of the branches of the rules that a life has reached."""
    mark = "SP" if scenario["protocol"] == "scanpan" else "CJ"
    facts: list[dict[str, Any]] = scenario["facts"]
    operated = False
    chosen = scenario["participant"].get("choices", {})
    yield f"{mark} regimen {scenario['participant']['regimen']}"
    for name, value in chosen.items():
        yield f"{mark} choice {name}={value}"
    site = scenario.get("site", {})
    for name in site:
        yield f"{mark} site {name}"
    for name in site.get("values", {}):
        yield f"{mark} value {name}"
    reckoner = Reckoner({**scenario, "facts": []})
    for fact in facts:
        kind = fact["kind"]
        visit = fact.get("visit", "")
        event = visit.split("#")[0]
        if kind == "decided":
            number = visit.partition("#")[2]
            again = "" if not number or number in ("1", "2", "8") else " later"
            yield f"{mark} decided {event}{again} {fact['outcome']}"
            if visit not in reckoner.ledger.performed:
                yield f"{mark} decided before performed"
        elif kind in ("stopped", "withdrawn"):
            what = fact.get("phase", fact.get("scope"))
            yield f"{mark} {kind} {what} {'after' if operated else 'before'} operation"
            if kind == "stopped":
                names = {"preop_chemo": "SP-C", "postop_chemo": "SP-A", "chemo": "CJ-C", "adjusted": "CJ-D"}
                prefix = names.get(fact["phase"], "CJ-A")
                given = any(
                    key.startswith(prefix) and reckoner.plan.entries[key].infusion
                    for key in reckoner.ledger.performed
                    if key in reckoner.plan.entries
                )
                yield f"{mark} stopped {what} {'after a dose' if given else 'before any dose'}"
                if not given and prefix == "CJ-C" and "CJ-D01" in reckoner.plan.entries:
                    yield "CJ stopped chemo after progression"
        elif kind == "chosen":
            yield f"{mark} chosen {fact['choice']}={fact['value']}"
        elif kind in ("performed", "missed", "booked", "moved"):
            entry = reckoner.plan.entries[visit]
            status = reckoner.plan.status(entry)
            if visit in OPERATIONS:
                yield f"{mark} {visit} {kind}" + (" while it waits" if entry.target is None else "")
                if entry.waits_again:
                    yield f"{mark} {visit} {kind} after it was missed"
            elif kind != "missed":
                yield f"{mark} {kind}"
                if status in ("missed", "cancelled"):
                    yield f"{mark} {kind} after {status}"
            if kind == "performed" and visit in OPERATIONS:
                operated = True
            if "/" in visit:
                yield f"{mark} repeat {visit[visit.index('/') :]} {kind}"
            if "@2" in visit:
                yield f"{mark} second operation {kind}"
        else:
            yield f"{mark} {kind}"
        reckoner.record({**fact})
    if output["strays"]:
        yield f"{mark} a key off the path"
    changes = sum(fact["kind"] == "regimen_changed" for fact in facts)
    if changes > 1:
        yield f"{mark} two changes of regimen"
    for entry in output["entries"]:
        yield f"{mark} status {entry['status']}"
        for kind in entry["problem_kinds"]:
            yield f"{mark} problem {kind}"
        result = entry["window_result"]
        if result is not None:
            yield f"{mark} result {result.split()[0]}"
        elif entry["performed"] is not None:
            yield f"{mark} result without a window"
        if entry["due_at"] is not None:
            yield f"{mark} due_at"
        if "/" in entry["visit"]:
            yield f"{mark} has a repeat {entry['visit'].partition('/')[2]} of {entry['visit'][:6]}"
        if entry["visit"].startswith(("SP-N01", "SP-R03", "SP-L01", "CJ-D01", "SP-S09", "CJ-S05", "CJ-R01", "CJ-R03")):
            yield f"{mark} has {entry['visit']} {entry['status']}"
        if entry["visit"].startswith("CJ-F01") and int(entry["visit"].split("#")[1]) > 24:
            yield "CJ has CJ-F01 beyond month 24"
        if entry["visit"] in ("SP-R01", "SP-R02", "CJ-R02", "SP-A03", "CJ-A03", "SP-P03", "CJ-P02", "SP-R04", "SP-P04"):
            yield f"{mark} {entry['visit']} {entry['status']}"


def main() -> None:
    """Count the branches."""
    import sys

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    counts: Counter[str] = Counter()
    facts = 0
    for seed in range(number):
        protocol = "scanpan" if seed % 2 == 0 else "nct06873178"
        scenario = life(random.Random(seed), protocol)
        facts += len(scenario["facts"])
        counts.update(set(branches(scenario, reckon(scenario))))
    print(f"{number} lives, {facts} facts")
    for name, found in sorted(counts.items()):
        print(f"{found:6d} {name}")


if __name__ == "__main__":
    main()
