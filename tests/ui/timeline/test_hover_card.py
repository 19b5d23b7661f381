"""The card of a visit under the pointer."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.style import theme
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.gestures import LEFT, NONE, Key, card_texts, wheel
from tests.ui.timeline.stories import BOOKED, mark_at


def test_the_card_tells_what_is_known(timeline: Timeline) -> None:
    timeline.select("SP-C01")
    QTest.keyClick(timeline, Key.Key_Right)
    timeline.choose(BOOKED, card=True)
    assert timeline.card.isVisible()
    told = card_texts(timeline)
    for line in (
        "Preoperative cycle 2 day 1", BOOKED, "planned, booked", "Mon 30 Nov 2026", "Mon 30 Nov – Thu 3 Dec 2026",
        "Tue 1 Dec 2026, 09:30", "day 36",
    ):  # fmt: skip
        assert line in told
    timeline.choose("SP-C03#1.15", card=True)
    assert "inside" in card_texts(timeline)
    assert "Tue 17 Nov 2026, 13:40" in card_texts(timeline)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_card_stays_inside(timeline: Timeline, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, dark=False, text_scale=scale)
    timeline.grab()
    for key in timeline.order[::7]:
        timeline.choose(key, card=True)
        assert timeline.viewport().rect().contains(timeline.card.geometry())
        content = timeline.card.widget()
        assert content is not None
        assert content.sizeHint().width() <= timeline.card.viewport().width()
        assert scale > 1 or content.sizeHint().height() <= timeline.card.viewport().height()


def test_the_card_opens_under_a_resting_pointer_and_goes_when_it_leaves(timeline: Timeline, qtbot: QtBot) -> None:
    QTest.mouseMove(timeline.viewport(), mark_at(timeline, BOOKED))
    qtbot.waitUntil(timeline.card.isVisible)
    assert timeline.card.key == BOOKED
    QTest.mouseMove(timeline.viewport(), QPoint(timeline.axis_rect().right() - 4, timeline.axis_rect().bottom() - 4))
    qtbot.waitUntil(lambda: not timeline.card.isVisible())


def test_a_press_on_the_card_is_none_on_what_lies_below(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.choose(BOOKED, card=True)
    with qtbot.assertNotEmitted(timeline.chosen):
        QTest.mouseClick(timeline.card.viewport(), LEFT, NONE, QPoint(8, 8))
    assert timeline.card.isVisible()
    assert timeline.selected == BOOKED


def test_scrolling_closes_the_card(timeline: Timeline) -> None:
    timeline.choose(BOOKED, card=True)
    wheel(timeline, timeline.axis_rect().center(), -120)
    assert not timeline.card.isVisible()
