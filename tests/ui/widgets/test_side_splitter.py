"""The splitter of a page and its side."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.side_splitter import LEAST, MOST, SideSplitter


@pytest.fixture
def splitter(qtbot: QtBot) -> SideSplitter:
    found = SideSplitter(QWidget(), QWidget())
    qtbot.addWidget(found)
    found.resize(800, 300)
    with qtbot.waitExposed(found):
        found.show()
    return found


@pytest.mark.parametrize(("width", "side"), [(600, LEAST), (1000, 310), (2000, MOST)])
def test_the_side_has_a_share_within_bounds(splitter: SideSplitter, width: int, side: int) -> None:
    splitter.resize(width, 300)
    assert splitter.sizes()[1] == pytest.approx(side, abs=1)


def test_a_side_that_was_dragged_keeps_its_width(splitter: SideSplitter) -> None:
    splitter.resize(1000, 300)
    splitter.moveSplitter(780, 1)
    dragged = splitter.sizes()[1]
    assert dragged < 240
    splitter.resize(1400, 300)
    assert splitter.sizes()[1] == pytest.approx(dragged, abs=1)
