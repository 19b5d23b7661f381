"""Recording a visit: the day it begins with, what is said of the day, and what speaks against none of it.

Cycle 1 of AG was given on Mon 30 Nov (day 1), 7 and 14 Dec 2026; cycle 2 is due on Mon 28 Dec, to Thu 31 Dec.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from app.ui.dialogs.change.dialog import ChangeDialog
from tests.services.ward import Ward
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import Room, cells


def cycle_1(ward: Ward) -> None:
    for visit, on in (("SP-C01", "2026-11-30"), ("SP-C03#1.8", "2026-12-07"), ("SP-C03#1.15", "2026-12-14")):
        ward.do("performed", visit=visit, on=on)


def cycle_1_and_back_to_monday(ward: Ward) -> None:
    cycle_1(ward)
    ward.value("return_to_weekday", True, protocol="scanpan")


def line(dialog: ChangeDialog) -> QLineEdit:
    edit = dialog.form.day_edit()
    assert edit is not None
    return edit.line


def said(dialog: ChangeDialog) -> str:
    edit = dialog.form.day_edit()
    assert edit is not None
    return edit.extra.text()


@pytest.mark.parametrize(
    ("today", "begins_with"),
    [("2026-12-27", None), ("2026-12-28", "2026-12-28"), ("2026-12-31", "2026-12-31"), ("2027-01-05", "2027-01-05")],
    ids=["before its window", "first day", "last day", "overdue"],
)
def test_the_day_is_today_once_the_window_is_open(make_room: MakeRoom, today: str, begins_with: str | None) -> None:
    dialog = make_room(cycle_1, today).dialog("performed", "SP-C02#2")
    assert dialog.form.day() == (date.fromisoformat(begins_with) if begins_with else None)


def test_a_booking_in_the_past_is_the_day_before_the_window_is_open(make_room: MakeRoom) -> None:
    def booked_early(ward: Ward) -> None:
        cycle_1(ward)
        ward.go_to("2026-12-20")
        ward.do("booked", visit="SP-C02#2", on="2026-12-22")
        ward.go_to("2026-12-27")

    dialog = make_room(booked_early, "2026-12-27").dialog("performed", "SP-C02#2")
    assert dialog.form.day() == date(2026, 12, 22)


def test_the_echo_tells_study_day_and_window(make_room: MakeRoom) -> None:
    room = make_room(cycle_1, "2027-01-06")
    dialog = room.dialog("performed", "SP-C02#2")
    expected = {
        "2026-12-27": "day 28, 1 day early",
        "2026-12-28": "day 29, inside the window",
        "2026-12-31": "day 32, inside the window",
        "2027-01-01": "day 33, 1 day late",
        "2027-01-05": "day 37, 5 days late",
        "2026-11-29": "1 day before day 1, 29 days early",
    }
    found = {}
    for on in expected:
        line(dialog).setText(on)
        found[on] = said(dialog)
        assert dialog.frame.deviation.isHidden() == ("inside" in expected[on]), on
    assert found == expected


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (
            "SP-S08",
            {
                "2026-11-20": "3 days before enrolment, inside the window",
                "2026-11-23": "day of enrolment, inside the window",
                "2026-12-07": "14 days after enrolment, 7 days late",
            },
        ),
        ("SP-C01", {"2026-12-02": "day 1, inside the window"}),
    ],
)
def test_before_the_first_infusion_days_count_from_enrolment(room: Room, visit: str, expected: dict[str, str]) -> None:
    dialog = room.dialog("performed", visit)
    found = {}
    for on in expected:
        line(dialog).setText(on)
        found[on] = said(dialog)
    assert found == expected


def test_outside_the_window_a_reason_is_asked_for_and_not_needed(make_room: MakeRoom) -> None:
    room = make_room(cycle_1, "2027-01-06")
    last = room.last
    dialog = room.dialog("performed", "SP-C02#2")
    line(dialog).setText("2027-01-04")
    room.settle(dialog)
    assert dialog.frame.deviation.text.text() == (
        "4 days late. A reason for the deviation is asked for; it can also be added later."
    )
    assert cells(dialog, "SP-C02#2")[2:5] == ["Mon 4 Jan", "done", "4 days after"]
    room.save(dialog)
    judged = ["2026-12-28", "2026-12-31"]
    assert room.facts_after(last) == [("performed", {"visit": "SP-C02#2", "on": "2027-01-04", "judged": judged})]


def test_a_reason_ends_the_asking(make_room: MakeRoom) -> None:
    room = make_room(cycle_1, "2027-01-06")
    dialog = room.dialog("performed", "SP-C02#2")
    assert not dialog.frame.deviation.isHidden()
    room.fill(dialog, reason="fever")
    assert dialog.frame.deviation.isHidden()


def test_a_late_day_carries_the_rest_of_the_cycle_along(make_room: MakeRoom) -> None:
    """Cycle 2 a day late, on Tue 29 Dec: days 8 and 15 go to Tue 5 and 12 Jan, and cycle 3 returns to Monday."""
    room = make_room(cycle_1_and_back_to_monday, "2026-12-29")
    dialog = room.dialog("performed", "SP-C02#2")
    assert cells(dialog, "SP-C03#2.8")[1:4] == ["Mon 4 Jan", "Tue 5 Jan", "moves +1"]
    assert cells(dialog, "SP-C03#2.15")[1:4] == ["Mon 11 Jan", "Tue 12 Jan", "moves +1"]
    assert cells(dialog, "SP-C03#2.8")[5].startswith("Day 8 of the cycle begun with Preoperative cycle 2 day 1")
    assert dialog.frame.primary.text() == "Mark done; 3 visits move"
    assert dialog.frame.impact.totals.text() == "3 visits move, 2 get another window, 1 gets other notices."


def test_on_its_day_it_moves_nothing(make_room: MakeRoom) -> None:
    dialog = make_room(cycle_1, "2026-12-28").dialog("performed", "SP-C02#2")
    assert dialog.frame.primary.text() == "Mark done"
    assert dialog.frame.impact.totals.text().startswith("No other visit moves")


def test_what_is_typed_by_hand_is_saved_with_enter(make_room: MakeRoom) -> None:
    room = make_room(cycle_1, "2026-12-30")
    last = room.last
    dialog = room.dialog("performed", "SP-C02#2")
    field = line(dialog)
    field.selectAll()
    QTest.keyClicks(field, "28 dec")
    room.press(field, Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert [(kind, fields["on"]) for kind, fields in room.facts_after(last)] == [("performed", "2026-12-28")]


def test_esc_keeps_nothing(make_room: MakeRoom) -> None:
    room = make_room(cycle_1, "2026-12-30")
    last = room.last
    dialog = room.dialog("performed", "SP-C02#2", {"on": "2026-12-29"})
    room.press(line(dialog), Qt.Key.Key_Escape)
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert (room.last, room.saved, room.messages) == (last, [], [])


def test_a_day_to_come_is_refused_at_its_field(room: Room) -> None:
    last = room.last
    dialog = room.dialog("performed", "SP-C01")
    room.fill(dialog, on="2026-12-21")
    assert "lies after today" in dialog.frame.impact.totals.text()
    room.save(dialog)
    assert dialog.form.form._rows["on"].error.text().startswith("Mon 21 Dec 2026 lies after today")
    assert dialog.frame.banner.isHidden()
    assert dialog.frame.primary.isEnabled()
    assert room.last == last
    room.fill(dialog, on="2026-12-14")
    room.save(dialog)
    assert [kind for kind, _fields in room.facts_after(last)] == ["performed"]


def test_what_is_missing_is_named_before_and_after_saving(room: Room) -> None:
    dialog = room.dialog("withdrawn")
    assert dialog.frame.impact.totals.text() == ("Fill in: withdrawn from, reason. Then what changes is shown here.")
    room.save(dialog)
    assert not dialog.form.form._rows["scope"].error.isHidden()
    assert dialog.isVisible()


def test_a_decision_before_the_window_leaves_the_visit_open(room: Room) -> None:
    """Reassessment 1 comes weeks after today: nobody has held it yet."""
    last = room.last
    dialog = room.dialog("decided", "SP-R01", {"on": "2026-12-18"})
    assert dialog.form.performed_box is not None
    assert not dialog.form.performed_box.isChecked()
    room.fill(dialog, outcome="response")
    room.save(dialog)
    assert [kind for kind, _fields in room.facts_after(last)] == ["decided"]


def test_the_visit_is_recorded_as_held_with_the_decision(room: Room) -> None:
    last = room.last
    dialog = room.dialog("decided", "SP-R01", {"on": "2026-12-18"})
    assert dialog.form.performed_box is not None
    QTest.keyClick(dialog.form.performed_box, Qt.Key.Key_Space)
    room.fill(dialog, outcome="response")
    room.save(dialog)
    found = room.facts_after(last)
    assert [(kind, fields["visit"], fields["on"]) for kind, fields in found] == [
        ("performed", "SP-R01", "2026-12-18"),
        ("decided", "SP-R01", "2026-12-18"),
    ]
    assert len(room.messages) == 1
    entry = room.calendar().by_key["SP-R01"]
    assert (str(entry.performed), entry.decided) == ("2026-12-18", "response")


def test_a_visit_that_was_held_is_not_asked_about_again(room: Room) -> None:
    room.record("performed", visit="SP-R01", on="2026-12-17")
    dialog = room.dialog("decided", "SP-R01")
    assert dialog.form.performed_box is None
