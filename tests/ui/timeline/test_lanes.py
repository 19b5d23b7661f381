"""The layout: lanes, rows, chips and labels."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar.entries import Entry, Status
from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.lanes import Chip, Lane, Layout, Measure, PlacedVisit, arrange, wrapped_name
from app.ui.timeline.row_packing import FULL_ROWS
from app.ui.timeline.scale import Scale
from app.ui.timeline.strands import drawn_days, keys_in_time_order, strands_of
from app.ui.timeline.text import days_off
from tests.ui.timeline import stories

ZOOMS = (0.2, 0.5, 1.0, 3.0, 8.0, 20.0, 40.0)


def elided(text: str, room: float) -> str:
    return text if 6 * len(text) <= room else text[: max(int(room / 6) - 1, 0)] + "…"


MEASURE = Measure(
    row=20, pad=4, mark=11, gap=4, line=16, name_width=120, least_label=64, most_label=260,
    width=lambda text: 6.0 * len(text), elided=elided, cut_inside=elided,
)  # fmt: skip


def laid_out(story: Rehearsal, zoom: float, entries: list[Entry] | None = None) -> Layout:
    calendar = story.calendar if entries is None else stories.with_entries(story, entries)
    strands = strands_of(story.protocol, calendar)
    days = drawn_days(strands) or [calendar.today]
    scale = Scale(min(days), zoom, 24)
    return arrange(strands, scale, MEASURE, scale.right(max(days)) + 120)


def open_one(story: Rehearsal) -> Entry:
    return story.calendar.by_key[stories.BOOKED]


def pieces(lane: Lane) -> list[PlacedVisit | Chip]:
    return [*lane.placed, *lane.chips]


def check(layout: Layout) -> None:
    """Marks, chips and labels of one lane never touch."""
    for lane in layout.lanes:
        solid = [(one.row, one.mark_x - 6, one.mark_x + 6) for one in lane.placed]
        solid += [(chip.row, *chip.extent) for chip in lane.chips]
        texts = [(one.row, one.label_x, one.right) for one in lane.placed if one.label]
        assert_apart(solid)
        assert_apart(texts)
        for row, left, right in texts:
            assert not [s for s in solid if s[0] == row and s[1] < right and s[2] > left]


def assert_apart(stretches: list[tuple[int, float, float]]) -> None:
    for earlier, later in pairwise(sorted(stretches)):
        assert earlier[0] != later[0] or earlier[2] <= later[1] + 0.001


@pytest.mark.parametrize("zoom", ZOOMS)
def test_nothing_overlaps_at_any_zoom(story: Rehearsal, zoom: float) -> None:
    layout = laid_out(story, zoom)
    assert (
        sum(len(lane.placed) for lane in layout.lanes) + sum(len(c.keys) for lane in layout.lanes for c in lane.chips)
        == 67
    )
    check(layout)


@given(st.lists(st.integers(0, 120), min_size=1, max_size=60), st.sampled_from(ZOOMS))
def test_nothing_overlaps_whatever_the_days(days: list[int], zoom: float) -> None:
    story = stories.example()
    entry, first = open_one(story), story.calendar.today
    layout = laid_out(story, zoom, [stories.on(entry, f"X#{n}", first + timedelta(day)) for n, day in enumerate(days)])
    check(layout)
    assert set(layout.boxes) == {f"X#{n}" for n in range(len(days))}


@pytest.mark.parametrize("zoom", ZOOMS)
def test_lanes_follow_each_other_and_hold_their_rows(story: Rehearsal, zoom: float) -> None:
    layout = laid_out(story, zoom)
    assert layout.lanes[0].top == 0
    assert all(above.bottom == below.top for above, below in pairwise(layout.lanes))
    for lane in layout.lanes:
        for one in pieces(lane):
            assert lane.top + 10 < one.y < lane.bottom - 10
    assert layout.height == layout.lanes[-1].bottom


@pytest.mark.parametrize(("count", "chips", "rows"), [(2, 0, 2), (5, 0, 5), (6, 1, 1), (60, 1, 1)])
def test_visits_of_one_day_stack_up_to_five_and_then_collapse(
    story: Rehearsal, count: int, chips: int, rows: int
) -> None:
    entries = [stories.on(open_one(story), f"X#{n}", date(2027, 1, 5)) for n in range(count)]
    lane = laid_out(story, 40.0, entries).lanes[0]
    assert len(lane.chips) == chips
    assert len({one.row for one in pieces(lane)}) == rows
    assert lane.height == 2 * MEASURE.pad + max(rows * MEASURE.row, len(lane.name) * MEASURE.line)
    if chips:
        assert lane.chips[0].text == f"{count} visits"
        assert lane.chips[0].keys == tuple(f"X#{n}" for n in range(count))


def test_visits_of_neighbouring_days_collapse_only_when_they_cannot_be_told_apart(story: Rehearsal) -> None:
    entries = [stories.on(open_one(story), f"X#{n}", date(2027, 1, 4) + timedelta(n)) for n in range(6)]
    assert laid_out(story, 1.0, entries).lanes[0].chips
    assert not laid_out(story, 20.0, entries).lanes[0].chips


def test_bars_cross_rather_than_make_a_lane_of_a_hundred_rows(story: Rehearsal) -> None:
    first = date(2027, 1, 4)
    entries = [
        replace(
            stories.on(open_one(story), f"X#{n}", first + timedelta(10 * n)),
            earliest=first,
            latest=first + timedelta(900),
        )
        for n in range(80)
    ]
    layout = laid_out(story, 3.0, entries)
    assert 1 + max(one.row for one in layout.lanes[0].placed) == FULL_ROWS
    check(layout)


def test_the_mark_stands_on_the_day_that_counts_and_the_bar_covers_the_window(story: Rehearsal) -> None:
    entry = open_one(story)
    scale = Scale(date(2026, 11, 1), 10.0)
    placed = arrange(strands_of(story.protocol, stories.with_entries(story, [entry])), scale, MEASURE, 2000).placed_of[
        entry.key
    ]
    assert placed.mark_x == scale.middle(date(2026, 12, 1))
    assert placed.target_x == scale.middle(date(2026, 11, 30))
    assert placed.bar == (scale.left(date(2026, 11, 30)), scale.right(date(2026, 12, 3)))
    assert placed.label.startswith("09:30 ")
    assert placed.link is None


@pytest.mark.parametrize(("late", "text"), [(2, "+2 d"), (-1, "−1 d")])
def test_a_visit_performed_outside_its_window_is_linked_to_the_end_of_it(
    story: Rehearsal, late: int, text: str
) -> None:
    entry = stories.performed(open_one(story), late)
    placed = laid_out(story, 20.0, [entry]).placed_of[entry.key]
    assert placed.bar is not None
    assert placed.shown.off == text
    assert placed.link == (placed.bar[1] if late > 0 else placed.bar[0], placed.mark_x)
    assert (placed.off_x > placed.mark_x) == (late > 0)
    assert placed.extent[0] <= placed.off_x
    assert placed.off_x + MEASURE.width(text) <= placed.extent[1]


def test_inside_the_window_there_is_no_link(story: Rehearsal) -> None:
    entry = replace(stories.performed(open_one(story), 2), performed=date(2026, 12, 2), window_result=0)
    assert days_off(entry) == ""
    assert laid_out(story, 20.0, [entry]).placed_of[entry.key].link is None


def test_what_is_cancelled_has_brackets_and_no_target(story: Rehearsal) -> None:
    entry = replace(open_one(story), status=Status.CANCELLED)
    placed = laid_out(story, 20.0, [entry]).placed_of[entry.key]
    assert placed.shown.bracketed
    assert placed.target_x is None


def test_visits_without_a_date_are_counted_in_the_lane_and_come_last(story: Rehearsal) -> None:
    entries = [stories.undated(entry) for entry in story.calendar.entries[:2]]
    layout = laid_out(story, 3.0, [*entries, *story.calendar.entries[2:]])
    assert layout.lanes[0].note == "2 without a date"
    assert not {entry.key for entry in entries} & set(layout.boxes)
    assert all(layout.lane_of[entry.key] == 0 for entry in entries)
    strands = strands_of(story.protocol, stories.with_entries(story, [*entries, *story.calendar.entries[2:]]))
    assert keys_in_time_order(strands)[-2:] == tuple(entry.key for entry in entries)


def test_long_names_of_epochs_take_two_lines() -> None:
    assert wrapped_name("Screening", MEASURE) == ("Screening",)
    assert wrapped_name("Preoperative chemotherapy", MEASURE) == ("Preoperative", "chemotherapy")
    lines = wrapped_name("W" * 300, MEASURE)
    assert len(lines) == 1
    assert MEASURE.width(lines[0]) <= MEASURE.name_width


def test_no_two_boxes_of_one_row_share_a_pixel(story: Rehearsal) -> None:
    layout = laid_out(story, 8.0)
    for lane in layout.lanes:
        labelled = [one for one in lane.placed if one.label]
        for one, other in combinations(labelled, 2):
            assert one.row != other.row or one.right <= other.label_x or other.right <= one.label_x
