"""Days as they are typed, and what is said of them."""

from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.forms.day_edit import DayEdit

TODAY = date(2026, 4, 1)


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
