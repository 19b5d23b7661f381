"""Booking with the days of the visit: cycle 2 of LI-001 has the window Mon 28 to Thu 31 Dec, New Year's Eve closed."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.dialogs.booking.day_picker import DayPicker
from app.ui.dialogs.change.dialog import ChangeDialog
from tests.services.ward import Ward
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import Room

MON, TUE, EVE, SAT = date(2026, 12, 28), date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 2)


def picker_of(dialog: ChangeDialog) -> DayPicker:
    assert dialog.picker is not None
    return dialog.picker


def booked(room: Room, visit: str = "SP-C02#2") -> tuple[ChangeDialog, DayPicker]:
    dialog = room.dialog("booked", visit)
    return dialog, picker_of(dialog)


def test_the_headline_tells_window_and_days_left(room: Room) -> None:
    _dialog, picker = booked(room)
    assert picker.headline.text() == "Window Mon 28 – Thu 31 Dec 2026, 3 usable days left"
    assert picker.none_left.isHidden()


def test_each_day_says_what_speaks_against_it(room: Room) -> None:
    """The last dose is day 15 of cycle 1, planned for 14 Dec; twelve days must pass after it."""
    _dialog, picker = booked(room)
    expected = {
        MON: "Mon 28 Dec 2026: can be had, the target, 2 visits",
        TUE: "Tue 29 Dec 2026: can be had",
        SAT: "Sat 2 Jan 2027: closed: a Saturday; 2 days after the window",
        date(2026, 12, 24): (
            "Thu 24 Dec 2026: closed: Christmas Eve; 4 days before the window; "
            "too near the last dose (from Sat 26 Dec 2026)"
        ),
    }
    model, found = picker.grid.day_model, {}
    for on in expected:
        picker.grid.go_to(on)
        found[on] = picker.line.text()
        assert model.data(model.index_of(on), Qt.ItemDataRole.AccessibleTextRole) == found[on]
    assert found == expected


def test_new_years_eve_is_closed_within_the_window(room: Room) -> None:
    _dialog, picker = booked(room)
    assert picker.against(EVE).startswith("closed: ")
    assert picker.against(MON) == ""


def test_the_keyboard_goes_by_days_and_weeks_and_home_to_the_target(room: Room) -> None:
    dialog, picker = booked(room)
    grid = picker.grid
    assert grid.current_day() == MON
    for key, there in (
        (Qt.Key.Key_Right, TUE),
        (Qt.Key.Key_Down, date(2027, 1, 5)),
        (Qt.Key.Key_Left, date(2027, 1, 4)),
        (Qt.Key.Key_Left, date(2027, 1, 3)),
        (Qt.Key.Key_Up, date(2026, 12, 27)),
        (Qt.Key.Key_Home, MON),
    ):
        room.press(grid, key)
        assert grid.current_day() == there
    assert dialog.form.day() is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_chooses_and_saves_nothing_yet(room: Room, key: Qt.Key) -> None:
    last = room.last
    dialog, picker = booked(room)
    room.press(picker.grid, Qt.Key.Key_Right, key)
    room.settle(dialog)
    assert dialog.form.day() == TUE == picker.day()
    assert dialog.isVisible()
    assert room.last == last
    room.save(dialog, "keys")
    assert room.facts_after(last) == [("booked", {"visit": "SP-C02#2", "on": "2026-12-29"})]


def test_a_click_chooses(room: Room) -> None:
    dialog, picker = booked(room)
    grid = picker.grid
    cell = grid.visualRect(grid.day_model.index_of(TUE))
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert dialog.form.day() == TUE


def test_enter_chooses_a_day_and_goes_on_to_the_time_which_enter_saves(room: Room) -> None:
    last = room.last
    dialog, picker = booked(room)
    room.press(picker.grid, Qt.Key.Key_Right, Qt.Key.Key_Return)
    time = dialog.form.form.time_edit("at")
    assert time is not None
    assert dialog.focusWidget() is time.line
    QTest.keyClicks(time.line, "1020")
    room.settle(dialog)
    QTest.keyClick(time.line, Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: bool(room.saved))
    assert room.facts_after(last) == [("booked", {"visit": "SP-C02#2", "on": "2026-12-29", "at": "10:20"})]


def test_what_is_typed_over_the_days_goes_to_its_field_and_moves_no_day(room: Room) -> None:
    """Digits are a time, letters begin a day; the chosen day stays while a time is typed."""
    dialog, picker = booked(room)
    grid, time, day = picker.grid, dialog.form.form.time_edit("at"), dialog.form.day_edit()
    assert time is not None
    assert day is not None
    cell = grid.visualRect(grid.day_model.index_of(TUE))
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    QTest.keyClicks(grid, "1")
    QTest.keyClicks(time.line, "020")
    assert (dialog.form.day(), time.value(), grid.current_day()) == (TUE, "10:20", TUE)
    QTest.keyClicks(grid, "m")
    QTest.keyClicks(day.line, "on")
    assert dialog.form.day() == date(2026, 12, 21), "the Monday after today"
    assert time.value() == "10:20"


def test_tab_goes_from_the_days_to_the_day_and_to_the_time(room: Room) -> None:
    dialog, picker = booked(room)
    time, day = dialog.form.form.time_edit("at"), dialog.form.day_edit()
    assert time is not None
    assert day is not None
    dialog.activateWindow()
    picker.grid.setFocus()
    walked = []
    for _tab in range(2):
        room.press(dialog.focusWidget(), Qt.Key.Key_Tab)
        walked.append(dialog.focusWidget())
    assert walked == [day.line, time.line]


def test_the_legend_names_every_sign(room: Room) -> None:
    _dialog, picker = booked(room)
    assert picker.legend.accessibleDescription() == "window, target, not usable, today, chosen"


def test_a_day_that_is_typed_is_chosen_in_the_grid(room: Room) -> None:
    dialog, picker = booked(room)
    edit = dialog.form.day_edit()
    assert edit is not None
    QTest.keyClicks(edit.line, "29 dec")
    assert picker.day() == TUE
    assert picker.grid.current_day() == TUE
    assert picker.grid.day_model.description(TUE).endswith("chosen")
    assert edit.extra.text() == "36 days after enrolment, inside the window"


def test_a_day_outside_the_window_can_be_booked_and_says_so(room: Room) -> None:
    last = room.last
    dialog, picker = booked(room)
    picker.choose(SAT)
    room.settle(dialog)
    edit = dialog.form.day_edit()
    assert edit is not None
    assert edit.extra.text() == "40 days after enrolment, closed: a Saturday; 2 days after the window"
    room.save(dialog)
    assert room.facts_after(last) == [("booked", {"visit": "SP-C02#2", "on": "2027-01-02"})]
    problems = {one.kind for one in room.calendar().by_key["SP-C02#2"].problems}
    assert {"booking_closed", "booking_outside"} <= problems


def test_when_none_is_left_the_least_bad_are_offered_with_their_deviation(make_room: MakeRoom) -> None:
    """4 and 5 Jan are four and five days after the window; Epiphany is closed, so 7 Jan is the third."""
    room = make_room(lambda ward: ward.close_day("2026-12-28", "2026-12-30"))
    last = room.last
    dialog, picker = booked(room)
    assert not picker.none_left.isHidden()
    assert [button.text() for button in picker.least_bad.values()] == [
        "Mon 4 Jan: 4 days after the window",
        "Tue 5 Jan: 5 days after the window",
        "Thu 7 Jan: 7 days after the window",
    ]
    button = picker.least_bad[date(2027, 1, 5)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    room.settle(dialog)
    assert [one.isChecked() for one in picker.least_bad.values()] == [False, True, False]
    room.save(dialog)
    assert room.facts_after(last) == [("booked", {"visit": "SP-C02#2", "on": "2027-01-05"})]


def test_when_none_is_left_the_keyboard_begins_on_the_least_bad_and_past_days_say_so(make_room: MakeRoom) -> None:
    """On Sat 2 Jan the window, until New Year's Eve, is over; Mon 4 Jan is the first day that is open."""
    room = make_room(today="2027-01-02")
    dialog, picker = booked(room)
    assert picker.grid.current_day() == min(picker.least_bad) == date(2027, 1, 4)
    picker.grid.go_to(MON)
    assert picker.line.text() == "Mon 28 Dec 2026: is past, the target, 2 visits"
    room.press(picker.grid, Qt.Key.Key_Return)
    assert dialog.form.day() == MON, "it can be chosen all the same"


