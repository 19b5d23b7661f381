"""The preview of a change before it is made."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.calendar.difference import Change, ChangeKind, difference, totals
from app.domain.calendar.entries import Calendar, Entry, Problem, ProblemKind, Status
from app.domain.facts import planner_facts as f
from tests.domain.stories import (
    booked,
    calendar,
    chosen,
    d,
    decided,
    done,
    found_again,
    lost,
    moved,
    omitted,
    stopped,
)

TODAY = "2027-04-05"


def preview(before: list[f.Fact], *new: f.Fact, today: str = TODAY, staged: bool = False) -> dict[str, Change]:
    """What the new facts would do after those before, by key."""
    choices = {"staged": staged}
    now = calendar(*before, today=today, choices=choices)
    then = calendar(*before, *new, today=today, choices=choices)
    return {change.key: change for change in difference(now, then)}


def test_nothing_changes_between_a_calendar_and_itself() -> None:
    same = calendar(today=TODAY)
    assert difference(same, same) == ()
    assert totals(()) == {}


def test_a_delayed_cycle_moves_with_all_after_it_by_as_many_days() -> None:
    found = preview([], moved("SP-C02#2", "2026-12-21"))
    assert (found["SP-C02#2"].kind, found["SP-C02#2"].shift) == (ChangeKind.MOVES, 7)
    assert (found["SP-C02#3"].kind, found["SP-C02#3"].shift) == (ChangeKind.MOVES, 7)
    assert (found["SP-F24"].kind, found["SP-F24"].shift) == (ChangeKind.MOVES, 7)
    # cycle 1 and the visits counted from it do not appear at all
    assert not {"SP-C01", "SP-C03#1.3", "SP-R01", "SP-S01"} & found.keys()


def test_an_earlier_day_is_a_negative_shift() -> None:
    # the operation on 04-05, booked on the Thursday before Easter instead, 03-25
    found = preview([], booked("SP-P03", "2027-03-25"), today="2026-11-23")
    assert (found["SP-P03"].kind, found["SP-P03"].shift) == (ChangeKind.MOVES, -11)
    assert (found["SP-P03"].leaves_window, found["SP-O08"].leaves_window) == (True, False)


def test_a_performed_visit_stays_where_it_was() -> None:
    found = preview([done("SP-C04#1.1", "2026-11-27")], moved("SP-C01", "2026-12-07"), today="2026-11-28")
    change = found["SP-C04#1.1"]
    assert (change.kind, change.shift) == (ChangeKind.STAYS_PERFORMED, 0)
    assert change.new is not None
    assert change.new.outdated


def test_a_booked_visit_stays_and_may_leave_its_window() -> None:
    # cycle 2 booked on Tuesday 12-15, inside 12-14..12-17; a week later its window is 12-21..12-24
    found = preview([booked("SP-C02#2", "2026-12-15")], moved("SP-C01", "2026-12-07"), today="2026-11-23")
    change = found["SP-C02#2"]
    assert (change.kind, change.shift, change.leaves_window) == (ChangeKind.STAYS_BOOKED, 0, True)
    # cycle 3 was counted from the booking and still is
    assert "SP-C02#3" not in found


def test_a_day_held_by_a_person_stays_too() -> None:
    found = preview([moved("SP-C02#2", "2026-12-15")], moved("SP-C01", "2026-12-07"), today="2026-11-23")
    assert (found["SP-C02#2"].kind, found["SP-C02#2"].leaves_window) == (ChangeKind.STAYS_MOVED, True)


def test_a_visit_outside_its_window_does_not_leave_it_again() -> None:
    found = preview([booked("SP-C02#2", "2027-01-15")], moved("SP-C01", "2026-12-07"), today="2026-11-23")
    assert not found["SP-C02#2"].leaves_window


def test_a_repeat_appears_with_its_day() -> None:
    change = preview([done("SP-C04#1.1", "2026-11-27")], moved("SP-C01", "2026-12-07"), today="2026-11-28")[
        "SP-C04#1.1/2"
    ]
    assert (change.kind, change.now, change.shift, change.leaves_window) == (ChangeKind.APPEARS, None, None, False)
    assert change.new is not None
    assert change.new.assumed == d("2026-12-04")


def test_visits_that_leave_the_pathway_disappear_and_are_listed_last() -> None:
    before, after = calendar(today=TODAY), calendar(decided("SP-R01", TODAY, "continue"), today=TODAY)
    changes = difference(before, after)
    assert (changes[-1].key, changes[-1].kind, changes[-1].new) == ("SP-R02", ChangeKind.DISAPPEARS, None)
    assert changes[-1].now == before.by_key["SP-R02"]
    kept = [change.key for change in changes if change.new is not None]
    assert kept == [entry.key for entry in after.entries if entry.key in set(kept)], "in the order of the calendar"


def test_a_visit_that_loses_its_day_has_no_shift() -> None:
    change = preview([], decided("SP-R01", TODAY, "continue"))["SP-P03"]
    assert (change.kind, change.shift) == (ChangeKind.MOVES, None)


def test_cancelled_and_revived() -> None:
    away = preview([], lost("2026-12-01"))
    assert away["SP-F24"].kind is ChangeKind.CANCELLED
    back = preview([lost("2026-12-01")], found_again("2026-12-20"))
    assert back["SP-F24"].kind is ChangeKind.REVIVED
    assert preview([], omitted("SP-C02#2", "2026-12-14"))["SP-C04#2.1"].kind is ChangeKind.CANCELLED


def test_a_visit_that_keeps_its_days_changes_when_its_basis_is_recorded() -> None:
    found = preview([], done("SP-C01", "2026-11-30"), today="2026-11-30")
    # done on the very day: nothing moves, the next cycle is recorded and no longer a forecast
    assert {change.kind for change in found.values()} == {ChangeKind.CHANGES}
    change = found["SP-C02#2"]
    assert change.now is not None
    assert change.new is not None
    assert (change.now.basis, change.new.basis, change.shift) == ("forecast", "recorded", 0)
    assert found["SP-C01"].new is not None
    assert found["SP-C01"].new.status is Status.PERFORMED


def test_a_visit_that_meets_a_closed_day_is_told_once() -> None:
    # the operation from Monday 04-05 to Friday 04-09: day 1 falls on a Saturday, day 5 no longer does
    found = preview([], booked("SP-P03", "2027-04-09"), today="2026-11-23")
    assert (found["SP-O01"].meets_closed_day, found["SP-O03"].meets_closed_day) == (True, False)
    # a week later day 5 is still on a Saturday, as before
    assert not preview([], booked("SP-P03", "2027-04-12"), today="2026-11-23")["SP-O03"].meets_closed_day


def test_days_after_a_second_operation_may_meet_a_closed_day_as_they_appear() -> None:
    found = preview([done("SP-P03", TODAY)], booked("SP-P04", "2027-06-11"), staged=True)
    assert (found["SP-O01@2"].kind, found["SP-O01@2"].meets_closed_day) == (ChangeKind.APPEARS, True)


def test_a_booking_on_a_closed_day_meets_one() -> None:
    assert preview([], booked("SP-C02#2", "2026-12-25"))["SP-C02#2"].meets_closed_day


def test_totals_count_each_kind_in_a_fixed_order() -> None:
    before = calendar(booked("SP-C02#2", "2026-12-15"), today=TODAY)
    after = calendar(
        booked("SP-C02#2", "2026-12-15"),
        moved("SP-C01", "2026-12-07"),
        stopped("postop_chemo", TODAY),
        chosen("eortc", True, TODAY),
        today=TODAY,
    )
    counted = totals(difference(before, after))
    # 12 postoperative entries and the visit at their end; the questionnaires; the booking
    assert (counted[ChangeKind.CANCELLED], counted[ChangeKind.APPEARS], counted[ChangeKind.STAYS_BOOKED]) == (13, 1, 1)
    assert list(counted) == [kind for kind in ChangeKind if kind in counted]
    assert sum(counted.values()) == len(difference(before, after))


@pytest.mark.parametrize("days", [1, 30, 400])
def test_no_change_is_invented_by_waiting(days: int) -> None:
    before = calendar(today=TODAY)
    after = calendar(today=(d(TODAY) + timedelta(days)).isoformat())
    assert {change.kind for change in difference(before, after)} <= {ChangeKind.CHANGES}


# Each kind of change, from two entries that differ in one thing

WHOLE = calendar(today="2026-11-23")
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
    assert change == Change("SP-R01", ChangeKind.DISAPPEARS, ENTRY, None, None, False, False)


@pytest.mark.parametrize("kind", ["closed_day", "booking_closed", "moved_closed"])
def test_a_visit_that_appears_on_a_closed_day_says_so(kind: ProblemKind) -> None:
    closed = replace(ENTRY, problems=(Problem("SP-R01", kind, {}),))
    (change,) = difference(of(), of(closed))
    assert change == Change("SP-R01", ChangeKind.APPEARS, None, closed, None, False, True)
    (change,) = difference(of(), of(ENTRY))
    assert not change.meets_closed_day
    assert only(ENTRY, closed).meets_closed_day
    assert not only(closed, replace(closed, assumed=DAY + timedelta(1))).meets_closed_day


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"assumed": date(2027, 2, 3)}, ChangeKind.MOVES),
        ({"status": Status.CANCELLED}, ChangeKind.CANCELLED),
        ({"target": date(2027, 1, 29)}, ChangeKind.CHANGES),
        ({"earliest": date(2027, 1, 29)}, ChangeKind.CHANGES),
        ({"target": date(2027, 1, 29), "booked": DAY}, ChangeKind.STAYS_BOOKED),
        ({"earliest": date(2027, 1, 29), "booked": DAY}, ChangeKind.STAYS_BOOKED),
        ({"latest": date(2027, 2, 12), "booked": DAY}, ChangeKind.STAYS_BOOKED),
        ({"target": date(2027, 1, 29), "booked": date(2027, 2, 2)}, ChangeKind.CHANGES),
        ({"target": date(2027, 1, 29), "moved": DAY}, ChangeKind.STAYS_MOVED),
        ({"target": date(2027, 1, 29), "moved": date(2027, 2, 2)}, ChangeKind.CHANGES),
        ({"target": date(2027, 1, 29), "performed": DAY, "status": Status.PERFORMED}, ChangeKind.STAYS_PERFORMED),
        ({"basis": "recorded"}, ChangeKind.CHANGES),
    ],
)
def test_the_kind_of_a_change(fields: dict[str, Any], kind: ChangeKind) -> None:
    change = only(ENTRY, replace(ENTRY, **fields))
    assert change.kind is kind
    assert change.shift == (2 if kind is ChangeKind.MOVES else 0)


def test_a_cancelled_visit_may_come_back() -> None:
    cancelled = replace(ENTRY, status=Status.CANCELLED)
    assert only(cancelled, ENTRY).kind is ChangeKind.REVIVED
    assert only(cancelled, replace(ENTRY, status=Status.CANCELLED, basis="recorded")).kind is ChangeKind.CHANGES
    assert only(cancelled, replace(ENTRY, status=Status.PERFORMED)).kind is not ChangeKind.REVIVED


def test_leaving_the_window_is_told_once() -> None:
    out = replace(ENTRY, assumed=date(2027, 2, 15))
    assert only(ENTRY, out).leaves_window
    assert not only(out, replace(out, assumed=date(2027, 2, 16))).leaves_window
    assert not only(ENTRY, replace(out, status=Status.PERFORMED)).leaves_window
    assert only(ENTRY, replace(ENTRY, assumed=None)).shift is None


def test_totals_count_each_kind_in_order() -> None:
    moved = replace(WHOLE.by_key["SP-F24"], assumed=date(2029, 4, 9))
    before = of(ENTRY, WHOLE.by_key["SP-F24"])
    assert totals(difference(before, of(moved))) == {ChangeKind.MOVES: 1, ChangeKind.DISAPPEARS: 1}
