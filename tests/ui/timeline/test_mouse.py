"""The mouse: choosing and opening, trying another day, zooming and scrolling."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.gestures import ALT, CTRL, LEFT, NONE, SHIFT, Key, ghost, pull, tried, wheel
from tests.ui.timeline.stories import BOOKED, mark_at, show

OWN_DAY = date(2026, 12, 1)


def test_a_drop_tells_the_day_and_changes_nothing(wide: Timeline, story: Rehearsal, qtbot: QtBot) -> None:
    before = story.calendar.by_key[BOOKED]
    end = pull(wide, BOOKED, round(3 * wide.scale.day_width))
    assert tried(wide) == OWN_DAY + timedelta(3)
    with qtbot.waitSignal(wide.dropped) as told:
        QTest.mouseRelease(wide.viewport(), LEFT, NONE, end)
    assert told.args == [BOOKED, OWN_DAY + timedelta(3)]
    assert ghost(wide) is None
    assert wide.content is not None
    assert wide.content.calendar is story.calendar
    assert story.calendar.by_key[BOOKED] == before
    assert wide.lane_layout.placed_of[BOOKED].mark_x == wide.scale.middle(OWN_DAY)


def test_back_on_its_own_day_nothing_is_dropped(wide: Timeline, qtbot: QtBot) -> None:
    pull(wide, BOOKED, round(2 * wide.scale.day_width))
    home = mark_at(wide, BOOKED)
    QTest.mouseMove(wide.viewport(), home)
    assert ghost(wide) is not None
    with qtbot.assertNotEmitted(wide.dropped):
        QTest.mouseRelease(wide.viewport(), LEFT, NONE, home)
    assert ghost(wide) is None


def test_escape_ends_a_drag_and_letting_go_then_drops_nothing(wide: Timeline, qtbot: QtBot) -> None:
    end = pull(wide, BOOKED, 60)
    QTest.keyClick(wide, Key.Key_Escape)
    assert ghost(wide) is None
    with qtbot.assertNotEmitted(wide.dropped):
        QTest.mouseMove(wide.viewport(), end + QPoint(5, 0))
        assert ghost(wide) is None
        QTest.mouseRelease(wide.viewport(), LEFT, NONE, end)


def test_nine_pixels_are_a_click_and_ten_are_a_drag(wide: Timeline, qtbot: QtBot) -> None:
    start = mark_at(wide, BOOKED)
    QTest.mousePress(wide.viewport(), LEFT, NONE, start)
    QTest.mouseMove(wide.viewport(), start + QPoint(9, 0))
    assert ghost(wide) is None
    QTest.mouseMove(wide.viewport(), start + QPoint(10, 0))
    assert ghost(wide) is not None
    wide.cancel_ghost()
    QTest.mouseRelease(wide.viewport(), LEFT, NONE, start)


@pytest.mark.parametrize("key", ["SP-C01", "SP-C03#1.8"])
def test_a_visit_with_a_result_does_not_move(timeline: Timeline, key: str) -> None:
    timeline.select(key)
    end = pull(timeline, key, 80)
    assert ghost(timeline) is None
    QTest.mouseRelease(timeline.viewport(), LEFT, NONE, end)
    QTest.keyClick(timeline, Key.Key_Right, ALT)
    assert ghost(timeline) is None


def test_read_only_nothing_moves(wide: Timeline, qtbot: QtBot) -> None:
    wide.set_read_only(True)
    with qtbot.assertNotEmitted(wide.dropped):
        end = pull(wide, BOOKED, 80)
        assert ghost(wide) is None
        QTest.mouseRelease(wide.viewport(), LEFT, NONE, end)
        QTest.keyClick(wide, Key.Key_Right, ALT)
    assert ghost(wide) is None
    wide.set_read_only(False)
    QTest.keyClick(wide, Key.Key_Right, ALT)
    assert ghost(wide) is not None


def test_a_new_calendar_ends_a_drag(wide: Timeline, story: Rehearsal, qtbot: QtBot) -> None:
    end = pull(wide, BOOKED, 60)
    assert ghost(wide) is not None
    show(wide, story)
    assert ghost(wide) is None
    with qtbot.assertNotEmitted(wide.dropped):
        QTest.mouseMove(wide.viewport(), end + QPoint(20, 0))
        QTest.mouseRelease(wide.viewport(), LEFT, NONE, end)
    assert ghost(wide) is None


def test_a_pointer_at_the_edge_scrolls_on(wide: Timeline, qtbot: QtBot) -> None:
    before = wide.horizontalScrollBar().value()
    pull(wide, BOOKED, wide.axis_rect().right() - 5 - mark_at(wide, BOOKED).x())
    qtbot.waitUntil(lambda: wide.horizontalScrollBar().value() > before + 20)
    assert tried(wide) > wide.scale.day_at(before + wide.frame.axis_width - 1)
    QTest.keyClick(wide, Key.Key_Escape)
    QTest.mouseRelease(wide.viewport(), LEFT, NONE, QPoint(0, 0))


def test_a_click_chooses_and_a_double_click_opens(timeline: Timeline, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timeline.chosen) as told:
        QTest.mouseClick(timeline.viewport(), LEFT, NONE, mark_at(timeline, BOOKED))
    assert told.args == [BOOKED]
    with qtbot.waitSignal(timeline.activated) as opened:
        QTest.mouseDClick(timeline.viewport(), LEFT, NONE, mark_at(timeline, BOOKED))
    assert opened.args == [BOOKED]


def test_ctrl_and_the_wheel_zoom_around_the_pointer(timeline: Timeline) -> None:
    timeline.select("SP-P03")
    at = timeline.axis_rect().center() + QPoint(120, 0)
    day, width = timeline.day_under(QPointF(at)), timeline.scale.day_width
    wheel(timeline, at, 240, CTRL)
    assert timeline.scale.day_width == pytest.approx(2 * width)
    assert timeline.day_under(QPointF(at)) == day


def test_the_wheel_goes_through_time_and_with_shift_through_the_lanes(timeline: Timeline) -> None:
    across, down = timeline.horizontalScrollBar(), timeline.verticalScrollBar()
    down.setValue(0)
    before = across.value()
    wheel(timeline, timeline.axis_rect().center(), -120)
    assert across.value() == before + 120
    assert down.value() == 0
    wheel(timeline, timeline.axis_rect().center(), -120, SHIFT)
    assert down.value() == 60
    wheel(timeline, QPoint(10, 100), -120)
    assert down.value() == 120
    assert across.value() == before + 120
