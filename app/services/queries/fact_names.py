"""The names by which recorded facts call their visits, and what else they have the id of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from app.domain.calendar.entries import Calendar
from app.domain.calendar.entry_codec import AT, entry_of
from app.domain.facts.records import Recorded
from app.domain.protocol.version import ProtocolVersion
from app.services.study.study import Study
from app.services.study.visit_cache import VERSION
from app.wording.names import visit_name
from app.wording.protocol_names import Names, names_with, visits_in
from app.wording.setting_words import setting_text

_NOTHING: Mapping[int, Sequence[Calendar | None]] = {}


class FactNames:
    """The names for the facts of a study. A participant is not planned for them where the visits are at hand."""

    def __init__(
        self,
        study: Study,
        today: date,
        records: Iterable[Recorded] = (),
        calendars: Mapping[int, Sequence[Calendar | None]] = _NOTHING,
    ) -> None:
        """`records`: the facts to be said; without them every visit of a participant is named.

        `calendars`: those before and after a change, which may have visits that the present ones lack.
        """
        self._calendars = calendars
        self._study, self._today = study, today
        self._wanted: dict[int, set[str]] = {}
        self._settings: set[tuple[str, str]] = set()
        for one in records:
            self._wanted.setdefault(one.subject, set()).update(_visits_of(one))
            if one.fields.get("key"):
                self._settings.add((one.text("protocol"), one.text("key")))
        self._of_protocols: dict[str, Names] = {}
        self._found: dict[int, Names] = {}
        self._kept = study.before is None and study.store.visits.made_by()[0] == VERSION and study.store.visits.hold()

    @cached_property
    def _protocols(self) -> dict[int, str]:
        """The protocol of each participant, as soon as the first is to be named: a change may be saved before."""
        # Not their facts: of thousands of participants these would be read a second time, and be kept.
        return {one.subject: one.protocol for one in self._study.people().values()}

    @cached_property
    def _people(self) -> dict[int, str]:
        return {one.subject: code for code, one in self._study.people().items()}

    def of(self, subject: int) -> Names:
        """Return the names for the facts of one participant; 0: of the study."""
        if subject not in self._found:
            self._found[subject] = self._find(subject)
        return self._found[subject]

    def typed(self, subject: int) -> Names:
        """Return the names for the terminal, where the key of a visit follows its name."""
        return self.of(subject).with_keys()

    def _find(self, subject: int) -> Names:
        protocol_hash = self._protocols.get(subject, "")
        if protocol_hash not in self._study.facts.protocols:
            known = {one.id: one for one in map(self._study.protocol_text, self._study.facts.protocols)}
            names = [self._of_protocol(one) for one in known.values()]
            protocols = {key: name for one in names for key, name in one.protocols.items()}
            settings = {key: setting_text(known[of], key) for of, key in sorted(self._settings) if of in known}
            return Names(people=self._people, protocols=protocols, settings=settings)
        protocol = self._study.protocol_with_values(protocol_hash, self._study.facts)
        wanted = self._wanted.get(subject, set()) if self._wanted else None
        visits = self._visits(subject, protocol, wanted)
        if wanted is None or not wanted <= visits.keys():
            case = self._study.case(subject)
            # An enrolment that was just taken back has no calendar any more.
            if case.enrolled is not None:
                visits = {**visits, **visits_in(self._study.calendar(case, self._today)).visits}
        for one in self._calendars.get(subject, ()):
            visits = {**visits_in(one).visits, **visits} if one is not None else visits
        return replace(self._of_protocol(protocol), visits=visits, people=self._people)

    def _of_protocol(self, protocol: ProtocolVersion) -> Names:
        key = f"{protocol.id} {protocol.version}"
        if key not in self._of_protocols:
            self._of_protocols[key] = names_with({}, protocol)
        return self._of_protocols[key]

    def _visits(self, subject: int, protocol: ProtocolVersion, wanted: set[str] | None) -> Mapping[str, str]:
        """Return the names of the wanted visits that are among the cached ones."""
        if not self._kept or not wanted:
            return {}
        rows = self._study.store.visits.of_subject(subject)
        entries = (entry_of(row, protocol, self._today) for row in rows if row[AT["key"]] in wanted)
        return {entry.key: visit_name(entry) for entry in entries}


def _visits_of(record: Recorded) -> Iterable[str]:
    """Yield the keys of the visits that a fact names, also those that a correction sets."""
    for name in ("visit", "set.visit"):
        if record.fields.get(name):
            yield record.text(name)
    visits = record.fields.get("visits")
    if isinstance(visits, list):
        yield from map(str, visits)
