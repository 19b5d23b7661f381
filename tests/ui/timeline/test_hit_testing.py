"""Hit testing: the visit, chip or note at a point."""

from PySide6.QtCore import QPoint

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.stories import BOOKED, crowd, mark_at, show


def test_a_visit_is_found_at_its_mark_and_nowhere_else(timeline: Timeline) -> None:
    timeline.select(BOOKED)
    assert timeline.key_at(mark_at(timeline, BOOKED)) == BOOKED
    assert timeline.key_at(QPoint(timeline.frame.column // 2, timeline.frame.header + 20)) == ""
    assert timeline.key_at(QPoint(timeline.axis_rect().center().x(), timeline.frame.header // 2)) == ""


def test_a_chip_is_found_with_all_its_visits(timeline: Timeline, story: Rehearsal) -> None:
    show(timeline, story, crowd(story))
    at = timeline.rect_of("X#4").center()
    chip = timeline.chip_at(at)
    assert chip is not None
    assert chip.keys == ("X#0", "X#1", "X#2", "X#3", "X#4", "X#5")
    assert timeline.key_at(at) == "X#0"
    assert timeline.undated_at(at) == ()


def test_a_note_is_found_in_the_column_with_its_visits(timeline: Timeline, story: Rehearsal) -> None:
    first, *others = story.calendar.entries
    show(timeline, story, stories.with_entries(story, [stories.undated(first), *others]))
    timeline.verticalScrollBar().setValue(0)
    at = timeline.rect_of(first.key).center()
    assert [entry.key for entry in timeline.undated_at(at)] == [first.key]
    assert timeline.chip_at(at) is None
    assert timeline.key_at(at) == ""
