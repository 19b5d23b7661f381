"""The naive calendar as it is printed: in order, entry by entry."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from .ledger import Entry, natural, verdict
from .problems import Judged
from .tables import OPERATIONS, SORTS


class Shown(Judged):
    """A calendar that can be printed."""

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

    def hour(self, entry: Entry) -> str:
        """The hour at which a visit comes in its day."""
        ledger = self.ledger
        if entry.performed is not None:
            known = ledger.arrived.get(entry.key)
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
            "counted_from": None if entry.counted_from is None else entry.counted_from.key,
            "kept": entry.kept,
            "from_cancelled": entry.counted_from is not None and entry.counted_from.cancelled,
        }
