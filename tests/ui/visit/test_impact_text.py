"""The text of a change's impact."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.calendar.difference import Change, ChangeKind
from app.domain.calendar.entries import Entry, Problem, ProblemKind, Status
from app.domain.dates import Value
from app.ui.visit.impact_text import (
    day_text,
    may_hold,
    out_text,
    rows_of,
    shift_text,
    speaks_against,
    totals_text,
    window_text,
)
from tests.ui.timeline import stories

TODAY = date(2026, 11, 23)


def entry(key: str, day: date) -> Entry:
    return stories.on(stories.example().calendar.by_key[stories.BOOKED], key, day)


def moves(key: str, days: int) -> Change:
    now = entry(key, TODAY + timedelta(7))
    new = replace(now, assumed=TODAY + timedelta(7 + days))
    return Change(key, ChangeKind.MOVES, now, new, days, leaves_window=False, meets_closed_day=False)


@pytest.mark.parametrize(
    ("on", "text"),
    [(date(2026, 12, 1), "Tue 1 Dec"), (date(2027, 9, 19), "Sun 19 Sep"), (date(2027, 9, 20), "20 Sep 2027")],
)
def test_a_day_far_from_today_has_its_year(on: date, text: str) -> None:
    """Far is more than 300 days: 19 September 2027 is 300 days after 23 November 2026."""
    assert day_text(on, TODAY) == text


@pytest.mark.parametrize(("days", "text"), [(1, "1 day after"), (4, "4 days after"), (-1, "1 day before")])
def test_the_distance_from_the_window(days: int, text: str) -> None:
    assert out_text(days) == text


@pytest.mark.parametrize(("days", "shift", "window"), [(1, "moves +1", "inside"), (-3, "moves −3", "2 days before")])
def test_a_visit_that_moves(days: int, shift: str, window: str) -> None:
    """Its window is a day to either side of its target, which it leaves."""
    change = moves("X", days)
    assert shift_text(change) == shift
    assert window_text(change) == window


def test_only_an_open_visit_that_goes_along_may_be_held() -> None:
    change = moves("X", 7)
    assert may_hold(change, own="Y")
    assert not may_hold(change, own="X")
    assert change.new is not None
    performed = replace(change, new=replace(change.new, status=Status.PERFORMED))
    assert not may_hold(performed, own="Y")


def test_the_totals_leave_out_the_visit_that_is_recorded() -> None:
    changes = [moves("X", 7), moves("Y", 7), moves("Z", 7)]
    assert totals_text(changes, "performed", "X") == "2 visits move."
    assert totals_text(changes, "moved", "X") == "3 visits move."
    assert totals_text(changes[:1], "performed", "X") == "No other visit moves."


def test_rows_are_in_the_order_of_the_calendar_without_visits_that_stay_cancelled() -> None:
    later, earlier = moves("X", 14), moves("Y", 7)
    gone = replace(entry("Z", TODAY), status=Status.CANCELLED)
    cancelled = Change("Z", ChangeKind.CHANGES, gone, replace(gone, target=None), None, False, False)
    assert [change.key for change in rows_of([later, cancelled, earlier])] == ["Y", "X"]


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        ("performed_closed", {"on": date(2026, 11, 29), "why": "weekday"}, "closed: a Sunday"),
        ("performed_too_near", {"visit": "SP-C01", "days": 1}, "too near the last dose (1 day after SP-C01)"),
        ("performed_too_near", {"visit": "SP-C01", "days": 5}, "too near the last dose (5 days after SP-C01)"),
        ("performed_before", {"visit": "SP-P03"}, "out of order (not after SP-P03)"),
        ("performed_after", {"visit": "SP-C02#2"}, "out of order (after SP-C02#2)"),
    ],
)
def test_what_speaks_against_the_day_of_a_performed_visit(
    kind: ProblemKind, values: dict[str, Value], text: str
) -> None:
    change = moves("X", 0)
    assert change.new is not None
    problem = Problem("X", kind, values)
    performed = replace(change.new, performed=TODAY, window_result=0, problems=(problem,))
    assert window_text(replace(change, new=performed)) == text
    assert speaks_against(replace(change, new=performed))
