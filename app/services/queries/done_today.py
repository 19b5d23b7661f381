"""What was recorded of visits today, so that a visit that leaves the agenda is not out of sight."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.calendar.agenda import AgendaRow, DoneRow
from app.domain.calendar.entries import Entry
from app.domain.calendar.entry_codec import entry_of
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import Recorded, current_facts
from app.domain.facts.safety import recorded_moment
from app.services.study.study import Study

MOST_DONE = 100
"""Visits listed as done today."""
_TAIL, _LONGEST_TAIL = 400, 3200
"""How many of the last facts are read first, and how many where all of those are of today."""
_READ = (*(kind.id for kind in KINDS.values() if kind.settles), "correction")


def done_today(study: Study, today: date, cached: bool) -> tuple[DoneRow, ...]:
    """Return what still counts of what was recorded of visits today, the last first; once for each command.

    Of a day on which thousands were recorded, as when a study is moved here from paper, the last `MOST_DONE` alone.
    `cached`: the cached visits can be believed.
    """
    found: dict[int, Recorded] = {}
    for record in current_facts(_facts_of(study, today)):
        if KINDS[record.kind].settles and record.today == today.isoformat():
            found.setdefault(record.command, record)
    last = list(reversed(found.values()))[:MOST_DONE]
    entries = _entries(study, {one.subject for one in last}, today, cached)
    codes = {number: code for code, number in study.subjects().items()}
    rows = []
    for record in last:
        protocol, by_key = entries.get(record.subject, ("", {}))
        entry = by_key.get(record.text("visit"))
        if entry is not None:
            row = AgendaRow.of(codes[record.subject], protocol, entry, today)
            at, on = recorded_moment(record).at, record.day(KINDS[record.kind].day_field)
            rows.append(DoneRow(row, record.kind, record.seq, record.command, on, at))
    return tuple(rows)


def _facts_of(study: Study, today: date) -> list[Recorded]:
    """Return enough of the chain's end for what was recorded of visits today; only later facts correct a fact."""
    head, records = study.head().seq, list[Recorded]()
    for tail in (_TAIL, _LONGEST_TAIL):
        records = study.store.facts(kinds=_READ, after=max(head - tail, 0))
        if head <= tail or any(one.today < today.isoformat() for one in records):
            break
    return records


def _entries(
    study: Study, subjects: Iterable[int], today: date, cached: bool
) -> Mapping[int, tuple[str, Mapping[str, Entry]]]:
    """Return the protocol and the visits by key of each of these participants."""
    found: dict[int, tuple[str, Mapping[str, Entry]]] = {}
    people = {one.subject: one for one in study.people().values()}
    for subject in subjects:
        person = people.get(subject)
        if person is None or person.protocol not in study.facts.protocols:
            continue
        if cached:
            protocol = study.protocol_with_values(person.protocol, study.facts)
            entries = (entry_of(row, protocol, today) for row in study.store.visits.of_subject(subject))
            found[subject] = (protocol.id, {one.key: one for one in entries})
        else:
            calendar = study.calendar(study.enrolled(person.code), today)
            found[subject] = (calendar.protocol, calendar.by_key)
    return found
