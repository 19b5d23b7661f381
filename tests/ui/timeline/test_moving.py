"""Trying another day for a visit, by mouse and by keys."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.dates import ClosedDays
from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline import text
from app.ui.timeline.drag_ghost import DragGhost
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.stories import BOOKED, mark_at, show

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
OWN_DAY = date(2026, 12, 1)


@pytest.fixture
def wide(timeline: Timeline) -> Timeline:
    """Days of a width that the mouse can hit."""
    timeline.select(BOOKED)
    for _ in range(3):
        timeline.zoom_at(1.4, mark_at(timeline, BOOKED).x())
    timeline.select(BOOKED)
    return timeline


def pull(timeline: Timeline, key: str, pixels: int) -> QPoint:
    """Press on a mark and move, without letting go; where the pointer is then."""
    start = mark_at(timeline, key)
    QTest.mousePress(timeline.viewport(), LEFT, NONE, start)
    end = start + QPoint(pixels, 0)
    for at in (start + QPoint(pixels // 2, 0), end):
        QTest.mouseMove(timeline.viewport(), at)
    return end


def ghost(timeline: Timeline) -> DragGhost | None:
    return timeline.ghost


def tried(timeline: Timeline) -> date:
    found = ghost(timeline)
    assert found is not None
    return found.day


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


def test_keys_move_day_by_day_and_enter_drops(wide: Timeline, qtbot: QtBot) -> None:
    for _ in range(3):
        QTest.keyClick(wide, Key.Key_Right, ALT)
    QTest.keyClick(wide, Key.Key_Left, ALT)
    assert wide.ghost_text() == "Thu 3 Dec 2026, day 38, inside the window"
    assert wide.accessibleDescription() == wide.ghost_text()
    with qtbot.assertNotEmitted(wide.activated), qtbot.waitSignal(wide.dropped) as told:
        QTest.keyClick(wide, Key.Key_Return)
    assert told.args == [BOOKED, date(2026, 12, 3)]


def test_keys_give_up_with_escape(wide: Timeline, qtbot: QtBot) -> None:
    QTest.keyClick(wide, Key.Key_Right, ALT)
    with qtbot.assertNotEmitted(wide.dropped):
        QTest.keyClick(wide, Key.Key_Escape)
        assert ghost(wide) is None
        QTest.keyClick(wide, Key.Key_Right, ALT)
        QTest.keyClick(wide, Key.Key_Left, ALT)
        QTest.keyClick(wide, Key.Key_Return)
    assert ghost(wide) is None


def test_a_new_calendar_ends_a_drag(wide: Timeline, story: Rehearsal, qtbot: QtBot) -> None:
    end = pull(wide, BOOKED, 60)
    assert ghost(wide) is not None
    show(wide, story)
    assert ghost(wide) is None
    with qtbot.assertNotEmitted(wide.dropped):
        QTest.mouseMove(wide.viewport(), end + QPoint(20, 0))
        QTest.mouseRelease(wide.viewport(), LEFT, NONE, end)
    assert ghost(wide) is None


def test_the_ghost_is_seen(wide: Timeline) -> None:
    before = wide.grab().toImage()
    QTest.keyClick(wide, Key.Key_Right, ALT)
    assert wide.grab().toImage() != before
    QTest.keyClick(wide, Key.Key_Escape)
    assert wide.grab().toImage() == before


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 7), "Mon 7 Dec 2026, day 42, 4 days after the window"),
        (date(2026, 12, 4), "Fri 4 Dec 2026, day 39, 1 day after the window"),
        (date(2026, 11, 27), "Fri 27 Nov 2026, day 32, 3 days before the window"),
        (date(2026, 12, 5), "Sat 5 Dec 2026, day 40, 2 days after the window, closed: a Saturday"),
        (date(2026, 12, 2), "Wed 2 Dec 2026, day 37, inside the window"),
    ],
)
def test_the_words_for_a_day(story: Rehearsal, day: date, expected: str) -> None:
    entry, enrolled_on = story.calendar.by_key[BOOKED], story.participant.enrolled_on
    assert text.drop_text(entry, day, ClosedDays(), enrolled_on) == expected


def test_a_pointer_at_the_edge_scrolls_on(wide: Timeline, qtbot: QtBot) -> None:
    before = wide.horizontalScrollBar().value()
    pull(wide, BOOKED, wide.axis_rect().right() - 5 - mark_at(wide, BOOKED).x())
    qtbot.waitUntil(lambda: wide.horizontalScrollBar().value() > before + 20, timeout=2000)
    assert tried(wide) > wide.scale.day_at(before + wide.frame.axis_width - 1)
    QTest.keyClick(wide, Key.Key_Escape)
    QTest.mouseRelease(wide.viewport(), LEFT, NONE, QPoint(0, 0))
