"""Every change of one participant: proposed with what it does to the calendar, then saved as it was proposed.

A preview is a proposal that is not saved, so the two cannot differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar.difference import Change, difference
from app.domain.calendar.entries import OPEN, Calendar, doubted
from app.domain.calendar.nearest_visit import not_on_calendar
from app.domain.facts.chain_head import Head
from app.domain.facts.fields import check_hours, read_fields, without_death
from app.domain.facts.kind import Json, Kind
from app.domain.facts.kinds import KINDS, kind_of
from app.domain.facts.participant_record import ParticipantRecord, judgement_of, planner_fact_of
from app.domain.facts.personal_data import doubt_of_personal_data
from app.domain.facts.planner_facts import Booked, Fact, VisitFact
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.safety import REPORT_KIND, event_of_report
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.planning.consents import doubts_of_consent
from app.domain.planning.days_in_order import doubts_of_death_after_news, doubts_of_order_within
from app.domain.planning.edit_checks import accept
from app.domain.planning.event_checks import event_as_known, performed_by
from app.domain.planning.event_ends import (
    check_event_after_ends,
    check_events_before_end,
    doubt_of_end,
    without_reports_of_death,
)
from app.domain.planning.known_names import known_finding, known_visit
from app.domain.planning.offered_names import Offered, doubt_of_offered, with_offered_names
from app.domain.planning.operation_checks import check_same_day, doubt_of_choices, doubts_of_no_operation
from app.domain.planning.order_checks import check_after_operation, doubt_of_order
from app.domain.planning.planner import plan
from app.domain.planning.plausibility import check_event_order, unlikely_day
from app.domain.planning.pumps import off_early
from app.domain.planning.recorded_problems import with_recorded_problems
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined
from app.services.commands.fact_names import classed_row, names_of, offered_at
from app.services.commands.may_save import check_may_save
from app.services.commands.repeat_doubts import doubt_of_repeat
from app.services.queries.calendar import entry_for
from app.services.queries.deviations import deviation_number
from app.services.queries.eligibility_checks import (
    check_enrolled_after,
    doubt_of_enrolment,
    doubt_of_operation,
    not_screened,
)
from app.services.study.study import Study
from app.services.study.visit_cache import update_visits
from app.wording.protocol_names import NO_NAMES, Names, names_in


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact to be recorded: its kind and its fields as they were typed."""

    kind: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The facts that a change would record and its effect; `head`: the study's last fact at that time.

    `doubt`: why a person is asked before it is saved, where there is a reason. `remark`: what is said and not asked
    about. `twice`: the times that the clocks show twice on their day, because they are put back.
    """

    subject: int
    code: str
    today: date
    head: Head
    facts: tuple[NewFact, ...]
    before: Calendar | None
    after: Calendar | None
    changes: tuple[Change, ...]
    protocol: ProtocolVersion
    earlier: tuple[tuple[NewFact, ...], ...] = ()
    doubt: Doubted | None = None
    twice: tuple[str, ...] = ()
    remark: Doubted | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved command: its number, its facts, and the visits that it changed.

    `remarks`: what was said and not asked about. `names`: those of the visits and of what else the facts name.
    """

    command: int
    facts: tuple[NewFact, ...]
    changes: tuple[Change, ...]
    head: Head
    remarks: tuple[Doubted, ...] = ()
    names: Names = NO_NAMES


def propose(
    study: Study,
    code: str,
    asked: Sequence[Asked],
    today: date,
    hold: Sequence[str] = (),
    reason: str = "",
) -> Proposal:
    """Return the effect that these facts, recorded as one command, would have on the participant's calendar.

    `hold`: visits that stay on their day although the change would move them; each is recorded as moved to it, with
    `reason`.

    Raises:
        Refused: one of them is wrong or contradicts the study.
    """
    study.must_plan()
    case = study.enrolled(code)
    return propose_for(study, case, study.protocol(case), study.calendar(case, today), asked, hold, reason)


