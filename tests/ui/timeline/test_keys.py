"""The keys: moving from visit to visit, zooming, and trying another day."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.keys import KeyAction, KeyState, action_of
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.gestures import ALT, CTRL, NONE, SHIFT, Key, ghost
from tests.ui.timeline.stories import BOOKED


def test_the_arrow_keys_walk_through_time(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.select(timeline.order[20])
    with qtbot.waitSignal(timeline.chosen) as told:
        QTest.keyClick(timeline, Key.Key_Right)
    assert told.args == [timeline.order[21]]
    QTest.keyClick(timeline, Key.Key_Left)
    QTest.keyClick(timeline, Key.Key_Left)
    assert timeline.selected == timeline.order[19]
    timeline.select(timeline.order[0])
    with qtbot.assertNotEmitted(timeline.chosen):
        QTest.keyClick(timeline, Key.Key_Left)
    assert timeline.selected == timeline.order[0]


def test_the_first_arrow_key_begins_at_what_comes_next(timeline: Timeline, story: Rehearsal) -> None:
    QTest.keyClick(timeline, Key.Key_Right)
    day = story.calendar.by_key[timeline.selected].assumed
    assert day is not None
    assert abs((day - story.calendar.today).days) <= 5


def test_up_and_down_go_to_the_nearest_visit_of_the_next_lane(timeline: Timeline, story: Rehearsal) -> None:
    timeline.select("SP-F03")
    QTest.keyClick(timeline, Key.Key_Up)
    above = story.calendar.by_key[timeline.selected]
    assert above.visit.epoch == "postop_chemo"
    assert above.assumed in (date(2027, 6, 17), date(2027, 6, 18), date(2027, 6, 19))
    QTest.keyClick(timeline, Key.Key_Down)
    assert timeline.selected == "SP-F03"
    QTest.keyClick(timeline, Key.Key_Down)
    assert timeline.selected == "SP-F03"


def test_enter_opens_the_selected_visit(timeline: Timeline, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(timeline.activated):
        QTest.keyClick(timeline, Key.Key_Return)
    timeline.select(BOOKED)
    with qtbot.waitSignal(timeline.activated) as told:
        QTest.keyClick(timeline, Key.Key_Return)
    assert told.args == [BOOKED]


def test_a_visit_outside_the_view_can_be_selected_by_walking(timeline: Timeline) -> None:
    timeline.select("SP-F12")
    QTest.keyClick(timeline, Key.Key_Right)
    assert timeline.selected == "SP-F18"
    assert timeline.is_in_sight("SP-F18")


def test_keys_zoom_and_keep_the_middle(timeline: Timeline) -> None:
    timeline.select("SP-P03")
    middle = QPointF(timeline.axis_rect().center())
    day, width = timeline.day_under(middle), timeline.scale.day_width
    QTest.keyClick(timeline, Key.Key_Plus)
    assert timeline.scale.day_width > width
    assert abs((timeline.day_under(middle) - day).days) <= 1
    QTest.keyClick(timeline, Key.Key_Minus)
    assert timeline.scale.day_width == pytest.approx(width)


def test_home_goes_to_today_and_page_keys_go_a_screen(timeline: Timeline) -> None:
    bar = timeline.horizontalScrollBar()
    timeline.select("SP-F24")
    QTest.keyClick(timeline, Key.Key_Home)
    today = bar.value()
    assert timeline.axis_rect().left() < timeline.today_x() < timeline.axis_rect().right()
    QTest.keyClick(timeline, Key.Key_PageDown)
    assert bar.value() == today + timeline.frame.axis_width
    QTest.keyClick(timeline, Key.Key_PageUp)
    assert bar.value() == today


def test_escape_closes_the_card_and_then_is_for_the_window(timeline: Timeline) -> None:
    timeline.choose(BOOKED, card=True)
    QTest.keyClick(timeline, Key.Key_Escape)
    assert not timeline.card.isVisible()
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, NONE)
    timeline.keyPressEvent(event)
    assert not event.isAccepted()


def test_keys_that_mean_nothing_are_left_to_others(timeline: Timeline) -> None:
    for key, held in ((Key.Key_A, NONE), (Key.Key_Plus, CTRL), (Key.Key_Left, ALT)):
        event = QKeyEvent(QEvent.Type.KeyPress, key, held)
        timeline.keyPressEvent(event)
        assert not event.isAccepted()


def test_alt_and_left_is_no_shortcut_of_the_window_while_a_visit_can_be_moved(timeline: Timeline) -> None:
    def taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Left, ALT)
        event.ignore()
        QApplication.sendEvent(timeline, event)
        return event.isAccepted()

    timeline.select("SP-C01")
    assert not taken()
    timeline.select(BOOKED)
    assert taken()


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


RESTING = KeyState(has_selection=True, can_move=True, drags=False, shows_card=False)
ENTER, ESCAPE = Key.Key_Return, Key.Key_Escape


@pytest.mark.parametrize(
    ("key", "modifiers", "state", "action"),
    [
        (Key.Key_Left, NONE, RESTING, KeyAction.EARLIER_VISIT),
        (Key.Key_Left, ALT, RESTING, KeyAction.DAY_EARLIER),
        (Key.Key_Left, ALT, replace(RESTING, can_move=False), None),
        (Key.Key_Left, ALT, replace(RESTING, can_move=False, drags=True), KeyAction.DAY_EARLIER),
        (Key.Key_Left, CTRL, RESTING, None),
        (Key.Key_Plus, SHIFT, RESTING, KeyAction.ZOOM_IN),
        (ENTER, NONE, RESTING, KeyAction.OPEN),
        (ENTER, NONE, replace(RESTING, has_selection=False), None),
        (ENTER, NONE, replace(RESTING, drags=True), KeyAction.DROP),
        (ESCAPE, NONE, RESTING, None),
        (ESCAPE, NONE, replace(RESTING, shows_card=True), KeyAction.CLOSE_CARD),
        (ESCAPE, NONE, replace(RESTING, shows_card=True, drags=True), KeyAction.CANCEL_DRAG),
    ],
)
def test_a_key_means_an_action_that_depends_on_the_state(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, state: KeyState, action: KeyAction | None
) -> None:
    assert action_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers), state) is action
