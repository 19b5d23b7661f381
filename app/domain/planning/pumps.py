"""Pumps that go home with the participant: how long each is on, and when it is to be taken off."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from app.domain.planning.draft_visit import DraftVisit
from app.domain.protocol.regimens import DayKind
from app.domain.protocol.version import ProtocolVersion


def dose_of_pump(draft: DraftVisit) -> DraftVisit:
    """Return the dose with which a pump was started: that of its disconnection, else the visit itself."""
    return draft.dose if draft.dose is not None else draft


def pump_hours_of(draft: DraftVisit, protocol: ProtocolVersion) -> int:
    """Return the hours for which the pump of a dose, or the one that is disconnected, is to be on; 0 without a pump."""
    if not draft.regimen or (draft.dose is not None and draft.day_kind != DayKind.PUMP_DISCONNECT):
        return 0
    dose = dose_of_pump(draft)
    regimen = protocol.regimens.get(dose.regimen)
    row = regimen.day(dose.day) if regimen is not None else None
    return row.pump_hours or 0 if row is not None else 0


def pump_due_at(draft: DraftVisit, hours: int, zone: tzinfo | None) -> datetime | None:
    """Return the instant at which a pump is to be disconnected: so many elapsed hours after its start, in that zone.

    A pump started on Saturday 27 March 2027 at 10:00 in Stockholm for 46 hours is due on Monday at 09:00: the
    clocks go forward on Sunday. The arrival of the participant starts no pump.
    """
    dose = draft.dose
    if draft.day_kind != DayKind.PUMP_DISCONNECT or not hours or zone is None:
        return None
    if dose is None or dose.performed is None or not dose.performed.pump_at:
        return None
    start = datetime.combine(dose.performed.on, time.fromisoformat(dose.performed.pump_at), zone)
    return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)
