"""The deviation log."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import Entry, Status, natural
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.planner_facts import Moved
from app.domain.facts.records import Recorded
from app.progress import Progress
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class Deviation:
    """One departure from the protocol. `what`: early, late, missed, omitted or unrecorded (its window has passed)."""

    participant: str
    visit: str
    what: str
    days: int
    on: date | None
    earliest: date | None
    latest: date | None
    reason: str
    entry: Entry
    fact: int


def deviations(study: Study, today: date, code: str = "", progress: Progress | None = None) -> list[Deviation]:
    """Return the log: every visit outside its window, missed, omitted, or not recorded though its window has passed.

    A result that is provisional, because what it is counted from has not happened yet, is no deviation.

    Raises:
        Refused: there is no such participant.
    """
    cases = [study.enrolled(code)] if code else list(study.cases().values())
    found: list[Deviation] = []
    for done, case in enumerate(cases, start=1):
        facts = {fact.visit: record for record, fact in case.planned if hasattr(fact, "visit")}
        moves = {fact.visit: fact.reason for _record, fact in case.planned if isinstance(fact, Moved)}
        for entry in study.plan(case, today).entries:
            one = _deviation(case, entry, facts.get(entry.key), moves.get(entry.key, ""), today)
            if one is not None:
                found.append(one)
        if progress is not None:
            progress(done, len(cases))
    return sorted(found, key=lambda one: (natural(one.participant), one.entry.order))


def _deviation(
    case: ParticipantRecord, entry: Entry, record: Recorded | None, moved: str, today: date
) -> Deviation | None:
    window, on = entry.judged, entry.performed
    days = 0 if entry.provisional else entry.window_result or 0
    what = {Status.MISSED: "missed", Status.OMITTED: "omitted", Status.OVERDUE: "unrecorded"}.get(entry.status, "")
    if days:
        what = "early" if days < 0 else "late"
    if what == "unrecorded" and entry.day_passed and entry.latest is not None and entry.latest >= today:
        # The arranged day is past, and the window is still open: nothing was departed from yet.
        return None
    if what == "unrecorded" and entry.decided:
        # Something was decided at it, so it was held: the record is asked for, and nothing was departed from.
        return None
    if not what:
        return None
    if window is None:
        window = entry.window
    if on is None and record is not None and what in ("missed", "omitted"):
        on = record.day("on")
    return Deviation(
        case.code,
        entry.key,
        what,
        days,
        on,
        window.earliest if window is not None else None,
        window.latest if window is not None else None,
        _reason(record, moved) if what != "unrecorded" else "",
        entry,
        record.seq if record is not None and what != "unrecorded" else 0,
    )


def _reason(record: Recorded | None, moved: str) -> str:
    """The reason given with the result, else the one given when the visit was moved."""
    return (record.text("reason") if record is not None else "") or moved
