"""Notes and the banner, with their remedies as buttons."""

from PySide6.QtWidgets import QPushButton
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
