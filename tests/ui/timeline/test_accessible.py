"""What a screen reader is told."""

import gc

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline import accessible
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.stories import BOOKED

Text = QAccessible.Text


def reading(timeline: Timeline) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(timeline)


def item(timeline: Timeline, key: str) -> QAccessibleInterface:
    return reading(timeline).child(timeline.order.index(key))


def test_every_visit_is_an_item_with_its_name(timeline: Timeline) -> None:
    found = reading(timeline)
    assert found.role() == QAccessible.Role.List
    assert found.text(Text.Name) == "Timeline of LI-002"
    assert found.childCount() == 67
    for number, key in enumerate(timeline.order):
        one = found.child(number)
        assert one.role() == QAccessible.Role.ListItem
        assert one.text(Text.Name) == timeline.spoken_name(key) != ""
        assert found.indexOfChild(one) == number
        assert one.parent().text(Text.Name) == "Timeline of LI-002"
    assert found.child(67) is None


def test_a_name_tells_what_the_eye_sees(timeline: Timeline) -> None:
    assert item(timeline, BOOKED).text(Text.Name) == (
        "Preoperative cycle 2 day 1, planned, booked, target Monday 30 November 2026, "
        "window 30 November 2026 to 3 December 2026, booked Tuesday 1 December 2026 09:30"
    )
    assert item(timeline, "SP-C03#1.15").text(Text.Name) == (
        "Preoperative cycle 1 day 15 infusion, done, target Monday 16 November 2026, "
        "window 15 to 18 November 2026, performed Tuesday 17 November 2026 13:40, inside"
    )
    assert "Study day: day 36" in item(timeline, BOOKED).text(Text.Description)


def test_an_item_lies_where_its_visit_is_drawn(timeline: Timeline) -> None:
    mark = timeline.viewport().mapToGlobal(stories.mark_at(timeline, BOOKED))
    assert item(timeline, BOOKED).rect().contains(mark)
    assert reading(timeline).childAt(mark.x(), mark.y()).text(Text.Name) == timeline.spoken_name(BOOKED)
    assert not item(timeline, BOOKED).state().offscreen
    assert item(timeline, "SP-F24").state().offscreen


def test_the_selection_is_told(timeline: Timeline) -> None:
    assert reading(timeline).focusChild() is None
    timeline.select(BOOKED)
    assert item(timeline, BOOKED).state().selected
    assert item(timeline, BOOKED).state().focused
    assert not item(timeline, "SP-C01").state().selected
    assert reading(timeline).focusChild().text(Text.Name) == timeline.spoken_name(BOOKED)


def test_the_focus_event_goes_to_the_visit(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[QAccessible.Event, str]] = []

    def send(event: QAccessibleEvent) -> None:
        told.append((event.type(), event.accessibleInterface().text(Text.Name)))

    monkeypatch.setattr(accessible, "send", send)
    active = QAccessible.isActive()
    QAccessible.setActive(True)
    timeline.select(BOOKED)
    QAccessible.setActive(active)
    assert told == [(QAccessible.Event.Focus, timeline.spoken_name(BOOKED))]


def test_visits_without_a_date_and_in_chips_are_items_too(timeline: Timeline, story: Rehearsal) -> None:
    entry = story.calendar.by_key[BOOKED]
    day = story.calendar.today
    entries = [stories.undated(story.calendar.entries[0]), *(stories.on(entry, f"X#{n}", day) for n in range(8))]
    stories.show(timeline, story, stories.with_entries(story, entries))
    assert reading(timeline).childCount() == 9
    assert item(timeline, entries[0].key).text(Text.Name) == "Diagnosis confirmation, waiting for a date"
    assert item(timeline, "X#7").rect() == item(timeline, "X#0").rect()


def test_an_item_of_a_visit_that_is_gone_is_invalid_and_harmless(timeline: Timeline, story: Rehearsal) -> None:
    gone, kept = item(timeline, BOOKED), item(timeline, "SP-C01")
    stories.show(timeline, story, stories.with_entries(story, [e for e in story.calendar.entries if e.key != BOOKED]))
    gc.collect()
    assert not gone.isValid()
    assert gone.text(Text.Name) == ""
    assert gone.rect().isEmpty()
    assert gone.state().invalid
    assert kept.isValid()
    assert reading(timeline).childCount() == 66


def test_items_outlive_their_timeline_unharmed(story: Rehearsal, qtbot: QtBot) -> None:
    timeline = Timeline()
    stories.show(timeline, story)
    found = reading(timeline)
    items = [found.child(number) for number in range(found.childCount())]
    numbers = [QAccessible.registerAccessibleInterface(one) for one in items[:5]]
    timeline.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    del timeline, found
    gc.collect()
    assert not any(one.isValid() for one in items)
    assert items[0].text(Text.Name) == ""
    assert len(set(numbers)) == 5
