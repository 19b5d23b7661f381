"""The last look at every slot: leaving the study, status, problems; then plain entries in order."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from app.domain.calendar.entries import OPEN, Calendar, Entry, Problem, Status, open_status
from app.domain.facts.planner_facts import Missed, Omitted
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.regimens import DayKind

if TYPE_CHECKING:
    from app.domain.planning.planner import Planner


def finish(planner: "Planner") -> Calendar:
    """The calendar of all slots that a planner has reckoned."""
    slots = list(planner.slots.values())
    _leave(slots, planner.ledger)
    recorded_only = _recorded_only(planner)
    entries = sorted(
        (_entry(slot, planner, recorded_only) for slot in slots if not recorded_only or slot.result is not None),
        key=lambda entry: entry.order,
    )
    return Calendar(
        planner.protocol.id,
        planner.protocol.version,
        planner.participant.code,
        planner.today,
        tuple(entries),
        _general_problems(planner, recorded_only),
        frozenset(planner.slots) | planner.on_call,
    )


def _recorded_only(planner: "Planner") -> bool:
    return planner.protocol.only_records(planner.ledger.choices)


def _leave(slots: list[DraftVisit], ledger: FactIndex) -> None:
    """Cancel what had not closed before the participant left all of the study, was lost, or died."""
    leavings = [(fact.on, False) for fact in (ledger.left_all, ledger.lost) if fact is not None]
    if ledger.died is not None:
        leavings.append((ledger.died.on, True))
    for on, death in leavings:
        for slot in slots:
            if slot.result is not None or slot.cancelled:
                continue
            if not death and slot.dose is not None and slot.dose.performed is not None:
                continue
            last = slot.latest or (slot.arranged if slot.target is None else None) or slot.assumed
            if last is None or last >= on:
                slot.cancelled = True


def _status(slot: DraftVisit, today: date) -> Status:
    if slot.performed is not None:
        return Status.PERFORMED
    if type(slot.result) is Missed:
        return Status.MISSED
    if type(slot.result) is Omitted:
        return Status.OMITTED
    if slot.cancelled:
        return Status.CANCELLED
    return open_status(slot.earliest or slot.assumed, slot.latest or slot.assumed, today)


def _general_problems(planner: "Planner", recorded_only: bool) -> tuple[Problem, ...]:
    """Facts whose visit the path no longer has, and years whose official holidays are not known."""
    strays = sorted(planner.ledger.named - planner.slots.keys())
    problems = [Problem(key, "off_path", _what_is_known(planner.ledger, key)) for key in strays]
    planned = () if recorded_only else planner.slots.values()
    years = sorted({slot.assumed.year for slot in planned if slot.assumed is not None})
    for year in years:
        known = planner.closed.holidays.get(year)
        if known is None:
            problems.append(Problem(str(year), "holidays_unknown", {"year": year}))
        elif not known.official:
            problems.append(Problem(f"{known.country}-{year}", "holidays_unofficial", {"year": year}))
    return tuple(problems)


def _what_is_known(ledger: FactIndex, key: str) -> dict[str, str | date]:
    result = ledger.results.get(key)
    if result is not None:
        return {"what": type(result).__name__.lower(), "on": result.on}
    if key in ledger.arranged:
        return {"what": "booked", "on": ledger.arranged[key]}
    return {"what": "decided", "on": ledger.decisions[key].on}


def _entry(slot: DraftVisit, planner: "Planner", recorded_only: bool) -> Entry:
    key, ledger, done = slot.key, planner.ledger, slot.performed
    status = _status(slot, planner.today)
    booked, moved = ledger.booked.get(key), ledger.moved.get(key)
    decided = ledger.decisions.get(key)
    judged, result = None, None
    if done is not None:
        judged = done.judged
        if key == planner.protocol.enrolment_visit and not planner.recorded_only_at_first:
            judged = slot.own_window
        result = judged.days_out(done.on) if judged else None
    if recorded_only:
        slot.target = slot.earliest = slot.latest = slot.proposed = slot.preferred = None
        slot.reasons, slot.problems = [], []
    else:
        _look_for_trouble(slot, planner, status)
    return Entry(
        key,
        slot.visit,
        slot.cycle,
        slot.day,
        slot.number,
        slot.day_kind,
        slot.regimen,
        slot.target,
        slot.earliest,
        slot.latest,
        slot.preferred,
        slot.proposed,
        booked.on if booked else None,
        booked.at if booked else "",
        moved.to if moved else None,
        done.on if done else None,
        done.at if done else "",
        slot.assumed,
        "recorded" if slot.recorded else "forecast",
        status,
        judged,
        result,
        slot.outdated,
        _due_at(slot, planner),
        decided.outcome if decided else "",
        tuple(slot.reasons),
        tuple(slot.problems),
        *(_unsettled_anchor(slot) if status in OPEN and not recorded_only else ("", None)),
    )


def _unsettled_anchor(slot: DraftVisit) -> tuple[str, date | None]:
    """The visit that a slot is counted from, and its assumed day, as long as that visit has no result."""
    counted = slot.counted
    if counted is None or slot.target is None or counted.result is not None or counted.assumed is None:
        return "", None
    return counted.key, counted.assumed


def _look_for_trouble(slot: DraftVisit, planner: "Planner", status: Status) -> None:
    """Problems of an open entry: its booking, and what it is counted from."""
    if slot.result is not None or slot.cancelled:
        _keep(slot, status)
        if slot.cancelled and slot.arranged is not None:
            slot.trouble("booking_cancelled", on=slot.arranged)
        return
    counted = slot.counted
    if counted is not None and slot.target is not None and counted.given_up and not counted.cancelled:
        slot.trouble("counted_from_missed", visit=counted.key, on=counted.assumed)
    key, day = _unsettled_anchor(slot)
    if day is not None and day < planner.today:
        slot.trouble("counted_from_unrecorded", visit=key, on=day)
    if slot.arranged is not None:
        _look_at_booking(slot, slot.arranged, planner)


def _keep(slot: DraftVisit, status: Status) -> None:
    """Of a visit that is settled, only what still matters."""
    kept = ("outdated", "operation_missed") if status is Status.PERFORMED else ()
    slot.problems = [problem for problem in slot.problems if problem.kind in kept]


def _look_at_booking(slot: DraftVisit, day: date, planner: "Planner") -> None:
    slot.problems = [problem for problem in slot.problems if problem.kind not in ("closed_day", "outside_window")]
    booked = planner.ledger.booked.get(slot.key)
    what = "booking" if booked is not None and booked.on == day else "moved"
    why = planner.closed.reason(day)
    if why:
        slot.trouble(f"{what}_closed", on=day, why=why)
    window = slot.own_window
    if window is not None and window.days_out(day):
        slot.trouble(f"{what}_outside", on=day, days=window.days_out(day))
    if slot.gap_day is not None and day < slot.gap_day:
        slot.trouble("too_near", on=day, first=slot.gap_day)


def _due_at(slot: DraftVisit, planner: "Planner") -> datetime | None:
    """The instant at which a pump is to be disconnected: so many elapsed hours after its start, in the site's zone."""
    dose, zone = slot.dose, planner.site.zone
    if slot.day_kind != DayKind.PUMP_DISCONNECT or dose is None or dose.performed is None or zone is None:
        return None
    row = planner.protocol.regimens[dose.regimen].day(dose.day)
    if not dose.performed.at or row is None or row.pump_hours is None:
        return None
    start = datetime.combine(dose.performed.on, time.fromisoformat(dose.performed.at), zone)
    return (start.astimezone(UTC) + timedelta(hours=row.pump_hours)).astimezone(zone)
