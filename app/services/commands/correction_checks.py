"""Checks of a corrected fact: the same as when it is recorded, among the facts that count."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import get_args

from app.domain.calendar.entries import Calendar
from app.domain.calendar.nearest_visit import not_on_calendar
from app.domain.calendar.visit_scope import check_scope
from app.domain.facts.fields import check_hours
from app.domain.facts.kind import DayRule, Json, Kind
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord, judgement_of, participant_of, planner_fact_of
from app.domain.facts.personal_data import doubt_of_personal_data
from app.domain.facts.planner_facts import JUDGEMENT, Fact, Participant
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.safety import REPORT_KIND, event_of_report
from app.domain.facts.superseded import LatestFacts
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.planning.days_in_order import doubts_of_order_within
from app.domain.planning.edit_checks import accept, check_first_days, check_participant
from app.domain.planning.end_checks import check_after_enrolment
from app.domain.planning.event_ends import check_event_after_ends, check_events_before_end, without_reports_of_death
from app.domain.planning.known_names import fact_as_known, known_visit, with_listed_names
from app.domain.planning.offered_names import doubt_of_offered
from app.domain.planning.order_checks import check_after_operation
from app.domain.planning.planner import plan
from app.domain.planning.plausibility import (
    check_birth,
    check_entry_order,
    check_event_order,
    check_order,
    unlikely_day,
)
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, EndRefusal, RefusalKind, Refused, joined
from app.services.commands.configure_site import confirm_facts, day_facts, propose_study, value_facts
from app.services.commands.dependent_facts import acceptance, check_code_is_free, recorded_on
from app.services.commands.enrol import as_known, doubt_of_person, known_cohort
from app.services.commands.fact_names import classed_row, names_of, offered_at
from app.services.queries.eligibility_checks import (
    check_eligible,
    check_enrolled_after,
    doubt_of_enrolment,
    doubt_of_screening,
    known_criteria,
)
from app.services.study.holidays import known_country
from app.services.study.site_calendar import known_zone
from app.services.study.study import Study

# A correction is refused only when a later fact would contradict it. A visit that merely moves out of its window, or
# leaves the path, is shown as a problem instead: otherwise one wrong day could never be corrected.
_CONTRADICTIONS: frozenset[RefusalKind] = frozenset(
    {
        *("died_twice", "two_results", "decided_twice", "lost_twice", "not_lost"),
        *("before_consent", "before_enrolment", "not_included"),
        *get_args(EndRefusal),
    }
)


_ELIGIBILITY = (
    "outcome", "criteria", "year_of_birth", "cohort", "metastases", "largest_mm", "liver", "ecog", "confirmed_by",
)  # fmt: skip


def check_corrected_fact(
    study: Study, record: Recorded, kind: Kind, fields: dict[str, Json], records: Sequence[Recorded], today: date
) -> dict[str, Json]:
    """Check a corrected fact among the participant's others; return the fields that the program sets again with it."""
    if record.kind in ("screened", "enrolled"):
        return _check_corrected_start(study, record, fields, today)
    case = ParticipantRecord.of(record.subject, records)
    calendar = study.calendar(case, today)
    participant, protocol = study.participant(case), study.protocol(case)
    site = study.site_for(case, protocol, participant, today)
    check_hours(kind, fields, site.zone)
    if not kind.plans:
        visit = fields.get("visit")
        if isinstance(visit, str) and visit != record.fields.get("visit"):
            if visit not in calendar.keys:
                raise not_on_calendar(visit, calendar, protocol.visits)
            check_scope(kind, protocol, calendar, visit)
        check_event_order(kind, fields, protocol, participant, case.facts, calendar)
        check_after_operation(kind, fields, calendar)
        check_event_after_ends(protocol, kind, fields, case.facts, lambda: calendar)
        if record.kind == REPORT_KIND:
            return {"event": event_of_report(case.records, fields)}
        return _other_row(study, case, record, fields, today) if record.kind == CLASS_KIND else {}
    if record.kind == "included" and case.enrolled is not None:
        check_enrolled_after(case.screened, {**case.enrolled.fields, "on": fields["on"]})
    fact = planner_fact_of(record.kind, {name: value for name, value in fields.items() if name not in JUDGEMENT})
    check_events_before_end(fact, case.records)
    earlier = [one for other, one in case.planned if other.seq < record.seq]
    among = without_reports_of_death(earlier, case.records) if record.kind == "died" else earlier
    try:
        taken = accept(protocol, site, participant, among, fact, today)
    except Refused as refused:
        # A visit that has left the path since is shown as a problem, and a withdrawal of before the rule lacks the last
        # medication; their facts can still be corrected.
        off_path = refused.kind == "off_path" and fields.get("visit") == record.fields.get("visit")
        never_asked = refused.kind == "last_medication" and "last_medication_on" not in record.fields
        if not off_path and not never_asked:
            raise
        taken = fact
    also: dict[str, Json] = {}
    if fields.get("visit") != record.fields.get("visit"):
        judgement = judgement_of(taken)
        also |= {name: judgement.get(name) for name in JUDGEMENT if name in judgement or name in record.fields}
    _check_later(study, case, record, taken, today)
    return also


