"""A visit while it is being planned: what the facts say of it and what is reckoned for it so far."""

from datetime import date, timedelta

from app.domain.calendar.entries import Problem, Reason
from app.domain.dates import ClosedDays, Outcome, Period, Roll, Value, Window, propose
from app.domain.facts.planner_facts import Missed, Omitted, Performed
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.timing import Timing
from app.domain.protocol.version import Visit

NOTHING = Period()
_YEAR = timedelta(366)


class DraftVisit:
    """One occurrence of a visit; `counted` is what its day is counted from."""

    __slots__ = (
        "arranged",
        "assumed",
        "cancelled",
        "counted",
        "cycle",
        "day",
        "day_kind",
        "dose",
        "earliest",
        "frozen",
        "gap_day",
        "key",
        "latest",
        "number",
        "outdated",
        "performed",
        "preferred",
        "problems",
        "proposed",
        "reasons",
        "recorded",
        "regimen",
        "result",
        "target",
        "visit",
    )

    def __init__(self, ledger: FactIndex, visit: Visit, key: str) -> None:
        """A slot with what the facts say of it, and no day yet."""
        self.visit = visit
        self.key = key
        self.cycle = self.day = self.number = 0
        self.day_kind = self.regimen = ""
        self.target: date | None = None
        self.earliest: date | None = None
        self.latest: date | None = None
        self.preferred: Window | None = None
        self.proposed: date | None = None
        self.result = ledger.results.get(key)
        self.performed = self.result if type(self.result) is Performed else None
        self.arranged = ledger.arranged.get(key)
        self.assumed: date | None = None
        self.counted: DraftVisit | None = None
        self.recorded = False
        self.cancelled = False
        self.frozen = False
        self.outdated = False
        self.dose: DraftVisit | None = None
        self.gap_day: date | None = None
        self.reasons: list[Reason] = []
        self.problems: list[Problem] = []
        if self.performed is not None:
            self.assumed = self.performed.on
        elif self.arranged is not None:
            self.assumed = self.arranged

    @property
    def left_out(self) -> bool:
        """Whether this visit was missed or omitted."""
        return type(self.result) is Missed or type(self.result) is Omitted

    @property
    def given_up(self) -> bool:
        """Whether this visit will not happen: missed, omitted or cancelled."""
        return self.cancelled or self.left_out

    @property
    def before_performance(self) -> date | None:
        """The day that was assumed until the visit was performed: what was arranged, or the target of that time."""
        if self.performed is None or self.arranged is not None:
            return self.arranged or self.proposed
        judged = self.performed.judged
        if judged is None or self.target is None or self.earliest is None:
            return None
        target = judged.earliest + (self.target - self.earliest)
        # The proposal of that time is not known; today's is it when the window is the same and no gap has grown since.
        return min(self.proposed or target, target) if judged.earliest == self.earliest else target

    @property
    def own_window(self) -> Window | None:
        """The window in today's reckoning."""
        return None if self.earliest is None or self.latest is None else Window(self.earliest, self.latest)

    def because(self, kind: str, **values: Value) -> None:
        """Add a reason."""
        self.reasons.append(Reason(kind, values))

    def trouble(self, kind: str, **values: Value) -> None:
        """Add a problem."""
        self.problems.append(Problem(self.key, kind, values))

    def settle(self) -> None:
        """Take the assumed day from the proposal where nothing was arranged or performed."""
        if self.assumed is None:
            self.assumed = self.proposed

    def aim(self, target: date, timing: Timing) -> None:
        """Set the target and the window around it."""
        self.target = target
        if timing.before is not None and timing.after is not None:
            self.earliest, self.latest = timing.before.before(target), timing.after.after(target)
        if timing.preferred_before is not None and timing.preferred_after is not None:
            self.preferred = Window(timing.preferred_before.before(target), timing.preferred_after.after(target))

    def place(self, roll: Roll, closed: ClosedDays, gap_from: "DraftVisit | None" = None, gap: int = 0) -> None:
        """Propose a day for the target, say why it differs, and settle."""
        target = self.target
        if target is None:
            self.settle()
            return
        not_before = None
        if gap_from is not None and gap_from.assumed is not None:
            not_before = self.gap_day = gap_from.assumed + timedelta(gap)
        window = self._room(target)
        day, outcome = propose(target, self._preferred_room(window, roll, closed, not_before), roll, closed, not_before)
        self.proposed = day
        if day != target or outcome is not Outcome.FINE:
            self._explain(day, outcome, closed, not_before, gap_from)
        self.settle()

    def _room(self, target: date) -> Window:
        if self.earliest is None or self.latest is None:
            return Window(target - _YEAR, target + _YEAR)
        return Window(self.earliest, self.latest)

    def _preferred_room(self, window: Window, roll: Roll, closed: ClosedDays, not_before: date | None) -> Window:
        """The preferred window when a day can be had in it, else the permitted one."""
        if self.preferred is None or self.target is None:
            return window
        outcome = propose(self.target, self.preferred, roll, closed, not_before)[1]
        return window if outcome is Outcome.PROBLEM else self.preferred

    def _explain(
        self, day: date, outcome: Outcome, closed: ClosedDays, not_before: date | None, gap_from: "DraftVisit | None"
    ) -> None:
        target = self.target
        if target is None:
            return
        why = closed.reason(target)
        if not_before is not None and gap_from is not None and not_before > target and day >= not_before:
            self.because("gap", visit=gap_from.key, on=gap_from.assumed, first=not_before, proposed=day)
        elif why and day != target:
            self.because("closed", on=target, why=why, proposed=day, notice=outcome is Outcome.NOTICE)
        elif day != target:
            self.because("rolled", on=target, proposed=day)
        if day == target and why:
            self.trouble("closed_day", on=day, why=why)
        elif outcome is Outcome.PROBLEM:
            self.trouble("outside_window", proposed=day, earliest=self.earliest, latest=self.latest)
