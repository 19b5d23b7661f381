"""The visits that go on although the outcome of another one, which decides on them, is not recorded.

Reassessment 1 was held on 1 February and nobody has recorded what was decided. The operation, the restaging and every
cycle from that day on depend on it: "continue" takes the restaging away, and "palliative" cancels them all. What is
only cancelled with the operation, such as follow-up in two years, is left out unless a day was arranged for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.pathway import selected
from app.domain.protocol.anchors import AfterOutcome, DecidingVisit
from app.domain.protocol.decisions import Effect
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import ProtocolVersion, Visit


@dataclass(slots=True)
class OpenOutcome:
    """A visit that was held without its outcome, and what the possible outcomes decide on.

    `courses`: treatment that goes on, changes or ends; `visits`: what one of them takes off the pathway or puts off;
    `cancelled`: what one of them cancels.
    """

    key: str
    visit: str
    held: date
    courses: set[str] = field(default_factory=set)
    visits: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)

    def decides_on(self, draft: DraftVisit, protocol: ProtocolVersion) -> bool:
        """Return whether a visit waits for this outcome, or went on without it."""
        if draft.key == self.key or draft.dropped:
            return False
        day = draft.assumed
        if draft.visit.sort == "operation" or _is_counted_from(self.visit, draft.visit):
            return draft.performed is None or draft.performed.on >= self.held
        if day is not None and day < self.held:
            return False
        course = protocol.course_rows.get(draft.visit.id)
        if course is not None:
            return course in self.courses and draft.day_kind in DOSES
        if draft.visit.id in self.visits:
            return True
        return draft.visit.id in self.cancelled and draft.arranged is not None and draft.result is None


def open_outcomes(
    undecided: Iterable[DraftVisit], drafts: Mapping[str, DraftVisit], protocol: ProtocolVersion
) -> Sequence[OpenOutcome]:
    """Return what the outcomes of these visits, which were held without one, decide on; the first held comes first.

    A course counts once what it is counted from has happened: chemotherapy after an operation waits for the operation.
    """
    found = []
    for draft in undecided:
        if draft.performed is None:
            continue
        one = OpenOutcome(draft.key, draft.visit.id, draft.performed.on)
        for effect in protocol.decisions[draft.visit.id].outcomes.values():
            _add(one, effect, protocol)
        one.courses = {course for course in one.courses if _has_come(drafts.get(protocol.course(course).first))}
        found.append(one)
    return sorted(found, key=lambda one: (one.held, one.key))


def _has_come(first: DraftVisit | None) -> bool:
    return first is not None and (first.basis_recorded or first.performed is not None)


def _add(one: OpenOutcome, effect: Effect, protocol: ProtocolVersion) -> None:
    one.courses.update(effect.end, effect.discontinue, effect.extend)
    one.courses.update(change.course for change in effect.course_changes)
    one.visits.update(effect.skip, effect.cancel_later)
    one.cancelled |= selected(protocol, effect.cancel)
    if effect.milestone:
        _add(one, protocol.milestones[effect.milestone], protocol)


def _is_counted_from(deciding: str, visit: Visit) -> bool:
    """Whether a visit is counted from the one at which something is decided."""
    if visit.timing is None:
        return False
    anchors = (visit.timing.anchor, *(bound.anchor for bound in visit.timing.not_before))
    return any(isinstance(one, DecidingVisit | AfterOutcome) and deciding in one.at for one in anchors)
