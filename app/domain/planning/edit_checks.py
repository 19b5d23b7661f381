"""Facts accepted one after another, each checked against the calendar that follows from the facts before it.

A performed visit is judged by the window in force when it was recorded, so the same pass fills in `judged`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from app.domain.calendar.entries import Calendar, Status
from app.domain.calendar.nearest_visit import nearest_visit
from app.domain.facts.planner_facts import (
    NONE_GIVEN,
    Booked,
    Decided,
    Died,
    Fact,
    FoundAgain,
    Included,
    Lost,
    Missed,
    Moved,
    Omitted,
    Operated,
    Participant,
    Performed,
    RegimenChanged,
    Site,
    Stopped,
    VisitFact,
    Withdrawn,
)
from app.domain.facts.records import NewFact
from app.domain.facts.superseded import LatestFacts
from app.domain.facts.typed_times import comes_twice
from app.domain.facts.visit_keys import visit_of
from app.domain.folding import nearest_identifier
from app.domain.planning.end_checks import check_after_ends, check_end
from app.domain.planning.event_checks import ToldEvents
from app.domain.planning.known_names import fact_as_known, known_visit, visit_fact_as_known
from app.domain.planning.name_checks import (
    UNSCHEDULED,
    check_choice,
    check_day,
    check_kept,
    check_names,
    check_outcome,
    check_own_day,
)
from app.domain.planning.operation_checks import check_operation, left_refusal, performed_with
from app.domain.planning.order_checks import check_possible
from app.domain.planning.pathway import Pathway
from app.domain.planning.planner import EarlierPlans, Planner, plan, planner_of
from app.domain.planning.plausibility import check_inclusion, check_order
from app.domain.protocol.regimens import DOSES, DayKind
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused

NO_REGIMEN = "none"


def replay(
    protocol: ProtocolVersion,
    site: Site,
    participant: Participant,
    facts: Iterable[Fact | NewFact],
    today: date,
    kept: frozenset[int] = frozenset(),
    sure: frozenset[int] = frozenset(),
    events: ToldEvents | None = None,
) -> tuple[Fact, ...]:
    """Return the facts, checked, with performed visits judged; `events` gets those that the planner does not read.

    `kept`: the numbers of facts that were accepted in another environment and are not checked against the others again.
    `sure`: those that somebody has confirmed although the order of the visits cannot be.

    Raises:
        Refused: a fact is impossible; `place` holds its number, counted from 1.
    """
    check_participant(protocol, participant, today)
    story = _Replay(protocol, site, participant, today, events or ToldEvents(protocol, participant, site.zone))
    for number, fact in enumerate(facts, start=1):
        try:
            story.take(fact, number in kept, number in sure)
        except Refused as refused:
            at_field = refused.kind == "impossible_order" or isinstance(fact, NewFact)
            place = f"{number}.{refused.place}" if at_field and refused.place else f"{number}"
            raise Refused(refused.kind, place, **refused.values) from None
    return tuple(story.accepted)


class _Replay:
    """A story that is told fact by fact, each accepted after those before it."""

    def __init__(
        self, protocol: ProtocolVersion, site: Site, participant: Participant, today: date, events: ToldEvents
    ) -> None:
        self.protocol, self.site, self.participant, self.today = protocol, site, participant, today
        self.events = events
        self.accepted: list[Fact] = []
        self._latest = LatestFacts()
        self._known: Calendar | None = None
        self._plans: EarlierPlans = {}

    def take(self, fact: Fact | NewFact, kept: bool, sure: bool) -> None:
        """Accept the next fact; `kept`: unchecked. `sure`: somebody has confirmed it."""
        if isinstance(fact, NewFact):
            self._take_event(fact, kept, sure)
        elif kept:
            check_kept(self.protocol, fact)
            self._add(fact)
        else:
            if isinstance(fact, Operated):
                self._perform(performed_with(fact), sure)
            self.events.check_end(fact)
            earlier = self._latest()
            site, person, known = self.site, self.participant, self._known
            self._add(accept(self.protocol, site, person, earlier, fact, self.today, known, self._plans))
            if isinstance(fact, Performed) and not sure and not _is_unscheduled(self.accepted[-1]):
                check_possible(self.accepted[-1], self._calendar())

    def _take_event(self, event: NewFact, kept: bool, sure: bool) -> None:
        if kept:
            self.events.keep(event)
        else:
            self.events.take(event, self._latest(), self._calendar, lambda done: self._perform(done, sure), sure)

    def _perform(self, done: Performed, sure: bool) -> Calendar:
        """Accept that a visit was performed with what was done at it, unless that was told before."""
        visit = known_visit(done.visit, self._calendar().keys)
        if not any(isinstance(one, Performed) and one.visit == visit for one in self.accepted):
            self.take(done, False, sure)
        return self._calendar()

    def _add(self, fact: Fact) -> None:
        self.accepted.append(fact)
        self._latest.add(fact)
        self._known = None

    def _calendar(self) -> Calendar:
        if self._known is None:
            self._known = plan(self.protocol, self.site, self.participant, self._latest(), self.today, self._plans)
        return self._known


def accept(
    protocol: ProtocolVersion,
    site: Site,
    participant: Participant,
    earlier: Sequence[Fact],
    fact: Fact,
    today: date,
    before: Calendar | None = None,
    plans: EarlierPlans | None = None,
) -> Fact:
    """Return the fact as it is recorded after the earlier ones: by the protocol's names, a performed visit judged.

    `before`: the calendar of the earlier facts, where it is known already. `plans`: those of fewer facts.

    Raises:
        Refused: the fact is impossible after the earlier ones.
    """
    check_day(fact, today)
    if isinstance(fact, Booked | Performed) and fact.at:
        comes_twice(fact.on, fact.at, site.zone)
    if isinstance(fact, Performed) and fact.pump_at:
        comes_twice(fact.on, fact.pump_at, site.zone, "pump_at")
    fact = fact_as_known(protocol, fact)
    person = participant.after(earlier)

    @cache
    def planner() -> Planner:
        return planner_of(protocol, site, participant, _planned_by(earlier, fact), today, plans)

    @cache
    def calendar_before() -> Calendar:
        return before if before is not None else planner().calendar()

    if isinstance(fact, Died | Withdrawn | Lost | FoundAgain | Stopped):
        _check_general(protocol, earlier, fact, today, calendar_before)
        check_end(protocol, person, earlier, fact, calendar_before)
        return fact
    if isinstance(fact, Included):
        check_inclusion(person, fact)
    if not isinstance(fact, VisitFact):
        _check_general(protocol, earlier, fact, today, calendar_before)
        check_order(protocol, person, earlier, fact, calendar_before)
        check_after_ends(protocol, earlier, fact, calendar_before)
        return fact
    keys = before.keys if before is not None else planner().keys()
    fact = visit_fact_as_known(fact, keys)
    _check_visit(protocol, keys, earlier, fact, calendar_before, lambda: planner().pathway)
    check_order(protocol, person, earlier, fact, calendar_before)
    check_after_ends(protocol, earlier, fact, calendar_before)
    return fact if isinstance(fact, Booked | Moved | Decided | Operated) else _with_judgement(calendar_before(), fact)


def _planned_by(earlier: Sequence[Fact], fact: Fact) -> Sequence[Fact]:
    """Return the facts without those about unscheduled visits where these change nothing: nothing is counted from one.

    Hundreds of them would make each check as long as they are many.
    """
    if isinstance(fact, Omitted | Decided):
        return earlier
    return [one for one in earlier if not _is_unscheduled(one)]


def _is_unscheduled(fact: Fact) -> bool:
    return isinstance(fact, VisitFact) and fact.visit.startswith("U#")


def _with_judgement(calendar: Calendar, fact: VisitFact) -> VisitFact:
    """Return a result with the window in force, and the day that it is counted from if that is only expected."""
    entry = calendar.by_key.get(fact.visit)
    if entry is None:
        return fact
    if isinstance(fact, Missed | Omitted) and fact.window is None:
        return replace(fact, window=entry.window)
    if not isinstance(fact, Performed) or fact.judged is not None:
        return fact
    basis = calendar.by_key.get(entry.counts_from)
    if basis is None or basis.status is Status.CANCELLED or entry.window is None:
        return replace(fact, judged=entry.window)
    return replace(fact, judged=entry.window, judged_by=basis.key, judged_from=basis.assumed)


def check_participant(protocol: ProtocolVersion, participant: Participant, today: date) -> None:
    """Check that the protocol can plan a participant.

    Raises:
        Refused: neither consent nor enrolment has a day, one of them lies after today or the consent after the
            enrolment, or a regimen or choice that the protocol does not offer.
    """
    check_first_days(participant, today)
    if participant.regimen not in (protocol.offered or ("", NO_REGIMEN)):
        near = nearest_identifier(participant.regimen, protocol.offered)
        raise Refused("regimen", "regimen", value=participant.regimen, offered=", ".join(protocol.offered), near=near)
    for name, value in participant.choices.items():
        check_choice(protocol, name, value)


def check_first_days(participant: Participant, today: date) -> None:
    """Check the days of informed consent and of enrolment.

    Raises:
        Refused: neither is known, one of them lies after today, or the consent after the enrolment.
    """
    consented, enrolled = participant.consented_on, participant.enrolled_on
    if consented is None and enrolled is None:
        raise Refused("no_consent", "consented_on")
    for place, on in (("consented_on", consented), ("enrolled_on", enrolled)):
        if on is not None and on > today:
            raise Refused("future", place, on=on, today=today)
    if consented is not None and enrolled is not None and consented > enrolled:
        raise Refused("consent_after_enrolment", "consented_on", on=consented, enrolled=enrolled)


def _check_general(
    protocol: ProtocolVersion, earlier: Sequence[Fact], fact: Fact, today: date, calendar: Callable[[], Calendar]
) -> None:
    """Check a fact about no visit: it names what there is, and contradicts no earlier fact of its sort."""
    check_names(protocol, fact)
    match fact:
        case RegimenChanged():
            _check_regimen_change(protocol, earlier)
        case Stopped():
            if any(isinstance(one, Stopped) and one.phase == fact.phase for one in earlier):
                raise Refused("stopped_twice", phase=fact.phase)
        case Withdrawn():
            if protocol.withdrawal.needs_last_medication and fact.last_medication_on is None:
                raise Refused("last_medication", "last_medication_on", last=calendar().last_dose_given or NONE_GIVEN)
            if any(isinstance(one, Withdrawn) and one.scope in (fact.scope, "all") for one in earlier):
                raise Refused("withdrawn_twice", scope=fact.scope)
            if isinstance(fact.last_medication_on, date) and fact.last_medication_on > today:
                raise Refused("future", on=fact.last_medication_on, today=today)
            if isinstance(fact.last_medication_on, date) and fact.last_medication_on > fact.on:
                raise Refused("medication_after_end", on=fact.last_medication_on, ended=fact.on)
        case Lost() | FoundAgain():
            changes = [one for one in earlier if isinstance(one, Lost | FoundAgain)]
            is_lost = bool(changes) and isinstance(changes[-1], Lost)
            if is_lost == isinstance(fact, Lost):
                raise Refused("lost_twice" if is_lost else "not_lost")


def _check_regimen_change(protocol: ProtocolVersion, earlier: Sequence[Fact]) -> None:
    rule = protocol.regimen_change
    if not rule.allowed:
        raise Refused("regimen_fixed")
    if rule.after_milestone and not any(
        isinstance(one, Decided) and _reaches(protocol, one, rule.after_milestone) for one in earlier
    ):
        raise Refused("regimen_before_turn", turn=rule.after_milestone)
    if rule.at_most and sum(isinstance(one, RegimenChanged) for one in earlier) >= rule.at_most:
        raise Refused("regimen_too_often", at_most=rule.at_most)


def _reaches(protocol: ProtocolVersion, decided: Decided, milestone: str) -> bool:
    decision = protocol.decisions.get(visit_of(decided.visit))
    return decision is not None and decision.outcomes[decided.outcome].milestone == milestone


def _check_visit(
    protocol: ProtocolVersion,
    keys: Collection[str],
    earlier: Sequence[Fact],
    fact: VisitFact,
    calendar: Callable[[], Calendar],
    pathway: Callable[[], Pathway],
) -> None:
    """Check a fact about a visit: the calendar has the visit, and the fact is possible there.

    `keys`: those that facts may use. `calendar`, `pathway`: by the earlier facts, planned when they are asked for.
    """
    key = fact.visit
    unscheduled = UNSCHEDULED.fullmatch(key)
    if unscheduled and not isinstance(fact, Decided | Omitted):
        known = {one.visit for one in earlier if isinstance(one, VisitFact) and one.visit.startswith("U#")}
        if key not in known and int(unscheduled[1]) > len(known) + 1:
            raise Refused("unscheduled_number", visit=key, next=f"U#{len(known) + 1}")
    elif key not in keys:
        left = calendar().left_out(key)
        if left is not None:
            raise left_refusal(left)
        known_visit, near = visit_of(key) in protocol.visits, nearest_visit(key, calendar(), protocol.visits)
        raise Refused("off_path" if known_visit else "unknown_visit", visit=key, near=near)
    if isinstance(fact, Operated):
        check_operation(protocol, calendar(), earlier, fact)
    elif isinstance(fact, Decided):
        _check_decision(protocol, pathway, earlier, fact)
    elif isinstance(fact, Performed | Missed | Omitted):
        _check_result(protocol, calendar(), earlier, fact)


def _check_decision(
    protocol: ProtocolVersion, pathway: Callable[[], Pathway], earlier: Sequence[Fact], fact: Decided
) -> None:
    check_outcome(protocol, fact)
    if any(isinstance(one, Decided) and one.visit == fact.visit for one in earlier):
        raise Refused("decided_twice", visit=fact.visit)
    turn = protocol.decisions[visit_of(fact.visit)].closed_by.get(fact.outcome)
    closed_on = pathway().milestones.get(turn) if turn else None
    if turn and closed_on is not None and fact.on >= closed_on:
        cause = next((one for one in earlier if isinstance(one, Decided) and _reaches(protocol, one, turn)), None)
        if cause is None:
            raise Refused("outcome_withdrawn", visit=fact.visit, outcome=fact.outcome, on=closed_on)
        raise Refused(
            "outcome_closed", visit=fact.visit, outcome=fact.outcome, other=cause.visit, was=cause.outcome, on=cause.on
        )


def _check_result(
    protocol: ProtocolVersion, calendar: Calendar, earlier: Sequence[Fact], fact: Performed | Missed | Omitted
) -> None:
    """Check that a visit can have this result, and has no other result that holds."""
    check_own_day(protocol, fact)
    if isinstance(fact, Omitted):
        entry = calendar.by_key.get(fact.visit)
        if entry is not None and entry.day_kind not in DOSES:
            raise Refused("only_infusions", visit=fact.visit)
    if isinstance(fact, Performed) and fact.pump_at:
        entry = calendar.by_key.get(fact.visit)
        if entry is not None and (not entry.pump_hours or entry.day_kind == DayKind.PUMP_DISCONNECT):
            raise Refused("no_pump", "pump_at", visit=fact.visit)
    results = [one for one in earlier if isinstance(one, Performed | Missed | Omitted) and one.visit == fact.visit]
    if not results:
        return
    # Missed on 5 April, a visit may still be performed on 7 April. An operation missed on 5 April and booked again for
    # 12 April may be missed again; another visit has one result only.
    came_after_all = isinstance(results[-1], Missed) and isinstance(fact, Performed)
    missed_again = isinstance(fact, Missed) and fact.visit in calendar.by_key and _reopened(calendar, fact.visit)
    if not came_after_all and not missed_again:
        raise Refused("two_results", visit=fact.visit, first=type(results[-1]).__name__.lower(), on=results[-1].on)


def _reopened(calendar: Calendar, key: str) -> bool:
    entry = calendar.by_key[key]
    return entry.assumed is not None and any(problem.kind == "operation_missed" for problem in entry.problems)
