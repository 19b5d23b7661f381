"""The deviation log: every departure from the protocol with the reason that was given, and its class."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.calendar.entries import Calendar, natural
from app.domain.deviation_rule import DEVIATION_KINDS, DeviationKind
from app.domain.facts.kind import Json, VisitScope
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.planner_facts import Fact, Missed, Omitted, Participant, Performed, Site, VisitFact
from app.domain.facts.records import NewFact, Recorded
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.planning.deviations import VisitDeviation, visit_deviations
from app.domain.planning.eligibility import ELIGIBLE, Contradiction, contradictions
from app.domain.planning.unclassed import about_text
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.queries.deviation_row import Deviation, kept_days
from app.services.queries.gone_deviations import why_gone
from app.services.study.study import Study
from app.wording.deviations import cause_text, rule_text
from app.wording.eligibility import contradictions_text
from app.wording.language import gettext as _
from app.wording.names import visit_name
from app.wording.problems import problem_text


def deviations(study: Study, today: date, code: str = "", progress: Progress | None = None) -> list[Deviation]:
    """Return the log: every visit outside its window, missed, omitted, or not recorded though its window has passed.

    Also what was done too near, on a closed day or too early although its window allows it, and every screening that
    contradicts the criteria. A result that is provisional, because what it is counted from has not happened yet, is no
    deviation.

    Raises:
        Refused: there is no such participant.
    """
    cases = [study.case(study.subject(code))] if code else study.each_case(progress=progress, screened=True)
    found = [one for case in cases for one in deviations_of(study, case, today)]
    return sorted(found, key=lambda one: (natural(one.participant), _order(one)))


def _order(one: Deviation) -> tuple[date, int, bool]:
    first, second = (one.entry.order[0], one.entry.order[1]) if one.entry is not None else (one.on or date.min, 0)
    return first, second, one.gone


def deviations_of(study: Study, case: ParticipantRecord, today: date) -> list[Deviation]:
    """Return the log of one participant."""
    decisions = [one for one in case.records if one.kind == CLASS_KIND]
    if case.enrolled is None:
        screened = case.screened
        row = study.facts.latest(screened.text("protocol")) if screened is not None else None
        found = [*_of_screening(case, study.protocol_text(row.hash), None)] if row is not None else []
        return [_with_decision(one, decisions) for one in found]
    protocol, calendar = study.protocol(case), study.calendar(case, today)
    found = [_with_decision(one, decisions) for one in _following(study, case, today, calendar)]
    gone = _gone(protocol, calendar, found, decisions)
    return [*found, *(_explained(study, case, today, one) for one in gone)]


def _following(study: Study, case: ParticipantRecord, today: date, calendar: Calendar) -> list[Deviation]:
    """Return what departs from the protocol by an enrolled participant's record, without what was decided on it."""
    protocol, participant = study.protocol(case), study.participant(case)
    site = study.site_for(case, protocol, participant, today)
    departures = visit_deviations(protocol, site, participant, case.facts, calendar)
    found = [*_of_screening(case, protocol, calendar)]
    return [*found, *(_of_visit(case, protocol, calendar, one, site.closed.closed) for one in departures)]


def _explained(study: Study, case: ParticipantRecord, today: date, gone: Deviation) -> Deviation:
    """Return a row that is gone with the reason that it had, and why it no longer follows."""

    def follows(then: ParticipantRecord) -> Deviation | None:
        if then.enrolled is None:
            return None
        rows = _following(study, then, today, study.calendar(then, today))
        return next((one for one in rows if (one.visit, one.what) == (gone.visit, gone.what)), None)

    row, why = why_gone(study, case, today, gone.decisions[0].seq, follows)
    reason, detail = (row.reason, row.detail) if row is not None else ("", "")
    return replace(gone, reason=reason, detail=detail, why_gone=why)


def rule_texts(rows: Sequence[Deviation]) -> list[str]:
    """Return the rules by which the classes of these rows are proposed, a sentence for each."""
    found = []
    for rule in dict.fromkeys(row.rule for row in rows):
        protocols = ", ".join(dict.fromkeys(row.protocol for row in rows if row.rule == rule))
        text = _("Proposed by the rule of {protocol}: {rule}.")
        found.append(text.format(protocol=protocols, rule=rule_text(rule)))
    return found


def deviation_to_class(study: Study, case: ParticipantRecord, today: date, visit: str, what: str) -> Deviation:
    """Return the row of the log that a person decides on; `what` may be empty where the visit has only one.

    Raises:
        Refused: the log has no such row, or several.
    """
    found = [one for one in deviations_of(study, case, today) if one.visit == visit]
    fitting = [one for one in found if (what == one.what if what or one.gone else True)]
    if not fitting:
        raise Refused("no_deviation", "deviation" if found else "visit", visit=visit)
    if len(fitting) > 1:
        raise Refused("which_deviation", "deviation", visit=visit, known=", ".join(one.what for one in fitting))
    return fitting[0]


