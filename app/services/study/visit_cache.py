"""The derived visits of a study: kept in step with each change, made anew when they were made by something else."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from app import __version__
from app.domain.calendar.entries import OPEN, Calendar, Entry, Problem, ProblemKind, Status, open_status
from app.domain.dates import Period, Window
from app.domain.protocol.timing import Series
from app.domain.protocol.version import UNSCHEDULED, ProtocolVersion
from app.domain.refusal import Refused
from app.services.study.study import Study
from app.storage.sqlite import visit_table

VERSION = f"1 {__version__}"
"""What the derived visits are made by; any other makes them anew."""
FARTHEST = 3650
_TODAYS: ProblemKind = "counted_from_unrecorded"
# Where the visits cannot be kept, the question is answered all the same.
_NO_ROOM = frozenset({"disk_full", "disk_error", "read_only", "folder_read_only"})
_AFTER_IT: frozenset[ProblemKind] = frozenset(
    {"booking_closed", "booking_outside", "moved_closed", "moved_outside", "too_near"}
)


def keep_visits(study: Study, subject: int, before: Calendar | None, after: Calendar | None) -> None:
    """Write one participant's visits as far as they differ, inside the transaction of the change."""
    made_by, planned_on, _horizon = visit_table.derived_by(study.store)
    known = after or before
    if made_by != VERSION or known is None:
        return
    if planned_on > known.today.isoformat():
        # The whole table is older than this day knows of; the next question makes it anew.
        visit_table.begin_anew(study.store, "", "", "")
        return
    new = {entry.key: row_of(subject, entry) for entry in after.entries} if after is not None else {}
    if before is None or after is None:
        visit_table.replace_visits(study.store, subject, list(new.values()))
        return
    old = {entry.key: row_of(subject, entry) for entry in before.entries}
    changed = [row for key, row in new.items() if old.get(key) != row]
    gone = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    visit_table.change_visits(study.store, subject, gone, changed)


def keep_new_visits(study: Study, calendars: Mapping[int, Calendar]) -> None:
    """Write the visits of participants who had none, inside the transaction of their enrolment."""
    made_by, planned_on, _horizon = visit_table.derived_by(study.store)
    if made_by == VERSION and all(planned_on <= one.today.isoformat() for one in calendars.values()):
        rows = [row_of(subject, entry) for subject, one in calendars.items() for entry in one.entries]
        visit_table.change_visits(study.store, 0, (), rows)
    elif made_by:
        visit_table.begin_anew(study.store, "", "", "")


def fresh_visits(
    study: Study, today: date, last: date, progress: Callable[[int, int], None] | None = None, keep: bool = True
) -> bool:
    """See that the derived visits hold for questions up to `last`; False where they do not and cannot be kept.

    `keep`: whether they may be made anew, which changes the file though nothing that was recorded.
    """
    made_by, planned_on, horizon = visit_table.derived_by(study.store)
    same_year = planned_on[:4] == f"{today:%Y}" and planned_on <= today.isoformat()
    if made_by == VERSION and same_year and (planned_on == today.isoformat() or last.isoformat() <= horizon):
        # Somebody may have come since on a protocol whose series show less far ahead than those that there were.
        taken = [study.protocol_text(protocol_hash) for protocol_hash in study.facts.protocols]
        if planned_on == today.isoformat() or last <= horizon_of(taken, date.fromisoformat(planned_on)):
            return True
    if study.store.read_only or not keep:
        return False
    try:
        rebuild(study, today, progress)
    except Refused as refused:
        if refused.kind not in _NO_ROOM:
            raise
        return False
    return True


def differs(study: Study, today: date, progress: Callable[[int, int], None] | None = None) -> bool:
    """Whether the derived visits say anything else than planning does, on the day they were planned or today."""
    made_by, planned_on, _horizon = visit_table.derived_by(study.store)
    if made_by != VERSION:
        return False
    cases = study.cases()
    days = {date.fromisoformat(planned_on), today}
    for done, (subject, case) in enumerate(cases.items(), start=1):
        kept = {row[_AT["key"]]: tuple(row) for row in visit_table.visits_of(study.store, subject)}
        if all(kept != _rows_of(subject, study.plan(case, day)) for day in days):
            return True
        if progress is not None:
            progress(done, len(cases))
    return False


def _rows_of(subject: int, calendar: Calendar) -> dict[str, tuple[Any, ...]]:
    rows = (row_of(subject, entry) for entry in calendar.entries)
    return {row["key"]: tuple(row[name] for name in visit_table.COLUMNS) for row in rows}


def rebuild(study: Study, today: date, progress: Callable[[int, int], None] | None = None) -> None:
    """Throw the derived visits away and plan every participant again."""
    cases = study.cases()
    protocols = {study.protocol(case).id: study.protocol(case) for case in cases.values()}
    with study.store.transaction():
        visit_table.begin_anew(
            study.store, VERSION, today.isoformat(), horizon_of(protocols.values(), today).isoformat()
        )
        for done, (subject, case) in enumerate(cases.items(), start=1):
            calendar = study.plan(case, today)
            visit_table.change_visits(study.store, subject, (), [row_of(subject, entry) for entry in calendar.entries])
            if progress is not None:
                progress(done, len(cases))


