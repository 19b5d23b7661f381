"""Times and numbers as they are typed."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.forms.text_editors import NumberEditor, TimeEditor, shown_time, typed_number
from tests.domain.facts.typed_forms import NO_TIMES, TIMES


@pytest.mark.parametrize(("typed", "read"), TIMES)
def test_a_time_is_shown_as_it_is_kept(typed: str, read: str) -> None:
    assert shown_time(typed) == read


@pytest.mark.parametrize(("typed", "_kind"), NO_TIMES)
def test_what_is_no_time_stays_as_it_was_typed(typed: str, _kind: str) -> None:
    assert shown_time(typed) == typed
    assert shown_time("  ") == ""


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
