"""Rehearsal: one patient's story in, the complete calendar out, with no study file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.domain.calendar.after_surgery import AfterSurgery, after_surgery
from app.domain.calendar.entries import Calendar
from app.domain.facts.kind import Json
from app.domain.facts.participant_record import ParticipantRecord, failed_screening
from app.domain.facts.planner_facts import Died, Fact, Lost, Participant, Site, Withdrawn
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.study_record import UnitContact
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.planning.edit_checks import check_participant, replay
from app.domain.planning.event_checks import ToldEvents
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.finding_ages import without_repeated
from app.domain.planning.known_names import participant_as_known
from app.domain.planning.planner import plan
from app.domain.planning.plausibility import check_birth
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.scenario import Scenario, read_scenario
from app.exchange.screening import PLACE
from app.progress import Progress, counted
from app.protocols.library import read_protocol, shipped_ids, shipped_protocol
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import story_deviations
from app.services.queries.eligibility_checks import check_enrolled_after, check_screening, criteria_as_known
from app.services.study.holidays import known_country
from app.services.study.site_calendar import site_of


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A planned story: protocol (with the site's values), site, participant, facts with their windows, and calendar.

    `entry`: the screening, where the story tells of one, and the enrolment as a study would record them. `events`: what
    the story tells of that the planner does not read, such as complications. `contact`: whom the participant calls.
    """

    protocol: ProtocolVersion
    site: Site
    participant: Participant
    facts: tuple[Fact, ...]
    calendar: Calendar
    entry: ParticipantRecord
    events: tuple[Recorded, ...] = ()
    contact: UnitContact | None = None

    @property
    def choices(self) -> dict[str, str | bool]:
        """Return the choices after all facts."""
        return FactIndex(self.protocol, self.participant, self.facts).choices

    @property
    def after_surgery(self) -> tuple[AfterSurgery, ...]:
        """Return what followed each operation to day 90."""
        died = next((one.on for one in self.facts if isinstance(one, Died)), None)
        return after_surgery(self.calendar, self.events, died)

    @property
    def deviations(self) -> list[Deviation]:
        """Return the departures from the protocol, each with its reason and the class that is proposed."""
        return story_deviations(self.protocol, self.site, self.participant, self.facts, self.calendar, self.entry)


def rehearse(text: str, protocol: Path | None = None, progress: Progress | None = None) -> Rehearsal:
    """Read a scenario (JSON text) and plan its calendar, by the protocol that it names or by the given file.

    Raises:
        Refused: something in it is wrong; nothing is planned.
        ProtocolRefused: the file has no valid protocol.
    """
    given = read_protocol(protocol) if protocol is not None else None
    return rehearse_scenario(read_scenario(text), given, progress)


def rehearse_scenario(
    scenario: Scenario, protocol: ProtocolVersion | None = None, progress: Progress | None = None
) -> Rehearsal:
    """Plan a scenario, by a protocol that is given or by the shipped one that it names.

    Raises:
        Refused: something in it is wrong.
    """
    if protocol is None:
        protocol = _named(scenario.protocol)
    protocol = with_values(protocol, scenario.site.values)
    person = participant_as_known(protocol, scenario.participant)
    try:
        check_participant(protocol, person, scenario.today)
    except Refused as refused:
        raise Refused(refused.kind, f"participant.{refused.place}", **refused.values) from None
    entry = _entry(protocol, person, scenario)
    person = replace(person, country=known_country(person.country))
    site = site_of(protocol, person.country, scenario.site, person.first_day, scenario.today)
    told, events = counted(_with_failure(scenario), progress), ToldEvents(protocol, person, site.zone)
    try:
        facts = replay(protocol, site, person, told, scenario.today, scenario.kept, scenario.sure, events)
    except Refused as refused:
        if refused.place.partition(".")[0] != str(len(scenario.facts) + 1):
            raise
        # The end that the failed screening is, which no fact of the story tells of.
        raise Refused(refused.kind, f"{PLACE}.on", **refused.values) from None
    calendar = without_repeated(plan(protocol, site, person, facts, scenario.today), events.records)
    return Rehearsal(protocol, site, person, facts, calendar, entry, tuple(events.records), scenario.site.contact)


def _with_failure(scenario: Scenario) -> tuple[Fact | NewFact, ...]:
    """Return the facts with the end that a failed screening is for somebody in screening."""
    fields = scenario.screening.fields if scenario.screening is not None else {}
    failed = fields.get("outcome") == "failure" and scenario.participant.after(scenario.planned).enrolled_on is None
    ends = [one for one in scenario.facts if isinstance(one, Died | Lost | Withdrawn)]
    if not failed or any(not isinstance(one, Withdrawn) or one.scope == "all" for one in ends):
        return scenario.facts
    end = failed_screening(date.fromisoformat(str(fields["on"])), str(fields.get("reason", "")))
    return (*scenario.facts, end)


def _entry(protocol: ProtocolVersion, person: Participant, scenario: Scenario) -> ParticipantRecord:
    """Return screening and enrolment as facts, checked like those of a study.

    Raises:
        Refused: they contradict the protocol's criteria or each other.
    """
    enrolled: dict[str, Json] = {"code": person.code, "protocol": protocol.id}
    for name, day in (("consented", person.consented_on), ("on", person.after(scenario.planned).enrolled_on)):
        if day is not None:
            enrolled[name] = day.isoformat()
    enrolled["country"] = person.country
    if person.timing:
        enrolled["timing"] = person.timing
    screening = scenario.screening
    if scenario.year_of_birth:
        enrolled["year_of_birth"] = scenario.year_of_birth
        _placed("participant", lambda: check_birth(enrolled))
    if screening is None:
        return _recorded({"enrolled": enrolled})
    screened = {**screening.fields, "protocol": protocol.id}
    criteria_as_known(protocol, screened)
    found = _recorded({"screened": screened, "enrolled": {**_who(screened), **enrolled}})
    if not screening.kept:
        _placed(PLACE, lambda: check_screening(protocol, screened))
        _placed(PLACE, lambda: check_enrolled_after(found.screened, enrolled))
    return found


def _who(screened: Mapping[str, Json]) -> dict[str, Json]:
    """Return what the enrolment has from the screening where it does not say it itself."""
    return {name: one for name, one in screened.items() if name == "year_of_birth"}


def _recorded(facts: Mapping[str, dict[str, Json]]) -> ParticipantRecord:
    return ParticipantRecord.of(1, [provisional(NewFact(kind, fields, 1), 0) for kind, fields in facts.items()])


def _placed(place: str, check: Callable[[], None]) -> None:
    """Check something of one part of the story, which a refusal then names; the code is not a field of each part."""
    try:
        check()
    except Refused as refused:
        own = "" if refused.place == "code" else refused.place
        raise Refused(refused.kind, ".".join(filter(None, (place, own))), **refused.values) from None


def _named(protocol_id: str) -> ProtocolVersion:
    known = sorted(shipped_ids())
    found = known_identifier(protocol_id, known)
    if not found:
        near = nearest_identifier(protocol_id, known)
        raise Refused("protocol", "protocol", value=protocol_id[:80], known=", ".join(known), near=near)
    return shipped_protocol(found)
