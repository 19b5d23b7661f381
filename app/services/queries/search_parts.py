"""What a search finds of each participant: the code, every visit that may still be or was, and the events by words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.calendar.entries import Status, natural
from app.domain.calendar.entry_codec import AT, Row, entry_of, row_of
from app.domain.facts.kinds import KINDS, logs
from app.domain.facts.person import Person
from app.domain.facts.records import Recorded, current_facts
from app.domain.protocol.version import ProtocolVersion
from app.domain.search_index import Indexed, IndexedEvent, IndexedSetting, IndexedVisit, Title
from app.progress import Progress
from app.services.queries.value_rows import value_rows
from app.services.queries.visit_texts import title_of
from app.services.study.everybody import records_of
from app.services.study.study import Study
from app.services.study.visit_cache import are_shown, refresh_visits
from app.wording.fact_sentences import fact_text, kind_name
from app.wording.language import sentence_case
from app.wording.protocol_names import NO_NAMES, names_with

EVENT_LOGS = (
    "operations",
    "treatments",
    "specimens",
    "complications",
    "adverse-events",
    "safety-reports",
    "progressions",
    "questionnaires",
    "contacts",
    "notes",
    "unscheduled",
    "withdrawals",
)
"""The logs whose facts are found as events."""
_GONE = frozenset({Status.CANCELLED.value, Status.OMITTED.value})
_AT_ONCE = 200
"""Participants whose facts are read together."""


def searched(
    study: Study, today: date, codes: Collection[str] | None = None, progress: Progress | None = None
) -> dict[str, Indexed]:
    """Return what is found of these participants, or of everybody (None), by code in natural order.

    For everybody the visits are planned and kept where they are not; for some of them no more than theirs is planned.
    """
    everybody = study.people()
    wanted = sorted(
        (everybody[code] for code in (everybody if codes is None else codes) if code in everybody), key=_by_code
    )
    fresh = refresh_visits(study, today, today, progress) if codes is None else are_shown(study, today, today)
    reading = _Reading(study, today, fresh)
    found: dict[str, Indexed] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        events = _facts(study, some)
        for person in some:
            found[person.code] = reading.of(person, events.get(person.subject, ()))
        if progress is not None:
            progress(start + len(some), len(wanted))
    return found


def searched_settings(study: Study) -> tuple[IndexedSetting, ...]:
    """Return every value and open question of the study's protocols."""
    return tuple(
        IndexedSetting(one.title, one.key, sentence_case(f"{one.what} ({one.title})"), one.now)
        for one in value_rows(study)
    )


def _by_code(person: Person) -> tuple[str | int, ...]:
    return natural(person.code)


def _facts(study: Study, people: Iterable[Person]) -> Mapping[int, list[Recorded]]:
    """Return the events of these participants that count, by the participant's number."""
    known = logs()
    kinds = [kind for log in EVENT_LOGS for kind in known.get(log, ())]
    found: dict[int, list[Recorded]] = {}
    subjects = [person.subject for person in people]
    for record in current_facts(study.store.facts(subjects=subjects, kinds=(*kinds, "correction"))):
        if record.kind in kinds:
            found.setdefault(record.subject, []).append(record)
    return found


@dataclass
class _Reading:
    """What is read once for all participants. `fresh`: whether the cached visits are those of today."""

    study: Study
    today: date
    fresh: bool
    _titles: dict[tuple[str, ...], Title] = field(default_factory=dict)

    def of(self, person: Person, events: Iterable[Recorded]) -> Indexed:
        """Return what is found of one participant."""
        facts = self.study.facts
        if not person.protocol or person.protocol not in facts.protocols:
            return Indexed(person.code, "", (), tuple(self._events(person.code, events, {}, None)))
        protocol = self.study.protocol_with_values(person.protocol, facts)
        rows = list(self._rows(person))
        titles = {str(row[AT["key"]]): self._title(row, person.protocol, protocol) for row in rows}
        visits = tuple(
            IndexedVisit(
                person.code, row[AT["key"]], titles[row[AT["key"]]], _day(row[AT["assumed"]]), row[AT["settled"]]
            )
            for row in rows
            if row[AT["settled"]] not in _GONE
        )
        names = {key: title.name for key, title in titles.items()}
        found = tuple(self._events(person.code, events, names, protocol))
        return Indexed(person.code, protocol.short_title, visits, found)

    def _rows(self, person: Person) -> Iterable[Row]:
        if self.fresh:
            return self.study.store.visits.of_subject(person.subject)
        # Read for this alone: the calendars of thousands are not to be kept.
        cases = records_of(self.study.store, [person.subject])
        calendars = (self.study.calendar(case, self.today) for case in cases)
        return (row_of(person.subject, entry) for calendar in calendars for entry in calendar.entries)

    def _title(self, row: Row, protocol_hash: str, protocol: ProtocolVersion) -> Title:
        """Return the title of a visit; those of one key, kind of day and protocol have the same."""
        # Whether a window judged it tells a day of registration, which is called so, from one of enrolment.
        judged = str(bool(row[AT["judged"]]))
        of = (protocol_hash, judged, *(str(row[AT[name]]) for name in ("key", "day_kind", "settled")))
        if of not in self._titles:
            self._titles[of] = title_of(protocol, entry_of(row, protocol, self.today))
        return self._titles[of]

    def _events(
        self, code: str, events: Iterable[Recorded], visits: Mapping[str, str], protocol: ProtocolVersion | None
    ) -> Iterator[IndexedEvent]:
        names = names_with(visits, protocol) if protocol is not None else NO_NAMES
        for record in events:
            said = fact_text(record, names)
            name = kind_name(record.kind)
            text = said if name.casefold() in said.casefold() else f"{name}: {said}"
            on = record.day(KINDS[record.kind].day_field)
            yield IndexedEvent(code, record.seq, record.text("visit"), sentence_case(text), on)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
