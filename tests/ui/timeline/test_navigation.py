"""The way from one visit to the next."""

from datetime import date, timedelta

import pytest

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.navigation import neighbour_in_lanes, neighbour_in_time
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.stories import BOOKED, show

ORDER = ("a", "b", "c")


@pytest.mark.parametrize(
    ("key", "step", "found"),
    [("a", 1, "b"), ("c", -1, "b"), ("a", -1, "a"), ("c", 1, "c"), ("", 1, "start"), ("gone", -1, "start")],
)
def test_earlier_and_later_end_at_the_first_and_last_visit(key: str, step: int, found: str) -> None:
    assert neighbour_in_time(ORDER, key, step, "start") == found


def test_without_a_start_the_first_visit_is_the_beginning() -> None:
    assert neighbour_in_time(ORDER, "", 1) == "a"
    assert neighbour_in_time((), "a", 1, "start") == ""


@pytest.fixture
def lanes(timeline: Timeline, story: Rehearsal) -> Timeline:
    """Two lanes: two visits above, and below one on the second day, one three weeks later and one without a date."""
    entries = {entry.visit.epoch: entry for entry in story.calendar.entries}
    above, below = entries["screening"], entries["follow_up"]
    first = date(2026, 11, 30)
    show(
        timeline,
        story,
        stories.with_entries(
            story,
            [
                stories.on(above, "A1", first),
                stories.on(above, "A2", first + timedelta(7)),
                stories.on(below, "B1", first + timedelta(8)),
                stories.on(below, "B2", first + timedelta(28)),
                stories.undated(stories.on(below, "B3", first)),
            ],
        ),
    )
    return timeline


@pytest.mark.parametrize(
    ("key", "step", "found"),
    [("A1", 1, "B1"), ("A2", 1, "B1"), ("B2", -1, "A2"), ("A1", -1, "A1"), ("B1", 1, "B1"), (BOOKED, 1, "")],
)
def test_the_next_lane_is_entered_at_the_nearest_visit(lanes: Timeline, key: str, step: int, found: str) -> None:
    assert neighbour_in_lanes(lanes.lane_layout, key, step) == found
