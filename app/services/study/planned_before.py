"""Whether the planned visits of a study are those of a release that plans otherwise, found when it is opened.

Where another release had planned them, everybody is planned again by today's rules, as of the same day. If no day
differs, today's visits replace the others without a word. If one does, the study goes on showing the visits of before
(`Study.before`) and takes no change that is planned, until a person has accepted it.
"""

import re
from datetime import date
from functools import partial

from app.domain.calendar.visits_before import PlannedBefore, moved_keys
from app.domain.planning.planning_rules import PLANNING_RULES, REMEMBERED
from app.domain.refusal import Refused
from app.progress import Progress
from app.protocols.findings import ProtocolRefused
from app.services.study.study import Study
from app.services.study.visit_cache import VERSION, rebuild, rules_of

_COUNTED = "planned_before"
"""Under this name the study remembers how many visits differ, so that they are counted once."""
_NUMBERS = re.compile(r"(\d{1,9}) (\d{1,9})", re.ASCII)


def look_at_planning(study: Study, today: date, progress: Progress | None = None) -> None:
    """Find out whether the planned visits are those of other rules that give other days, and note it in the study."""
    if study.store.broken is not None:
        return
    maker, planned_on, _horizon = study.store.visits.made_by()
    if maker == VERSION:
        return
    if not maker or not study.store.visits.hold():
        _tell_unknown(study, maker)
        return
    before = PlannedBefore(rules_of(maker), date.fromisoformat(planned_on))
    if study.store.read_only:
        study.before = before if before.rules != PLANNING_RULES else None
        return
    try:
        study.before = _counted(study, maker, before, today, progress)
        if study.before is None:
            rebuild(study, today, progress)
        study.forget()
    except (Refused, ProtocolRefused):
        # What cannot be planned is said where it is asked for, and a file that cannot be written when it is.
        study.forget()


def _tell_unknown(study: Study, maker: str) -> None:
    """Say once that what earlier rules had planned is not known, where visits were planned by such rules."""
    elsewhere = study.store.planned_elsewhere
    rules = str(rules_of(maker or elsewhere)) if maker or elsewhere else study.store.remembered(REMEMBERED)
    if rules in ("", str(PLANNING_RULES)) or not any(one.protocol for one in study.people().values()):
        return
    study.warn("planned_before_unseen" if elsewhere else "planned_before_unknown")
    if not study.store.read_only:
        with study.store.transaction():
            study.store.visits.restart("", "", "")
            study.store.remember(REMEMBERED, str(PLANNING_RULES))


def _counted(
    study: Study, maker: str, before: PlannedBefore, today: date, progress: Progress | None
) -> PlannedBefore | None:
    """Return what was planned before with how many visits differ today, of how many people; None where none does."""
    state = f"{maker} / {VERSION} / {study.head()}: "
    known = study.store.remembered(_COUNTED)
    found = _NUMBERS.fullmatch(known.removeprefix(state)) if known.startswith(state) else None
    if found is not None:
        return PlannedBefore(before.rules, before.planned_on, int(found[1]), int(found[2]))
    visits = participants = 0
    for case in study.each_case(progress=progress):
        kept, now = study.store.visits.of_subject(case.subject), study.plan(case, today)
        moved = moved_keys(kept, now, partial(study.plan, case, before.planned_on))
        visits, participants = visits + len(moved), participants + bool(moved)
    if not visits:
        return None
    with study.store.transaction():
        study.store.remember(_COUNTED, f"{state}{visits} {participants}")
        study.store.remember(REMEMBERED, str(before.rules))
    return PlannedBefore(before.rules, before.planned_on, visits, participants)
