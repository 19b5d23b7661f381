"""The derived visits of a study: kept in step with each change, made anew when they were made by something else."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from app import __version__
from app.domain.calendar.entries import Calendar
from app.domain.calendar.entry_codec import AT, Row, row_of
from app.domain.protocol.timing import Series
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.study.study import Study

VERSION = f"2 {__version__}"
"""What the derived visits are made by; any other makes them anew."""
FARTHEST = 3650
# Where the visits cannot be kept, the question is answered all the same.
_NO_ROOM = frozenset({"disk_full", "disk_error", "read_only", "folder_read_only"})


def update_visits(study: Study, subject: int, before: Calendar | None, after: Calendar | None) -> None:
    """Write one participant's visits as far as they differ, inside the transaction of the change."""
    made_by, planned_on, _horizon = study.store.visits.made_by()
    known = after or before
    if made_by != VERSION or known is None:
        return
    if planned_on > known.today.isoformat():
        # The whole table is older than this day knows of; the next question makes it anew.
        study.store.visits.restart("", "", "")
        return
    new = {entry.key: row_of(subject, entry) for entry in after.entries} if after is not None else {}
    if before is None or after is None:
        study.store.visits.replace(subject, list(new.values()))
        return
    old = {entry.key: row_of(subject, entry) for entry in before.entries}
    changed = [row for key, row in new.items() if old.get(key) != row]
    gone = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    study.store.visits.change(subject, gone, changed)


def add_visits(study: Study, calendars: Mapping[int, Calendar]) -> None:
    """Write the visits of participants who had none, inside the transaction of their enrolment."""
    made_by, planned_on, _horizon = study.store.visits.made_by()
    if made_by == VERSION and all(planned_on <= one.today.isoformat() for one in calendars.values()):
        rows = [row_of(subject, entry) for subject, one in calendars.items() for entry in one.entries]
        study.store.visits.add(rows)
    elif made_by:
        study.store.visits.restart("", "", "")


def refresh_visits(study: Study, today: date, last: date, progress: Progress | None = None, keep: bool = True) -> bool:
    """See that the derived visits hold for questions up to `last`; False where they do not and cannot be kept.

    `keep`: whether they may be made anew, which changes the file though nothing that was recorded.
    """
    made_by, planned_on, horizon = study.store.visits.made_by()
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


def differs(study: Study, today: date, progress: Progress | None = None) -> bool:
    """Whether the derived visits say anything else than planning does, on the day they were planned or today."""
    made_by, planned_on, _horizon = study.store.visits.made_by()
    if made_by != VERSION:
        return False
    cases = study.cases()
    days = {date.fromisoformat(planned_on), today}
    for done, (subject, case) in enumerate(cases.items(), start=1):
        kept = sorted(study.store.visits.of_subject(subject), key=_key)
        if all(kept != _rows_of(subject, study.plan(case, day)) for day in days):
            return True
        if progress is not None:
            progress(done, len(cases))
    return False


def _rows_of(subject: int, calendar: Calendar) -> list[Row]:
    return sorted((row_of(subject, entry) for entry in calendar.entries), key=_key)


def _key(row: Row) -> str:
    return str(row[AT["key"]])


def rebuild(study: Study, today: date, progress: Progress | None = None) -> None:
    """Throw the derived visits away and plan every participant again."""
    cases = study.cases()
    protocols = {study.protocol(case).id: study.protocol(case) for case in cases.values()}
    with study.store.transaction():
        study.store.visits.restart(VERSION, today.isoformat(), horizon_of(protocols.values(), today).isoformat())
        for done, (subject, case) in enumerate(cases.items(), start=1):
            calendar = study.plan(case, today)
            study.store.visits.add([row_of(subject, entry) for entry in calendar.entries])
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
