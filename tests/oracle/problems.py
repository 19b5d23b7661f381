"""What is wrong with an entry, by the naive planner."""

from datetime import date

from .ledger import Entry
from .plan import Plan
from .tables import BOUND, CONTACTS, ENROLMENT, OPERATIONS, OUTCOMES, PREPARING, TREATMENT


class Judged(Plan):
    """A calendar whose entries have a status and problems."""

    def status(self, entry: Entry) -> str:
        """One definition each, in this order."""
        if entry.result is not None:
            return entry.result
        if entry.cancelled:
            return "cancelled"
        if self.suspended(entry):
            return "awaiting"
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

    def suspended(self, entry: Entry) -> bool:
        """Whether a visit waits for the day of a death that somebody was told of: contacts, and what is to come."""
        told = self.ledger.said_dead
        if told is None or self.ledger.died is not None or self.retrospective():
            return False
        last = entry.latest if entry.latest is not None else entry.assumed
        return last is None or last >= told or entry.key.split("#")[0] in CONTACTS

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
            if self.visit_out_of_order(entry):
                found.add("done_before")
            if self.after_what_it_prepares(entry):
                found.add("done_after")
            if entry.key.split("#")[0] in BOUND and entry.performed < self.consented:
                found.add("before_consent")
        if self.before_evaluation(entry):
            found.add("before_evaluation")
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
        if (
            base is None
            or base.key in ENROLMENT
            or base.cancelled
            or (base.assumed is None and base.result in ("missed", "omitted"))
        ):
            return False
        if base.key == "SP-P04" and (first := self.ledger.performed.get("SP-P03")) is not None and first <= on:
            return False
        settled = self.ledger.judged.get(entry.key) is not None and entry.key not in self.ledger.open_judgements
        if base.performed is None and settled and base.key not in OPERATIONS:
            return False
        return base.assumed is None or (on <= base.assumed and (opens is None or on < opens))

    def visit_out_of_order(self, entry: Entry) -> bool:
        """Whether a visit was held on or before the day of the one from which it is counted, and before its window."""
        on, base = entry.performed, entry.counted_from
        if entry.infusion or on is None or base is None or base.key in ENROLMENT or self.counted_back(entry):
            return False
        if base.cancelled or (base.assumed is None and base.result in ("missed", "omitted")):
            return False
        first = self.ledger.performed.get("SP-P03")
        second = entry.key.endswith("@2")  # its own key: it follows the second operation and no other
        if base.key == "SP-P04" and not second and first is not None and first <= on:
            return False
        if base.assumed is None:
            bloods = tuple(names[3] for names in TREATMENT.values())
            return not entry.key.startswith((*PREPARING, *bloods))
        settled = self.ledger.judged.get(entry.key) is not None and entry.key not in self.ledger.open_judgements
        if base.performed is None and settled and base.key not in OPERATIONS:
            return False
        opens = entry.earliest or entry.target
        return on <= base.assumed and (opens is None or on < opens)

    def after_what_it_prepares(self, entry: Entry) -> bool:
        """Whether a visit that is counted back from another was held after it, and late."""
        on, base = entry.performed, entry.counted_from
        if on is None or entry.outdated or base is None or base.key in ENROLMENT or not self.counted_back(entry):
            return False
        return base.performed is not None and on > base.performed and entry.latest is not None and on > entry.latest

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
            if self.decides(key)
            and one.performed is not None
            and key not in self.ledger.decided
            # the adjusted regimen was opened by a progression that was decided
            and not (entry.key.startswith("CJ-D") and key.startswith(("CJ-R01", "CJ-R02")))
        ]
        if entry.key in OPERATIONS:
            return any(entry.performed is None or entry.performed >= day for day in held)
        if not entry.infusion:
            return False
        event = entry.key.split("#")[0]
        first = next(self.entries[names[0]] for names in TREATMENT.values() if event in names)
        has_come = first.basis == "recorded" or first.performed is not None
        return has_come and any(entry.assumed is None or entry.assumed >= day for day in held)

    def before_evaluation(self, entry: Entry) -> bool:
        """Whether an operation to come lies before an evaluation without result."""
        if entry.key not in ("CJ-P02", "SP-P03") or self.status(entry) not in ("planned", "due", "overdue"):
            return False
        for key, one in self.entries.items():
            if not self.decides(key) or key in self.ledger.decided or one.result is not None or one.cancelled:
                continue
            if entry.assumed is not None and one.assumed is not None and entry.assumed < one.assumed:
                return True
        return False

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