def _check_later(study: Study, case: ParticipantRecord, record: Recorded, taken: Fact, today: date) -> None:
    """Refuse a corrected fact that a later one contradicts, unless it contradicted the fact as it was."""
    accept_again = acceptance(study, case, today)
    before, then = LatestFacts(), LatestFacts()
    for other, one in case.planned:
        if other.seq > record.seq:
            refused = accept_again(before(), other, one)
            if refused is not None and refused.kind in _CONTRADICTIONS and accept_again(then(), other, one) is None:
                raise refused
        before.add(taken if other.seq == record.seq else one)
        then.add(one)


def _other_row(
    study: Study, case: ParticipantRecord, record: Recorded, fields: Mapping[str, Json], today: date
) -> dict[str, Json]:
    """Return the row that a decision on a class is about, where a correction gives it another one."""
    same = all(fields.get(name) == record.fields.get(name) for name in ("visit", "deviation"))
    return {} if same else classed_row(study, case, today, fields)


def name_as_known(study: Study, record: Recorded, fields: dict[str, Json]) -> None:
    """Give a corrected fact the names by which the protocol, the calendar and the study know what it names."""
    if record.kind in ("screened", "enrolled"):
        row = study.facts.latest(record.text("protocol"))
        found = record.text("hash") or (row.hash if row is not None else "")
        if found:
            as_known(study, study.protocol_text(found), fields)
    elif record.kind == "site_set":
        fields["country"] = known_country(str(fields["country"]), "country")
        if "time_zone" in fields:
            fields["time_zone"] = str(known_zone(str(fields["time_zone"])))
    elif "visit" in fields and record.subject:
        calendar = study.calendar(study.case(record.subject), study.today())
        fields["visit"] = known_visit(str(fields["visit"]), calendar.keys)
    kind = KINDS[record.kind]
    if record.kind not in ("screened", "enrolled") and record.subject:
        changed = {name: value for name, value in fields.items() if value != record.fields.get(name)}
        fields |= with_listed_names(study.protocol(study.case(record.subject)), changed)
    if kind.plans and record.subject:
        protocol = study.protocol(study.case(record.subject))
        fields |= names_of(fact_as_known(protocol, planner_fact_of(record.kind, fields)), fields)


def unlikely_correction(
    study: Study,
    record: Recorded,
    kind: Kind,
    fields: Mapping[str, Json],
    changed: Collection[str],
    today: date,
) -> Doubted | None:
    """Return the doubts about the corrected days that are unlikely; None where all are likely."""
    case = ParticipantRecord.of(record.subject, study.store.facts(subject=record.subject))
    if record.kind in ("screened", "enrolled"):
        return _unlikely_start(study, case, record, fields, changed, today)
    protocol, participant, calendar = study.protocol(case), study.participant(case), study.calendar(case, today)
    entry = calendar.by_key.get(str(fields.get("visit", "")))
    return joined(
        [
            unlikely_day(kind, fields, protocol, participant, calendar, recorded_on(record), changed),
            *doubts_of_order_within(kind, fields, case.records, changed),
            doubt_of_personal_data(kind, fields, changed),
            doubt_of_offered(kind, fields, offered_at(study, protocol, entry), changed),
        ]
    )


def unlikely_study_correction(
    study: Study, kind: Kind, fields: Mapping[str, Json], changed: Collection[str], today: date
) -> Doubted | None:
    """Return the doubt about a corrected day or text of the site; None where it is likely."""
    if not any(field.rule is DayRule.SITE and field.name in changed for field in kind.fields):
        return doubt_of_personal_data(kind, fields, changed)
    return propose_study(study, [NewFact(kind.id, fields)], today).doubt


def _unlikely_start(
    study: Study,
    case: ParticipantRecord,
    record: Recorded,
    fields: Mapping[str, Json],
    changed: Collection[str],
    today: date,
) -> Doubted | None:
    """Return the doubt about a corrected screening or enrolment, where what was corrected can raise one."""
    row = study.facts.latest(str(fields.get("protocol", "")))
    found = record.text("hash") or (row.hash if row is not None else "")
    if not found:
        return None
    protocol = study.protocol_text(found)
    doubt = doubt_of_person(study, protocol, NewFact(record.kind, fields, record.subject), changed)
    if not {"on", *_ELIGIBILITY}.intersection(changed):
        return doubt
    if record.kind == "screened":
        return joined([doubt, doubt_of_screening(protocol, fields, today, changed)])
    return joined([doubt, doubt_of_enrolment(protocol, case.screened, fields, today, changed)])


