"""The planning rules of a study, what today's would change, and other texts of its protocols that the program ships."""

from dataclasses import dataclass
from datetime import date

from app.domain.planning.planning_rules import PLANNING_RULES
from app.progress import Progress
from app.protocols.findings import ProtocolRefused
from app.protocols.library import shipped_ids
from app.services.commands.accept_planning import PlanningProposal, propose_planning
from app.services.commands.protocols import addition_of
from app.services.study.study import Study


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
            version, (fact,) = addition_of(shipped[protocol])
        except (ProtocolRefused, OSError):
            continue
        if known is not None and str(fact.fields["hash"]) not in study.facts.protocols:
            found.append(ProtocolOffer(protocol, known.version, version.version))
    return tuple(found)
