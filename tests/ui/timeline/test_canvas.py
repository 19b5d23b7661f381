"""The canvas: the first view, zoom, scrolling, and the painting of the axis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.queries.rehearsal import Rehearsal
from app.ui.style import theme, tokens
from app.ui.timeline import canvas
from app.ui.timeline.lanes import Layout, Measure, arrange
from app.ui.timeline.scale import Scale, clamped
from app.ui.timeline.strands import Strand
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.gestures import Key
from tests.ui.timeline.stories import BOOKED, show


def test_twelve_weeks_around_today_are_shown_first(timeline: Timeline, story: Rehearsal) -> None:
    view = timeline.view()
    first, last = timeline.scale.day_at(view.left), timeline.scale.day_at(view.right)
    assert (last - first).days == pytest.approx(84, abs=2)
    assert first < story.calendar.today < last
    assert (last - story.calendar.today) > (story.calendar.today - first)
    assert timeline.is_in_sight(BOOKED)


def test_an_untouched_view_follows_the_size_and_a_touched_one_stays(timeline: Timeline) -> None:
    timeline.resize(1200, 300)
    assert timeline.scale.day_width == pytest.approx(timeline.frame.axis_width / 84)
    timeline.zoom_in()
    width, left = timeline.scale.day_width, timeline.left_position()
    timeline.resize(900, 300)
    assert timeline.scale.day_width == width
    assert timeline.left_position() == pytest.approx(left, abs=0.2)


def test_an_empty_calendar_says_so(timeline: Timeline, story: Rehearsal) -> None:
    plain = timeline.grab().toImage()
    show(timeline, story, stories.with_entries(story, []))
    timeline.go_to_today()
    timeline.fit_all()
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Return, Key.Key_Home, Key.Key_Plus):
        QTest.keyClick(timeline, key)
    assert timeline.selected == ""
    ink = tokens.color("muted").rgb()
    box, image = timeline.axis_rect(), timeline.grab().toImage()
    middle = range(box.center().x() - 100, box.center().x() + 100), range(box.center().y() - 8, box.center().y() + 8)
    assert any(image.pixel(x, y) == ink for x in middle[0] for y in middle[1])
    assert image != plain


def test_zoom_has_ends(timeline: Timeline) -> None:
    for _ in range(40):
        timeline.zoom_in()
    assert timeline.scale.day_width == clamped(10**6)
    for _ in range(40):
        timeline.zoom_out()
    assert timeline.scale.day_width == clamped(0)


def test_everything_fits(timeline: Timeline) -> None:
    timeline.fit_all()
    assert timeline.horizontalScrollBar().maximum() <= 1
    view = timeline.view()
    for left, _top, width, _height in timeline.lane_layout.boxes.values():
        assert view.left <= left
        assert left + width <= view.right


def test_today_is_a_line_of_full_height(timeline: Timeline) -> None:
    image, x = timeline.grab().toImage(), int(timeline.today_x())
    red = tokens.color("alarm").rgb()
    below = [image.pixel(x, y) == red for y in range(timeline.frame.header + 1, timeline.viewport().height() - 3)]
    assert sum(below) > 0.8 * len(below)
    assert below[0]
    assert below[-1]


def test_a_new_theme_is_seen_at_once(timeline: Timeline, qapp: QApplication) -> None:
    light = timeline.grab().toImage()
    theme.apply(qapp, dark=True)
    dark = timeline.grab().toImage()
    at = timeline.axis_rect().bottomLeft() + QPoint(20, -6)
    assert light.pixel(at) == tokens.LIGHT.color("surface").rgb()
    assert dark.pixel(at) == tokens.DARK.color("surface").rgb()


def test_large_text_makes_all_larger(timeline: Timeline, qapp: QApplication) -> None:
    before = timeline.frame.line, timeline.lane_layout.height
    theme.apply(qapp, dark=False, text_scale=2.0)
    timeline.grab()
    assert timeline.frame.line >= 1.8 * before[0]
    assert timeline.lane_layout.height > 1.3 * before[1]
    for lane in timeline.lane_layout.lanes:
        for line in lane.name:
            assert timeline.tools.metrics.horizontalAdvance(line) <= timeline.frame.column


def test_closed_days_are_shaded_and_holidays_hatched(timeline: Timeline, story: Rehearsal) -> None:
    timeline.select("SP-C02#3")
    for _ in range(3):
        timeline.zoom_at(1.3, timeline.rect_of("SP-C02#3").center().x())
    image, y = timeline.grab().toImage(), timeline.axis_rect().bottom() - 30

    def colours(day: date) -> set[int]:
        left = timeline.scale.left(day) - timeline.view().left + timeline.frame.column
        inside = range(2, int(timeline.scale.day_width) - 2)
        return {image.pixel(int(left) + x, y + dy) for x in inside for dy in range(9)}

    closed, line = tokens.color("closed").rgb(), tokens.color("line").rgb()
    first, last = timeline.scale.day_at(timeline.view().left + 2), timeline.scale.day_at(timeline.view().right - 42)
    assert first < date(2027, 1, 6) < last
    assert story.site.closed.reason(date(2027, 1, 6)).startswith("holiday")
    assert {closed, line} <= colours(date(2027, 1, 6))
    assert closed in colours(date(2027, 1, 9))
    assert line not in colours(date(2027, 1, 9))
    assert closed not in colours(date(2027, 1, 8))


def test_six_hundred_visits_of_five_years(timeline: Timeline, story: Rehearsal) -> None:
    show(timeline, story, stories.with_entries(story, stories.many(story, 600, 1800), "LI-600"))
    assert len(timeline.order) == 600
    for act in (timeline.zoom_in, timeline.fit_all, timeline.go_to_today):
        act()
        assert not timeline.grab().isNull()
    timeline.select(timeline.order[-1])
    assert timeline.is_in_sight(timeline.order[-1])


def test_days_at_the_ends_of_the_calendar(timeline: Timeline, story: Rehearsal) -> None:
    entry = story.calendar.by_key[BOOKED]
    far = replace(stories.on(entry, "X#1", date(9998, 1, 1)), latest=date.max)
    show(timeline, story, stories.with_entries(story, [entry, far], "LI-999"))
    timeline.select("X#1")
    timeline.fit_all()
    for _ in range(3):
        timeline.zoom_in()
    assert not timeline.grab().isNull()


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


def test_the_whole_calendar_is_shown_from_the_first_lane_on(timeline: Timeline) -> None:
    timeline.verticalScrollBar().setValue(timeline.verticalScrollBar().maximum())
    timeline.fit_all()
    assert timeline.verticalScrollBar().value() == 0
    assert timeline.horizontalScrollBar().value() == 0


def test_what_is_drawn_again_looks_as_when_it_was_drawn_first(timeline: Timeline) -> None:
    timeline.select("")
    drawn = [timeline.viewport().grab().toImage() for _time in range(3)]
    assert drawn[1] == drawn[0]
    assert drawn[2] == drawn[0]
    bar = timeline.horizontalScrollBar()
    bar.setValue(bar.value() + 40)
    other = timeline.viewport().grab().toImage()
    assert other != drawn[0]
    bar.setValue(bar.value() - 40)
    assert timeline.viewport().grab().toImage() == drawn[0]
    timeline.forget()
    assert timeline.viewport().grab().toImage() == drawn[0]
