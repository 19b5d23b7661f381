"""What the naive planner refuses: results out of order, facts after an end, ends before a visit."""

from collections.abc import Callable
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from .days import Refusal, Site, iso
from .ledger import Entry, Ledger
from .nct import Nct
from .scanpan import ScanPan
from .shown import Shown
from .tables import CHOICES, OFFERED, OPERATIONS, TREATMENT


class Guarded:
    """The facts so far, the calendar after them, and what may follow."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.protocol: str = scenario["protocol"]
        if self.protocol not in OFFERED:
            raise Refusal(f"unknown protocol {self.protocol}")
        participant = scenario["participant"]
        self.code: str = participant["code"]
        self.today = iso(scenario["today"])
        self.sign(participant)
        self.site = Site(self.protocol, participant["country"], scenario.get("site") or {})
        self.regimen: str = participant["regimen"]
        if self.regimen not in OFFERED[self.protocol]:
            raise Refusal(f"regimen {self.regimen} is not offered")
        self.ledger = Ledger(dict(CHOICES[self.protocol]))
        self.take_choices(participant)
        mark = "SP" if self.protocol == "scanpan" else "CJ"
        for key, day in ((f"{mark}-S00", self.consented), ("SP-S06" if mark == "SP" else "CJ-S01", self.enrolled)):
            if day is not None:
                self.ledger.performed[key] = day
                self.ledger.judged[key] = None if self.retrospective() else (day, day)
        self.number = 0
        self.plan = self.planned({})

    def sign(self, participant: dict[str, Any]) -> None:
        """The days of consent and of inclusion; one of the two must be known."""
        included, consented = participant.get("enrolled_on"), participant.get("consented_on")
        if included is None and consented is None:
            raise Refusal("neither consent nor inclusion")
        self.enrolled = None if included is None else iso(included)
        self.consented = iso(included if consented is None else consented)
        for day in (self.consented, self.enrolled or self.consented):
            if day > self.today:
                raise Refusal(f"{day} lies after today")
        if self.enrolled is not None and self.consented > self.enrolled:
            raise Refusal("consent after inclusion")

    def take_choices(self, participant: dict[str, Any]) -> None:
        """The choices of the participant; metachronous disease has no resection of the pancreas unless chosen."""
        timing = participant.get("timing", "synchronous")
        if timing not in ("synchronous", "metachronous"):
            raise Refusal(f"unknown timing {timing!r}")
        if timing == "metachronous" and self.protocol == "scanpan":
            self.ledger.choices["pancreatic_resection"] = False
        for choice, value in (participant.get("choices") or {}).items():
            self.choose(choice, value)

    def retrospective(self) -> bool:
        return self.ledger.choices.get("cohort") == "retrospective"

    def planned(self, before: dict[str, Entry]) -> Shown:
        kind: type[Shown] = ScanPan if self.protocol == "scanpan" else Nct
        return kind(self.site, self.ledger, (self.consented, self.enrolled), self.regimen, self.today, before)

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
        key = fact.get("visit", "")
        held = fact["kind"] in ("performed", "operation")
        if self.enrolled is None and held and (self.plan.entries[key].infusion or self.treats(key)):
            raise Refusal(f"{key} without an inclusion")
        # what is planned may change from the consent on
        begun = self.consented if self.enrolled is None or fact["kind"] == "regimen_changed" else self.enrolled
        if day >= begun or self.retrospective():
            return
        entry = self.plan.entries.get(key)
        if key.startswith(("SP-S", "CJ-S")):
            return
        if entry is None or entry.infusion or self.treats(key):
            raise Refusal(f"{key} before the enrolment")
        if entry.earliest is None or entry.earliest >= begun:
            raise Refusal(f"{key} before the enrolment")

    def treats(self, key: str) -> bool:
        """Whether a visit is an operation or ends an infusion."""
        return key in OPERATIONS or self.is_pump(key)

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
        if day < self.consented:
            raise Refusal("an end before consent")
        if ledger.died is not None and day > ledger.died:
            raise Refusal("an end after death")
        for key, on in ledger.performed.items():
            if on > day and ends(key):
                raise Refusal(f"{key} was performed after this end")

    def not_before_a_contact(self, day: date) -> None:
        """An end of participation before a contact is refused."""
        if any(on > day for on in self.ledger.contacts):
            raise Refusal("a contact took place after this end")
