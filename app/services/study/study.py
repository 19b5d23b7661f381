"""An open study: its store, and the facts and calendars read and planned from it, kept until something changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain.calendar.entries import Calendar, doubted
from app.domain.calendar.visits_before import PlannedBefore, calendar_before
from app.domain.dates import HolidayYear
from app.domain.facts.branch import Branch
from app.domain.facts.chain_head import Head
from app.domain.facts.file_warning import FileWarning, FileWarningKind
from app.domain.facts.kind import Subject
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.person import Person
from app.domain.facts.planner_facts import Participant, Site
from app.domain.facts.records import NewFact, Recorded, current_facts
from app.domain.facts.study_kinds import LOST, SETTLED
from app.domain.facts.study_record import SiteRow, StudyRecord
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.planning.planner import plan
from app.domain.planning.recorded_problems import with_recorded_problems
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.progress import Progress
from app.protocols.library import read_texts
from app.services.study.environment import Environment
from app.services.study.everybody import records_of
from app.services.study.holidays import holiday_years
from app.services.study.ports import Backups, FactStore
from app.services.study.site_calendar import planned_years, zone_of

_STUDY_KINDS = tuple(
    kind.id
    for kind in KINDS.values()
    if kind.subject is Subject.STUDY and kind.log != "printed" and kind.id != "study_made"
)
MOST_CASES = 4000
"""Participants, and calendars, that are kept; before one more is, all of them are forgotten."""


@dataclass
class Study:
    """An open study. `notices`: background work that failed, such as a backup. `warnings`: what is odd about its file.
    `before`: its planned visits, as long as they are those of earlier planning rules that nobody has accepted.
    `to_read`: somebody has asked to read it only, whether it could be written or not.
    """

    store: FactStore
    backups: Backups
    environment: Environment
    notices: list[Refused] = field(default_factory=list)
    warnings: list[FileWarning] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    before: PlannedBefore | None = None
    to_read: bool = False
    _facts: StudyRecord | None = None
    _protocols: dict[str, ProtocolVersion] = field(default_factory=dict)
    _cases: dict[int, ParticipantRecord] = field(default_factory=dict)
    _people: dict[str, Person] | None = None
    _lost: tuple[Recorded, ...] | None = None
    _losses: tuple[Recorded, ...] | None = None
    _calendars: dict[tuple[int, date], Calendar] = field(default_factory=dict)
    _sites: dict[tuple[str, str, str, int, int], Site] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The study file."""
        return self.store.path

    # Facts

    @property
    def facts(self) -> StudyRecord:
        """The study facts that count."""
        if self._facts is None:
            self._facts = StudyRecord.of(self.study_records())
        return self._facts

    @property
    def zone(self) -> str:
        """The time zone that all sites share; empty where they do not."""
        zones = {site.time_zone for site in self.facts.sites.values() if site.time_zone}
        return zones.pop() if len(zones) == 1 else ""

    def today(self) -> date:
        """Return today's date at the sites when all share a time zone, else by the computer's."""
        return self.environment.today(self.zone)

    def study_records(self) -> tuple[Recorded, ...]:
        """Return the study facts that count, as they were recorded."""
        records = self.store.facts(subject=0, kinds=("study_made", *_STUDY_KINDS, "correction"))
        return current_facts(records)

    def people(self) -> dict[str, Person]:
        """Return every participant by study code, in the order of their first facts.

        Who has no code, as the facts with it were lost, is left out once that is settled.
        """
        if self._people is None:
            gone = {one.subject for one in self.lost} - {one.subject for one in self.losses}
            everybody = self.store.people()
            self._people = {
                one.code: one for one in everybody if one.subject not in gone or not self.case(one.subject).is_nameless
            }
        return self._people

    def subjects(self) -> dict[str, int]:
        """Return every participant's number by study code."""
        return {code: person.subject for code, person in self.people().items()}

    def subject(self, code: str) -> int:
        """Return the number of the participant of that code.

        Raises:
            Refused: there is none.
        """
        people = self.people()
        found = people.get(code) or people.get(known_identifier(code, people))
        if found is None and self.lost:
            # Who is in no list any more has facts all the same.
            found = next((one for one in self.store.people() if one.code == code), None)
        if found is None:
            raise Refused("no_participant", code=code[:60], near=nearest_identifier(code, people))
        return found.subject

    def case(self, subject: int) -> ParticipantRecord:
        """Return one participant's facts that count."""
        found = self._cases.get(subject)
        if found is None:
            if len(self._cases) >= MOST_CASES:
                self._cases.clear()
            found = self._cases[subject] = ParticipantRecord.of(subject, self.store.facts(subject=subject))
        return found

    def each_case(
        self, subjects: Iterable[int] | None = None, progress: Progress | None = None, screened: bool = False
    ) -> Iterator[ParticipantRecord]:
        """Yield every enrolled participant, or those of some numbers, some at a time: all of them may be too many.

        `screened`: also those who are not enrolled. Of a damaged study, those whose protocol can be read.
        """
        known = self.facts.protocols if self.lost else None
        people = (person for person in self.people().values() if person.protocol or screened)
        wanted = [one.subject for one in people if known is None or not one.protocol or one.protocol in known]
        chosen = None if subjects is None else set(subjects)
        return records_of(self.store, [one for one in wanted if chosen is None or one in chosen], progress)

    def enrolled(self, code: str) -> ParticipantRecord:
        """Return the facts of an enrolled participant.

        Raises:
            Refused: there is none of that code, or it was only screened.
        """
        case = self.case(self.subject(code))
        if case.enrolled is None:
            lost = any(one.kind == LOST for one in case.records)
            raise Refused("enrolment_unreadable" if lost else "not_enrolled", code=code)
        return case

    def uncertain_by(self, subject: int) -> tuple[int, ...]:
        """Return the numbers of the facts that cannot be read and concern this participant, or may do so."""
        return tuple(one.seq for one in self.losses if one.subject in (0, subject))

    @property
    def lost(self) -> tuple[Recorded, ...]:
        """The facts that cannot be read, or could not when the study was rescued, each as the fact that says so."""
        if self._lost is None:
            self._lost = tuple(one for one in self.store.facts(kinds=(LOST,)) if one.kind == LOST)
        return self._lost

    @property
    def losses(self) -> tuple[Recorded, ...]:
        """Those of which nobody has said that they are settled."""
        if self._losses is None:
            said = self.store.facts(subject=0, kinds=(SETTLED,)) if self.lost else []
            lists = [one.fields.get("numbers") for one in said if one.kind == SETTLED]
            settled = {number for numbers in lists if isinstance(numbers, list) for number in numbers}
            settled -= {one.seq for one in self.store.lost}
            self._losses = tuple(one for one in self.lost if one.seq not in settled)
        return self._losses

    def left_out(self) -> tuple[str, ...]:
        """Return the codes of the participants who cannot be planned, as what they are planned by cannot be read."""
        if not self.lost:
            return ()
        known = self.facts.protocols
        return tuple(code for code, person in self.people().items() if self._is_left_out(person, known))

    def _is_left_out(self, person: Person, known: Mapping[str, object]) -> bool:
        if person.protocol:
            return person.protocol not in known
        return any(one.kind == LOST for one in self.case(person.subject).records)

    # Protocols, sites and calendars

    def protocol_text(self, protocol_hash: str) -> ProtocolVersion:
        """Return a protocol version as it was added to the study."""
        found = self._protocols.get(protocol_hash)
        if found is None:
            row = self.facts.protocols.get(protocol_hash)
            if row is None:
                raise Refused("protocol_unreadable", path=str(self.path))
            found = self._protocols[protocol_hash] = read_texts(row.files)
        return found

    def protocol(self, case: ParticipantRecord, facts: StudyRecord | None = None) -> ProtocolVersion:
        """Return the protocol version that a participant is on, with the site's own values."""
        enrolled = case.enrolled
        protocol_hash = enrolled.text("hash") if enrolled is not None else ""
        return self.protocol_with_values(protocol_hash, facts or self.facts)

    def protocol_with_values(self, protocol_hash: str, facts: StudyRecord) -> ProtocolVersion:
        """Return a protocol version with the values that these study facts set."""
        protocol = self.protocol_text(protocol_hash)
        values = facts.site_values(protocol.id)
        if not values:
            return protocol
        name = f"{protocol_hash} {values}"
        found = self._protocols.get(name)
        if found is None:
            found = self._protocols[name] = with_values(protocol, values)
        return found

    def site(self, protocol: ProtocolVersion, centre: str, country: str, first_day: date, today: date) -> Site:
        """Return the closed days and the time zone that a participant is planned by."""
        first, last = planned_years(first_day, today)
        key = (protocol.id, centre, country, first, last)
        found = self._sites.get(key)
        if found is None:
            found = self._sites[key] = self.site_by(self.facts, protocol, centre, country, first, last)
        return found

    def site_by(
        self, facts: StudyRecord, protocol: ProtocolVersion, centre: str, country: str, first: int, last: int
    ) -> Site:
        """Return the closed days and the time zone by the given study facts, for the years first..last."""
        row = facts.site_of(centre, country)
        zone = zone_of(row.time_zone if row is not None else "", protocol, country)
        return Site(facts.closed_days(row, self.years(facts, country, first, last)), zone)

    def years(self, facts: StudyRecord, country: str, first: int, last: int) -> Mapping[int, HolidayYear]:
        """Return the country's holidays: those in the study, and for other years the program's own."""
        known = {
            year: facts.holidays[country, year] for year in range(first, last + 1) if (country, year) in facts.holidays
        }
        if len(known) == last - first + 1:
            return known
        return {**holiday_years(country, first, last), **known}

    def calendar(self, case: ParticipantRecord, today: date) -> Calendar:
        """Return a participant's calendar; as long as that was not accepted, not as today's planning rules have it.

        Raises:
            Refused: the participant is not enrolled.
        """
        key = (case.subject, today)
        known = self._cases.get(case.subject) is case
        if known and key in self._calendars:
            return self._calendars[key]
        found = self.shown_for(case, self.plan(case, today))
        if known:
            if len(self._calendars) >= MOST_CASES:
                self._calendars.clear()
            self._calendars[key] = found
        return found

    def shown_for(self, case: ParticipantRecord, now: Calendar) -> Calendar:
        """Return what is shown of a participant for a plan `now` by today's rules: as long as that was not accepted,
        the visits of before."""
        if self.before is None:
            return now
        kept, then = self.store.visits.of_subject(case.subject), self.before.planned_on
        same = then == now.today
        return calendar_before(kept, now, lambda: now if same else self.plan(case, then), self.protocol(case))

    def plan(self, case: ParticipantRecord, today: date, facts: StudyRecord | None = None) -> Calendar:
        """Plan a participant's calendar, by the study facts that count or by others."""
        participant = self.participant(case)
        protocol = self.protocol(case, facts)
        site = self.site_for(case, protocol, participant, today, facts)
        forms = (facts or self.facts).consent_forms(protocol.id)
        found = plan(protocol, site, participant, case.facts, today)
        found = with_recorded_problems(found, case.records, forms, participant.first_day)
        return doubted(found, self.uncertain_by(case.subject))

    def participant(self, case: ParticipantRecord) -> Participant:
        """Return the participant as the planner needs it.

        Raises:
            Refused: the participant is not enrolled.
        """
        if case.participant is None:
            raise Refused("not_enrolled", code=case.code)
        return case.participant

    def site_for(
        self,
        case: ParticipantRecord,
        protocol: ProtocolVersion,
        participant: Participant,
        today: date,
        facts: StudyRecord | None = None,
    ) -> Site:
        """Return the site that a participant is planned by."""
        centre = case.enrolled.text("centre") if case.enrolled is not None else ""
        if facts is None:
            return self.site(protocol, centre, participant.country, participant.first_day, today)
        first, last = planned_years(participant.first_day, today)
        return self.site_by(facts, protocol, centre, participant.country, first, last)

    def site_name(self, case: ParticipantRecord) -> str:
        """Return the name of the participant's site for paper; the centre's where no site was described."""
        row, enrolled = self.site_row(case), case.enrolled
        return (enrolled.text("centre") if enrolled is not None else "") or (row.name if row else "")

    def site_row(self, case: ParticipantRecord) -> SiteRow | None:
        """Return the participant's site as it was described; None where none was."""
        found = case.enrolled
        return self.facts.site_of(found.text("centre"), found.text("country")) if found is not None else None

    def warn(self, kind: FileWarningKind) -> None:
        """Let the person know of something odd about the file, once until it was read."""
        if FileWarning(kind) not in self.warnings:
            self.warnings.append(FileWarning(kind))

    def site_title(self) -> str:
        """Return the name at the top of lists of everybody: the only site's, else the study's."""
        sites = self.facts.sites
        return next(iter(sites)) if len(sites) == 1 else self.facts.name

    # Writing

    def must_write(self) -> None:
        """Refuse a change of a study that is open for reading only.

        Raises:
            Refused: a backup, a broken chain, or a file that cannot be written or was opened to be read only.
        """
        store = self.store
        if store.broken is not None:
            raise Refused("chain_broken", path=str(store.path), seq=store.broken.seq)
        if store.backup:
            raise Refused("is_backup", path=str(store.path))
        if store.read_only:
            raise Refused("opened_to_read" if self.to_read else "read_only", path=str(store.path))

    def must_plan(self) -> None:
        """Refuse what is planned by today's rules as long as nobody has accepted what they make of the visits.

        Raises:
            Refused: that is so.
        """
        if self.before is not None:
            raise Refused("planning_not_accepted", visits=self.before.visits, participants=self.before.participants)

    def append(self, today: date, *commands: list[NewFact]) -> list[int]:
        """Add the facts of one or more commands inside a transaction; return the number of each command."""
        stamp = self.environment.stamp(today)
        number = self.store.last()[0]
        numbers = []
        for facts in commands:
            if facts:
                number += 1
                self.store.append(stamp, number, facts)
                numbers.append(number)
        return numbers

    def forget(self, subjects: set[int] | None = None) -> None:
        """Forget what may have changed: the facts of these participants, or (None) everything."""
        if subjects is None:
            self._people = self._facts = self._lost = self._losses = None
            self._cases.clear()
            self._calendars.clear()
            self._sites.clear()
            return
        for subject in subjects:
            self._cases.pop(subject, None)
        for key in [key for key in self._calendars if key[0] in subjects]:
            del self._calendars[key]

    def keep_calendar(self, subject: int, calendar: Calendar) -> None:
        """Keep the calendar that was planned to check a change of one participant as the current one."""
        self.forget({subject})
        self.case(subject)
        self._calendars[subject, calendar.today] = calendar

    def head(self) -> Head:
        """Return the last fact of the chain."""
        return self.store.head()

    def close(self) -> None:
        """Close the file."""
        self.store.close()
