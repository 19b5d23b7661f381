"""A participant of a study as a story that a rehearsal reads."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from app.domain.calendar.entries import Calendar
from app.domain.facts.kind import Kind
from app.domain.facts.kinds import KINDS, assigns_visit
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.planner_facts import Fact, Missed, Omitted, Performed
from app.domain.facts.records import NewFact, Recorded
from app.domain.facts.study_record import holiday_fields
from app.domain.planning.edit_checks import accept
from app.domain.planning.event_checks import ToldEvents
from app.domain.planning.order_checks import check_possible
from app.domain.planning.planner import plan
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused
from app.exchange.scenario import judgement_document
from app.exchange.screening import FURTHER, NEEDED
from app.progress import Progress, counted
from app.services.queries.eligibility_checks import check_enrolled_after, check_screening
from app.services.study.holidays import holiday_years
from app.services.study.site_calendar import planned_years
from app.services.study.study import Study


def scenario(study: Study, code: str, today: date, progress: Progress | None = None) -> dict[str, Any]:
    """Return a participant as a story for `rehearse`, which plans the same calendar from it.

    Raises:
        Refused: there is no such participant, or it is not enrolled.
    """
    case = study.enrolled(code)
    participant = study.participant(case)
    centre = case.enrolled.text("centre") if case.enrolled is not None else ""
    row = study.facts.site_of(centre, participant.country)
    protocol = study.protocol(case)
    site: dict[str, Any] = {}
    if row is not None and row.time_zone:
        site["time_zone"] = row.time_zone
    if row is not None and row.closed_weekdays is not None:
        site["closed_weekdays"] = sorted(row.closed_weekdays)
    if row is not None:
        site |= {name: said for name, said in asdict(row.contact).items() if said}
    closed = study.site_for(case, protocol, participant, today).closed
    if closed.closed:
        site["closed"] = sorted(day.isoformat() for day in closed.closed)
    if closed.opened:
        site["open"] = sorted(day.isoformat() for day in closed.opened)
    if values := study.facts.site_values(protocol.id):
        site["values"] = values
    if own := _own_holidays(study, participant.country, participant.first_day, today):
        site["holidays"] = own
    person: dict[str, Any] = {
        "code": participant.code,
        "country": participant.country,
    }
    for name, day in (("consented_on", participant.consented_on), ("enrolled_on", participant.enrolled_on)):
        if day is not None:
            person[name] = day.isoformat()
    if participant.regimen:
        person["regimen"] = participant.regimen
    if participant.choices:
        person["choices"] = dict(participant.choices)
    if participant.timing:
        person["timing"] = participant.timing
    if case.enrolled is not None and case.enrolled.fields.get("year_of_birth") is not None:
        person["year_of_birth"] = case.enrolled.fields["year_of_birth"]
    found: dict[str, Any] = {"protocol": protocol.id, "today": today.isoformat(), "participant": person}
    if case.screened is not None and case.screened.text("protocol") == protocol.id:
        found["screening"] = _screening(protocol, case.screened, case.enrolled)
    if site:
        found["site"] = site
    return {**found, "facts": _scenario_facts(study, case, today, progress)}


def _own_holidays(study: Study, country: str, first_day: date, today: date) -> list[dict[str, Any]]:
    """Return the years whose holidays differ between the study and the program's own list."""
    first, last = planned_years(first_day, today)
    offered = holiday_years(country, first, last)
    taken = [study.facts.holidays.get((country, year)) for year in range(first, last + 1)]
    return [dict(holiday_fields(one)) for one in taken if one is not None and one != offered.get(one.year)]


def _screening(protocol: ProtocolVersion, screened: Recorded, enrolled: Recorded | None) -> dict[str, Any]:
    """Return the screening; it is kept as it is where today's rules would refuse it, as without a redacted reason."""
    fields = screened.fields
    found: dict[str, Any] = {name: fields[name] for name in sorted(NEEDED | FURTHER) if name in fields}
    needed = {*NEEDED, "reason"} if fields.get("outcome") == "failure" else NEEDED
    found |= {name: "(redacted)" for name in needed if name not in fields}
    try:
        check_screening(protocol, fields)
        check_enrolled_after(screened, enrolled.fields if enrolled is not None else {})
    except Refused:
        found["unchecked"] = True
    return found


def _scenario_facts(
    study: Study, case: ParticipantRecord, today: date, progress: Progress | None
) -> list[dict[str, Any]]:
    """Return the facts as a story tells them, each marked where a rehearsal would refuse it or judge it otherwise."""
    participant, protocol = study.participant(case), study.protocol(case)
    site = study.site_for(case, protocol, participant, today)
    taken: list[Fact] = []
    rows: list[dict[str, Any]] = []
    planned = {record.seq: fact for record, fact in case.planned}
    events, repeats = ToldEvents(protocol, participant, site.zone), dict[str, Recorded]()

    def marks(record: Recorded) -> dict[str, Any]:
        return _marks_of_event(events, record, plan(protocol, site, participant, taken, today), taken)

    for record in counted(case.records, progress):
        kind, fact = KINDS[record.kind], planned.get(record.seq)
        if record.kind == "screened" or (fact is None and (kind.plans or not kind.told)):
            # The screening has its own place in a story, and its failure follows from there.
            continue
        if assigns_visit(kind):
            # Told after the first fact of its visit, which makes that visit in a story.
            repeats |= {record.text("visit"): record} if record.text("repeats") else {}
            continue
        row = _row(kind, record)
        if fact is None:
            rows.append(row | marks(record))
            continue
        try:
            as_rehearsed: Fact | None = accept(protocol, site, participant, taken, _unjudged(fact), today)
        except Refused:
            as_rehearsed = None
        if as_rehearsed != fact:
            row["unchecked"] = True
            row |= judgement_document(fact)
        taken.append(fact)
        if "unchecked" not in row and not _is_possible(fact, lambda: plan(protocol, site, participant, taken, today)):
            row["sure"] = True
        rows.append(row)
        if (repeat := repeats.pop(record.text("visit"), None)) is not None:
            rows.append(_row(KINDS[repeat.kind], repeat) | marks(repeat))
    return rows


def _row(kind: Kind, record: Recorded) -> dict[str, Any]:
    """Return a fact as a story has it, without marks."""
    told = (one for one in kind.fields if kind.told or one.planned)
    return {"kind": kind.id} | {
        one.name: record.fields.get(one.name, "(redacted)")
        for one in told
        if (not one.assigned or one.name == "visit") and (one.name in record.fields or one.required)
    }


def _marks_of_event(events: ToldEvents, record: Recorded, before: Calendar, earlier: Sequence[Fact]) -> dict[str, Any]:
    """Return the marks that a rehearsal needs to take an event as it was recorded."""
    event = NewFact(record.kind, record.fields, record.subject)
    try:
        events.take(event, earlier, lambda: before, lambda _done: before, sure=False)
    except Doubted:
        events.keep(event)
        return {"sure": True}
    except Refused:
        events.keep(event)
        return {"unchecked": True}
    return {}


def _is_possible(fact: Fact, after: Callable[[], Calendar]) -> bool:
    """Return whether a rehearsal takes a fact without asking; `after` gives the calendar with it."""
    try:
        if isinstance(fact, Performed):
            check_possible(fact, after())
    except Refused:
        return False
    return True


def _unjudged(fact: Fact) -> Fact:
    if isinstance(fact, Performed):
        return Performed(fact.visit, fact.on, fact.at, pump_at=fact.pump_at)
    return replace(fact, window=None) if isinstance(fact, Missed | Omitted) else fact