@pytest.mark.parametrize(("later", "edge"), [(True, date(2027, 2, 4)), (False, date(2026, 11, 23))])
def test_four_more_weeks_each_way(room: Room, later: bool, edge: date) -> None:
    """From 21 Dec to 7 Jan is shown: a week before the window and a week after it."""
    _dialog, picker = booked(room)
    days = picker.grid.day_model.days
    assert (min(days), max(days)) == (date(2026, 12, 21), date(2027, 1, 7))
    with room.qtbot.waitSignal(picker.loaded):
        QTest.mouseClick(picker.later if later else picker.earlier, Qt.MouseButton.LeftButton)
    days = picker.grid.day_model.days
    assert (max(days) if later else min(days)) == edge
    assert picker.headline.text().endswith("3 usable days left")


def test_a_second_booking_is_a_rebooking(make_room: MakeRoom) -> None:
    room = make_room(lambda ward: ward.do("booked", visit="SP-C02#2", on="2026-12-29"))
    dialog, picker = booked(room)
    assert dialog.windowTitle() == "Rebook – LI-001, Preoperative cycle 2 day 1"
    assert dialog.frame.primary.text() == "Rebook"
    assert picker.grid.current_day() == TUE


def test_others_on_the_same_day_are_counted(make_room: MakeRoom) -> None:
    def another(ward: Ward) -> None:
        ward.do("booked", "CJ-001", visit="CJ-C02#2", on="2026-12-29")

    _dialog, picker = booked(make_room(another))
    assert picker.grid.day_model.description(TUE) == "Tue 29 Dec 2026: can be had, 1 visit"
    assert "1 visit" not in picker.grid.day_model.description(date(2026, 12, 30))