def horizon_of(protocols: Iterable[ProtocolVersion], today: date) -> date:
    """The last day that visits planned today are all known for: a series without end shows only so far ahead."""
    ends = [
        visit.repeat.beyond.after(today)
        for protocol in protocols
        for visit in protocol.visits.values()
        if isinstance(visit.repeat, Series) and visit.repeat.beyond is not None
    ]
    return min(ends, default=today + timedelta(FARTHEST))


def settled(entry: Entry) -> str:
    """How a visit was settled, empty while it is open; unlike a status it does not depend on the day of reading."""
    return "" if entry.status in OPEN else entry.status.value


def row_of(subject: int, entry: Entry) -> dict[str, Any]:
    """An entry as a row of the table; what depends on the day of reading is left out."""
    return {
        "subject": subject,
        "key": entry.key,
        "visit": entry.visit.id,
        "cycle": entry.cycle,
        "day": entry.day,
        "number": entry.number,
        "day_kind": entry.day_kind,
        "regimen": entry.regimen,
        "target": _day(entry.target),
        "earliest": _day(entry.earliest),
        "latest": _day(entry.latest),
        "proposed": _day(entry.proposed),
        "booked": _day(entry.booked),
        "booked_at": entry.booked_at,
        "moved": _day(entry.moved),
        "performed": _day(entry.performed),
        "performed_at": entry.performed_at,
        "assumed": _day(entry.assumed),
        "basis": entry.basis,
        "settled": settled(entry),
        "judged": _window(entry.judged),
        "preferred": _window(entry.preferred),
        "outdated": int(entry.outdated),
        "due_at": entry.due_at.isoformat() if entry.due_at else "",
        "decided": entry.decided,
        "anchor": entry.counts_from,
        "anchor_day": _day(entry.counts_from_day),
        "problems": _problems(entry),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _window(window: Window | None) -> str:
    return f"{window.earliest}/{window.latest}" if window is not None else ""


def _problems(entry: Entry) -> str:
    kept = [one for one in entry.problems if one.kind != _TODAYS]
    if not kept:
        return ""
    return json.dumps([[one.kind, {name: _tagged(value) for name, value in one.values.items()}] for one in kept])


def _tagged(value: object) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"period": str(value)} if isinstance(value, Period) else value


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"]) if "day" in value else Period.parse(value["period"])
    return value


_AT = {name: index for index, name in enumerate(visit_table.COLUMNS)}


def entry_of(row: Sequence[Any], protocol: ProtocolVersion, today: date) -> Entry:
    """A row as an entry, with its status as of today; the reasons are found by planning."""
    (
        _subject, key, visit, cycle, day, number, day_kind, regimen, target, earliest, latest, proposed, booked,
        booked_at, moved, performed, performed_at, assumed, basis, how, judged, preferred, outdated, due_at, decided,
        anchor, anchor_day, problems,
    ) = row  # fmt: skip
    first, last, known = _date(earliest), _date(latest), _date(assumed)
    window = _span(judged)
    done = _date(performed)
    return Entry(
        key,
        protocol.visits.get(visit, UNSCHEDULED),
        cycle,
        day,
        number,
        day_kind,
        regimen,
        _date(target),
        first,
        last,
        _span(preferred),
        _date(proposed),
        _date(booked),
        booked_at,
        _date(moved),
        done,
        performed_at,
        known,
        basis,
        Status(how) if how else open_status(first or known, last or known, today),
        window,
        window.days_out(done) if window is not None and done is not None else None,
        bool(outdated),
        datetime.fromisoformat(due_at) if due_at else None,
        decided,
        (),
        _problems_of(key, problems, anchor, anchor_day, today) if problems or anchor_day else (),
        anchor,
        _date(anchor_day),
    )


def _problems_of(key: str, kept: str, anchor: str, anchor_day: str, today: date) -> tuple[Problem, ...]:
    found = (
        [
            Problem(key, kind, {name: _untagged(value) for name, value in values.items()})
            for kind, values in json.loads(kept)
        ]
        if kept
        else []
    )
    if anchor_day and anchor_day < today.isoformat():
        place = next((i for i, one in enumerate(found) if one.kind in _AFTER_IT), len(found))
        found.insert(place, Problem(key, _TODAYS, {"visit": anchor, "on": date.fromisoformat(anchor_day)}))
    return tuple(found)


@lru_cache(maxsize=10_000)
def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=10_000)
def _span(text: str) -> Window | None:
    if not text:
        return None
    first, _, last = text.partition("/")
    return Window(date.fromisoformat(first), date.fromisoformat(last))
