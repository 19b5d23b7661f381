"""The card at the side of a list."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.ui.style import tokens
from app.ui.widgets.side_card import SideCard


@pytest.fixture
def area(qtbot: QtBot) -> SideCard:
    """A card of 100 pixels in height with a content as high as it wants."""
    found = SideCard("The chosen line")
    qtbot.addWidget(found)
    found.resize(200, 100)
    found.show()
    return found


def colours(area: SideCard) -> set[str]:
    """The colours of the bar."""
    picture = area.verticalScrollBar().grab().toImage()
    return {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}


def test_the_content_keeps_its_width_and_the_bar_shows_a_handle_only_to_scroll(area: SideCard, qtbot: QtBot) -> None:
    content = area.widget()
    assert content is not None
    content.setMinimumHeight(50)
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible())
    wide = content.width()
    assert wide == 200 - area.verticalScrollBar().width()
    assert colours(area) == {tokens.color("surface").name()}
    content.setMinimumHeight(500)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert content.width() == wide
    assert len(colours(area)) > 1


def test_a_sentence_is_in_the_place_of_what_was_chosen(area: SideCard) -> None:
    area.show_chosen()
    assert (area._placeholder.isHidden(), area._shown.isHidden()) == (True, False)
    area.say("Choose a line.")
    assert (area._placeholder.text(), area._placeholder.isHidden()) == ("Choose a line.", False)
    assert area._shown.isHidden()
