"""Layouts that wait while what they lay out is changed."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.layout_later import layout_later, settle


class Moves(QObject):
    """Counts how often a widget gets another size or place."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() in (QEvent.Type.Move, QEvent.Type.Resize)
        return False


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Three hidden lines and a shown one below them."""
    found = QWidget()
    qtbot.addWidget(found)
    column = QVBoxLayout(found)
    for number in range(4):
        line = QLabel(str(number), found)
        line.setFixedHeight(20)
        line.setHidden(number < 3)
        column.addWidget(line)
    found.resize(200, 400)
    found.show()
    return found


def lines_of(page: QWidget) -> list[QLabel]:
    return page.findChildren(QLabel)


def test_lines_that_come_are_laid_out_once_after_the_block(page: QWidget, qtbot: QtBot) -> None:
    lines, moves = lines_of(page), Moves()
    lines[3].installEventFilter(moves)
    with layout_later(page):
        for line in lines[:3]:
            line.show()
        assert moves.count == 0
    qtbot.waitUntil(lambda: moves.count > 0)
    assert moves.count == 1
    tops = [line.y() for line in lines]
    assert tops == sorted(set(tops))


def test_a_widget_without_a_layout_is_left_alone_and_a_failure_ends_the_waiting(page: QWidget) -> None:
    with pytest.raises(ValueError, match="in between"), layout_later(page, lines_of(page)[0]):
        raise ValueError("in between")
    layout = page.layout()
    assert layout is not None
    assert layout.isEnabled()


def test_a_scroll_area_is_settled_without_an_event_and_its_bar_comes_and_goes(qtbot: QtBot, page: QWidget) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(200, 60)
    area.show()
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    wide = area.viewport().width()
    # Four lines of twenty pixels do not fit into sixty.
    for hidden, narrower in ((False, True), (True, False)):
        for line in lines_of(page)[:3]:
            line.setHidden(hidden)
        settle(area, page)
        assert area.verticalScrollBar().isVisible() is narrower
        assert (area.viewport().width() < wide) is narrower
        assert page.width() == area.viewport().width()
    area.takeWidget()
