"""The agenda of a study: visits that are due and visits to come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.calendar.agenda import GROUPS, Agenda, AgendaRow, agenda_of
from app.domain.calendar.entries import Entry
from app.domain.calendar.entry_codec import Row, entry_of
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.queries.done_today import done_today
from app.services.queries.outdated_sheets import with_outdated_sheets
from app.services.queries.safety_reports import reports_due
from app.services.study.study import Study
from app.services.study.visit_cache import refresh_visits


@dataclass(frozen=True, slots=True)
class Morning:
    """The agenda, and the visits (protocol and visit id) at which something is decided."""

    agenda: Agenda
    deciding: frozenset[tuple[str, str]]


def morning(study: Study, today: date, days: int, progress: Progress | None = None) -> Morning:
    """Return the agenda of today and the days to come."""
    found = agenda(study, today, last=today + timedelta(days), progress=progress)
    protocols = [study.protocol_text(protocol_hash) for protocol_hash in study.facts.protocols]
    return Morning(found, frozenset((one.id, visit) for one in protocols for visit in one.decisions))


def agenda(
    study: Study,
    today: date,
    first: date | None = None,
    last: date | None = None,
    progress: Progress | None = None,
    keep: bool = True,
) -> Agenda:
    """Return today's agenda with the days to come until `last`, or (with `first`) only the days first..last.

    `keep`: whether visits that have to be planned for it may be kept in the file for the next time.

    Raises:
        Refused: `last` is before `first`.
    """
    start, end = first or today, last or today + timedelta(14)
    if end < start:
        raise Refused("ends_before", "to", on=start, ended=end)
    fresh = refresh_visits(study, today, end, progress, keep)
    rows = _rows(study, today, end, first) if fresh else rows_by_planning(study, today, progress)
    found = agenda_of(rows, today, end, first)
    done = done_today(study, today, fresh) if start <= today <= end else ()
    return with_outdated_sheets(study, replace(found, reports=reports_due(study), done=done))


def with_named_visits(study: Study, found: Agenda) -> Agenda:
    """Return the agenda with the visits that its rows' problems are about, such as the assessment before a dose.

    A list that says what speaks against a visit calls the other one by its name.
    """
    calendars: dict[str, Mapping[str, Entry]] = {}

    def known(row: AgendaRow) -> AgendaRow:
        if not row.named:
            return row
        if row.participant not in calendars:
            calendars[row.participant] = study.calendar(study.enrolled(row.participant), found.today).by_key
        return row.with_others(calendars[row.participant])

    groups = {name: tuple(map(known, getattr(found, name))) for name in GROUPS}
    return Agenda(found.today, **groups, reports=found.reports, done=found.done)


def rows_by_planning(study: Study, today: date, progress: Progress | None = None) -> Iterable[AgendaRow]:
    """Yield every visit of each calendar: where the cached visits may be of another day or of earlier rules."""
    for case in study.each_case(progress=progress):
        calendar = study.calendar(case, today)
        for entry in calendar.entries:
            yield AgendaRow.of(calendar.participant, calendar.protocol, entry, today)


def _rows(study: Study, today: date, end: date, first: date | None) -> Iterable[AgendaRow]:
    start = first.isoformat() if first is not None else "0"
    found = study.store.visits.open_between(start, end.isoformat())
    found += study.store.visits.to_check()
    if first is None:
        found += study.store.visits.questioned_after(end.isoformat())
        seen = {(row[0], row[1]) for row in found}
        found += [row for row in study.store.visits.waiting(today.isoformat()) if (row[0], row[1]) not in seen]
    return agenda_rows(study, today, found)


def agenda_rows(study: Study, today: date, found: Iterable[Row]) -> Iterator[AgendaRow]:
    """Yield the rows of an agenda of cached visits."""
    people = {person.subject: person for person in study.people().values()}
    facts = study.facts
    protocols = {one: study.protocol_with_values(one, facts) for one in facts.protocols}
    for row in found:
        person = people[row[0]]
        protocol = protocols[person.protocol]
        yield AgendaRow.of(person.code, protocol.id, entry_of(row, protocol, today), today)
