"""The visits that a kind of fact can be about."""

from app.domain.calendar.entries import OPEN, Calendar, Entry, Status
from app.domain.facts.kind import Kind, VisitScope
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused

_MOST = 6
"""So many visits are named in a refusal."""


def is_in_scope(scope: VisitScope, protocol: ProtocolVersion, entry: Entry) -> bool:
    """Return whether a fact of a kind with that scope can be about this visit.

    Where a protocol has no visit that is an operation, every visit can be one.
    """
    match scope:
        case VisitScope.UNDECIDED:
            return entry.visit.id in protocol.decisions and not entry.decided
        case VisitScope.DOSES:
            return entry.day_kind in DOSES
        case VisitScope.PUMPS:
            return entry.day_kind in DOSES and entry.pump_hours > 0
        case VisitScope.OPERATIONS:
            return entry.visit.is_operation or not any(one.is_operation for one in protocol.visits.values())
        case VisitScope.OPEN:
            return entry.status in OPEN
        case VisitScope.ALL:
            return True


def visits_in_scope(scope: VisitScope, protocol: ProtocolVersion, calendar: Calendar) -> list[Entry]:
    """Return the visits of a calendar, without the cancelled ones, that a fact with that scope can be about."""
    return [one for one in calendar.entries if one.status is not Status.CANCELLED and is_in_scope(scope, protocol, one)]


def depends_on_visit(kind: Kind) -> bool:
    """Tell whether a fact of that kind can be about a few visits alone: an operation, a dose, a decision."""
    return kind.visits in (VisitScope.OPERATIONS, VisitScope.DOSES, VisitScope.UNDECIDED)


def visit_meant(kind: Kind, protocol: ProtocolVersion, calendar: Calendar, chosen: str) -> str:
    """Return the visit that a new fact of that kind is about: the chosen one if it can be, else the only one; or none.

    Of several operations or doses the only one that is still open is meant, of several decisions the next one.
    `chosen`: the key of a visit, or empty.
    """
    if not depends_on_visit(kind):
        return chosen
    fitting = visits_in_scope(kind.visits, protocol, calendar)
    if any(one.key == chosen for one in fitting):
        return chosen
    if kind.visits is VisitScope.UNDECIDED:
        return fitting[0].key if fitting else ""
    still_open = [one for one in fitting if one.status in OPEN]
    only = next((found for found in (fitting, still_open) if len(found) == 1), [])
    return only[0].key if only else ""


def check_scope(kind: Kind, protocol: ProtocolVersion, calendar: Calendar, visit: str) -> None:
    """Check that a fact of that kind can be about a visit; `visit`: its key.

    Raises:
        Refused: an operation at a visit that is none, or a dose where none is given.
    """
    entry = calendar.by_key.get(visit)
    if entry is None or is_in_scope(kind.visits, protocol, entry):
        return
    keys = [one.key for one in visits_in_scope(kind.visits, protocol, calendar)]
    known = ", ".join(keys[:_MOST]) + (", …" if len(keys) > _MOST else "")
    if kind.visits is VisitScope.OPERATIONS:
        raise Refused("not_operation", "visit", visit=visit, known=known)
    if kind.visits is VisitScope.DOSES:
        raise Refused("not_dose", "visit", visit=visit, known=known)
