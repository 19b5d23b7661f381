"""Buttons and their accessible names."""

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from app.ui.style import tokens
from app.ui.style.style_sheet import style_sheet
from app.ui.style.tokens import LIGHT
from app.ui.widgets.buttons import Button, IconButton


@pytest.mark.parametrize(("text", "name"), [("&Save", "Save"), ("Ea&rlier", "Earlier"), ("R&&D", "R&D")])
def test_the_accessible_name_has_no_mark_of_a_key(qtbot: QtBot, text: str, name: str) -> None:
    button = Button(text)
    qtbot.addWidget(button)
    assert button.accessibleName() == name


@pytest.mark.parametrize(("variant", "checkable"), [("", False), ("primary", False), ("chip", True), ("nav", True)])
def test_only_chips_and_the_buttons_of_the_side_bar_stay_down(qtbot: QtBot, variant: str, checkable: bool) -> None:
    button = Button("Today", variant=variant)
    qtbot.addWidget(button)
    assert button.isCheckable() is checkable
    assert not button.autoDefault()


def test_a_click_calls(qtbot: QtBot) -> None:
    calls: list[str] = []
    button, icon = Button("Save", lambda: calls.append("text")), IconButton("x", "Close", lambda: calls.append("icon"))
    qtbot.addWidget(button)
    qtbot.addWidget(icon)
    button.click()
    icon.click()
    assert calls == ["text", "icon"]
    assert icon.accessibleName() == "Close"


@pytest.mark.parametrize("chosen", [False, True])
def test_a_chip_has_room_for_its_text_in_bold(qtbot: QtBot, chosen: bool) -> None:
    """Ten pixels of padding and one of border at each side, as the style sheet says."""
    chip = Button("To confirm 439", variant="chip")
    chip.setStyleSheet(style_sheet(LIGHT))
    qtbot.addWidget(chip)
    chip.setChecked(chosen)
    bold = QFontMetrics(tokens.font(tokens.SMALL, strong=True)).horizontalAdvance("To confirm 439")
    assert chip.sizeHint().width() >= bold + 22