def propose_for(
    study: Study,
    case: ParticipantRecord,
    protocol: ProtocolVersion,
    before: Calendar,
    asked: Sequence[Asked],
    hold: Sequence[str] = (),
    reason: str = "",
) -> Proposal:
    """Return the effect of these facts, as `propose` does, for a calendar whose last facts need not be recorded yet.

    Raises:
        Refused: one of them is wrong or contradicts the study.
    """
    today = before.today
    draft = _CommandDraft(study, case, protocol, before, today)
    doubts = [draft.add_plausible(one) for one in asked]
    for visit in hold:
        draft.add(_hold(protocol, before, visit, reason))
    forms = study.facts.consent_forms(protocol.id)
    after = with_recorded_problems(draft.calendar, case.records, forms, draft.participant.first_day, draft.facts)
    after = doubted(after, study.uncertain_by(case.subject))
    return Proposal(
        case.subject,
        case.code,
        today,
        study.head(),
        tuple(draft.facts),
        before,
        after,
        difference(before, after),
        protocol,
        twice=tuple(draft.twice),
        remark=joined(
            [
                not_screened(protocol, case.screened) if draft.inclusion is not None else None,
                *(off_early(after.by_key.get(key)) for key in draft.performed),
            ]
        ),
        doubt=joined(
            [
                *doubts,
                *draft.doubts,
                doubt_of_enrolment(protocol, case.screened, draft.inclusion, today) if draft.inclusion else None,
                doubt_of_order(before, after, (*case.records, *draft.facts)),
                doubt_of_repeat(case, draft.facts, before != after, names_in(after, protocol)),
            ]
        ),
    )


def save(study: Study, proposal: Proposal, sure: bool = False) -> Saved:
    """Record what was proposed: all of it in one transaction, or nothing. `sure`: a person has confirmed it.

    Raises:
        Doubted: there is a doubt about it, and nobody has confirmed it.
        Refused: the file has changed since, is open for reading only, or cannot be written.
    """
    check_may_save(study, proposal.head, proposal.doubt, sure)
    with study.store.transaction():
        numbers = study.append(proposal.today, *map(list, proposal.earlier), list(proposal.facts))
        update_visits(study, proposal.subject, proposal.before, proposal.after)
    if proposal.after is None or not proposal.before or not proposal.before.entries or proposal.earlier:
        study.forget()
    else:
        study.keep_calendar(proposal.subject, proposal.after)
    remarks = (proposal.remark,) if proposal.remark is not None else ()
    names = names_in(proposal.after, proposal.protocol)
    return Saved(numbers[-1], proposal.facts, proposal.changes, study.head(), remarks, names)


def change(study: Study, code: str, kind: str, fields: Mapping[str, object], today: date, sure: bool = False) -> Saved:
    """Record one fact about an enrolled participant. `sure`: a person has confirmed it.

    Raises:
        Refused: the data are wrong, contradict the study or are doubted; nothing was recorded.
    """
    return save(study, propose(study, code, [Asked(kind, fields)], today), sure)


def _hold(protocol: ProtocolVersion, before: Calendar, visit: str, reason: str) -> Asked:
    entry = before.by_key.get(known_visit(visit, before.by_key))
    if entry is None:
        raise not_on_calendar(visit, before, protocol.visits, "hold")
    if entry.assumed is None or entry.status not in OPEN:
        raise Refused("not_held", "hold", visit=visit)
    return Asked("moved", {"visit": entry.key, "to": entry.assumed, "reason": reason})