def deviation_number(study: Study, subject: int, fields: Mapping[str, Json], new: Sequence[NewFact] = ()) -> int:
    """Return the number of a deviation in the log: the one that it was given once, else the next of the study.

    A number is never given again, also where the decision that gave it was taken back. `new`: the facts before it in
    the same command.
    """
    named = [one for one in new if one.kind == CLASS_KIND]
    own: list[Recorded | NewFact] = [
        *study.store.facts(subject=subject, kinds=(CLASS_KIND,)),
        *(one for one in named if one.subject == subject),
    ]
    for one in own:
        number = one.fields.get("number")
        if isinstance(number, int) and all(one.fields.get(name) == fields[name] for name in ("visit", "deviation")):
            return number
    # Only of one that has none yet: of a thousand that are signed, the decisions on all others are not read each time.
    everything: list[Recorded | NewFact] = [*study.store.facts(kinds=(CLASS_KIND,)), *named]
    numbers = (one.fields.get("number") for one in everything)
    return max((number for number in numbers if isinstance(number, int)), default=0) + 1


def story_deviations(
    protocol: ProtocolVersion,
    site: Site,
    participant: Participant,
    facts: Sequence[Fact],
    calendar: Calendar,
    entry: ParticipantRecord,
) -> list[Deviation]:
    """Return the log of a story, in which nobody has decided on a class yet; facts count from 1.

    `entry`: the screening and the enrolment, which have no number.
    """
    found = [*_of_screening(entry, protocol, calendar)]
    for one in visit_deviations(protocol, site, participant, facts, calendar):
        mine = [(number, fact) for number, fact in enumerate(facts, start=1) if _concerns(fact, one.entry.key)]
        result = next((pair for pair in reversed(mine) if isinstance(pair[1], Performed | Missed | Omitted)), None)
        on = result[1].on if result is not None and isinstance(result[1], Missed | Omitted) else one.on
        reasons = (str(getattr(fact, "reason", "")) for _number, fact in reversed(mine))
        given = next(filter(None, reasons), "")
        number = result[0] if result is not None else 0
        found.append(_deviation(protocol, calendar, one, site.closed.closed, given, on, number))
    return sorted(found, key=_order)


def _concerns(fact: Fact, visit: str) -> bool:
    return isinstance(fact, VisitFact) and fact.visit == visit


def _of_visit(
    case: ParticipantRecord,
    protocol: ProtocolVersion,
    calendar: Calendar,
    one: VisitDeviation,
    closed_for: Mapping[date, str],
) -> Deviation:
    """Return the row of a departure at a visit, with the reason that was given for it."""
    mine = [record for record in case.records if record.text("visit") == one.entry.key]
    results = {record.seq for record, fact in case.planned if isinstance(fact, Performed | Missed | Omitted)}
    result = next((record for record in reversed(mine) if record.seq in results), None)
    on = result.day("on") if result is not None and one.what in ("missed", "omitted") else one.on
    given, number = _given_reason(mine, result), result.seq if result is not None else 0
    as_of = result.planned_as_of if result is not None else None
    recorded = as_of if isinstance(as_of, date) else None
    found = _deviation(protocol, calendar, one, closed_for, given, on, number)
    return replace(found, participant=case.code, recorded=recorded)


def _deviation(
    protocol: ProtocolVersion,
    calendar: Calendar,
    one: VisitDeviation,
    closed_for: Mapping[date, str],
    given: str,
    on: date | None,
    fact: int,
) -> Deviation:
    """Return a departure with the reason that was given for it, and the number of its result."""
    cause = cause_text(one.cause, calendar, closed_for) if one.cause is not None else ""
    return Deviation(
        participant=calendar.participant,
        visit=one.entry.key,
        name=visit_name(one.entry),
        what=one.what,
        days=one.days,
        on=on,
        earliest=one.window.earliest if one.window is not None else None,
        latest=one.window.latest if one.window is not None else None,
        reason="; ".join(filter(None, (given, cause))),
        detail=problem_text(one.problem, calendar) if one.problem is not None else "",
        about=about_text(one.problem),
        entry=one.entry,
        fact=0 if one.what.startswith("unrecorded") else fact,
        protocol=protocol.short_title,
        rule=protocol.deviations,
        proposed=one.proposed_class(protocol),
    )


