"""How the lanes stand in the view: none is cut at the upper edge where that can be, and they are arranged once."""

from collections.abc import Sequence

import pytest

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline import canvas
from app.ui.timeline.lanes import Layout, Measure, arrange
from app.ui.timeline.scale import Scale
from app.ui.timeline.scrolling import last_scroll_position
from app.ui.timeline.strands import Strand
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories


def test_a_lane_begins_at_the_upper_edge_after_scrolling_to_a_visit(timeline: Timeline) -> None:
    edges = [int(lane.top) for lane in timeline.lane_layout.lanes]
    bar = timeline.verticalScrollBar()
    assert bar.maximum() > 0
    for key in timeline.order:
        timeline.select(key)
        assert timeline.is_in_sight(key)
        lane = timeline.lane_layout.lanes[timeline.lane_layout.lane_of[key]]
        assert bar.value() in edges or lane.top < bar.value() < lane.bottom


def test_the_whole_calendar_is_shown_from_the_first_lane_on(timeline: Timeline) -> None:
    timeline.verticalScrollBar().setValue(timeline.verticalScrollBar().maximum())
    timeline.fit_all()
    assert timeline.verticalScrollBar().value() == 0
    assert timeline.horizontalScrollBar().value() == 0


def test_a_calendar_is_arranged_once(timeline: Timeline, story: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    arranged: list[int] = []

    def counting(strands: Sequence[Strand], scale: Scale, measure: Measure, end: float) -> Layout:
        arranged.append(1)
        return arrange(strands, scale, measure, end)

    monkeypatch.setattr(canvas, "arrange", counting)
    stories.show(timeline, story, stories.with_entries(story, story.calendar.entries, "LI-077"))
    timeline.select(timeline.order[0])
    timeline.grab()
    assert len(arranged) == 1


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