class _CommandDraft:
    """The facts of one command, each checked against the calendar that those before it give."""

    def __init__(
        self, study: Study, case: ParticipantRecord, protocol: ProtocolVersion, before: Calendar, today: date
    ) -> None:
        self.study, self.case, self.protocol, self.today = study, case, protocol, today
        self.participant = study.participant(case)
        self.site = study.site_for(case, protocol, self.participant, today)
        self.calendar = before
        self.planned: list[Fact] = list(case.facts)
        self.facts: list[NewFact] = []
        self.twice: list[str] = []
        self.doubts: list[Doubted | None] = []
        self.inclusion: dict[str, Json] | None = None
        self.mark = mark_of(case.enrolled)

    def add_plausible(self, asked: Asked) -> Doubted | None:
        """Add one fact as it was typed; return the doubts about its days, None where they are likely."""
        before, planned, count = self.calendar, tuple(self.planned), len(self.facts)
        doubts: list[Doubted | None] = []
        self.add(asked)
        for fact in self.facts[count:]:
            kind = KINDS[fact.kind]
            if not kind.plans:
                check_event_order(kind, fact.fields, self.protocol, self.participant, planned, before)
                check_after_operation(kind, fact.fields, self.calendar)
            doubts += doubts_of_no_operation(kind, fact.fields, self.protocol, before, self.calendar)
            doubts.append(unlikely_day(kind, fact.fields, self.protocol, self.participant, before, self.today))
            doubts += doubts_of_order_within(kind, fact.fields, self.case.records)
            doubts.append(doubt_of_personal_data(kind, fact.fields))
            doubts.append(doubt_of_offered(kind, fact.fields, self._offered(fact.fields)))
        doubts += doubts_of_death_after_news(self.facts[count:])
        return joined(doubts)

    def add(self, asked: Asked) -> None:
        """Check and add one fact, with the facts that it implies."""
        kind = kind_of(asked.kind)
        if asked.kind == "unscheduled":
            self._unscheduled(asked)
            return
        typed, died_on = without_death(kind, asked.fields)
        fields = self._read(kind, typed)
        self.twice += [str(fields[one.name]) for one in check_hours(kind, fields, self.site.zone)]
        self._compare_with_entry(kind, fields)
        if kind.plans and kind.performs_visit:
            fields = event_as_known(self.protocol, kind, fields, self.calendar)
            self._performed_with(kind, fields)
            fields = self._plan(asked.kind, fields)
        elif kind.plans:
            fields = self._plan(asked.kind, fields)
        elif asked.kind == "booking_cancelled":
            fields["visit"] = known_visit(str(fields["visit"]), {*self.calendar.keys, *self.calendar.by_key})
            self._cancel_booking(fields)
        else:
            fields = event_as_known(self.protocol, kind, fields, self.calendar)
        check_event_after_ends(self.protocol, kind, fields, self.planned, lambda: self.calendar)
        fields |= self._assigned(kind, fields)
        fields = with_offered_names(kind, fields, self._offered(fields))
        if not kind.plans:
            self._performed_with(kind, fields)
        self._keep(asked.kind, fields)
        if kind.planned_with and kind.plans_with(fields):
            self.planned.append(planner_fact_of(kind.id, fields))
            self._replan()
        if died_on is not None:
            self.add(Asked("died", {"on": died_on}))

    @property
    def performed(self) -> list[str]:
        """The visits that the command records as performed."""
        return [str(one.fields["visit"]) for one in self.facts if one.kind == "performed"]

    def _compare_with_entry(self, kind: Kind, fields: Mapping[str, Json]) -> None:
        """Compare an inclusion, an operation or a consent with what was recorded when the participant entered."""
        if kind.id == "included":
            self._include(fields)
        elif kind.id == "operation":
            self.doubts.append(doubt_of_operation(self.protocol, self.case.screened, self.case.enrolled, fields))
        elif kind.id == "consent":
            forms = self.study.facts.consent_forms(self.protocol.id)
            self.doubts += doubts_of_consent(fields, self.case.records, forms, self.participant.first_day)

    def _assigned(self, kind: Kind, fields: Mapping[str, Json]) -> dict[str, Json]:
        """Return the fields that nobody types: the row and number of a deviation, the event of a report."""
        if kind.id == CLASS_KIND:
            row = classed_row(self.study, self.case, self.today, fields)
            number = deviation_number(self.study, self.case.subject, {**fields, **row}, self.facts)
            return {**row, "number": number}
        return {"event": event_of_report(self.case.records, fields)} if kind.id == REPORT_KIND else {}

    def _include(self, fields: Mapping[str, Json]) -> None:
        """Check an inclusion against the screening, and note the enrolment that it makes of the consent."""
        enrolled = self.case.enrolled
        self.inclusion = {**(enrolled.fields if enrolled is not None else {}), "on": fields["on"]}
        check_enrolled_after(self.case.screened, self.inclusion)

    def _read(self, kind: Kind, typed: Mapping[str, object]) -> dict[str, Json]:
        """Return the typed fields as they are stored; ``p+7`` counts from the day that the visit has now.

        A visit that there is not is refused before such a day.
        """
        visit = str(typed.get("visit", ""))
        entry = self.calendar.by_key.get(known_visit(visit, self.calendar.by_key))
        try:
            return read_fields(kind, typed, self.today, planned=entry.assumed if entry is not None else None)
        except Refused as refused:
            if refused.kind == "date_no_planned" and visit:
                entry_for(self.calendar, visit, self.protocol.visits)
            raise

    def _offered(self, fields: Mapping[str, Json]) -> Offered:
        """The names that are on offer for these fields."""
        entry = self.calendar.by_key.get(str(fields.get("visit", "")))
        return offered_at(self.study, self.protocol, entry)

    def _keep(self, kind: str, fields: Mapping[str, Json]) -> None:
        self.facts.append(NewFact(kind, fields, self.case.subject, protocol=self.mark))

    def _told(self) -> list[Recorded]:
        """The facts on record, and those of this command that come before."""
        return [*self.case.records, *(provisional(fact, 0) for fact in self.facts)]

    def _plan(self, kind: str, fields: dict[str, Json]) -> dict[str, Json]:
        asked = planner_fact_of(kind, fields)
        check_events_before_end(asked, self._told())
        self.doubts.append(doubt_of_end(asked, self.planned))
        self.doubts.append(doubt_of_choices(self.protocol, self.participant, self.planned, asked))
        earlier = without_reports_of_death(self.planned, self._told()) if kind == "died" else self.planned
        fact = accept(self.protocol, self.site, self.participant, earlier, asked, self.today, self.calendar)
        fields |= names_of(fact, fields)
        fields |= judgement_of(fact)
        self.planned.append(fact)
        self._replan()
        return fields

    def _replan(self) -> None:
        self.calendar = plan(self.protocol, self.site, self.participant, self.planned, self.today)

    def _cancel_booking(self, fields: Mapping[str, Json]) -> None:
        visit = str(fields["visit"])
        if not any(isinstance(fact, Booked) and fact.visit == visit for fact in self.planned):
            raise Refused("not_booked", visit=entry_for(self.calendar, visit, self.protocol.visits).key)
        self.planned = [fact for fact in self.planned if not (isinstance(fact, Booked) and fact.visit == visit)]
        self._replan()

    def _performed_with(self, kind: Kind, fields: Mapping[str, Json]) -> None:
        """Add that the visit happened, where the fact implies it and it is not recorded."""
        given = performed_by(self.protocol, kind, fields, self.calendar)
        if given is not None:
            done = read_fields(KINDS["performed"], given, self.today)
            self._keep("performed", self._plan("performed", done))
        elif kind.performs_visit is True:
            check_same_day(self.calendar, str(fields["visit"]), date.fromisoformat(str(fields["on"])))

    def _unscheduled(self, asked: Asked) -> None:
        """Add a visit that the protocol does not ask for: performed when its day has come, else booked."""
        given = dict(asked.fields)
        kind = KINDS["unscheduled"]
        if "visit" in given:
            known = ", ".join(field.name for field in kind.typed_fields)
            raise Refused("field_unknown", kind.id, name="visit", known=known, near="")
        on, at = given.pop("on", None), given.pop("at", "")
        keys = {fact.visit for fact in self.planned if isinstance(fact, VisitFact) and fact.visit[:2] == "U#"}
        keys |= {one.text("visit") for one in self.case.records if one.kind == kind.id}
        visit = f"U#{max((int(key[2:]) for key in keys), default=0) + 1}"
        fields = read_fields(kind, {"visit": visit, **given}, self.today)
        if "repeats" in fields:
            fields["repeats"] = known_finding(self.protocol, str(fields["repeats"]))
        dated = read_fields(KINDS["booked"], {"visit": visit, "on": on, "at": at}, self.today)
        happens = "booked" if str(dated["on"]) > self.today.isoformat() else "performed"
        self._keep(kind.id, fields)
        self._keep(happens, self._plan(happens, dated))


def mark_of(enrolled: Recorded | None) -> str:
    """Return the protocol version that a fact is recorded under, as each fact carries it."""
    return f"{enrolled.text('protocol')} {enrolled.text('hash')[:12]}" if enrolled is not None else ""


def with_earlier(proposal: Proposal, *earlier: tuple[NewFact, ...]) -> Proposal:
    """Return the proposal with study facts to be recorded before it, each tuple as a command of its own."""
    return replace(proposal, earlier=tuple(facts for facts in earlier if facts))
