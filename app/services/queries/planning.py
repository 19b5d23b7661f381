"""The planning rules of a study, what today's would change, and other texts of its protocols that the program ships."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.calendar.difference import Change, difference
from app.domain.calendar.entries import OPEN, Calendar
from app.domain.facts.chain_head import Head
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.planning.planning_rules import PLANNING_RULES
from app.domain.refusal import Doubted
from app.progress import Progress
from app.protocols.findings import ProtocolRefused
from app.protocols.library import hash_of, read_protocol, shipped_ids, texts_of
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class PlanningProposal:
    """What accepting today's planning rules does. `rules`: the number of those that the visits were planned by.

    `planned_on`: the day as of which they were. `calendars`: of each participant whom it concerns, before and after,
    by code; `changes`: the visits. `reprint`: the open ones among them with a printed sheet, by participant's number.
    """

    today: date
    head: Head
    rules: int
    planned_on: date
    calendars: Mapping[str, tuple[Calendar, Calendar]] = field(default_factory=dict)
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    reprint: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def visits(self) -> int:
        """The number of visits that change."""
        return sum(map(len, self.changes.values()))

    @property
    def doubt(self) -> Doubted | None:
        """Why a person is asked before it is accepted; None where nothing changes."""
        if not self.changes:
            return None
        return Doubted("planning_moves", visits=self.visits, participants=len(self.changes))


@dataclass(frozen=True, slots=True)
class ProtocolOffer:
    """A shipped text of a protocol that the study does not have. `version`: its version; `known`: the study's last.

    It is never used by itself: who is enrolled stays on the text of the enrolment, and others are enrolled on it only
    once somebody has added it.
    """

    protocol: str
    known: str
    version: str


@dataclass(frozen=True, slots=True)
class Planning:
    """By which rules the visits are planned. `proposal`: what accepting today's `rules` does; None where they are."""

    rules: int
    proposal: PlanningProposal | None
    offers: tuple[ProtocolOffer, ...]


def planning(study: Study, today: date, progress: Progress | None = None) -> Planning:
    """Return by which rules the visits are planned, and what is to be accepted or could be added."""
    return Planning(PLANNING_RULES, propose_planning(study, today, progress), protocol_offers(study))


def protocol_offers(study: Study) -> tuple[ProtocolOffer, ...]:
    """Return the shipped texts of the study's protocols that it does not have, in the order of their ids."""
    shipped = shipped_ids()
    found = []
    for protocol in sorted({one.id for one in study.facts.protocols.values()} & shipped.keys()):
        known = study.facts.latest(protocol)
        try:
            version, found_hash = read_protocol(shipped[protocol]).version, hash_of(texts_of(shipped[protocol]))
        except (ProtocolRefused, OSError):
            continue
        if known is not None and found_hash not in study.facts.protocols:
            found.append(ProtocolOffer(protocol, known.version, version))
    return tuple(found)


def propose_planning(study: Study, today: date, progress: Progress | None = None) -> PlanningProposal | None:
    """Return what accepting today's planning rules would do; None where the visits are planned by them."""
    before = study.before
    if before is None:
        return None
    calendars: dict[str, tuple[Calendar, Calendar]] = {}
    changes: dict[str, tuple[Change, ...]] = {}
    reprint: dict[int, tuple[str, ...]] = {}
    for case in study.each_case(progress=progress):
        new = study.plan(case, today)
        shown = study.shown_for(case, new)
        found = difference(shown, new)
        if found:
            calendars[case.code], changes[case.code] = (shown, new), found
            again = _printed(case) & {one.key for one in found if one.new is not None and one.new.status in OPEN}
            if again:
                reprint[case.subject] = tuple(sorted(again))
    return PlanningProposal(today, study.head(), before.rules, before.planned_on, calendars, changes, reprint)


def _printed(case: ParticipantRecord) -> set[str]:
    """Return the visits with a printed sheet."""
    lists = [one.fields.get("visits") for one in case.records if one.kind == "printed"]
    return {str(visit) for visits in lists if isinstance(visits, list) for visit in visits}
