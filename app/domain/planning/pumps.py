"""Pumps that go home with the participant: how long each is on, and when it is to be taken off."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from app.domain.calendar.entries import Entry
from app.domain.planning.draft_visit import DraftVisit
from app.domain.protocol.regimens import DayKind
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted

WORTH_SAYING = timedelta(minutes=15)
"""A pump that comes off less than this before its hours are over is as good as on time: two clocks may differ by it."""


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


def off_early(entry: Entry | None) -> Doubted | None:
    """Return the remark that a pump came off before its hours were over; None where it did not, or nobody knows.

    Started on Monday at 10:15 for 46 hours and taken off on Wednesday at 07:00: 1 h 15 min early.
    """
    if entry is None or entry.day_kind != DayKind.PUMP_DISCONNECT or entry.due_at is None:
        return None
    if entry.performed is None or not entry.performed_at:
        return None
    off = datetime.combine(entry.performed, time.fromisoformat(entry.performed_at), entry.due_at.tzinfo)
    early = entry.due_at.astimezone(UTC) - off.astimezone(UTC)
    if early < WORTH_SAYING:
        return None
    hours, minutes = divmod(int(early.total_seconds()) // 60, 60)
    due, at = entry.due_at.date(), f"{entry.due_at:%H:%M}"
    return Doubted("pump_off_early", hours=hours, minutes=minutes, of=entry.pump_hours, due=due, at=at)
