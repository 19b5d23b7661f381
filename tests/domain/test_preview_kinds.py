"""Each kind of change in a preview, from two entries that differ in one thing."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.calendar.difference import Change, Kind, difference, totals
from app.domain.calendar.entries import Calendar, Entry, Problem, ProblemKind, Status
from app.services.queries.rehearsal import rehearse

STORY = {
    "protocol": "scanpan",
    "today": "2026-11-23",
    "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"},
    "facts": [],
}
WHOLE = rehearse(json.dumps(STORY)).calendar
DAY = date(2027, 2, 1)
# Reassessment 1: target Sat 30 January 2027, window to 13 February, proposed Mon 1 February.
ENTRY = WHOLE.by_key["SP-R01"]


def of(*entries: Entry) -> Calendar:
    return replace(WHOLE, entries=entries)


def only(now: Entry, new: Entry) -> Change:
    (change,) = difference(of(now), of(new))
    return change


def test_nothing_changed_is_no_change() -> None:
    assert difference(WHOLE, WHOLE) == ()


def test_a_visit_that_disappears_has_no_new_day() -> None:
    (change,) = difference(of(ENTRY), of())
    assert change == Change("SP-R01", Kind.DISAPPEARS, ENTRY, None, None, False, False)


@pytest.mark.parametrize("kind", ["closed_day", "booking_closed", "moved_closed"])
def test_a_visit_that_appears_on_a_closed_day_says_so(kind: ProblemKind) -> None:
    closed = replace(ENTRY, problems=(Problem("SP-R01", kind, {}),))
    (change,) = difference(of(), of(closed))
    assert change == Change("SP-R01", Kind.APPEARS, None, closed, None, False, True)
    (change,) = difference(of(), of(ENTRY))
    assert not change.meets_closed_day
    assert only(ENTRY, closed).meets_closed_day
    assert not only(closed, replace(closed, assumed=DAY + timedelta(1))).meets_closed_day


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"assumed": date(2027, 2, 3)}, Kind.MOVES),
        ({"status": Status.CANCELLED}, Kind.CANCELLED),
        ({"target": date(2027, 1, 29)}, Kind.CHANGES),
        ({"earliest": date(2027, 1, 29)}, Kind.CHANGES),
        ({"target": date(2027, 1, 29), "booked": DAY}, Kind.STAYS_BOOKED),
        ({"earliest": date(2027, 1, 29), "booked": DAY}, Kind.STAYS_BOOKED),
        ({"latest": date(2027, 2, 12), "booked": DAY}, Kind.STAYS_BOOKED),
        ({"target": date(2027, 1, 29), "booked": date(2027, 2, 2)}, Kind.CHANGES),
        ({"target": date(2027, 1, 29), "moved": DAY}, Kind.STAYS_MOVED),
        ({"target": date(2027, 1, 29), "moved": date(2027, 2, 2)}, Kind.CHANGES),
        ({"target": date(2027, 1, 29), "performed": DAY, "status": Status.PERFORMED}, Kind.STAYS_PERFORMED),
        ({"basis": "recorded"}, Kind.CHANGES),
    ],
)
def test_what_becomes_of_a_visit(fields: dict[str, Any], kind: Kind) -> None:
    change = only(ENTRY, replace(ENTRY, **fields))
    assert change.kind is kind
    assert change.shift == (2 if kind is Kind.MOVES else 0)


def test_a_cancelled_visit_may_come_back() -> None:
    cancelled = replace(ENTRY, status=Status.CANCELLED)
    assert only(cancelled, ENTRY).kind is Kind.REVIVED
    assert only(cancelled, replace(ENTRY, status=Status.CANCELLED, basis="recorded")).kind is Kind.CHANGES
    assert only(cancelled, replace(ENTRY, status=Status.PERFORMED)).kind is not Kind.REVIVED


def test_leaving_the_window_is_told_once() -> None:
    out = replace(ENTRY, assumed=date(2027, 2, 15))
    assert only(ENTRY, out).leaves_window
    assert not only(out, replace(out, assumed=date(2027, 2, 16))).leaves_window
    assert not only(ENTRY, replace(out, status=Status.PERFORMED)).leaves_window
    assert only(ENTRY, replace(ENTRY, assumed=None)).shift is None


def test_totals_count_each_kind_in_order() -> None:
    moved = replace(WHOLE.by_key["SP-F24"], assumed=date(2029, 4, 9))
    before = of(ENTRY, WHOLE.by_key["SP-F24"])
    assert totals(difference(before, of(moved))) == {Kind.MOVES: 1, Kind.DISAPPEARS: 1}
