"""Times and numbers as they are typed."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.forms.text_editors import NumberEditor, TimeEditor, typed_number, typed_time


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
