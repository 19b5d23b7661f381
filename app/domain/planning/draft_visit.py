"""A visit while the plan is in the making: the facts about it, and the days calculated for it so far."""

from datetime import date, timedelta

from app.domain.calendar.entries import Problem, ProblemKind, Reason, ReasonKind
from app.domain.dates import ClosedDays, Outcome, Period, Roll, Value, Window, propose
from app.domain.facts.planner_facts import Missed, Omitted, Performed
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.timing import Timing
from app.domain.protocol.version import Visit

NOTHING = Period()
_YEAR = timedelta(366)


class DraftVisit:
    """One occurrence of a visit.

    `counted_from`: the draft that its day is counted from, `basis_recorded`: whether that day has happened. `dose`: the
    dose that bloods or the disconnection of a pump belong to. `frozen`: cancelled without losing its dates.
    `first_after_gap`: the first day that the gap after the dose before (`dose_before`) allows. `told`: the number of
    the fact that gave it its result, 0 for none. `gap_came_later`: the dose before was recorded after this one.
    `proposed_then`: the day that was proposed for a dose until it was given, where another dose came before it then.
    `retimed`: counted from another day than planned, as a course ended early. `not_before`: the day on which its window
    opens at the earliest, whatever the visit is counted from; `opened`: of a performed visit, the day on which that
    window opened when it was judged for good. `floors`: of a performed visit, the visits that it may not precede.
    `after`: the recorded operation that it follows or is; `left`: the procedure after which it does not follow that
    operation, so that the calendar does not have it. `replaced`: the number of the fact that gave its repeat a result,
    where that alone makes it outdated; else 0.
    """

    __slots__ = (
        "after",
        "arranged",
        "assumed",
        "basis_recorded",
        "cancelled",
        "counted_from",
        "cycle",
        "day",
        "day_kind",
        "dose",
        "dose_before",
        "earliest",
        "first_after_gap",
        "floors",
        "frozen",
        "gap_came_later",
        "key",
        "latest",
        "left",
        "not_before",
        "number",
        "opened",
        "outdated",
        "performed",
        "preferred",
        "problems",
        "proposed",
        "proposed_then",
        "reasons",
        "regimen",
        "replaced",
        "result",
        "retimed",
        "target",
        "told",
        "visit",
    )

    def __init__(self, facts: FactIndex, visit: Visit, key: str) -> None:
        """Take over the facts about the visit; it has no target yet."""
        self.visit = visit
        self.key = key
        self.cycle = self.day = self.number = 0
        self.day_kind = self.regimen = self.after = self.left = ""
        self.target: date | None = None
        self.earliest: date | None = None
        self.latest: date | None = None
        self.not_before: date | None = None
        self.opened: date | None = None
        self.preferred: Window | None = None
        self.proposed: date | None = None
        self.proposed_then: date | None = None
        self.result = facts.results.get(key)
        self.performed = self.result if type(self.result) is Performed else None
        self.arranged = facts.arranged.get(key)
        self.assumed: date | None = None
        self.counted_from: DraftVisit | None = None
        self.basis_recorded = False
        self.cancelled = False
        self.frozen = False
        self.outdated = False
        self.retimed = False
        self.replaced = 0
        self.dose: DraftVisit | None = None
        self.dose_before: DraftVisit | None = None
        self.first_after_gap: date | None = None
        self.told = facts.told.get(key, 0)
        self.gap_came_later = False
        self.floors: tuple[DraftVisit, ...] = ()
        self.reasons: list[Reason] = []
        self.problems: list[Problem] = []
        if self.performed is not None:
            self.assumed = self.performed.on
        elif self.arranged is not None:
            self.assumed = self.arranged

    @property
    def left_out(self) -> bool:
        """Whether this visit was missed or omitted."""
        result = self.result
        return result is not None and (type(result) is Missed or type(result) is Omitted)

    @property
    def dropped(self) -> bool:
        """Whether this visit will not happen: missed, omitted or cancelled."""
        return self.cancelled or self.left_out

    @property
    def is_open(self) -> bool:
        """Whether this visit has no result and is not cancelled."""
        return self.result is None and not self.cancelled

    def is_past(self, day: date) -> bool:
        """Return whether the last day of its window, or without one its own day, was before a day."""
        last = self.latest or self.assumed
        return last is not None and last < day

    @property
    def assumed_before_performance(self) -> date | None:
        """The day that was assumed until the visit was performed: the arranged day, else the one proposed at that time.

        A dose proposed for 14 December was given on 16 December. Bloods of 11 December were taken for the 14th and must
        be judged by it: by the 16th they would be too old, although nothing was wrong when they were taken.
        """
        if self.performed is None or self.arranged is not None:
            return self.arranged or self.proposed
        judged = self.performed.judged
        if judged is None or self.target is None or self.earliest is None:
            return None
        # The proposal of that time was not kept, but the window was (`judged`). If it opened on 14 December and opens
        # on 21 December today, because the cycle before was corrected since, the target of that time is a week earlier
        # too.
        target = judged.earliest + (self.target - self.earliest)
        if judged.earliest != self.earliest or self.proposed is None:
            return target
        # With the same window today's proposal is that of the time, unless the dose before it was another one then, or
        # was recorded afterwards and its gap has pushed the proposal past the target.
        if self.proposed_then is not None:
            return self.proposed_then
        return min(self.proposed, target) if self.gap_came_later else self.proposed

    @property
    def window(self) -> Window | None:
        """The window as it follows from the facts of today."""
        return None if self.earliest is None or self.latest is None else Window(self.earliest, self.latest)

    def keep_own_window(self) -> None:
        """Let a visit that was missed or omitted keep the window of that time where none follows from today's facts.

        The visit before the operation of 5 April was missed. The operation was missed too and waits for a day: the
        visit was to be held from 22 March to 4 April all the same.
        """
        result = self.result
        if self.window is None and isinstance(result, Missed | Omitted) and result.window is not None:
            self.earliest, self.latest = result.window.earliest, result.window.latest

    def count_from(self, other: "DraftVisit") -> None:
        """Note the draft that the day of this one is counted from."""
        self.counted_from, self.basis_recorded = other, other.performed is not None

    def may_not_precede(self, other: "DraftVisit | None", offset: Period) -> None:
        """Note that a visit with a result comes after another one, unless it is counted back from that."""
        if self.performed is not None and other is not None and offset.months >= 0 and offset.days >= 0:
            self.floors = (*self.floors, other)

    def add_reason(self, kind: ReasonKind, **values: Value) -> None:
        """Add a reason for the days of this visit."""
        self.reasons.append(Reason(kind, values))

    def add_problem(self, kind: ProblemKind, impossible: bool = False, **values: Value) -> None:
        """Add a problem that a person should look at."""
        self.problems.append(Problem(self.key, kind, values, impossible))

    def assume_proposed(self) -> None:
        """Assume the proposed day where nothing was arranged or performed."""
        if self.assumed is None:
            self.assumed = self.proposed

    def set_target(self, target: date, timing: Timing) -> None:
        """Set the target and the windows around it."""
        self.target = target
        if timing.before is not None and timing.after is not None:
            self.earliest, self.latest = timing.before.before(target), timing.after.after(target)
        if timing.preferred_before is not None and timing.preferred_after is not None:
            self.preferred = Window(timing.preferred_before.before(target), timing.preferred_after.after(target))

    def propose_day(
        self,
        roll: Roll,
        closed: ClosedDays,
        dose_before: "DraftVisit | None" = None,
        gap: int = 0,
        consent: date | None = None,
        dose_then: "DraftVisit | None" = None,
    ) -> None:
        """Propose a day for the target, give the reason when it differs, and assume it unless a fact says otherwise.

        `gap`: the least number of days after `dose_before`. `consent`: the day before which nothing is proposed.
        `dose_then`: the dose that came before a dose until this one was given, and was cancelled afterwards.
        """
        target, not_before = self.target, None
        self.dose_before = dose_before
        if dose_before is not None and dose_before.assumed is not None:
            not_before = self.first_after_gap = dose_before.assumed + timedelta(gap)
            self.gap_came_later = dose_before.told > self.told
        if target is None:
            self.assume_proposed()
            return
        if dose_then is not None and dose_then.assumed is not None:
            least_then = dose_then.assumed + timedelta(gap)
            window_then = self._usable_window(target, roll, closed, least_then)
            self.proposed_then = propose(target, window_then, roll, closed, least_then)[0]
        least = consent if not_before is None or (consent is not None and consent > not_before) else not_before
        if self._has_room_at(target, least) and not closed.reason(target):
            self.proposed = target
            self.assume_proposed()
            return
        window = self._usable_window(target, roll, closed, not_before)
        day, outcome = propose(target, window, roll, closed, not_before)
        if consent is not None and day < consent:
            window = self._usable_window(target, Roll.NEAREST, closed, consent)
            day, outcome = propose(target, window, Roll.NEAREST, closed, consent)
            self.add_reason("after_consent", on=consent, proposed=day)
        elif day != target:
            self._explain_distance(target, day, outcome, closed.reason(target), not_before, dose_before)
        if outcome is Outcome.PROBLEM and day == target and (why := closed.reason(target)):
            self.add_problem("closed_day", on=day, why=why)
        elif outcome is Outcome.PROBLEM:
            self.add_problem("outside_window", proposed=day, earliest=self.earliest, latest=self.latest)
        self.proposed = day
        self.assume_proposed()

    def _has_room_at(self, target: date, not_before: date | None) -> bool:
        """Return whether the target is a day that may be proposed, if it is open: then each `Roll` proposes it."""
        if not_before is not None and target < not_before:
            return False
        if self.preferred is not None:
            return self.preferred.earliest <= target <= self.preferred.latest
        return self.earliest is None or self.latest is None or self.earliest <= target <= self.latest

    def _usable_window(self, target: date, roll: Roll, closed: ClosedDays, not_before: date | None) -> Window:
        """The preferred window when it has a day to propose, else the permitted one."""
        if self.preferred is not None:
            outcome = propose(target, self.preferred, roll, closed, not_before)[1]
            if outcome is not Outcome.PROBLEM:
                return self.preferred
        if self.earliest is None or self.latest is None:
            return Window(target - _YEAR, target + _YEAR)
        return Window(self.earliest, self.latest)

    def _explain_distance(
        self,
        target: date,
        day: date,
        outcome: Outcome,
        why: str,
        not_before: date | None,
        dose_before: "DraftVisit | None",
    ) -> None:
        """Give the reason why the proposed day is not the target; `why`: the reason why that is closed, if it is."""
        if not_before is not None and dose_before is not None and not_before > target and day >= not_before:
            self.add_reason("gap", visit=dose_before.key, on=dose_before.assumed, first=not_before, proposed=day)
        elif why:
            self.add_reason("closed", on=target, why=why, proposed=day, notice=outcome is Outcome.NOTICE)
        else:
            self.add_reason("rolled", on=target, proposed=day)
