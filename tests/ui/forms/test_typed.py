"""Times, numbers and days as they are typed."""

from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.forms.day_edit import DayEdit
from app.ui.forms.text_editors import NumberEditor, TimeEditor, typed_number, typed_time

TODAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("930", "09:30"),
        ("0930", "09:30"),
        ("9.30", "09:30"),
        ("09:30", "09:30"),
        ("9:05", "09:05"),
        ("9", "09:00"),
        ("14h15", "14:15"),
        ("9\uff1a30", "09:30"),
        (" 23:59 ", "23:59"),
        ("24:00", "24:00"),
        ("9:75", "9:75"),
        ("960", "960"),
        ("noon", "noon"),
        ("", ""),
    ],
)
def test_times(typed: str, read: str) -> None:
    assert typed_time(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("12", 12),
        ("1 234,5", 1234.5),
        ("-3", -3),
        ("1.234,5", "1.234,5"),
        ("1e9", "1e9"),
        ("nan", "nan"),
        ("about 5", "about 5"),
    ],
)
def test_numbers(typed: str, read: object) -> None:
    found = typed_number(typed)
    assert (found, type(found)) == (read, type(read))


def test_a_time_is_written_out_when_the_keyboard_leaves(qtbot: QtBot) -> None:
    editor = TimeEditor("Time")
    qtbot.addWidget(editor)
    QTest.keyClicks(editor.line, "930")
    assert editor.value() == "09:30"
    assert editor.line.text() == "930"
    editor.line.editingFinished.emit()
    assert editor.line.text() == "09:30"


def test_a_number_shows_and_gives_what_it_was(qtbot: QtBot) -> None:
    editor = NumberEditor("Weight")
    qtbot.addWidget(editor)
    for value in (1234.567, 100, 0.001):
        editor.set_value(value)
        assert editor.value() == value
    editor.set_value(None)
    assert editor.value() is None


@pytest.mark.parametrize(
    ("typed", "on", "echo"),
    [
        ("3 apr", date(2026, 4, 3), "Friday 3 April 2026, in 2 days"),
        ("+2", date(2026, 4, 3), "Friday 3 April 2026, in 2 days"),
        ("t", date(2026, 4, 1), "Wednesday 1 April 2026, today"),
        ("tomorrow", date(2026, 4, 2), "Thursday 2 April 2026, tomorrow"),
        ("y", date(2026, 3, 31), "Tuesday 31 March 2026, yesterday"),
        ("-1", date(2026, 3, 31), "Tuesday 31 March 2026, yesterday"),
        ("2026-03-25", date(2026, 3, 25), "Wednesday 25 March 2026, 7 days ago"),
        ("3/4/26", date(2026, 4, 3), "Friday 3 April 2026, in 2 days"),
        ("2026年4月3日", date(2026, 4, 3), "Friday 3 April 2026, in 2 days"),
        ("31 feb", None, ""),
        ("whenever", None, ""),
        ("2026-13-01", None, ""),
        ("", None, ""),
    ],
)
def test_days_with_what_was_understood(typed: str, on: date | None, echo: str, qtbot: QtBot) -> None:
    edit = DayEdit(TODAY, "Day")
    qtbot.addWidget(edit)
    with qtbot.waitSignal(edit.changed) if typed else qtbot.assertNotEmitted(edit.changed):
        edit.line.setText(typed)
    assert edit.day() == on
    assert edit.echo.text() == echo
    assert edit.text() == typed
    assert edit.value() == (on or typed or None)
    # Nothing is wrong before it is saved.
    assert edit.line.property("wrong") != "true"


def test_typing_is_followed_letter_by_letter(qtbot: QtBot) -> None:
    edit = DayEdit(TODAY, "Day")
    qtbot.addWidget(edit)
    said = []
    for letter in "3 apr":
        QTest.keyClicks(edit.line, letter)
        said.append(edit.echo.text())
    assert said == ["", "", "", "", "Friday 3 April 2026, in 2 days"]


def test_the_owner_says_more_of_the_day(qtbot: QtBot) -> None:
    edit = DayEdit(TODAY, "Day")
    qtbot.addWidget(edit)
    edit.set_echo_of(lambda on: (f"study day {(on - TODAY).days}", "due" if on > TODAY else ""))
    assert edit.extra.isHidden()
    edit.set_day(date(2026, 4, 3))
    assert (edit.extra.text(), edit.extra.property("tone"), edit.extra.isHidden()) == ("study day 2", "due", False)
    assert edit.line.accessibleDescription() == "Friday 3 April 2026, in 2 days, study day 2"
    edit.line.setText("nonsense")
    assert edit.extra.isHidden()


def test_another_today_is_reckoned_anew(qtbot: QtBot) -> None:
    edit = DayEdit(TODAY, "Day")
    qtbot.addWidget(edit)
    edit.line.setText("+1")
    edit.set_today(date(2026, 4, 2))
    assert edit.day() == date(2026, 4, 3)
    assert edit.echo.text() == "Friday 3 April 2026, tomorrow"
