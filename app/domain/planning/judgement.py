"""The window by which a performed visit is judged.

Screening "28 days to 1 day before day 1" took place on 10 March, while day 1 was expected on 20 March. Until day 1 has
happened nobody can say whether that was inside: by the forecast it is, and the result is provisional. Day 1 given on
8 April decides it: the window is 11 March to 7 April, and screening was a day early for good.
"""

from dataclasses import replace

from app.domain.calendar.entries import Registered
from app.domain.dates import Window
from app.domain.facts.planner_facts import Missed, Omitted, Participant
from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.timing import Series
from app.domain.protocol.version import ProtocolVersion


def is_provisional(draft: DraftVisit, facts: FactIndex, expected: DraftVisit | None) -> bool:
    """Return whether a performed visit is judged by a forecast.

    One that was judged when the day had happened stays so, also when a second operation is planned from which it would
    be counted today; one that a repeat has replaced keeps its result.
    """
    done = draft.performed
    if done is None or draft.outdated or draft.window is None or not done.judged_by:
        return False
    if draft.visit.on_performed is not None and expected is not None and expected.cancelled:
        return False
    basis = _basis(draft, facts)
    return basis is not None and basis.result is None and not basis.cancelled


def judged_window(
    draft: DraftVisit, facts: FactIndex, expected: DraftVisit | None, returns: bool = False
) -> Window | None:
    """Return the window by which a performed visit is judged as of today, or that in which one did not happen.

    `expected`: the visit that the window was counted from when the visit was recorded. `returns`: whether a cycle
    returns to the weekday of the first.
    """
    if isinstance(draft.result, Missed | Omitted):
        return draft.result.window
    done = draft.performed
    if done is None:
        return None
    if done.judged is None or not done.judged_by or done.judged_from is None:
        return done.judged
    if draft.outdated and not _was_final(draft, facts):
        return done.judged
    if draft.visit.on_performed is not None and expected is not None and expected.cancelled:
        # An operation ends the treatment that it was counted from: the dose that was expected will never be given.
        return done.judged
    happened = facts.performed(done.judged_by)
    basis = _basis(draft, facts)
    day = basis.assumed if basis is not None else happened.on if happened is not None else None
    if day is None or (basis is not None and basis.cancelled):
        return done.judged
    # The values of the site may have changed since: the window keeps its distance and its width, and moves only with
    # the day that it is counted from.
    if draft.retimed:
        return draft.window
    moved = (day - done.judged_from).days
    if basis is None or (_moves_by_days(draft, returns and moved != 0) and not _new_regimen(basis, draft.key, facts)):
        return done.judged.shifted(moved)
    return _window_when_final(draft)


def _window_when_final(draft: DraftVisit) -> Window | None:
    """The window of today, opened as it was when the visit was judged for good."""
    window = draft.window
    return window if window is None or draft.opened is None else replace(window, earliest=draft.opened)


def _was_final(draft: DraftVisit, facts: FactIndex) -> bool:
    """Whether the result of a visit was final already when its repeat took place: it keeps that result.

    Bloods of 11 May were judged for good by the dose of that day. A repeat of 18 May is entered all the same: it makes
    them outdated, and changes nothing in how they were judged.
    """
    basis = draft.counted_from
    return basis is not None and 0 < facts.told.get(basis.key, 0) < draft.replaced


def _new_regimen(basis: DraftVisit, key: str, facts: FactIndex) -> bool:
    """Whether the visit that another is counted from has another regimen than when the other was recorded.

    Cycle 4 was given while cycle 3 was not recorded, expected 14 days before. From a change of regimen on, cycle 3 is
    one of 28 days, and cycle 4 is due 28 days after it. Once cycle 3 has happened, a later change does not concern it.
    Nor does an earlier one, where cycle 3 turns out to have been given before it: then it is due after 14 days again.
    """
    before = facts.changes_before.get(key, 0)
    until = facts.changes_before.get(basis.key) if basis.performed is not None else None
    if any(change.to == basis.regimen for change in facts.regimen_changes[before:until]):
        return True
    expected = facts.regimen_changes[before - 1] if before else None
    if expected is None or basis.performed is None:
        return False
    return basis.performed.on <= expected.on and basis.regimen != expected.to


def _basis(draft: DraftVisit, facts: FactIndex) -> DraftVisit | None:
    """Return the visit by which a visit is judged: None if that of the time has happened and it is no longer the one.

    A visit after the operation of 5 April is judged by it once it has happened. A second operation, from which the
    visit would be counted today, changes nothing in that.
    """
    basis, done = draft.counted_from, draft.performed
    if basis is None or done is None:
        return None
    return None if basis.key != done.judged_by and facts.performed(done.judged_by) is not None else basis


def _moves_by_days(draft: DraftVisit, returns: bool) -> bool:
    """Whether the window moves by as many days as the one day that it is counted from.

    `returns`: the first day of a cycle does not, as it returns to a weekday.
    """
    timing = draft.visit.timing
    if timing is None or (returns and draft.day == 1 and draft.cycle > 1 and draft.day_kind in DOSES):
        return False
    bounds = [bound for bound in (timing.first, timing.last) if bound is not None]
    periods = [timing.offset or NOTHING, timing.before or NOTHING, timing.after or NOTHING]
    periods += [bound.offset for bound in bounds]
    repeat = draft.visit.repeat
    if isinstance(repeat, Series):
        periods += [*repeat.at, repeat.start, *(stretch.every for stretch in repeat.stretches)]
    one_anchor = len({bound.name for bound in bounds}) <= 1 and not timing.not_before and not timing.opens_not_before
    return one_anchor and not any(period.months for period in periods)


def registered_as(draft: DraftVisit, protocol: ProtocolVersion, participant: Participant) -> Registered:
    """Return which day of the entry into the study it is, of somebody whose dates were only recorded from the start.

    A day of consent that was given by itself is one.
    """
    if draft.performed is None or not protocol.only_records(participant.choices):
        return ""
    if draft.visit.id == protocol.enrolment_visit:
        return "enrolment"
    own = participant.consented_on is not None
    return "consent" if draft.visit.id == protocol.consent_visit and not own else ""
