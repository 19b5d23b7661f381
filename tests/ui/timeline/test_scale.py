"""The axis: days and pixels, ticks and spans."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.timeline.scale import Detail, LabelWidths, Scale, clamped, day_after, detail_for, months, spans, ticks

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
WIDTHS = st.floats(0.2, 80)
LABELS = LabelWidths(named_day=32, day=20, month=28)


@given(DAYS, DAYS, WIDTHS, st.sampled_from([0.0, 24.0, 48.0]))
def test_a_day_is_found_again_at_every_point_of_it(origin: date, day: date, width: float, margin: float) -> None:
    scale = Scale(origin, width, margin)
    assert scale.day_at(scale.left(day)) == day
    assert scale.day_at(scale.middle(day)) == day
    assert scale.day_at(scale.right(day)) == day + timedelta(1)


@given(DAYS, WIDTHS, WIDTHS, st.floats(0, 5000))
def test_a_position_is_found_again_at_another_zoom(origin: date, width: float, other: float, x: float) -> None:
    scale = Scale(origin, width, 24.0)
    position = scale.position_at(x)
    assert scale.x_of(position) == pytest.approx(x, abs=0.001)
    assert scale.zoomed(other).position_at(scale.zoomed(other).x_of(position)) == pytest.approx(position, abs=0.00001)


@given(DAYS, st.integers(0, 4000), st.sampled_from(Detail))
def test_ticks_ascend_begin_at_the_view_and_fill_it(first: date, length: int, detail: Detail) -> None:
    last = first + timedelta(length)
    found = list(ticks(detail, first, last))
    assert all(earlier < later for earlier, later in pairwise(found))
    assert found[0] <= first
    assert found[-1] <= last
    step = {Detail.WEEKS: 7, Detail.MONTHS: 31, Detail.QUARTERS: 92, Detail.YEARS: 366}.get(detail, 1)
    assert all((later - earlier).days <= step for earlier, later in pairwise([*found, last]))


@given(DAYS, st.integers(0, 2000), st.sampled_from(Detail))
def test_spans_follow_each_other_without_a_gap(first: date, length: int, detail: Detail) -> None:
    found = list(spans(detail, first, first + timedelta(length)))
    assert found[0][0] <= first <= found[0][1]
    assert all(later[0] - earlier[1] == timedelta(1) for earlier, later in pairwise(found))


@given(WIDTHS)
def test_no_tick_label_is_wider_than_its_step(width: float) -> None:
    room = {
        Detail.NAMED_DAYS: (width, 32), Detail.DAYS: (width, 20), Detail.WEEKS: (7 * width, 20),
        Detail.MONTHS: (28 * width, 28), Detail.QUARTERS: (89 * width, 28), Detail.YEARS: (365 * width, 28),
    }  # fmt: skip
    has, needs = room[detail_for(width, LABELS)]
    assert has >= needs


def test_the_detail_grows_with_the_zoom() -> None:
    found = [detail_for(width, LABELS) for width in (40, 25, 8, 2, 0.5, 0.25)]
    assert found == [
        Detail.NAMED_DAYS, Detail.DAYS, Detail.WEEKS, Detail.MONTHS, Detail.QUARTERS, Detail.YEARS,
    ]  # fmt: skip


def test_weeks_begin_on_mondays() -> None:
    assert [day.weekday() for day in ticks(Detail.WEEKS, date(2027, 1, 3), date(2027, 2, 1))] == [0] * 6


def test_the_ends_of_the_calendar_are_no_ends_of_the_program() -> None:
    scale = Scale(date(2027, 1, 1), 1.0)
    assert scale.day_at(-(10.0**9)) == date.min
    assert scale.day_at(10.0**9) == date.max
    assert day_after(date.max, 1) == date.max
    assert day_after(date.min, -1) == date.min
    assert list(months(date(9999, 11, 30), date.max, 1)) == [date(9999, 11, 1), date(9999, 12, 1)]


def test_zoom_has_ends_that_grow_with_the_text() -> None:
    assert clamped(0.001) == 0.2
    assert clamped(1000) == 40
    assert clamped(1000, 2.0) == 80
    assert clamped(5) == 5
