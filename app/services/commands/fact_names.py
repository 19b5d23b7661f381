"""The names and rows that a fact is recorded with: as the protocol has them, as the study offers them."""

from collections.abc import Mapping
from datetime import date

from app.domain.calendar.entries import Entry
from app.domain.facts.kind import Json
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.planner_facts import Fact
from app.domain.planning.offered_names import Offered, offered_names
from app.domain.protocol.version import ProtocolVersion
from app.services.queries.deviations import deviation_to_class
from app.services.study.study import Study
from app.wording.common_reasons import COMMON_REASONS


def names_of(fact: Fact, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return the fields that name something of the protocol, by the names that the accepted fact has for them."""
    named = {name: getattr(fact, name, None) for name in ("visit", "outcome", "choice", "value", "to", "phase")}
    return {name: one for name, one in named.items() if name in fields and isinstance(one, str | bool)}


def classed_row(study: Study, case: ParticipantRecord, today: date, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return the fields that say which row of the deviation log a decision on its class is about.

    Raises:
        Refused: the log has no such row, or several.
    """
    found = deviation_to_class(study, case, today, str(fields["visit"]), str(fields.get("deviation", "")))
    return {"deviation": found.what, "row": found.row, "frozen": found.frozen_days}


def offered_at(study: Study, protocol: ProtocolVersion, entry: Entry | None = None) -> Offered:
    """Return the names that a study offers where other text is allowed; `entry`: the visit of the fact."""
    sites = {name: site.country for name, site in study.facts.sites.items()}
    return offered_names(protocol, sites, COMMON_REASONS, entry)