def _touches_eligibility(record: Recorded, fields: Mapping[str, Json]) -> bool:
    return any(fields.get(name) != record.fields.get(name) for name in ("on", "reason", *_ELIGIBILITY))


def check_corrected_study_fact(study: Study, record: Recorded, fields: Mapping[str, Json], today: date) -> None:
    """Check a corrected fact about the study as if it were recorded now."""

    def text(name: str) -> str:
        return str(fields.get(name, ""))

    if record.kind == "site_set":
        known_country(text("country"), "country")
        known_zone(text("time_zone"))
    elif record.kind in ("day_closed", "day_opened"):
        day_facts(study, record.kind, date.fromisoformat(text("on")), None, "", text("site"), today)
    elif record.kind == "value_set":
        value_facts(study, text("protocol"), text("key"), fields["value"], "", today)
    elif record.kind == "value_confirmed":
        confirm_facts(study, text("protocol"), [text("key")], "", today)


def _check_corrected_start(study: Study, record: Recorded, fields: Mapping[str, Json], today: date) -> dict[str, Json]:
    """Check a corrected screening or enrolment; return the choices, where the cohort is one of them."""
    check_code_is_free(study, record.subject, str(fields["code"]))
    check_birth(fields)
    case = study.case(record.subject)
    on = date.fromisoformat(str(fields["on"])) if "on" in fields else None
    if record.kind == "enrolled":
        check_entry_order(case.screened.day("on") if case.screened is not None else None, on)
    elif case.screened is not None and case.screened.seq == record.seq:
        check_entry_order(on, case.enrolled_on)
    if fields.get("protocol") != record.fields.get("protocol"):
        raise Refused("not_correctable", seq=record.seq, what="protocol")
    if record.kind == "enrolled":
        known_country(str(fields["country"]))
        protocol = study.protocol_text(record.text("hash"))
        known_cohort(protocol, fields.get("cohort"))
        also = _choice_of_cohort(record, fields) if "cohort" in protocol.choices else {}
        corrected = provisional(NewFact("enrolled", {**fields, **also}, record.subject), 0)
        participant = participant_of(corrected)
        check_participant(protocol, participant, today)
        _check_after_enrolment(study, record, protocol, participant, today)
        return also
    taken = study.facts.latest(record.text("protocol"))
    if taken is not None:
        protocol = study.protocol_text(taken.hash)
        known_criteria(protocol, fields.get("criteria"))
        if _touches_eligibility(record, fields):
            check_eligible(protocol, fields)
    return {}


def _check_after_enrolment(
    study: Study, record: Recorded, protocol: ProtocolVersion, participant: Participant, today: date
) -> None:
    """Check that no recorded fact comes to lie before a corrected day of enrolment where it cannot."""
    case = ParticipantRecord.of(record.subject, study.store.facts(subject=record.subject))
    site = study.site(protocol, record.text("centre"), participant.country, participant.first_day, today)

    @cache
    def calendar() -> Calendar:
        return plan(protocol, site, participant, case.facts, today)

    participant = participant.after(case.facts)
    check_first_days(participant, today)
    for fact in case.facts:
        check_after_enrolment(participant, fact)
        check_order(protocol, participant, case.facts, fact, calendar)
    _check_events_after_enrolment(study, case, participant, calendar)


def _check_events_after_enrolment(
    study: Study, case: ParticipantRecord, participant: Participant, calendar: Callable[[], Calendar]
) -> None:
    """Check the same of what the planner does not read, such as adverse events; what lay before it already may stay."""
    protocol = study.protocol(case)
    for one in case.records:
        kind = KINDS[one.kind]
        if kind.plans:
            continue
        try:
            check_event_order(kind, one.fields, protocol, participant, case.facts, calendar())
        except Refused as refused:
            try:
                check_event_order(kind, one.fields, protocol, study.participant(case), case.facts, calendar())
            except Refused:
                continue
            raise refused from None


def _choice_of_cohort(record: Recorded, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return the choices with the new cohort, where a correction changes it."""
    if fields.get("cohort") == record.fields.get("cohort"):
        return {}
    choices = fields.get("choices")
    kept = {name: one for name, one in choices.items() if name != "cohort"} if isinstance(choices, dict) else {}
    cohort = fields.get("cohort")
    return {"choices": {**kept, **({"cohort": cohort} if cohort is not None else {})}}
