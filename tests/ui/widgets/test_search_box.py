"""The box that narrows a list."""

from pytestqt.qtbot import QtBot

from app.ui.widgets.search_box import search_box


def test_it_says_what_it_looks_for_and_can_be_cleared(qtbot: QtBot) -> None:
    box = search_box("Code or visit", "Filter by code or visit")
    qtbot.addWidget(box)
    assert (box.placeholderText(), box.accessibleName()) == ("Code or visit", "Filter by code or visit")
    assert box.isClearButtonEnabled()
