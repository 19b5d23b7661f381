"""A slow, plain planner written from the rules alone, to compare the real one with.

The facts are replayed one by one; after each the whole calendar is built anew, in the order of the patient's way.
"""

import copy
from collections.abc import Callable
from typing import Any

from .days import Refusal, clock, iso
from .ledger import Entry, natural
from .order import Guarded
from .tables import ENROLMENT, OFFERED, OPERATIONS, OUTCOMES, PHASES, TREATMENT

__all__ = ["Entry", "Reckoner", "Refusal", "reckon"]


class Reckoner(Guarded):
    """Takes facts one by one and holds the calendar after them."""

    def record(self, fact: dict[str, Any]) -> None:
        """Check one fact against the calendar so far, take it in, and plan anew."""
        handlers: dict[str, Callable[[dict[str, Any]], None]] = {
            "performed": self.performed,
            "operation": self.operation,
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
            "contact": self.contact,
        }
        if fact["kind"] not in handlers:
            raise Refusal(f"unknown kind {fact['kind']}")
        before = (copy.deepcopy(self.ledger), self.plan) if fact["kind"] in ("performed", "operation") else None
        self.number += 1
        handlers[fact["kind"]](fact)
        self.plan = self.planned(self.plan.entries)
        if before is not None and not fact.get("sure") and self.cannot_be(fact["visit"]):
            self.ledger, self.plan = before
            raise Refusal(f"{fact['visit']} lies in an order that cannot be")
        self.judge()

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

    def performed(self, fact: dict[str, Any]) -> None:
        key, day, at = self.visit(fact), self.past(fact), clock(fact.get("at"))
        ledger = self.ledger
        if key in ledger.performed or key in ledger.omitted:
            raise Refusal(f"{key} has a result already")
        self.not_the_enrolment(key)
        self.not_before_enrolment(fact, day)
        self.not_after_an_end("performed", key, day)
        entry = self.plan.entries[key]
        ledger.performed[key] = day
        if at is not None:
            ledger.arrived[key] = at
        pump = clock(fact.get("pump_at"))
        if pump is not None:
            ledger.pumped[key] = pump
        ledger.judged[key], ledger.aimed[key] = None, entry.target
        if not self.retrospective() and entry.earliest is not None and entry.latest is not None:
            ledger.judged[key] = (entry.earliest, entry.latest)
            base = entry.counted_from
            if base is not None and base.result is None and not base.cancelled:
                ledger.open_judgements[key] = base.key

    def operation(self, fact: dict[str, Any]) -> None:
        """What was operated; it records the visit, and says whether the pancreas was resected."""
        key = fact["visit"]
        if key not in OPERATIONS:
            raise Refusal(f"{key} is no operation")
        if fact["pancreas"] == fact["liver"] == "none":
            raise Refusal("an operation without a procedure")
        self.performed(fact)
        self.ledger.procedures[key] = (fact["pancreas"], fact["liver"])
        if self.protocol == "scanpan":
            ledger = self.ledger
            for other in OPERATIONS:
                if other in ledger.performed and other != key:
                    # what follows the other operation keeps the answer of its time
                    ledger.resected.setdefault(other, bool(ledger.choices["pancreatic_resection"]))
            ledger.choices["pancreatic_resection"] = ledger.resected[key] = fact["pancreas"] != "none"

    @staticmethod
    def not_the_enrolment(key: str) -> None:
        """The result of the enrolment visit is the day of inclusion."""
        if key in ENROLMENT:
            raise Refusal(f"{key} is the inclusion")

    def no_result(self, key: str) -> None:
        self.not_the_enrolment(key)
        if key in self.ledger.performed or key in self.ledger.missed or key in self.ledger.omitted:
            raise Refusal(f"{key} has a result already")

    def missed(self, fact: dict[str, Any]) -> None:
        key = self.visit(fact)
        self.not_before_enrolment(fact, self.past(fact))
        self.no_result(key)
        self.not_held(key)
        self.ledger.missed[key] = self.number

    def omitted(self, fact: dict[str, Any]) -> None:
        key = self.visit(fact)
        self.not_before_enrolment(fact, self.past(fact))
        if not self.plan.entries[key].infusion:
            raise Refusal(f"{key} is no infusion")
        self.no_result(key)
        self.not_held(key)
        self.ledger.omitted[key] = self.number

    def not_held(self, key: str) -> None:
        """Keep the window in which a visit was not held."""
        entry = self.plan.entries[key]
        if entry.earliest is not None and entry.latest is not None:
            self.ledger.not_held[key] = (entry.earliest, entry.latest)

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
        before = [outcome for outcome, _ in self.ledger.decided.values()]
        goes_on = self.protocol == "nct06873178"
        if goes_on and fact["outcome"] == "response" and "no_surgery" in before:
            raise Refusal("a response after no surgery was decided")
        left = self.ledger.treatment_withdrawn
        # before the operation a withdrawal from treatment works as `no_surgery` decided on that day
        gave_up = left is not None and day >= left and not self.plan.operated_by(("CJ-P02",), left)
        if goes_on and fact["outcome"] == "response" and gave_up:
            raise Refusal("a response after a withdrawal from treatment")
        self.ledger.decided[key] = (fact["outcome"], day)
        if fact["outcome"] in ("palliative", "no_surgery") and not goes_on:
            self.ledger.given_up.append((day, key))

    def chosen(self, fact: dict[str, Any]) -> None:
        self.past(fact)
        self.choose(fact["choice"], fact["value"])
        if fact["choice"] == "pancreatic_resection":
            self.ledger.resected.clear()  # a choice is changeable later: it holds for every operation recorded before

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
        last = fact.get("last_medication_on")
        if last is None and self.protocol == "nct06873178":
            raise Refusal("a withdrawal without the day of the last medication")
        if last not in (None, "none"):
            iso(last)
        if fact["scope"] == "treatment":
            self.not_before_a_visit(day, lambda key: self.treated(key) and not self.disconnects(key))
            self.ledger.treatment_withdrawn = day
            self.ledger.given_up.append((day, None))
        elif fact["scope"] == "all":
            self.not_before_a_visit(day, lambda key: not self.disconnects(key))
            self.not_before_a_contact(day)
            self.ledger.all_withdrawn = day
        else:
            raise Refusal(f"unknown scope {fact['scope']}")

    def lost(self, fact: dict[str, Any]) -> None:
        day = self.past(fact)
        self.not_before_a_visit(day, lambda key: not self.disconnects(key))
        self.not_before_a_contact(day)
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
        self.not_before_a_contact(day)
        self.ledger.died = day

    def contact(self, fact: dict[str, Any]) -> None:
        """A contact; one that learns of a death suspends what is open until its day or a sign of life is known."""
        day, alive = self.past(fact), fact.get("alive")
        if alive not in (None, "yes", "no", "unknown"):
            raise Refusal(f"alive is {alive!r}")
        if alive == "no":
            self.ledger.said_dead = day
            return
        if self.ledger.died is not None and day > self.ledger.died:
            raise Refusal("a contact after death")
        self.ledger.contacts.append(day)
        if alive == "yes":
            self.ledger.said_dead = None

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
