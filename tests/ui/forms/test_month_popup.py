"""The month over a field for a day."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.ui.forms.day_edit import DayEdit
from app.ui.forms.month_popup import MonthPopup

TODAY = date(2026, 4, 1)
Key = Qt.Key


def opened(qtbot: QtBot, day: date | None = None, start: date | None = None) -> tuple[DayEdit, MonthPopup]:
    edit = DayEdit(TODAY, "New day")
    qtbot.addWidget(edit)
    edit.set_day(day)
    edit.set_start(start)
    edit.show()
    edit.open_month()
    assert edit.popup is not None
    return edit, edit.popup


@pytest.mark.parametrize(
    ("day", "start", "title", "cursor"),
    [
        (date(2026, 6, 5), date(2026, 9, 1), "June 2026", date(2026, 6, 5)),
        (None, date(2026, 9, 1), "September 2026", date(2026, 9, 1)),
        (None, None, "April 2026", TODAY),
    ],
)
def test_it_opens_at_the_value_else_at_the_start(
    day: date | None, start: date | None, title: str, cursor: date, qtbot: QtBot
) -> None:
    _edit, popup = opened(qtbot, day, start)
    assert (popup.title.text(), popup.cursor_day) == (title, cursor)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ((Key.Key_Right,), date(2026, 2, 1)),
        ((Key.Key_Left,), date(2026, 1, 30)),
        ((Key.Key_Down,), date(2026, 2, 7)),
        ((Key.Key_Up,), date(2026, 1, 24)),
        ((Key.Key_PageDown,), date(2026, 2, 28)),
        ((Key.Key_PageUp,), date(2025, 12, 31)),
        ((Key.Key_Home,), date(2026, 1, 1)),
        ((Key.Key_Home, Key.Key_Right, Key.Key_End), date(2026, 1, 31)),
        ((), date(2026, 1, 31)),
    ],
)
def test_arrow_keys_and_enter(keys: tuple[Key, ...], chosen: date, qtbot: QtBot) -> None:
    edit, popup = opened(qtbot, date(2026, 1, 31))
    for key in keys:
        QTest.keyClick(popup, key)
    QTest.keyClick(popup, Key.Key_Return)
    assert edit.day() == chosen


def test_escape_leaves_the_field_as_it_was(qtbot: QtBot) -> None:
    edit, popup = opened(qtbot, date(2026, 6, 5))
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Escape)
    assert not popup.isVisible()
    assert edit.day() == date(2026, 6, 5)


def test_a_click_chooses_and_every_day_has_a_name(qtbot: QtBot) -> None:
    edit, popup = opened(qtbot, date(2026, 6, 5))
    days = [one for one in popup.findChildren(QToolButton) if one.property("day") == "true"]
    assert len(days) == 42
    assert len({one.accessibleName() for one in days}) == 42
    wanted = next(one for one in days if one.accessibleName() == "Friday 12 June 2026")
    QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)
    assert edit.day() == date(2026, 6, 12)


def test_a_closed_day_says_why(qtbot: QtBot) -> None:
    edit = DayEdit(TODAY, "New day")
    qtbot.addWidget(edit)
    edit.set_closed_of(lambda on: "Midsummer <b>" if on == date(2026, 6, 19) else "")
    edit.set_day(date(2026, 6, 5))
    edit.open_month()
    assert edit.popup is not None
    shut = [one for one in edit.popup.findChildren(QToolButton) if one.property("shut") == "true"]
    assert [one.accessibleName() for one in shut] == ["Friday 19 June 2026, Midsummer <b>"]
    assert "&lt;b&gt;" in shut[0].toolTip()


def test_alt_down_opens_it(qtbot: QtBot) -> None:
    edit = DayEdit(TODAY, "New day")
    qtbot.addWidget(edit)
    edit.show()
    QTest.keyClick(edit.line, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert edit.popup is not None
