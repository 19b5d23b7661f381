"""Days as they are typed, and what is said of them."""

from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.facts.typed_days import Aim
from app.ui.forms.day_edit import DayEdit
from app.wording import dates
from tests.domain.facts.typed_forms import COMING, FROM_PLANNED, PLANNED, REFUSED
from tests.domain.facts.typed_forms import TODAY as MONDAY

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
    third = "Friday 3 April 2026, in 2 days"
    assert said == [third, third, "", "", third]


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


@pytest.mark.parametrize(("text", "meant"), [*COMING, *FROM_PLANNED])
def test_a_field_for_a_plan_reads_what_every_surface_reads(text: str, meant: str, qtbot: QtBot) -> None:
    edit = DayEdit(MONDAY, "Day")
    qtbot.addWidget(edit)
    edit.set_aim(Aim.COMING)
    edit.set_planned(PLANNED)
    edit.line.setText(text)
    assert edit.value() == date.fromisoformat(meant)
    assert edit.echo.text().startswith(dates.day_long(date.fromisoformat(meant)))


@pytest.mark.parametrize(("text", "_kind"), REFUSED)
def test_what_no_surface_reads_stays_as_it_was_typed(text: str, _kind: str, qtbot: QtBot) -> None:
    edit = DayEdit(MONDAY, "Day")
    qtbot.addWidget(edit)
    edit.set_aim(Aim.COMING)
    edit.line.setText(text)
    assert (edit.day(), edit.echo.text(), edit.value()) == (None, "", text.strip() or None)


def test_a_distance_says_from_which_day_and_offers_the_other(qtbot: QtBot) -> None:
    edit = DayEdit(MONDAY, "New day")
    qtbot.addWidget(edit)
    edit.set_planned(PLANNED)
    edit.line.setText("+7")
    assert edit.echo.text() == "Monday 30 November 2026, 7 days from today"
    assert edit.instead.text() == "p+7: 7 days from the planned day: Mon 21 Dec 2026"
    assert not edit.instead.isHidden()
    edit.instead.click()
    assert (edit.text(), edit.day()) == ("p+7", date(2026, 12, 21))
    assert edit.echo.text() == "Monday 21 December 2026, 7 days from the planned day"
    assert edit.instead.isHidden()


def test_without_a_planned_day_nothing_else_is_offered(qtbot: QtBot) -> None:
    edit = DayEdit(MONDAY, "Day")
    qtbot.addWidget(edit)
    edit.line.setText("+7")
    assert (edit.echo.text(), edit.instead.isHidden()) == ("Monday 30 November 2026, in 7 days", True)
    edit.line.setText("p+7")
    assert edit.day() is None


def test_a_day_with_its_time_is_handed_on_with_both(qtbot: QtBot) -> None:
    edit = DayEdit(MONDAY, "Day")
    qtbot.addWidget(edit)
    edit.line.setText("Mon 30 Nov 2026, 09:30")
    assert edit.day() == date(2026, 11, 30)
    assert edit.value() == "Mon 30 Nov 2026, 09:30"
    assert edit.echo.text() == "Monday 30 November 2026, 09:30, in 7 days"


@pytest.mark.parametrize(("aim", "planned", "offered"), [
    (Aim.COMING, date(2026, 4, 9), True), (Aim.PAST, date(2026, 4, 9), False), (Aim.COMING, None, False),
])  # fmt: skip
def test_a_week_later_counts_from_the_planned_day_of_a_plan(
    aim: Aim, planned: date | None, offered: bool, qtbot: QtBot
) -> None:
    edit = DayEdit(TODAY, "Day")
    qtbot.addWidget(edit)
    edit.set_planned(planned)
    edit.set_aim(aim)
    assert edit.week.isHidden() is not offered
    if offered:
        with qtbot.waitSignal(edit.answered):
            edit.week.click()
        assert (edit.text(), edit.day()) == ("p+7", date(2026, 4, 16))
        assert edit.echo.text() == "Thursday 16 April 2026, 7 days from the planned day"
