"""What a study file is asked: calendars, the agenda, history, deviations, logs, a rehearsal of a participant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.calendar.agenda import Agenda, Row, agenda_of
from app.domain.calendar.entries import Calendar, Entry, Status, natural
from app.domain.facts.kind import Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import NAMES, Case
from app.domain.facts.planner_facts import Fact, Performed
from app.domain.facts.records import Recorded, changed_by, standing
from app.domain.facts.study_record import holiday_fields
from app.domain.planning.edit_checks import take
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.services.queries.rehearsal import planned_years
from app.services.study.holidays import holiday_years
from app.services.study.study import Study
from app.services.study.visit_cache import entry_of, fresh_visits
from app.storage.sqlite import visit_table

Progress = Callable[[int, int], None]
LOGS: Mapping[str, tuple[str, ...]] = {
    "screening": ("screened",),
    "enrolment": ("enrolled",),
    "operations": ("operation",),
    "treatments": ("treatment",),
    "specimens": ("specimen",),
    "complications": ("complication",),
    "adverse-events": ("adverse_event",),
    "progressions": ("progression",),
    "questionnaires": ("questionnaire",),
    "contacts": ("contact",),
    "notes": ("note",),
    "unscheduled": ("unscheduled",),
    "withdrawals": ("withdrawn", "lost", "found_again", "died"),
    "printed": ("printed", "agenda_printed"),
}
"""The logs that can be asked for, each with the kinds of facts in it."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One participant in a list. `stage`: screened, enrolled, lost, withdrawn or died."""

    code: str
    protocol: str
    stage: str
    enrolled_on: date | None
    regimen: str
    centre: str


