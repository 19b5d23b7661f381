"""Times and numbers as they are typed."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.facts.parsing import LONGEST_TEXT, text
from app.domain.refusal import Refused
from app.ui.forms.text_editors import LineEditor, LongEditor, NumberEditor, TimeEditor, shown_time, typed_number
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


def pasted(editor: LongEditor, words: str) -> str:
    """The value after a paste."""
    source = QMimeData()
    source.setText(words)
    editor.box.insertFromMimeData(source)
    return str(editor.value() or "")


def test_a_text_of_the_greatest_length_is_pasted_in_full(qtbot: QtBot) -> None:
    editor = LongEditor("Note")
    qtbot.addWidget(editor)
    assert pasted(editor, "a" * 2000) == "a" * 2000
    assert pasted(editor, "b" * 2000) == "a" * 2000 + "b" * 2000


@pytest.mark.parametrize(
    "words",
    ["a" * 1_000_000, " " * 5000 + "a" * 5000, "a" * 1900 + " " * 5000 + "b", "a\n" * 3000, "\U0001f600" * 5000],
    ids=["long", "blanks before", "blanks inside", "lines", "outside the first plane"],
)
def test_a_paste_without_room_is_cut_and_refused_never_saved_in_part(qtbot: QtBot, words: str) -> None:
    editor = LongEditor("Note")
    qtbot.addWidget(editor)
    found = pasted(editor, words)
    assert LONGEST_TEXT < len(found) <= 4000
    assert found.endswith("…")
    with pytest.raises(Refused, match="text_too_long"):
        text(found, "text")
    assert pasted(editor, words) == found, "there is no room for more"


def test_a_paste_over_what_is_selected_takes_its_room(qtbot: QtBot) -> None:
    editor = LongEditor("Note")
    qtbot.addWidget(editor)
    editor.set_value("x" * 4000)
    editor.box.selectAll()
    assert pasted(editor, "short") == "short"


def test_a_line_keeps_more_than_a_fact_may_have(qtbot: QtBot) -> None:
    editor = LineEditor("Reason")
    qtbot.addWidget(editor)
    assert LONGEST_TEXT < editor.line.maxLength() < 100_000, "so what is cut is refused"
