"""The last step of planning: finished drafts become entries, each with a status and problems, in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from app.domain.calendar.day_order import Counted, Dated, Placed, in_order
from app.domain.calendar.entries import (
    OPEN,
    PERFORMED_PROBLEMS,
    Calendar,
    Entry,
    LeftOut,
    Problem,
    ProblemKind,
    Status,
    open_status,
)
from app.domain.calendar.entry_maker import make_entry
from app.domain.dates import Window
from app.domain.facts.planner_facts import Missed, Omitted, Participant, Site
from app.domain.planning.after_operations import operations_done
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.judgement import is_provisional, judged_window, registered_as
from app.domain.planning.open_outcomes import OpenOutcome, open_outcomes
from app.domain.planning.open_results import OpenResult, doses_before_results
from app.domain.planning.performed_order import judge_performed
from app.domain.planning.pumps import dose_of_pump, pump_due_at, pump_hours_of
from app.domain.protocol.anchors import Enrolment
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import ProtocolVersion

_NONE_OVER: Mapping[str, date] = {}
_OF_PERFORMED: frozenset[ProblemKind] = PERFORMED_PROBLEMS.union(
    ("outdated", "repeated", "operation_missed", "delayed", "against_decision")
)
"""The problems that still matter once a visit was performed."""


class EntryBuilder:
    """Makes the entries of one calendar.

    A participant of recorded dates only (by their choices) gets an entry for each visit with a result, without target,
    window, reasons and problems.
    """

    def __init__(
        self, protocol: ProtocolVersion, site: Site, participant: Participant, facts: FactIndex, today: date
    ) -> None:
        """Prepare; `calendar` does the work."""
        self._protocol = protocol
        self._site = site
        self._participant = participant
        self._facts = facts
        self._told_of_death = facts.undated_death
        self._today = today
        self._drafts: Mapping[str, DraftVisit] = {}
        self._undecided: list[DraftVisit] = []
        self._unheld: list[DraftVisit] = []
        self._open_outcomes: Sequence[OpenOutcome] = ()
        self._before_results: Mapping[str, OpenResult] = {}
        self._recorded_only = protocol.only_records(facts.choices)
        self._recorded_only_at_enrolment = protocol.only_records(participant.choices)

    def calendar(
        self,
        drafts: Mapping[str, DraftVisit],
        offered: Iterable[str],
        over: Mapping[str, date] = _NONE_OVER,
        left: Sequence[DraftVisit] = (),
    ) -> Calendar:
        """Return the calendar of these drafts.

        `offered`: further keys that facts may use. `over`: the first day on which each ended course was over. `left`:
        the visits that it does not have after what was done in an operation.
        """
        self._drafts = drafts
        deciding = [] if self._recorded_only else self._deciding(drafts.values())
        self._undecided = [draft for draft in deciding if self._is_undecided(draft)]
        self._unheld = [draft for draft in deciding if draft.is_open and draft.key not in self._facts.decisions]
        self._open_outcomes = open_outcomes(self._undecided, drafts, self._protocol)
        self._before_results = doses_before_results(deciding, drafts.values(), self._facts)
        shown = [draft for draft in drafts.values() if not self._recorded_only or draft.result is not None]
        if not self._recorded_only:
            judge_performed(drafts, self._protocol, self._facts.decisions, self._site.closed)
        placed = in_order(map(self._dated, shown), lambda key: self._counted(drafts[key]))
        entries = [self._entry(drafts[one.key], one) for one in placed]
        return Calendar(
            self._protocol.id,
            self._protocol.version,
            self._participant.code,
            self._today,
            tuple(entries),
            (
                *self._undated_death(),
                *self._off_path(drafts),
                *self._against_timing(),
                *self._other_medication(drafts),
                *self._uncertain_years(drafts.values()),
            ),
            frozenset(drafts).union(offered),
            self._site.closed.asked,
            over,
            tuple(map(self._left_out, left)),
            operations_done(self._facts),
        )

    def _left_out(self, draft: DraftVisit) -> LeftOut:
        operation = self._facts.operations[draft.after].fact
        procedure = self._protocol.procedures[draft.left].name
        return LeftOut(self._entry(draft, Placed(draft.key, "", 0)), draft.after, operation.on, procedure)

    def _off_path(self, drafts: Mapping[str, DraftVisit]) -> list[Problem]:
        """A problem for each visit that has facts and is no longer on the pathway."""
        strays = sorted(self._facts.keys - drafts.keys())
        return [Problem(key, "off_path", self._recorded(key)) for key in strays]

    def _undated_death(self) -> list[Problem]:
        """A problem where a death was reported and its day is not recorded."""
        told = self._told_of_death
        return [Problem("died", "death_undated", {"on": told.on})] if told is not None else []

    def _is_suspended(self, draft: DraftVisit) -> bool:
        """Whether a visit waits because a death was reported: until its day is known nobody is called or expected.

        On 12 January somebody says that the participant has died, and nobody knows when. The calls of December and
        January may lie before or after the death, so none of them is late; nor is any other visit to come.
        """
        told = self._told_of_death
        if told is None or not draft.is_open:
            return False
        last = draft.latest or draft.assumed
        return draft.visit.contact == "phone" or last is None or last >= told.on

    def _other_medication(self, drafts: Mapping[str, DraftVisit]) -> list[Problem]:
        """A problem where the last medication is recorded on another day than the last infusion that was given."""
        if not self._protocol.withdrawal.needs_last_medication:
            return []
        given = [
            (draft.performed.on, draft.key) for draft in drafts.values() if draft.performed and draft.day_kind in DOSES
        ]
        last, key = max(given, default=(None, ""))
        left = (self._facts.left_treatment, self._facts.left_all)
        days = [one.last_medication_on for one in left if one is not None and isinstance(one.last_medication_on, date)]
        return [
            Problem("withdrawn", "medication_differs", {"on": day, "visit": key, "other": last})
            for day in dict.fromkeys(days)
            if day != last
        ]

    def _against_timing(self) -> Iterator[Problem]:
        """Yield a problem for each choice whose answer does not fit the timing of the metastases."""
        timing = self._participant.timing
        for choice in () if self._recorded_only else self._protocol.choices.values():
            answer, fits = self._facts.choices[choice.id], choice.by_timing.get(timing)
            if fits is not None and answer != fits:
                yield Problem(choice.id, "against_timing", {"answer": answer, "timing": timing})

    def _recorded(self, key: str) -> dict[str, str | date]:
        facts = self._facts
        result = facts.results.get(key)
        if result is not None:
            return {"what": type(result).__name__.lower(), "on": result.on}
        if key in facts.arranged:
            return {"what": "booked", "on": facts.arranged[key]}
        return {"what": "decided", "on": facts.decisions[key].on}

    def _uncertain_years(self, drafts: Iterable[DraftVisit]) -> list[Problem]:
        """A problem for each year with planned visits whose public holidays are unknown or not official yet."""
        planned = () if self._recorded_only else drafts
        problems: list[Problem] = []
        for year in sorted({draft.assumed.year for draft in planned if draft.assumed is not None}):
            known = self._site.closed.holidays.get(year)
            if known is None:
                problems.append(Problem(str(year), "holidays_unknown", {"year": year}))
            elif not known.official:
                problems.append(Problem(f"{known.country}-{year}", "holidays_unofficial", {"year": year}))
        return problems

    def _dated(self, draft: DraftVisit) -> Dated:
        hour = ""
        if draft.performed is not None:
            hour = draft.performed.at
        elif draft.arranged is not None:
            booked = self._facts.booked.get(draft.key)
            hour = booked.at if booked is not None and booked.on == draft.assumed else ""
        return Dated(draft.key, draft.visit, draft.day_kind, draft.assumed, hour)

    def _counted(self, draft: DraftVisit) -> Counted | None:
        """The visit that a draft is counted from, and whether back from it: for a day before that of the other visit.

        Screening is counted back from the enrolment visit, also once the day of enrolment is known.
        """
        basis, due, timing = draft.counted_from, draft.target or draft.latest, draft.visit.timing
        enrolment = self._protocol.enrolment_visit
        if basis is None and timing is not None and type(timing.anchor) is Enrolment and draft.visit.id != enrolment:
            basis = self._drafts.get(enrolment)
        if basis is None or basis.assumed is None or due is None:
            return None
        return Counted(basis.key, due < basis.assumed)

    def _entry(self, draft: DraftVisit, placed: Placed) -> Entry:
        """Return the finished entry of a draft.

        Where dates are only recorded nothing was planned: the planned days, reasons and problems of the draft go.
        """
        key, facts, done = draft.key, self._facts, draft.performed
        suspended = self._told_of_death is not None and self._is_suspended(draft)
        status = _status(draft, self._today, suspended)
        booked = moved = decided = None
        if key in facts.keys:
            booked, moved, decided = facts.booked.get(key), facts.moved.get(key), facts.decisions.get(key)
        provisional, judged = self._judged(draft) if draft.result is not None else (False, None)
        result = judged.days_out(done.on) if judged and done is not None else None
        is_open = status in OPEN
        may_happen = (is_open or status is Status.MISSED) and not self._recorded_only
        basis, basis_day = _unsettled_basis(draft) if may_happen else ("", None)
        if self._recorded_only:
            draft.target = draft.earliest = draft.latest = draft.proposed = draft.preferred = None
            draft.reasons, draft.problems = [], []
        else:
            self._find_problems(draft, status, basis, basis_day)
        waits_for = self._before_results.get(key)
        pump_hours = pump_hours_of(draft, self._protocol) if draft.regimen else 0
        pumped = dose_of_pump(draft).performed if pump_hours else None
        return make_entry(
            key=key,
            visit=draft.visit,
            cycle=draft.cycle,
            day=draft.day,
            number=draft.number,
            day_kind=draft.day_kind,
            regimen=draft.regimen,
            target=draft.target,
            earliest=draft.earliest,
            latest=draft.latest,
            preferred=draft.preferred,
            proposed=draft.proposed,
            booked=booked.on if booked else None,
            booked_at=booked.at if booked else "",
            moved=moved.to if moved else None,
            performed=done.on if done else None,
            performed_at=done.at if done else "",
            assumed=draft.assumed,
            basis="recorded" if draft.basis_recorded else "forecast",
            status=status,
            judged=judged,
            window_result=result,
            outdated=draft.outdated,
            due_at=pump_due_at(draft, pump_hours, self._site.zone) if pumped is not None else None,
            decided=decided.outcome if decided else "",
            reasons=tuple(draft.reasons),
            problems=tuple(draft.problems),
            counts_from=basis,
            counts_from_day=basis_day,
            provisional=provisional and result is not None,
            undecided=draft in self._undecided,
            suspended=suspended,
            day_passed=is_open and not suspended and draft.arranged is not None and draft.arranged < self._today,
            result_of=waits_for.visit if waits_for is not None else "",
            result_due=waits_for.due if waits_for is not None else None,
            hour=placed.hour,
            place=placed.place,
            pump_hours=pump_hours,
            pump_on=pumped.on if pumped is not None and pumped.pump_at else None,
            pump_at=pumped.pump_at if pumped is not None else "",
            after=draft.after,
            registered=registered_as(draft, self._protocol, self._participant),
        )

    def _judged(self, draft: DraftVisit) -> tuple[bool, Window | None]:
        """Whether what a visit is judged by may still move, and the window by which it is judged."""
        done = draft.performed
        expected = self._drafts.get(done.judged_by) if done is not None else None
        provisional = is_provisional(draft, self._facts, expected)
        if provisional and done is not None and self._recorded_only:
            # Such a participant has no window of today: the window of the recording is kept.
            return False, done.judged
        if draft.key in self._protocol.recorded_elsewhere and not self._recorded_only_at_enrolment:
            return provisional, draft.window
        return provisional, judged_window(draft, self._facts, expected, self._protocol.return_to_weekday)

    def _find_problems(self, draft: DraftVisit, status: Status, basis: str, basis_day: date | None) -> None:
        """Add the problems of a visit, and keep those that still matter; today's own come last."""
        self._find_planned_problems(draft, status, basis, basis_day)
        if draft.day_kind in DOSES:
            self._check_delay(draft)
            waits_for = self._before_results.get(draft.key)
            if waits_for is not None and waits_for.due <= self._today:
                draft.add_problem("before_result", visit=waits_for.visit, due=waits_for.due)

    def _find_planned_problems(self, draft: DraftVisit, status: Status, basis: str, basis_day: date | None) -> None:
        """Add the problems of an open visit: those of its basis, and those of the day arranged for it."""
        if draft.result is not None or draft.cancelled:
            _drop_settled_problems(draft, status)
            self._check_outcomes(draft)
            if draft.cancelled and draft.arranged is not None:
                draft.add_problem("booking_cancelled", on=draft.arranged)
            return
        other = draft.counted_from
        if other is not None and draft.target is not None and other.left_out and not other.cancelled:
            draft.add_problem("counted_from_missed", visit=other.key, on=other.assumed)
        if basis_day is not None and basis_day < self._today:
            draft.add_problem("counted_from_unrecorded", visit=basis, on=basis_day)
        if draft.key in self._facts.decisions:
            draft.add_problem("unrecorded_decision", on=self._facts.decisions[draft.key].on)
        if self._open_outcomes:
            self._check_outcomes(draft)
        if self._unheld and draft.visit.sort == "operation":
            self._check_evaluations(draft)
        if draft.arranged is not None:
            self._check_arranged_day(draft, draft.arranged)
        told = self._told_of_death
        if told is not None and self._is_suspended(draft):
            draft.add_problem("death_undated", on=told.on)

    def _deciding(self, drafts: Iterable[DraftVisit]) -> list[DraftVisit]:
        """The visits at which something is decided."""
        decisions = self._protocol.decisions
        found = (draft for draft in drafts if draft.visit.id in decisions)
        return [draft for draft in found if self._protocol.decides(draft.visit.id, draft.number)]

    def _is_undecided(self, draft: DraftVisit) -> bool:
        """Whether a deciding visit was held and its outcome is not recorded."""
        return draft.performed is not None and draft.key not in self._facts.decisions

    def _check_outcomes(self, draft: DraftVisit) -> None:
        """Add a problem for each visit that decides on this one and was held without an outcome."""
        for one in self._open_outcomes:
            if one.decides_on(draft, self._protocol):
                draft.add_problem("outcome_missing", visit=one.key, on=one.held)

    def _check_delay(self, draft: DraftVisit) -> None:
        """Add a problem for a dose that was given, or is expected, so many days after its target that a person asks."""
        day, target, rule = draft.assumed, draft.target, self._protocol.delays
        if draft.dropped or day is None or target is None or day <= target:
            return
        late = (day - target).days
        limit = next((one for one in (rule.off_protocol, rule.ask) if one and late > one), 0)
        if limit:
            off = limit == rule.off_protocol
            draft.add_problem("delayed", on=day, days=late, limit=limit, off_protocol=off)

    def _check_evaluations(self, draft: DraftVisit) -> None:
        """Add a problem for each evaluation without result and outcome that comes after an operation to come.

        The operation is booked for 1 February, and the evaluation that decides about it is only on 8 February.
        """
        day = draft.assumed
        for one in self._unheld:
            if day is not None and one.assumed is not None and one.assumed > day:
                draft.add_problem("before_evaluation", visit=one.key, on=one.assumed)

    def _check_arranged_day(self, draft: DraftVisit, day: date) -> None:
        """Replace the problems of the proposed day by those of the day that was booked or moved to."""
        draft.problems = [one for one in draft.problems if one.kind not in ("closed_day", "outside_window")]
        booked = self._facts.booked.get(draft.key)
        is_booking = booked is not None and booked.on == day
        why = self._site.closed.reason(day)
        if why:
            draft.add_problem("booking_closed" if is_booking else "moved_closed", on=day, why=why)
        window = draft.window
        if window is not None and window.days_out(day):
            kind: ProblemKind = "booking_outside" if is_booking else "moved_outside"
            draft.add_problem(kind, on=day, days=window.days_out(day))
        basis = draft.counted_from
        if basis is not None and basis.assumed is not None and draft.target is not None:
            left_behind = day < basis.assumed <= draft.target
            if left_behind and not (window is not None and window.days_out(day)):
                draft.add_problem("before_basis", on=day, visit=basis.key, other=basis.assumed)
        if draft.first_after_gap is not None and day < draft.first_after_gap:
            draft.add_problem("too_near", on=day, first=draft.first_after_gap)


def _status(draft: DraftVisit, today: date, suspended: bool) -> Status:
    if draft.performed is not None:
        return Status.PERFORMED
    if type(draft.result) is Missed:
        return Status.MISSED
    if type(draft.result) is Omitted:
        return Status.OMITTED
    if draft.cancelled:
        return Status.CANCELLED
    return open_status(draft.earliest or draft.assumed, draft.latest or draft.assumed, today, draft.arranged, suspended)


def _unsettled_basis(draft: DraftVisit) -> tuple[str, date | None]:
    """The visit that a draft is counted from, and its assumed day, as long as that visit has no result."""
    basis = draft.counted_from
    if basis is None or basis.result is not None or basis.assumed is None:
        return "", None
    if draft.target is None and draft.window is None:
        return "", None
    return basis.key, basis.assumed


def _drop_settled_problems(draft: DraftVisit, status: Status) -> None:
    """Keep only the problems that still matter when a visit is settled."""
    kept = _OF_PERFORMED if status is Status.PERFORMED else frozenset()
    draft.problems = [problem for problem in draft.problems if problem.kind in kept]
