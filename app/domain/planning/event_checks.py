"""Events that a story tells of and the planner does not read: complications, questionnaires, specimens.

They are checked as a study checks them when they are recorded, each against the facts and events told before it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from app.domain.calendar.entries import Calendar
from app.domain.calendar.nearest_visit import nearest_visit
from app.domain.calendar.visit_scope import check_scope
from app.domain.facts.fields import check_hours
from app.domain.facts.kind import Json, Kind
from app.domain.facts.kinds import KINDS, assigns_visit
from app.domain.facts.participant_record import planner_fact_of
from app.domain.facts.planner_facts import Fact, Participant, Performed
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.visit_keys import visit_of
from app.domain.planning.event_ends import check_event_after_ends, check_events_before_end
from app.domain.planning.known_names import check_listed_visit, known_finding, known_visit, with_listed_names
from app.domain.planning.name_checks import UNSCHEDULED
from app.domain.planning.operation_checks import doubts_of_no_operation, left_refusal
from app.domain.planning.order_checks import check_after_operation
from app.domain.planning.plausibility import check_event_order
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined


def event_as_known(
    protocol: ProtocolVersion, kind: Kind, fields: Mapping[str, Json], calendar: Calendar
) -> dict[str, Json]:
    """Return the fields of an event with the names that calendar and protocol have for what it names.

    Raises:
        Refused: they do not have it, or the event cannot be about that visit.
    """
    found = dict(fields)
    if "visit" in found:
        typed, keys = str(found["visit"]), calendar.keys | set(calendar.by_key)
        visit = found["visit"] = known_visit(typed, keys)
        left = calendar.left_out(visit)
        if left is not None:
            raise left_refusal(left)
        if visit not in keys:
            known, near = visit_of(visit) in protocol.visits, nearest_visit(visit, calendar, protocol.visits)
            raise Refused("off_path" if known else "unknown_visit", visit=visit[:60], near=near)
        check_scope(kind, protocol, calendar, visit)
        if assigns_visit(kind) and not UNSCHEDULED.fullmatch(visit):
            raise Refused("unscheduled_key", "visit", visit=visit)
    if "repeats" in found:
        found["repeats"] = known_finding(protocol, str(found["repeats"]))
    found = with_listed_names(protocol, found)
    check_listed_visit(protocol, found)
    return found


def performed_by(
    protocol: ProtocolVersion, kind: Kind, fields: Mapping[str, Json], calendar: Calendar
) -> Mapping[str, Json] | None:
    """Return the visit that an event says was performed, as the fields of that fact; None where it was before.

    An operation, a dose that was given, a contact that was reached and a questionnaire that was filled in say so.
    """
    if "visit" not in fields or not kind.says_performed(fields):
        return None
    visit = str(fields["visit"])
    row = protocol.visits.get(visit_of(visit))
    # A form that comes by post does not say that the scan of the same visit was made.
    if kind.performs_sorts and (row is None or row.sort not in kind.performs_sorts):
        return None
    entry = calendar.by_key.get(visit)
    # A participant of recorded dates only has no entry for a visit before it is performed.
    if (entry is not None and entry.performed is not None) or visit == protocol.enrolment_visit:
        return None
    at = fields.get("at") or fields.get("start") or ""
    return {"visit": visit, "on": fields["on"], "at": at, "pump_at": fields.get("pump_at")}


@dataclass
class ToldEvents:
    """The events of a story so far, each checked against what was told before it."""

    protocol: ProtocolVersion
    participant: Participant
    zone: tzinfo | None
    records: list[Recorded] = field(default_factory=list)

    def take(
        self,
        event: NewFact,
        earlier: Sequence[Fact],
        calendar: Callable[[], Calendar],
        accept_performed: Callable[[Performed], Calendar],
        sure: bool,
    ) -> None:
        """Check and add an event; `accept_performed` takes the visit that it performed and returns the calendar then.

        Raises:
            Refused: it is wrong or contradicts what was told; Doubted: it cannot be, and nobody is sure of it.
        """
        kind, before = KINDS[event.kind], calendar()
        fields = event_as_known(self.protocol, kind, event.fields, before)
        check_hours(kind, fields, self.zone)
        check_event_after_ends(self.protocol, kind, fields, earlier, lambda: before)
        check_event_order(kind, fields, self.protocol, self.participant, earlier, before)
        done, after = performed_by(self.protocol, kind, fields, before), before
        if done is not None:
            given = {name: value for name, value in done.items() if value}
            performed = planner_fact_of("performed", given)
            if isinstance(performed, Performed):
                after = accept_performed(performed)
        check_after_operation(kind, fields, after)
        doubt: Doubted | None = joined(doubts_of_no_operation(kind, fields, self.protocol, before, after))
        if doubt is not None and not sure:
            raise doubt
        self.keep(NewFact(event.kind, fields, event.subject))

    def keep(self, event: NewFact) -> None:
        """Add an event unchecked."""
        self.records.append(provisional(event, len(self.records) + 1))

    def check_end(self, fact: Fact) -> None:
        """Check an end of participation against the events told before it.

        Raises:
            Refused: one of them lies after it.
        """
        check_events_before_end(fact, self.records)
