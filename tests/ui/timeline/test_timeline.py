"""The timeline: a new calendar, the selection, and names of any kind."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.calendar.entries import Entry, Status
from app.services.queries.rehearsal import Rehearsal
from app.ui.style import tokens
from app.ui.timeline import text
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.gestures import card_texts
from tests.ui.timeline.stories import BOOKED, show

NAMES = ("<b>x</b>", "A & B", "W" * 300, "化疗第三周期", "one\ntwo")


def test_the_same_participant_keeps_zoom_place_and_selection(timeline: Timeline, story: Rehearsal) -> None:
    timeline.zoom_in()
    timeline.select("SP-F12")
    width, left = timeline.scale.day_width, timeline.left_position()
    # A day long before all others moves the beginning of the axis.
    early = replace(story.calendar.entries[0], earliest=date(2025, 1, 1), judged=None, assumed=date(2025, 1, 1))
    show(timeline, story, stories.with_entries(story, [early, *story.calendar.entries[1:]]))
    assert timeline.scale.day_width == width
    assert timeline.left_position() == pytest.approx(left, abs=0.2)
    assert timeline.selected == "SP-F12"


@pytest.mark.parametrize("key", [BOOKED, "SP-F12", "SP-S02"])
def test_the_selected_visit_is_in_sight_once_there_is_room(timeline: Timeline, key: str) -> None:
    """A page that is shown for the first time has a timeline without any height when its visit is selected."""
    timeline.resize(timeline.width(), 40)
    timeline.select(key)
    timeline.resize(timeline.width(), 320)
    assert timeline.viewport().rect().contains(timeline.rect_of(key).center())


def test_a_selected_visit_that_is_gone_is_selected_no_more(timeline: Timeline, story: Rehearsal) -> None:
    timeline.select(BOOKED)
    show(timeline, story, stories.with_entries(story, [e for e in story.calendar.entries if e.key != BOOKED]))
    assert timeline.selected == ""


def test_another_participant_begins_with_the_first_view(timeline: Timeline, story: Rehearsal) -> None:
    timeline.fit_all()
    timeline.select(BOOKED)
    show(timeline, story, stories.with_entries(story, story.calendar.entries, "LI-003"))
    assert timeline.selected == ""
    assert timeline.accessibleName() == "Timeline of LI-003"
    assert timeline.scale.day_width == pytest.approx(timeline.frame.axis_width / 84)


def test_select_scrolls_there_and_tells_nobody(timeline: Timeline, qtbot: QtBot) -> None:
    assert not timeline.is_in_sight("SP-F24")
    with qtbot.assertNotEmitted(timeline.chosen):
        timeline.select("SP-F24")
    assert timeline.selected == "SP-F24"
    assert timeline.is_in_sight("SP-F24")
    timeline.select("no such visit")
    assert timeline.selected == ""


def test_the_ring_and_the_outline_are_seen(timeline: Timeline) -> None:
    timeline.select(BOOKED)
    accent = tokens.color("accent").rgb()
    image = timeline.grab().toImage()
    assert image.pixel(0, 150) == image.pixel(1, 150) == accent
    ring = timeline.rect_of(BOOKED)
    row = [image.pixel(ring.center().x(), y) for y in range(ring.top() - 2, ring.top() + 5)]
    assert accent in row
    timeline.clearFocus()
    image = timeline.grab().toImage()
    assert image.pixel(0, 150) != accent


@pytest.mark.parametrize("name", NAMES)
def test_strange_names_are_plain_text_everywhere(timeline: Timeline, story: Rehearsal, name: str) -> None:
    entry = stories.named(story.calendar.by_key[BOOKED], name)
    entries = [stories.on(entry, f"X#{n}", story.calendar.today + timedelta(21)) for n in range(7)]
    protocol = replace(story.protocol, epochs=tuple(replace(epoch, name=name) for epoch in story.protocol.epochs))
    calendar = stories.with_entries(story, entries, name)
    timeline.show_calendar(protocol, calendar, story.site.closed, story.participant.first_day)
    timeline.choose("X#1", card=True)
    timeline.grab()
    plain = text.one_line(name)
    assert "\n" not in plain
    assert any(text.replace("\u200b", "").startswith(plain[:60]) for text in card_texts(timeline))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in timeline.card.findChildren(QLabel))
    assert timeline.viewport().rect().contains(timeline.card.geometry())
    timeline.activate()
    shown = timeline.menu.actions()[0].text()
    timeline.menu.close()
    assert shown.replace("&&", "&").startswith(plain[:60])
    assert shown.replace("&&", "").count("&") == 0


def test_all_visits_cancelled(timeline: Timeline, story: Rehearsal) -> None:
    entries: list[Entry] = [replace(entry, status=Status.CANCELLED) for entry in story.calendar.entries]
    show(timeline, story, stories.with_entries(story, entries))
    assert not timeline.grab().isNull()
    timeline.select(BOOKED)
    assert not timeline.can_move(BOOKED)
    assert timeline.spoken_name(BOOKED).startswith("Preoperative cycle 2 day 1, cancelled")
