"""Rehearsal: one patient's story in, the complete calendar out, with no study file."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.calendar.entries import Calendar
from app.domain.facts.planner_facts import Fact, Participant, Site
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.planning.edit_checks import check_participant, replay
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.known_names import participant_as_known
from app.domain.planning.planner import plan
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.scenario import Scenario, read_scenario
from app.protocols.library import read_protocol, shipped_ids, shipped_protocol
from app.services.queries.deviations import Deviation, story_deviations
from app.services.study.holidays import known_country
from app.services.study.site_calendar import site_of


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A planned story: protocol (with the site's values), site, participant, facts with their windows, and calendar."""

    protocol: ProtocolVersion
    site: Site
    participant: Participant
    facts: tuple[Fact, ...]
    calendar: Calendar

    @property
    def choices(self) -> dict[str, str | bool]:
        """Return the choices after all facts."""
        return FactIndex(self.protocol, self.participant, self.facts).choices

    @property
    def deviations(self) -> list[Deviation]:
        """Return the departures from the protocol, each with its reason and the class that is proposed."""
        return story_deviations(self.protocol, self.site, self.participant, self.facts, self.calendar)


def rehearse(text: str, protocol: Path | None = None) -> Rehearsal:
    """Read a scenario (JSON text) and plan its calendar, by the protocol that it names or by the given file.

    Raises:
        Refused: something in it is wrong; nothing is planned.
        ProtocolRefused: the file has no valid protocol.
    """
    return rehearse_scenario(read_scenario(text), read_protocol(protocol) if protocol is not None else None)


def rehearse_scenario(scenario: Scenario, protocol: ProtocolVersion | None = None) -> Rehearsal:
    """Plan a scenario, by a protocol that is given or by the shipped one that it names.

    Raises:
        Refused: something in it is wrong.
    """
    if protocol is None:
        protocol = _named(scenario.protocol)
    protocol = with_values(protocol, scenario.site.values)
    person = participant_as_known(protocol, scenario.participant)
    check_participant(protocol, person, scenario.today)
    person = replace(person, country=known_country(person.country))
    site = site_of(protocol, person.country, scenario.site, person.enrolled_on, scenario.today)
    facts = replay(protocol, site, person, scenario.facts, scenario.today, scenario.kept)
    return Rehearsal(protocol, site, person, facts, plan(protocol, site, person, facts, scenario.today))


def _named(protocol_id: str) -> ProtocolVersion:
    known = sorted(shipped_ids())
    found = known_identifier(protocol_id, known)
    if not found:
        near = nearest_identifier(protocol_id, known)
        raise Refused("protocol", "protocol", value=protocol_id[:80], known=", ".join(known), near=near)
    return shipped_protocol(found)