@dataclass(frozen=True, slots=True)
class Deviation:
    """One departure from the protocol. `what`: early, late, missed, omitted or unrecorded (its window has passed)."""

    participant: str
    visit: str
    what: str
    days: int
    on: date | None
    earliest: date | None
    latest: date | None
    reason: str
    entry: Entry
    fact: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact of the chain, whose it is, and whether it still counts."""

    record: Recorded
    participant: str
    stands: bool
    corrected_by: tuple[int, ...]


def people(study: Study) -> list[PersonRow]:
    """Every participant, screened or enrolled, by code."""
    kinds = ("screened", "enrolled", "withdrawn", "lost", "found_again", "died", "correction")
    cases = Case.each(study.store.facts(kinds=kinds))
    return sorted((_person(case) for case in cases if case.records), key=lambda row: natural(row.code))


def _person(case: Case) -> PersonRow:
    first = case.enrolled or case.screened
    stage = "screened" if case.enrolled is None else "enrolled"
    for record in case.records:
        if record.kind in ("withdrawn", "lost", "died"):
            stage = record.kind
        elif record.kind == "found_again":
            stage = "enrolled"
    if case.died_on is not None:
        stage = "died"
    if first is None:
        return PersonRow(case.code, "", stage, None, "", "")
    on = first.day("on") if case.enrolled is not None else None
    return PersonRow(case.code, first.text("protocol"), stage, on, first.text("regimen"), first.text("centre"))


def agenda(
    study: Study,
    today: date,
    first: date | None = None,
    last: date | None = None,
    progress: Progress | None = None,
    keep: bool = True,
) -> Agenda:
    """What is due: today's agenda with the days to come until `last`, or (with `first`) only the days first..last.

    `keep`: whether visits that have to be planned for it may be kept in the file for the next time.

    Raises:
        Refused: `last` lies before `first`.
    """
    start, end = first or today, last or today + timedelta(14)
    if end < start:
        raise Refused("ends_before", "to", on=start, ended=end)
    if not fresh_visits(study, today, end, progress, keep):
        return agenda_of(_rows_by_planning(study, today), today, end, first)
    return agenda_of(_rows(study, today, end, first), today, end, first)


def _rows_by_planning(study: Study, today: date) -> Iterable[Row]:
    """Every open visit, planned: for a file that cannot be written, whose derived visits may be of another day."""
    for case in study.cases().values():
        calendar = study.plan(case, today)
        for entry in calendar.entries:
            yield Row.of(calendar.participant, calendar.protocol, entry, today)


def _rows(study: Study, today: date, end: date, first: date | None) -> Iterable[Row]:
    start = first.isoformat() if first is not None else "0"
    found = visit_table.open_between(study.store, start, end.isoformat())
    if first is None:
        seen = {(row[0], row[1]) for row in found}
        found += [row for row in visit_table.waiting(study.store, today.isoformat()) if (row[0], row[1]) not in seen]
    people = {person.subject: person for person in study.people().values()}
    facts = study.facts
    protocols = {one: study.protocol_with_values(one, facts) for one in facts.protocols}
    for row in found:
        person = people[row[0]]
        protocol = protocols[person.protocol]
        yield Row.of(person.code, protocol.id, entry_of(row, protocol, today), today)


def calendar_of(study: Study, code: str, today: date) -> tuple[ProtocolVersion, Calendar]:
    """A participant's calendar with the protocol version that it follows.

    Raises:
        Refused: there is no such participant, or it is not enrolled.
    """
    case = study.enrolled(code)
    return study.protocol(case), study.calendar(case, today)


def entry_for(calendar: Calendar, visit: str) -> Entry:
    """The entry of a visit.

    Raises:
        Refused: the calendar does not have it.
    """
    found = calendar.by_key.get(visit)
    if found is None:
        raise Refused("off_path" if visit in calendar.keys else "unknown_visit", visit=visit)
    return found


def facts_of_visit(study: Study, code: str, visit: str) -> list[HistoryRow]:
    """The history of one visit."""
    return [row for row in history(study, code) if row.record.text("visit") == visit]


def history(study: Study, code: str = "") -> list[HistoryRow]:
    """Every fact in its order, of one participant or of all, also those that no longer count."""
    subject = study.subject(code) if code else None
    records = study.store.facts(subject=subject)
    return rows_of(records, {number: name for name, number in study.subjects().items()})


def rows_of(records: Sequence[Recorded], codes: Mapping[int, str]) -> list[HistoryRow]:
    """The same from facts that were read already, with the participants' codes by their numbers."""
    void, changes = changed_by(records)
    return [
        HistoryRow(
            record,
            codes.get(record.subject, ""),
            record.seq not in void,
            tuple(one.seq for one in changes.get(record.seq, ())),
        )
        for record in records
    ]


def log(study: Study, name: str) -> list[tuple[str, Recorded]]:
    """The facts of one log as they count, each with its participant's code, in the order in which they were recorded.

    Raises:
        Refused: there is no such log.
    """
    if name not in LOGS:
        raise Refused("one_of", "log", value=name[:40], known=", ".join(LOGS))
    kinds = LOGS[name]
    codes = {number: code for code, number in study.subjects().items()}
    rows = [one for one in standing(study.store.facts(kinds=(*kinds, "correction"))) if one.kind in kinds]
    return [(codes.get(record.subject, ""), record) for record in rows]


def log_columns(name: str) -> list[str]:
    """The fields that the rows of a log may have, in their order."""
    fields = [field for kind in LOGS[name] for field in KINDS[kind].fields]
    shown = [field.name for field in fields if field.type is not Type.CODE and field.name != "hash"]
    return list(dict.fromkeys(shown))


def deviations(study: Study, today: date, code: str = "", progress: Progress | None = None) -> list[Deviation]:
    """The deviation log: every visit outside its window, missed, omitted, or not recorded though its window has passed.

    Raises:
        Refused: there is no such participant.
    """
    cases = [study.enrolled(code)] if code else list(study.cases().values())
    found: list[Deviation] = []
    for done, case in enumerate(cases, start=1):
        facts = {fact.visit: record for record, fact in case.planned if hasattr(fact, "visit")}
        for entry in study.plan(case, today).entries:
            one = _deviation(case, entry, facts.get(entry.key))
            if one is not None:
                found.append(one)
        if progress is not None:
            progress(done, len(cases))
    return sorted(found, key=lambda one: (natural(one.participant), one.entry.order))


