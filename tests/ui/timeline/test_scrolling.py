"""Scrolling: no lane is cut at the upper edge where that can be."""

import pytest

from app.ui.timeline.scrolling import last_scroll_position
from app.ui.timeline.timeline import Timeline


def test_a_lane_begins_at_the_upper_edge_after_scrolling_to_a_visit(timeline: Timeline) -> None:
    edges = [int(lane.top) for lane in timeline.lane_layout.lanes]
    bar = timeline.verticalScrollBar()
    assert bar.maximum() > 0
    for key in timeline.order:
        timeline.select(key)
        assert timeline.is_in_sight(key)
        lane = timeline.lane_layout.lanes[timeline.lane_layout.lane_of[key]]
        assert bar.value() in edges or lane.top < bar.value() < lane.bottom


@pytest.mark.parametrize(
    ("height", "page", "end"),
    [
        (200, 300, 0),  # All is in sight.
        (260, 200, 60),  # A lane begins just there.
        (240, 200, 60),  # The next lane begins 20 further down.
        (300, 100, 200),  # The next one would leave more than half of the view empty.
    ],
)
def test_the_end_of_scrolling(height: int, page: int, end: int) -> None:
    assert last_scroll_position([0, 60, 180, 260], height, page) == end
