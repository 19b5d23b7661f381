"""A participant's calendar, and one visit in it."""

from collections.abc import Collection
from datetime import date

from app.domain.calendar.entries import Calendar, Entry
from app.domain.calendar.nearest_visit import not_on_calendar
from app.domain.folding import known_identifier
from app.domain.planning.operation_checks import left_refusal
from app.domain.protocol.version import ProtocolVersion
from app.services.study.study import Study


def calendar_of(study: Study, code: str, today: date) -> tuple[ProtocolVersion, Calendar]:
    """Return a participant's calendar and the protocol version that it follows.

    Raises:
        Refused: there is no such participant, or it is not enrolled.
    """
    case = study.enrolled(code)
    return study.protocol(case), study.calendar(case, today)


def entry_for(calendar: Calendar, visit: str, known: Collection[str]) -> Entry:
    """Return the entry of a visit. `known`: the ids of the protocol's visits.

    Raises:
        Refused: the calendar does not have it.
    """
    found = calendar.by_key.get(visit) or calendar.by_key.get(known_identifier(visit, calendar.by_key))
    left = calendar.left_out(visit) if found is None else None
    if left is not None:
        raise left_refusal(left)
    if found is None:
        raise not_on_calendar(visit, calendar, known)
    return found