def _given_reason(mine: list[Recorded], result: Recorded | None) -> str:
    """Return the reason given with the result, else the last one that was given to a move, a booking or a miss."""
    if result is not None and result.text("reason"):
        return result.text("reason")
    given = (one.text("reason") for one in reversed(mine) if _is_about_day(one))
    return next(filter(None, given), "")


def _is_about_day(record: Recorded) -> bool:
    """Whether a fact gives an open visit its day, takes it away, or says what became of it."""
    kind = KINDS[record.kind]
    return kind.changes_calendar and kind.visits is VisitScope.OPEN


def _of_screening(case: ParticipantRecord, protocol: ProtocolVersion, calendar: Calendar | None) -> Iterator[Deviation]:
    """Yield what is wrong with the screening, as rows of the visit of the enrolment."""
    screened, enrolled = case.screened, case.enrolled
    against = _against(protocol, screened, enrolled)
    if against:
        about = ", ".join(f"{one.kind} {one.criterion.id}" for one in against)
        yield _screening_row(case, protocol, calendar, "ineligible", contradictions_text(against), about)
    began = case.enrolled_on
    if screened is None or enrolled is None or began is None:
        return
    if screened.text("outcome") != ELIGIBLE or screened.text("protocol") != enrolled.text("protocol"):
        yield _screening_row(case, protocol, calendar, "not_eligible_yet")
    on = screened.day("on")
    if on is not None and on > began:
        yield _screening_row(case, protocol, calendar, "screened_late")


def _against(
    protocol: ProtocolVersion, screened: Recorded | None, enrolled: Recorded | None
) -> tuple[Contradiction, ...]:
    """Return what speaks against an eligible screening; without one against the age of an enrolment."""
    if screened is not None and screened.text("outcome") == ELIGIBLE:
        found = contradictions(protocol, screened.fields)
        if found:
            return found
    return contradictions(protocol, enrolled.fields) if enrolled is not None else ()


def _screening_row(
    case: ParticipantRecord,
    protocol: ProtocolVersion,
    calendar: Calendar | None,
    what: DeviationKind,
    detail: str = "",
    about: str = "",
) -> Deviation:
    """Return the row of a departure in screening, which is about the visit of enrolment."""
    key = protocol.enrolment_visit
    entry = calendar.by_key.get(key) if calendar is not None else None
    record = case.screened or case.enrolled
    return Deviation(
        participant=case.code,
        visit=key,
        name=visit_name(entry) if entry is not None else protocol.visits[key].name,
        what=what,
        days=0,
        on=record.day("on") if record is not None else None,
        earliest=None,
        latest=None,
        reason=case.screened.text("reason") if case.screened is not None and what == "ineligible" else "",
        detail=detail,
        about=about,
        entry=entry,
        fact=record.seq if record is not None else 0,
        protocol=protocol.short_title,
        rule=protocol.deviations,
        proposed=protocol.deviations.proposed(what, 0),
    )


def _with_decision(one: Deviation, decisions: list[Recorded]) -> Deviation:
    mine = [
        record for record in decisions if record.text("visit") == one.visit and record.text("deviation") == one.what
    ]
    decided = next((record for record in reversed(mine) if record.text("row") == one.row), None)
    if decided is not None or not mine:
        return replace(one, decided=decided, decisions=tuple(mine))
    return replace(one, outdated=mine[-1], decisions=tuple(mine))


def _gone(
    protocol: ProtocolVersion,
    calendar: Calendar,
    found: Sequence[Deviation],
    decisions: Sequence[Recorded],
) -> Iterator[Deviation]:
    """Yield what was numbered and no longer follows from the record, as it was numbered last."""
    there = {(one.visit, one.what) for one in found}
    numbered: dict[tuple[str, DeviationKind], list[Recorded]] = {}
    for record in decisions:
        what = next((one for one in DEVIATION_KINDS if one == record.text("deviation")), None)
        if what is not None and record.fields.get("number") and (record.text("visit"), what) not in there:
            numbered.setdefault((record.text("visit"), what), []).append(record)
    for (visit, what), mine in numbered.items():
        entry = calendar.by_key.get(visit)
        days, on, earliest, latest = kept_days(mine[-1])
        yield Deviation(
            participant=calendar.participant,
            visit=visit,
            name=visit_name(entry) if entry is not None else visit,
            what=what,
            days=days,
            on=on,
            earliest=earliest,
            latest=latest,
            reason="",
            detail="",
            about="",
            entry=entry,
            fact=0,
            protocol=protocol.short_title,
            rule=protocol.deviations,
            proposed=protocol.deviations.proposed(what, days),
            decided=mine[-1],
            decisions=tuple(mine),
            gone=True,
        )
