"""The cached visits of a study: updated with each change, planned again when another release had made them.

Those of other planning rules are planned again only once a person has accepted it (`planned_before`).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from app import __version__
from app.domain.calendar.entries import Calendar
from app.domain.calendar.entry_codec import AT, Row, row_of
from app.domain.planning.planning_rules import FIRST_RULES, PLANNING_RULES, REMEMBERED
from app.domain.protocol.timing import Series
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.study.study import Study

VERSION = f"5 {__version__} rules {PLANNING_RULES}"
"""The maker of the cached visits; those of any other maker are planned again."""
_RULES_OF_MAKER = re.compile(r" rules (\d{1,6})$", re.ASCII)
FARTHEST = 3650
"""Days ahead for which all visits are known where no series is without end."""
# Where the visits cannot be written, the question is answered by planning.
_NO_ROOM = frozenset({"disk_full", "disk_error", "read_only", "folder_read_only", "damaged"})


def rules_of(maker: str) -> int:
    """Return the number of the planning rules of a maker; the first release did not note it."""
    found = _RULES_OF_MAKER.search(maker)
    return int(found[1]) if found is not None else FIRST_RULES


def note_rules(study: Study) -> None:
    """Remember that the visits are planned by today's rules, inside a transaction."""
    if study.store.remembered(REMEMBERED) != str(PLANNING_RULES):
        study.store.remember(REMEMBERED, str(PLANNING_RULES))


def update_visits(study: Study, subject: int, before: Calendar | None, after: Calendar | None) -> None:
    """Write those of one participant's visits that differ, inside the transaction of the change."""
    made_by, planned_on, _horizon = study.store.visits.made_by()
    known = after or before
    if known is not None:
        note_rules(study)
    if made_by != VERSION or known is None:
        return
    if planned_on > known.today.isoformat():
        # The table was planned on a later day than this change is made on; the next question plans it again.
        study.store.visits.restart("", "", "")
        return
    new = {entry.key: row_of(subject, entry) for entry in after.entries} if after is not None else {}
    if before is None or after is None:
        study.store.visits.replace(subject, list(new.values()))
    else:
        old = {entry.key: row_of(subject, entry) for entry in before.entries}
        changed = [row for key, row in new.items() if old.get(key) != row]
        gone = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        if gone:
            study.store.visits.change(subject, gone, changed)
    if after is not None and (before is None or after.asked != before.asked):
        study.store.visits.note_asked(subject, after.asked)


def add_visits(study: Study, calendars: Mapping[int, Calendar]) -> None:
    """Write the visits of participants who had none, inside the transaction of their enrolment."""
    made_by, planned_on, _horizon = study.store.visits.made_by()
    note_rules(study)
    if made_by == VERSION and all(planned_on <= one.today.isoformat() for one in calendars.values()):
        rows = [row_of(subject, entry) for subject, one in calendars.items() for entry in one.entries]
        study.store.visits.add(rows)
        for subject, one in calendars.items():
            study.store.visits.note_asked(subject, one.asked)
    elif made_by:
        study.store.visits.restart("", "", "")


def refresh_visits(study: Study, today: date, last: date, progress: Progress | None = None, keep: bool = True) -> bool:
    """Make the cached visits valid for questions up to `last`; return False where they are not and cannot be written.

    Those that another program has changed are thrown away and planned again; `Study.warnings` tells it.

    `keep`: whether they may be written, which changes the file though no recorded fact.
    """
    if are_shown(study, today, last):
        return True
    if study.store.broken is not None or study.before is not None or study.store.read_only or not keep:
        return False
    try:
        rebuild(study, today, progress)
    except Refused as refused:
        if refused.kind not in _NO_ROOM:
            raise
        return False
    return True


def are_shown(study: Study, today: date, last: date) -> bool:
    """Return whether the cached visits are what is shown of everybody up to `last`, without planning anything."""
    return study.store.broken is None and study.before is None and are_valid(study, today, last)


def are_valid(study: Study, today: date, last: date) -> bool:
    """Return whether the cached visits are those of today up to `last`, and as they were written."""
    made_by, planned_on, horizon = study.store.visits.made_by()
    if made_by != VERSION:
        return False
    if not study.store.visits.hold():
        study.warn("visits_made_again")
        return False
    if planned_on == today.isoformat():
        return True
    if planned_on[:4] != f"{today:%Y}" or planned_on > today.isoformat() or last.isoformat() > horizon:
        return False
    # Somebody may have been enrolled since on a protocol whose series are planned less far ahead than others.
    taken = [study.protocol_text(protocol_hash) for protocol_hash in study.facts.protocols]
    return last <= horizon_of(taken, date.fromisoformat(planned_on))


def prove_visits(study: Study) -> None:
    """Look whether the cached visits are as they were written, which is asked once, before anybody waits for it."""
    if study.store.broken is None and study.before is None:
        study.store.visits.hold()


def differs(study: Study, today: date, progress: Progress | None = None) -> bool:
    """Return whether the cached visits differ from planning, on the day they were planned or today."""
    made_by, planned_on, _horizon = study.store.visits.made_by()
    if made_by != VERSION:
        return False
    if not study.store.visits.hold():
        return True
    days = {date.fromisoformat(planned_on), today}
    for case in study.each_case(progress=progress):
        kept = sorted(study.store.visits.of_subject(case.subject), key=_key)
        if all(kept != _rows_of(case.subject, study.plan(case, day)) for day in days):
            return True
    return False


def _rows_of(subject: int, calendar: Calendar) -> list[Row]:
    return sorted((row_of(subject, entry) for entry in calendar.entries), key=_key)


def _key(row: Row) -> str:
    return str(row[AT["key"]])


def rebuild(study: Study, today: date, progress: Progress | None = None) -> None:
    """Throw the cached visits away and plan every participant again."""
    with study.store.transaction():
        plan_again(study, today, progress)


def plan_again(study: Study, today: date, progress: Progress | None = None) -> None:
    """Do so inside a transaction."""
    used = {person.protocol for person in study.people().values()}.intersection(study.facts.protocols)
    protocols = [study.protocol_with_values(one, study.facts) for one in used]
    note_rules(study)
    study.store.visits.restart(VERSION, today.isoformat(), horizon_of(protocols, today).isoformat())
    for case in study.each_case(progress=progress):
        calendar = study.plan(case, today)
        study.store.visits.add([row_of(case.subject, entry) for entry in calendar.entries])
        study.store.visits.note_asked(case.subject, calendar.asked)


def horizon_of(protocols: Iterable[ProtocolVersion], today: date) -> date:
    """Return the last day for which all visits are known today: an endless series is planned only so far ahead."""
    ends = [
        visit.repeat.beyond.after(today)
        for protocol in protocols
        for visit in protocol.visits.values()
        if isinstance(visit.repeat, Series) and visit.repeat.beyond is not None
    ]
    return min(ends, default=today + timedelta(FARTHEST))