def test_a_visit_that_is_settled_says_why_there_are_no_days(make_room: MakeRoom) -> None:
    room = make_room(lambda ward: ward.do("performed", visit="SP-C01", on="2026-11-30"))
    picker = DayPicker(room.session, "LI-001", "SP-C01")
    room.qtbot.addWidget(picker)
    room.qtbot.waitUntil(lambda: "settled" in picker.headline.text())
    assert picker.grid.day_model.days == {}


@pytest.mark.parametrize("text", ["22", "30", "1"])
def test_what_is_typed_in_the_grid_never_moves_the_day(room: Room, text: str) -> None:
    """A table searches its cells for what is typed in it; a time is typed there by mistake."""
    dialog = room.dialog("booked", "SP-C02#2", {"on": TUE})
    picker = picker_of(dialog)
    current = picker.grid.current_day()
    picker.grid.keyboardSearch(text)
    assert picker.grid.current_day() == current
    assert (picker.day(), dialog.form.day()) == (TUE, TUE)


def resting_place(dialog: ChangeDialog, field: QWidget) -> int:
    """Where the field is from the top of the dialog once its layout rests: the same in 20 rounds of events."""
    places: list[int] = []
    while len(places) < 20 or len(set(places[-20:])) > 1:
        QApplication.processEvents()
        places.append(field.mapTo(dialog, QPoint(0, 0)).y())
    return places[-1]


def test_the_time_stays_where_it_is_when_a_day_is_chosen(room: Room) -> None:
    dialog, picker = booked(room)
    room.settle(dialog)
    time = dialog.form.form.editor("at")
    before = resting_place(dialog, time)
    picker.choose(TUE)
    room.settle(dialog)
    assert dialog.form.day() == TUE
    assert resting_place(dialog, time) == before