def _deviation(case: Case, entry: Entry, record: Recorded | None) -> Deviation | None:
    window, days, on = entry.judged, entry.window_result or 0, entry.performed
    what = {Status.MISSED: "missed", Status.OMITTED: "omitted", Status.OVERDUE: "unrecorded"}.get(entry.status, "")
    if days:
        what = "early" if days < 0 else "late"
    if not what:
        return None
    if window is None:
        window = entry.window
    if on is None and record is not None and what in ("missed", "omitted"):
        on = record.day("on")
    return Deviation(
        case.code,
        entry.key,
        what,
        days,
        on,
        window.earliest if window is not None else None,
        window.latest if window is not None else None,
        record.text("reason") if record is not None and what != "unrecorded" else "",
        entry,
        record.seq if record is not None and what != "unrecorded" else 0,
    )


def scenario(study: Study, code: str, today: date) -> dict[str, Any]:
    """A participant as a file that `rehearse` reads: it gives the same calendar.

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
    closed = study.site_for(case, protocol, participant, today).closed
    if closed.closed:
        site["closed"] = sorted(day.isoformat() for day in closed.closed)
    if closed.opened:
        site["open"] = sorted(day.isoformat() for day in closed.opened)
    if values := study.facts.site_values(protocol.id):
        site["values"] = values
    if own := _own_holidays(study, participant.country, participant.enrolled_on, today):
        site["holidays"] = own
    person: dict[str, Any] = {
        "code": participant.code,
        "enrolled_on": participant.enrolled_on.isoformat(),
        "country": participant.country,
    }
    if participant.regimen:
        person["regimen"] = participant.regimen
    if participant.choices:
        person["choices"] = dict(participant.choices)
    found: dict[str, Any] = {"protocol": protocol.id, "today": today.isoformat(), "participant": person}
    if site:
        found["site"] = site
    return {**found, "facts": _scenario_facts(study, case, today)}


def _own_holidays(study: Study, country: str, enrolled_on: date, today: date) -> list[dict[str, Any]]:
    """The years whose holidays the study keeps otherwise than the program would take them now."""
    first, last = planned_years(enrolled_on, today)
    offered = holiday_years(country, first, last)
    taken = [study.facts.holidays.get((country, year)) for year in range(first, last + 1)]
    return [dict(holiday_fields(one)) for one in taken if one is not None and one != offered.get(one.year)]


def _scenario_facts(study: Study, case: Case, today: date) -> list[dict[str, Any]]:
    participant, protocol = study.participant(case), study.protocol(case)
    site = study.site_for(case, protocol, participant, today)
    taken: list[Fact] = []
    rows: list[dict[str, Any]] = []
    for record, fact in case.planned:
        kind = KINDS[NAMES[type(fact)]]
        row: dict[str, Any] = {"kind": kind.id}
        for field in kind.fields:
            if field.planned and (field.name in record.fields or field.required):
                row[field.name] = record.fields.get(field.name, "(redacted)")
        try:
            as_rehearsed: Fact | None = take(protocol, site, participant, taken, _unjudged(fact), today)
        except Refused:
            as_rehearsed = None
        if as_rehearsed != fact:
            row["kept"] = True
            if isinstance(fact, Performed) and fact.judged is not None:
                row["judged"] = {
                    "earliest": fact.judged.earliest.isoformat(),
                    "latest": fact.judged.latest.isoformat(),
                }
        taken.append(fact)
        rows.append(row)
    return rows


def _unjudged(fact: Fact) -> Fact:
    return Performed(fact.visit, fact.on, fact.at) if isinstance(fact, Performed) else fact
