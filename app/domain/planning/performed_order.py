"""What speaks against the day on which a visit was performed: judged like a planned day, and never moved.

The window has its own result. This is the rest: the site was closed on that day, the dose came too soon after the one
before, the visit came before one that the protocol puts before it, or a procedure of the study before the consent.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.dates import ClosedDays
from app.domain.facts.planner_facts import Decided
from app.domain.facts.visit_keys import visit_of
from app.domain.planning.draft_visit import NOTHING, DraftVisit
from app.domain.planning.pathway import selected
from app.domain.protocol.anchors import FirstDated
from app.domain.protocol.regimens import DOSES, DayKind
from app.domain.protocol.timing import OnDemand
from app.domain.protocol.version import UNSCHEDULED, ProtocolVersion

Place = tuple[str, ...]
_FROM = "from"


def judge_performed(
    drafts: Mapping[str, DraftVisit], protocol: ProtocolVersion, decisions: Mapping[str, Decided], closed: ClosedDays
) -> None:
    """Add to each performed visit what speaks against its day."""
    found = [draft for draft in drafts.values() if draft.performed is not None]
    earlier = _performed_after_later_ones(found, protocol)
    consent = drafts.get(protocol.consent_visit)
    for draft in found:
        _check_consent(draft, consent, protocol)
        _check_closed(draft, closed)
        if draft.frozen and draft.visit.is_operation:
            _check_decisions(draft, protocol, decisions)
        too_early = _check_order(draft, drafts, earlier)
        if not too_early:
            _check_gap(draft)


def _check_consent(draft: DraftVisit, consent: DraftVisit | None, protocol: ProtocolVersion) -> None:
    """Add a problem where a procedure of the study in screening took place before the informed consent."""
    if draft.performed is None or consent is None or consent.performed is None:
        return
    if draft.performed.on < consent.performed.on and protocol.needs_consent(draft.visit):
        draft.add_problem("performed_before_consent", on=draft.performed.on, consent=consent.performed.on)


def _check_closed(draft: DraftVisit, closed: ClosedDays) -> None:
    if draft.performed is not None and (why := closed.reason(draft.performed.on)):
        draft.add_problem("performed_closed", on=draft.performed.on, why=why)


def _check_decisions(draft: DraftVisit, protocol: ProtocolVersion, decisions: Mapping[str, Decided]) -> None:
    """Add a problem where an operation took place against a decision, by which what follows it is cancelled.

    "No surgery" was decided on 25 March, and the patient was operated on 26 April after all: the days on the ward and
    follow-up stay cancelled until that decision is corrected.
    """
    for decided in decisions.values():
        decision = protocol.decisions.get(visit_of(decided.visit))
        effect = decision.outcomes.get(decided.outcome) if decision is not None else None
        if effect is None:
            continue
        turn = protocol.milestones[effect.milestone].cancel if effect.milestone else effect.cancel
        if draft.visit.id in selected(protocol, turn) | selected(protocol, effect.cancel):
            draft.add_problem("against_decision", visit=decided.visit, on=decided.on)
            return


def _check_gap(draft: DraftVisit) -> None:
    """Add a problem where a dose came sooner after the one before than the regimen allows.

    Doses at least 11 days apart: the first on 30 November, the second on 9 December. That is 9 days after it.
    """
    done, planned, before, first = draft.performed, draft.dose_before, _last_dose(draft), draft.first_after_gap
    if done is None or planned is None or planned.assumed is None or first is None:
        return
    if before is None or before.assumed is None:
        return
    days, least = (done.on - before.assumed).days, (first - planned.assumed).days
    if days >= least:
        return
    draft.add_problem("performed_too_near", on=done.on, visit=before.key, other=before.assumed, days=days, least=least)


def _last_dose(draft: DraftVisit) -> DraftVisit | None:
    """Return the dose before one; an end of treatment may have cancelled those that were planned between the two."""
    before = draft.dose_before
    while before is not None and before.cancelled:
        before = before.dose_before
    return before


def _check_order(draft: DraftVisit, drafts: Mapping[str, DraftVisit], earlier: Mapping[str, DraftVisit]) -> bool:
    """Add a problem where a visit came on the wrong side of another; return whether it came too early."""
    done = draft.performed
    if done is None or draft.outdated:
        return False
    passed_over = [one for one in _bases(draft) if _comes_before(draft, done.on, one, drafts)]
    passed_over += [earlier[draft.key]] if draft.key in earlier else []
    if passed_over:
        impossible = [one for one in passed_over if _is_impossible(draft, done.on, one)]
        other = (impossible or passed_over)[0]
        draft.add_problem("performed_before", bool(impossible), on=done.on, visit=other.key, other=other.assumed)
        return True
    basis = draft.counted_from
    if basis is not None and basis.performed is not None and _counts_back(draft, basis):
        last = draft.latest or draft.target
        if done.on > basis.performed.on and (last is None or done.on > last):
            draft.add_problem("performed_after", on=done.on, visit=basis.key, other=basis.performed.on)
    return False


def _is_impossible(draft: DraftVisit, on: date, other: DraftVisit) -> bool:
    """Whether no patient can have had a visit before another one, as both took place on different days.

    What follows an operation cannot come before it, the end of an infusion not before the infusion, and a dose not
    before the one before it. A reassessment before a dose that was put off can.
    """
    if other.performed is None or on >= other.performed.on:
        return False
    if other.day_kind in DOSES and (draft.day_kind in DOSES or draft.day_kind == DayKind.PUMP_DISCONNECT):
        return True
    return other is draft.counted_from and other.visit.is_operation


def _bases(draft: DraftVisit) -> Iterable[DraftVisit]:
    """Yield what a visit is counted from, what it may not precede, and the dose before it."""
    if draft.counted_from is not None and not _may_precede(draft, draft.counted_from):
        yield draft.counted_from
    yield from (one for one in draft.floors if one is not draft.counted_from)
    last_dose = _last_dose(draft)
    if last_dose is not None:
        yield last_dose


def _counts_back(draft: DraftVisit, basis: DraftVisit) -> bool:
    """Whether a visit is counted back from another, as screening is from day 1."""
    due = draft.target or draft.latest
    if basis.assumed is not None and due is not None:
        return due < basis.assumed
    timing = draft.visit.timing
    offset = (timing.offset if timing is not None else None) or NOTHING
    return offset.months < 0 or offset.days < 0


def _may_precede(draft: DraftVisit, basis: DraftVisit) -> bool:
    """Whether a visit is counted back from another, or has a window that opens before that one.

    A questionnaire is due on the day of inclusion, from two weeks before it to one week after it: answered three weeks
    before the inclusion it is early, and not out of order. An operation that may not precede its conference may not,
    however wide its window is.
    """
    timing = draft.visit.timing
    if draft.earliest is not None and basis.assumed is not None:
        if draft.earliest < basis.assumed:
            return draft.target is None or timing is None or not timing.not_before
        if draft.target is None:
            return False
    return _counts_back(draft, basis)


def _comes_before(draft: DraftVisit, on: date, other: DraftVisit, drafts: Mapping[str, DraftVisit]) -> bool:
    """Whether a visit was performed on a day on which the other one, which precedes it, had not yet taken place."""
    if other.cancelled or (other.assumed is None and other.left_out):
        return False
    if other is _last_dose(draft):
        return other.assumed is not None and on <= other.assumed
    if _held_by_another(draft, on, other, drafts):
        return False
    first = draft.earliest or draft.target
    return other.assumed is None or (on <= other.assumed and (first is None or on < first))


def _held_by_another(draft: DraftVisit, on: date, other: DraftVisit, drafts: Mapping[str, DraftVisit]) -> bool:
    """Whether the visit followed something else when it was performed, which a later plan has replaced.

    The visit 30 days after the operation of 5 April took place on 5 May. A second operation is planned for 10 July, and
    the visit would be counted from that one today; it has been held all the same.
    """
    done, timing = draft.performed, draft.visit.timing
    if done is None or (other.performed is not None and not (timing and isinstance(timing.anchor, FirstDated))):
        return False
    if timing is not None and isinstance(timing.anchor, FirstDated):
        others = (drafts[key] for key in timing.anchor.visits if key in drafts and key != other.key)
        if any(one.performed is not None and one.performed.on <= on for one in others):
            return True
    return other.performed is None and done.judged is not None and not done.judged_by and not other.visit.is_operation


def _performed_after_later_ones(performed: Iterable[DraftVisit], protocol: ProtocolVersion) -> Mapping[str, DraftVisit]:
    """Return, by the key of a visit, the earlier one by protocol that took place on the same day or after it."""
    rows: dict[Place, list[DraftVisit]] = {}
    for draft in performed:
        for place in _rows(draft, protocol):
            rows.setdefault(place, []).append(draft)
    found: dict[str, DraftVisit] = {}
    for place, row in rows.items():
        latest: DraftVisit | None = None
        for draft in sorted(row, key=_by_target if place[0] == _FROM else _by_number):
            if latest is None or _day(draft) > _day(latest):
                latest = draft
            elif place[0] != _FROM or _closes_before(latest, draft):
                found[draft.key] = latest
    return found


def _rows(draft: DraftVisit, protocol: ProtocolVersion) -> Iterable[Place]:
    """Yield the rows in which a visit has its place: the doses of a course, a series, what is counted from one visit.

    Follow-up after three and after six months are both counted from the operation: the second comes after the first.
    """
    visit, basis = draft.visit, draft.counted_from
    if draft.outdated or visit is UNSCHEDULED:
        return
    course = protocol.course_rows.get(visit.id)
    if course is not None:
        if draft.day_kind in DOSES:
            yield ("course", course)
        return
    if visit.repeat is not None and not isinstance(visit.repeat, OnDemand) and not draft.day and "/" not in draft.key:
        yield ("series", visit.id, draft.key.partition("@")[2])
    if basis is not None and draft.window is not None and not _may_precede(draft, basis):
        yield (_FROM, basis.key)


def _closes_before(draft: DraftVisit, other: DraftVisit) -> bool:
    return draft.latest is not None and other.earliest is not None and draft.latest < other.earliest


def _by_number(draft: DraftVisit) -> tuple[int, int]:
    return draft.number, draft.day


def _by_target(draft: DraftVisit) -> date:
    return draft.target or draft.earliest or date.max


def _day(draft: DraftVisit) -> date:
    return draft.performed.on if draft.performed is not None else date.min
