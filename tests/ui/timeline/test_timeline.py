"""The widget: selection, keys, zoom, scrolling, the card and the menu."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.calendar.entries import Calendar, Entry, Status
from app.services.queries.rehearsal import Rehearsal
from app.ui.style import theme, tokens
from app.ui.timeline import text
from app.ui.timeline.scale import clamped
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.stories import BOOKED, mark_at, show

Key = Qt.Key
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NAMES = ("<b>x</b>", "A & B", "W" * 300, "化疗第三周期", "one\ntwo")


def wheel(timeline: Timeline, at: QPoint, turned: int, held: Qt.KeyboardModifier = NONE) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place, timeline.viewport().mapToGlobal(place), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(timeline.viewport(), event)


def texts(timeline: Timeline) -> list[str]:
    return [label.text() for label in timeline.card.findChildren(QLabel)]


def crowd(story: Rehearsal, count: int = 6) -> Calendar:
    entry = story.calendar.by_key[BOOKED]
    day = story.calendar.today + timedelta(14)
    return stories.with_entries(story, [stories.on(entry, f"X#{n}", day) for n in range(count)])


# The calendar


def test_twelve_weeks_around_today_are_shown_first(timeline: Timeline, story: Rehearsal) -> None:
    view = timeline.view()
    first, last = timeline.scale.day_at(view.left), timeline.scale.day_at(view.right)
    assert (last - first).days == pytest.approx(84, abs=2)
    assert first < story.calendar.today < last
    assert (last - story.calendar.today) > (story.calendar.today - first)
    assert timeline.is_in_sight(BOOKED)


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


def test_a_selected_visit_that_is_gone_is_selected_no_more(timeline: Timeline, story: Rehearsal) -> None:
    timeline.select(BOOKED)
    show(timeline, story, stories.with_entries(story, [e for e in story.calendar.entries if e.key != BOOKED]))
    assert timeline.selected == ""


def test_another_participant_begins_anew(timeline: Timeline, story: Rehearsal) -> None:
    timeline.fit_all()
    timeline.select(BOOKED)
    show(timeline, story, stories.with_entries(story, story.calendar.entries, "LI-003"))
    assert timeline.selected == ""
    assert timeline.accessibleName() == "Timeline of LI-003"
    assert timeline.scale.day_width == pytest.approx(timeline.frame.axis_width / 84)


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


def test_visits_without_a_date_are_listed_in_the_column(timeline: Timeline, story: Rehearsal, qtbot: QtBot) -> None:
    entries = [stories.undated(story.calendar.entries[0]), *story.calendar.entries[1:]]
    show(timeline, story, stories.with_entries(story, entries))
    timeline.verticalScrollBar().setValue(0)
    at = timeline.rect_of(entries[0].key).center()
    with qtbot.assertNotEmitted(timeline.chosen):
        QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, NONE, at)
    assert [action.text() for action in timeline.menu.actions()] == ["Diagnosis confirmation"]
    with qtbot.waitSignal(timeline.chosen) as told:
        timeline.menu.actions()[0].trigger()
    timeline.menu.close()
    assert told.args == [entries[0].key]
    assert timeline.selected == entries[0].key


# Selecting


def test_a_click_chooses_and_a_double_click_opens(timeline: Timeline, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timeline.chosen) as told:
        QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, NONE, mark_at(timeline, BOOKED))
    assert told.args == [BOOKED]
    with qtbot.waitSignal(timeline.activated) as opened:
        QTest.mouseDClick(timeline.viewport(), Qt.MouseButton.LeftButton, NONE, mark_at(timeline, BOOKED))
    assert opened.args == [BOOKED]


def test_select_scrolls_there_and_tells_nobody(timeline: Timeline, qtbot: QtBot) -> None:
    assert not timeline.is_in_sight("SP-F24")
    with qtbot.assertNotEmitted(timeline.chosen):
        timeline.select("SP-F24")
    assert timeline.selected == "SP-F24"
    assert timeline.is_in_sight("SP-F24")
    timeline.select("no such visit")
    assert timeline.selected == ""


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


# Chips


def test_a_chip_lists_its_visits(timeline: Timeline, story: Rehearsal, qtbot: QtBot) -> None:
    show(timeline, story, crowd(story))
    at = timeline.rect_of("X#0").center()
    QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, NONE, at)
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


# Zoom and scrolling


def test_keys_zoom_and_keep_the_middle(timeline: Timeline) -> None:
    timeline.select("SP-P03")
    middle = QPointF(timeline.axis_rect().center())
    day, width = timeline.day_under(middle), timeline.scale.day_width
    QTest.keyClick(timeline, Key.Key_Plus)
    assert timeline.scale.day_width > width
    assert abs((timeline.day_under(middle) - day).days) <= 1
    QTest.keyClick(timeline, Key.Key_Minus)
    assert timeline.scale.day_width == pytest.approx(width)


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


def test_ctrl_and_the_wheel_zoom_about_the_pointer(timeline: Timeline) -> None:
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


def test_an_arrow_in_the_header_leads_back_to_today(timeline: Timeline) -> None:
    timeline.select("SP-F24")
    assert timeline.today_x() < 0
    at = QPoint(timeline.frame.column + 14, round(timeline.frame.line * 1.5))
    assert timeline.is_on_today_tag(at)
    QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, NONE, at)
    assert timeline.axis_rect().left() < timeline.today_x() < timeline.axis_rect().right()


def test_today_is_a_line_of_full_height(timeline: Timeline) -> None:
    image, x = timeline.grab().toImage(), int(timeline.today_x())
    red = tokens.color("alarm").rgb()
    below = [image.pixel(x, y) == red for y in range(timeline.frame.header + 1, timeline.viewport().height() - 3)]
    assert sum(below) > 0.8 * len(below)
    assert below[0]
    assert below[-1]


# The card


def test_the_card_tells_what_is_known(timeline: Timeline) -> None:
    timeline.select("SP-C01")
    QTest.keyClick(timeline, Key.Key_Right)
    timeline.choose(BOOKED, card=True)
    assert timeline.card.isVisible()
    told = texts(timeline)
    for line in (
        "Preoperative cycle 2 day 1", BOOKED, "planned, booked", "Mon 30 Nov 2026", "Mon 30 Nov – Thu 3 Dec 2026",
        "Tue 1 Dec 2026, 09:30", "day 36",
    ):  # fmt: skip
        assert line in told
    timeline.choose("SP-C03#1.15", card=True)
    assert "inside" in texts(timeline)
    assert "Tue 17 Nov 2026, 13:40" in texts(timeline)


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


def test_escape_closes_the_card_and_then_is_for_the_window(timeline: Timeline) -> None:
    timeline.choose(BOOKED, card=True)
    QTest.keyClick(timeline, Key.Key_Escape)
    assert not timeline.card.isVisible()
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, NONE)
    timeline.keyPressEvent(event)
    assert not event.isAccepted()


def test_the_card_opens_under_a_resting_pointer_and_goes_when_it_leaves(timeline: Timeline, qtbot: QtBot) -> None:
    QTest.mouseMove(timeline.viewport(), mark_at(timeline, BOOKED))
    qtbot.waitUntil(timeline.card.isVisible, timeout=2000)
    assert timeline.card.key == BOOKED
    QTest.mouseMove(timeline.viewport(), QPoint(timeline.axis_rect().right() - 4, timeline.axis_rect().bottom() - 4))
    qtbot.waitUntil(lambda: not timeline.card.isVisible(), timeout=2000)


def test_a_press_on_the_card_is_none_on_what_lies_below(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.choose(BOOKED, card=True)
    with qtbot.assertNotEmitted(timeline.chosen):
        QTest.mouseClick(timeline.card.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(8, 8))
    assert timeline.card.isVisible()
    assert timeline.selected == BOOKED


def test_scrolling_closes_the_card(timeline: Timeline) -> None:
    timeline.choose(BOOKED, card=True)
    wheel(timeline, timeline.axis_rect().center(), -120)
    assert not timeline.card.isVisible()


# Keys and the window


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


# Themes, text sizes, names


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


@pytest.mark.parametrize("name", NAMES)
def test_strange_names_are_plain_text_everywhere(timeline: Timeline, story: Rehearsal, name: str) -> None:
    entry = stories.named(story.calendar.by_key[BOOKED], name)
    entries = [stories.on(entry, f"X#{n}", story.calendar.today + timedelta(21)) for n in range(7)]
    protocol = replace(story.protocol, epochs=tuple(replace(epoch, name=name) for epoch in story.protocol.epochs))
    calendar = stories.with_entries(story, entries, name)
    timeline.show_calendar(protocol, calendar, story.site.closed, story.participant.enrolled_on)
    timeline.choose("X#1", card=True)
    timeline.grab()
    plain = text.one_line(name)
    assert "\n" not in plain
    assert any(text.replace("\u200b", "").startswith(plain[:60]) for text in texts(timeline))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in timeline.card.findChildren(QLabel))
    assert timeline.viewport().rect().contains(timeline.card.geometry())
    timeline.activate()
    shown = timeline.menu.actions()[0].text()
    timeline.menu.close()
    assert shown.replace("&&", "&").startswith(plain[:60])
    assert shown.replace("&&", "").count("&") == 0


# Size


def test_six_hundred_visits_of_five_years(timeline: Timeline, story: Rehearsal) -> None:
    show(timeline, story, stories.with_entries(story, stories.many(story, 600, 1800), "LI-600"))
    assert len(timeline.order) == 600
    for act in (timeline.zoom_in, timeline.fit_all, timeline.go_to_today):
        act()
        assert not timeline.grab().isNull()
    timeline.select(timeline.order[-1])
    assert timeline.is_in_sight(timeline.order[-1])


def test_all_visits_cancelled(timeline: Timeline, story: Rehearsal) -> None:
    entries: list[Entry] = [replace(entry, status=Status.CANCELLED) for entry in story.calendar.entries]
    show(timeline, story, stories.with_entries(story, entries))
    assert not timeline.grab().isNull()
    timeline.select(BOOKED)
    assert not timeline.can_move(BOOKED)
    assert timeline.spoken_name(BOOKED).startswith("Preoperative cycle 2 day 1, cancelled")


def test_days_at_the_ends_of_the_calendar(timeline: Timeline, story: Rehearsal) -> None:
    entry = story.calendar.by_key[BOOKED]
    far = replace(stories.on(entry, "X#1", date(9998, 1, 1)), latest=date.max)
    show(timeline, story, stories.with_entries(story, [entry, far], "LI-999"))
    timeline.select("X#1")
    timeline.fit_all()
    for _ in range(3):
        timeline.zoom_in()
    assert not timeline.grab().isNull()
