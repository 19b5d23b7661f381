"""Visits that were performed for another visit which has moved since, and their repeats."""

from app.domain.facts.planner_facts import Performed
from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.planning.fact_index import FactIndex


def next_repeat(draft: DraftVisit, facts: FactIndex, only_records: bool = False) -> str | None:
    """Return the key of the repeat of a visit that is outdated or has a repeat with facts; None when it needs none.

    Bloods were taken on Friday 27 November for a dose on Monday 30 November, at most four days before it. When the dose
    moves to 7 December the window opens on 3 December: the bloods of ``BL#1.1`` are outdated, and a repeat ``BL#1.1/2``
    is planned. Both visits get a problem. Facts about a repeat keep it, even when the dose moves back.

    `only_records`: nothing is planned for the participant, so no window was kept with what was performed, and the day
    proposed today takes its place.
    """
    key, _, repeat = draft.key.partition("/")
    following = f"{key}/{int(repeat or 1) + 1}"
    if _is_outdated(draft, following, only_records) or _is_replaced(
        draft, facts.performed(following), facts.told.get(following, 0)
    ):
        return following
    return following if following in facts.keys else None


def _is_replaced(draft: DraftVisit, again: Performed | None, told: int) -> bool:
    """Whether a repeat took place; if so, the visit stays outdated, also when the other visit moves back.

    `told`: the number of the fact that the repeat took place.
    """
    if draft.performed is None or again is None:
        return False
    draft.outdated = True
    draft.replaced = told
    draft.add_problem("repeated", visit=again.visit, on=again.on)
    return True


def _is_outdated(draft: DraftVisit, following: str, only_records: bool) -> bool:
    """Whether the visit was performed before the window in which it counts; if so, mark it."""
    timing, other, performed = draft.visit.timing, draft.counted_from, draft.performed
    if performed is None or timing is None or other is None or timing.before is None:
        return False
    day = other.assumed_before_performance or (other.proposed if only_records else None)
    if day is None:
        return False
    earliest = timing.before.before((timing.offset or NOTHING).after(day))
    if draft.not_before is not None and performed.judged_from is not None and day > performed.judged_from:
        # The other visit has moved. Of a visit that is not before a conference, the window opens with that.
        earliest = max(earliest, draft.not_before)
    judged = performed.judged
    # Judged by the window of today, it was recorded when the other visit had this day already: too early from the
    # start, but nothing has moved since.
    moved = judged is None or (judged.earliest < earliest and judged.earliest != draft.earliest)
    if performed.on >= earliest or not moved:
        return False
    draft.outdated = True
    draft.add_problem("outdated", on=performed.on, earliest=earliest, visit=other.key)
    if other.performed is None:
        other.add_problem("outdated_before", visit=draft.key, on=performed.on, again=following)
    return True
