"""The menu of visits in one position."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.gestures import LEFT, NONE, Key
from tests.ui.timeline.stories import crowd, show


def test_visits_without_a_date_are_listed_in_the_column(timeline: Timeline, story: Rehearsal, qtbot: QtBot) -> None:
    entries = [stories.undated(story.calendar.entries[0]), *story.calendar.entries[1:]]
    show(timeline, story, stories.with_entries(story, entries))
    timeline.verticalScrollBar().setValue(0)
    at = timeline.rect_of(entries[0].key).center()
    with qtbot.assertNotEmitted(timeline.chosen):
        QTest.mouseClick(timeline.viewport(), LEFT, NONE, at)
    assert [action.text() for action in timeline.menu.actions()] == ["Diagnosis confirmation"]
    with qtbot.waitSignal(timeline.chosen) as told:
        timeline.menu.actions()[0].trigger()
    timeline.menu.close()
    assert told.args == [entries[0].key]
    assert timeline.selected == entries[0].key


def test_a_chip_lists_its_visits(timeline: Timeline, story: Rehearsal, qtbot: QtBot) -> None:
    show(timeline, story, crowd(story))
    at = timeline.rect_of("X#0").center()
    QTest.mouseClick(timeline.viewport(), LEFT, NONE, at)
    assert len(timeline.menu.actions()) == 6
    with qtbot.assertNotEmitted(timeline.activated), qtbot.waitSignal(timeline.chosen) as told:
        timeline.menu.actions()[2].trigger()
    timeline.menu.close()
    assert told.args == ["X#2"]


def test_enter_on_a_chip_lists_its_visits_and_the_one_picked_opens(
    timeline: Timeline, story: Rehearsal, qtbot: QtBot
) -> None:
    show(timeline, story, crowd(story))
    timeline.select("X#3")
    with qtbot.assertNotEmitted(timeline.activated):
        QTest.keyClick(timeline, Key.Key_Return)
    assert timeline.menu.activeAction() is timeline.menu.actions()[3]
    with qtbot.waitSignal(timeline.activated) as told:
        timeline.menu.actions()[4].trigger()
    timeline.menu.close()
    assert told.args == ["X#4"]
    assert timeline.selected == "X#4"
