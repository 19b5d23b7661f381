"""Labels: plain text whatever it looks like, complete where it is elided."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.text import Elided, Label, NothingHere, Wrapped, no_mnemonic, tip

HOSTILE = "<b>R&D</b>"
LONG = "Preoperative chemotherapy, cycle 4 of 8, day 15"


@pytest.mark.parametrize("kind", [Label, Wrapped, Elided])
def test_text_that_looks_like_html_is_shown_as_it_is(qtbot: QtBot, kind: type[Label]) -> None:
    label = kind(HOSTILE)
    qtbot.addWidget(label)
    assert label.text() == HOSTILE
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_tooltip_is_escaped_and_keeps_its_lines() -> None:
    assert tip("a < b\nR&D") == "<span>a &lt; b<br>R&amp;D</span>"
    assert tip("") == ""


def test_an_ampersand_in_a_name_marks_no_key() -> None:
    assert no_mnemonic("R&D && Co") == "R&&D &&&& Co"


def test_text_that_does_not_fit_is_elided_and_complete_in_the_tooltip(qtbot: QtBot) -> None:
    label = Elided(LONG)
    qtbot.addWidget(label)
    label.resize(label.width_of(LONG) // 2, 20)
    label.show()
    shown = label.shown_in(label.width())
    assert shown.endswith("…")
    assert LONG.startswith(shown[:-1])
    assert label.toolTip() == tip(LONG)
    assert label.accessibleName() == LONG
    label.resize(label.width_of(LONG) + 10, 20)
    assert label.shown_in(label.width()) == LONG
    assert label.toolTip() == ""


def test_the_longest_form_that_fits_is_shown(qtbot: QtBot) -> None:
    label = Elided()
    qtbot.addWidget(label)
    label.set_forms(LONG, "cycle 4, day 15", "day 15")
    assert label.shown_in(label.width_of(LONG)) == LONG
    assert label.shown_in(label.width_of(LONG) - 5) == "cycle 4, day 15"
    assert label.shown_in(label.width_of("day 15")) == "day 15"
    assert label.shown_in(label.width_of("day 15") - 5).endswith("…")


def test_wrapped_text_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    label = Wrapped("word " * 40)
    qtbot.addWidget(label)
    line = label.fontMetrics().height()
    assert label.heightForWidth(10_000) < 2 * line
    assert label.heightForWidth(200) > 3 * line


def test_wrapped_text_has_another_height_with_other_words_another_style(qtbot: QtBot) -> None:
    label = Wrapped("one line")
    qtbot.addWidget(label)
    label.show()
    low = label.heightForWidth(200)
    label.setText("word " * 40)
    high = label.heightForWidth(200)
    assert high > 3 * low
    assert label.heightForWidth(400) < high
    label.setStyleSheet("QLabel { font-size: 40px }")
    larger = label.heightForWidth(200)
    assert larger > 2 * high
    label.setStyleSheet("QLabel { font-size: 40px; padding: 40px 0 }")
    assert label.heightForWidth(200) >= larger + 80
    label.setStyleSheet("")
    assert label.heightForWidth(200) == high


def test_hidden_signs_are_written_out_in_labels_and_tooltips(qtbot: QtBot) -> None:
    hostile = "a\u202eb\x1b\nc"
    for label in (Label(hostile), Wrapped(hostile)):
        qtbot.addWidget(label)
        assert label.text() == "a\\u202eb\\u001b\nc"
    line = Elided(hostile)
    qtbot.addWidget(line)
    assert line.text() == "a\\u202eb\\u001b\\u000ac"
    assert line.accessibleName() == line.text()
    assert tip(hostile) == "<span>a\\u202eb\\u001b<br>c</span>"
    assert no_mnemonic("a\u200f&b") == "a\\u200f&&b"


def test_a_sentence_in_the_place_of_a_list_takes_its_room(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    above, said, below = Label("above"), NothingHere(), Label("below")
    said.setText("Nobody is here yet.")
    for one in (above, said, below):
        column.addWidget(one)
    page.resize(300, 400)
    page.show()
    qtbot.waitUntil(lambda: said.height() > 300)
    assert above.height() < 30
    assert below.geometry().bottom() > 360


def test_a_list_that_becomes_empty_gives_its_keyboard_to_the_search_box(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    other, box, rows, said = QLineEdit(), QLineEdit(), QListWidget(), NothingHere()
    for one in (other, box, rows, said):
        column.addWidget(one)
    page.show()
    page.activateWindow()
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    said.take_place_of(rows, box, empty=True)
    assert (said.isHidden(), rows.isHidden(), page.focusWidget()) == (False, True, box)
    other.setFocus()
    said.take_place_of(rows, box, empty=False)
    assert (said.isHidden(), rows.isHidden(), page.focusWidget()) == (True, False, other)
    said.take_place_of(rows, box, empty=True)
    assert page.focusWidget() is other
