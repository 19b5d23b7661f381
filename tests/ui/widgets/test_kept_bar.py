"""A scroll bar whose room is kept."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.ui.style import tokens
from app.ui.widgets.kept_bar import keep_bar_room


@pytest.fixture
def area(qtbot: QtBot) -> QScrollArea:
    """An area of 100 pixels in height with a content as high as it wants."""
    found = QScrollArea()
    qtbot.addWidget(found)
    found.setFrameShape(QFrame.Shape.NoFrame)
    found.setWidgetResizable(True)
    keep_bar_room(found)
    found.setWidget(QWidget())
    found.resize(200, 100)
    found.show()
    return found


def colours(area: QScrollArea) -> set[str]:
    """The colours of the bar."""
    picture = area.verticalScrollBar().grab().toImage()
    return {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}


def test_the_content_keeps_its_width_and_the_bar_shows_a_handle_only_to_scroll(area: QScrollArea, qtbot: QtBot) -> None:
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
