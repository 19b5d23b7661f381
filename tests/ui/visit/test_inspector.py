"""The card of a visit in a narrow place: the code stays, all else of its line gives way."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.visit.event_menu import EventMenu
from app.ui.visit.inspector import Inspector, ParticipantLine
from tests.ui.nurse import Nurse


@pytest.fixture
def line(qtbot: QtBot, reader: Nurse) -> Iterator[ParticipantLine]:
    """The line of a participant of the study."""
    view = reader.today.inspector.view
    assert view is not None
    parent = QWidget()
    qtbot.addWidget(parent)
    found = ParticipantLine(lambda: None, EventMenu(parent), parent)
    found.show_participant(view.participant, can_write=True)
    yield found
    parent.close()


def seen(line: ParticipantLine) -> tuple[str, bool, bool, str]:
    """The code, whether protocol and link are seen, and the word of the button."""
    shown = [not one.isHidden() for one in (line._protocol, line._open_button)]
    return line._code.text(), shown[0], shown[1], line._event_button.text()


def test_the_code_stays_while_the_rest_gives_way_one_after_the_other(line: ParticipantLine) -> None:
    code, button = line._code.sizeHint().width(), line._event_width
    link = line._open_button.sizeHint().width()
    for width, expected in (
        (code + button + link + 100, ("LI-006", True, True, "Event")),
        (code + button + link + 20, ("LI-006", False, True, "Event")),
        (code + button + 10, ("LI-006", False, False, "Event")),
        (code + button, ("LI-006", False, False, "")),
        (code + button + link + 100, ("LI-006", True, True, "Event")),
    ):
        line.resize(width, 40)
        line._arrange()
        assert seen(line) == expected
        assert line.minimumSizeHint().width() <= code + button


def test_the_card_is_never_wider_than_its_place(reader: Nurse) -> None:
    card: Inspector = reader.today.inspector
    reader.window.resize(800, 600)
    reader.wait(lambda: card.viewport().width() < 260)
    reader.wait(lambda: card._inside.width() <= card.viewport().width())
    reader.window.resize(1366, 768)
    reader.wait(lambda: card.viewport().width() > 260)


def test_of_the_protocol_what_has_no_room_is_left_out_from_the_end(line: ParticipantLine) -> None:
    title, version, regimen = "ScanPan", "2025-07-19.2", "mFOLFIRINOX (no bolus, irinotecan 150)"
    said = line._protocol
    assert said.text() == f"{title} · {version} · {regimen}"
    for shown in (f"{title} · {version}", title):
        wide = said.width_of(shown)
        assert said.shown_in(wide) == shown
        assert said.shown_in(wide + said.width_of(" · ")) == shown
