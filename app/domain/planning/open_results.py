"""The doses that come before the result of an assessment.

The scan of 1 February decides how treatment goes on. It is due since 30 January, and neither its result nor its outcome
is recorded: the dose of 8 February, the first one after it, is one that nobody has decided on. A dose that is only
forecast says nothing, as it is far off.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.regimens import DOSES

_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class OpenResult:
    """An assessment without result and outcome, by its key, and the first day on which it is due."""

    visit: str
    due: date


def doses_before_results(
    deciding: Iterable[DraftVisit], drafts: Iterable[DraftVisit], facts: FactIndex
) -> Mapping[str, OpenResult]:
    """Return, by the key of a dose, the assessment without a result that it is the first dose after.

    `deciding`: the visits at which something is decided. The dose was given, is booked, or is the next one to be given
    and counted from a day that has happened.
    """
    waiting = [one for one in deciding if one.result is None and not one.cancelled and one.key not in facts.decisions]
    dated = [(one.assumed, one) for one in waiting if one.assumed is not None]
    if not dated:
        return {}
    doses = [one for one in drafts if one.day_kind in DOSES and not one.dropped and one.assumed is not None]
    doses.sort(key=lambda one: one.assumed or date.max)
    following = next((one for one in doses if one.result is None), None)
    found: dict[str, OpenResult] = {}
    for day, assessment in sorted(dated, key=lambda pair: pair[0]):
        dose = next((one for one in doses if one.assumed is not None and one.assumed >= day), None)
        if dose is None or dose.key in found:
            continue
        booked = facts.booked.get(dose.key)
        is_next = dose is following and dose.basis_recorded
        if dose.performed is not None or (booked is not None and booked.on == dose.assumed) or is_next:
            found[dose.key] = OpenResult(assessment.key, _first_due(assessment, day))
    return found


def _first_due(assessment: DraftVisit, day: date) -> date:
    """The first day on which it is due or overdue: that of its window, or the one after the day arranged for it."""
    first = assessment.earliest or day
    return first if assessment.arranged is None else min(first, assessment.arranged + _DAY)
