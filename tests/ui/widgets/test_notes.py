"""Notes and the banner, with their remedies as buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.notes import Banner, Note


def test_a_note_offers_its_remedies(qtbot: QtBot) -> None:
    taken: list[str] = []
    note = Note(
        "Not decided.", "notice", [("R&D", lambda: taken.append("first")), ("Later", lambda: taken.append("2"))]
    )
    qtbot.addWidget(note)
    first, second = note.findChildren(QPushButton)
    assert (first.text(), second.text()) == ("R&&D", "Later")
    first.click()
    assert taken == ["first"]


def test_a_banner_shows_the_last_message_alone(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.tell("The disk is full.", remedies=[("Try again", lambda: None)])
    banner.tell("Saved.", "done", closable=False)
    assert banner.text.text() == banner.accessibleName() == "Saved."
    assert banner.property("note") == "done"
    assert [button.text() for button in banner.findChildren(QPushButton) if not button.isHidden()] == []
    assert banner._close.isHidden()


LONG = "Other users of this computer can look into the folder. " * 40


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page of 600 x 400 pixels with a banner above something that takes what is left."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(Banner())
    column.addWidget(QWidget(), 1)
    page.resize(600, 400)
    page.show()
    return page


def test_a_long_message_takes_a_quarter_of_the_window_at_most_and_forces_nothing(qtbot: QtBot, page: QWidget) -> None:
    banner = page.findChild(Banner)
    assert isinstance(banner, Banner)
    banner.tell("Short.")
    qtbot.waitUntil(lambda: banner.height() > 0)
    forced = page.minimumSizeHint().height()
    banner.tell(LONG)
    qtbot.waitUntil(lambda: banner.height() > 60)
    assert banner.height() <= 100 + 12, "the text and the margins above and below it"
    assert page.minimumSizeHint().height() == forced
    assert (page.width(), page.height()) == (600, 400)
    assert banner.text.height() == banner.text.heightForWidth(banner.text.width()), "neither cut nor with blank lines"
    assert banner._scrolled.verticalScrollBar().value() == 0


def test_a_message_of_some_lines_is_seen_completely_next_to_a_button(qtbot: QtBot, page: QWidget) -> None:
    banner = page.findChild(Banner)
    assert isinstance(banner, Banner)
    for closable in (False, True):
        banner.tell("One line.\nAnother line.\nA third line.", "notice", [("Mend…", lambda: None)], closable)
        qtbot.waitUntil(lambda: banner._scrolled.height() >= 3 * banner.text.fontMetrics().lineSpacing())
        assert banner._scrolled.verticalScrollBar().maximum() == 0


def test_a_long_message_is_scrolled_by_keyboard_and_read_completely(qtbot: QtBot, page: QWidget) -> None:
    banner = page.findChild(Banner)
    assert isinstance(banner, Banner)
    banner.tell(LONG)
    area, bar = banner._scrolled, banner._scrolled.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert area.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert area.accessibleName() == LONG
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    banner.tell("Short.")
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus, "Tab does not stop where there is nothing to do"
    assert area.accessibleName() == "Short."


def test_a_short_message_is_as_high_as_its_text(qtbot: QtBot, page: QWidget) -> None:
    banner = page.findChild(Banner)
    assert isinstance(banner, Banner)
    banner.tell("One line.\nAnother line.")
    line = banner.text.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: abs(banner._scrolled.height() - 2 * line) <= 2)
    assert banner._scrolled.verticalScrollBar().maximum() == 0
