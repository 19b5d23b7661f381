"""The flow layout."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.flow import FlowLayout


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def row(page: QWidget) -> FlowLayout:
    """Four items of 50 by 20 pixels, 10 apart."""
    flow = FlowLayout(page, spacing=10)
    for _ in range(4):
        item = QWidget(page)
        item.setFixedSize(50, 20)
        flow.addWidget(item)
    return flow


def places(row: FlowLayout) -> list[tuple[int, int]]:
    items = [row.itemAt(number) for number in range(row.count())]
    return [(item.geometry().x(), item.geometry().y()) for item in items if item is not None]


@pytest.mark.parametrize(("width", "height"), [(230, 20), (229, 50), (170, 50), (110, 50), (109, 110), (50, 110)])
def test_a_narrow_row_is_higher(row: FlowLayout, width: int, height: int) -> None:
    assert row.heightForWidth(width) == height


def test_the_row_continues_on_the_next_line(row: FlowLayout) -> None:
    row.setGeometry(QRect(0, 0, 120, 100))
    assert places(row) == [(0, 0), (60, 0), (0, 30), (60, 30)]


def test_hidden_items_take_no_room(row: FlowLayout) -> None:
    first = row.itemAt(0)
    assert first is not None
    widget = first.widget()
    assert widget is not None
    widget.hide()
    row.invalidate()
    assert row.heightForWidth(170) == 20


def test_an_item_of_another_size_or_one_that_goes_is_laid_out_by_its_new_size(page: QWidget, row: FlowLayout) -> None:
    assert row.heightForWidth(110) == 50
    items = page.findChildren(QWidget)
    items[0].setFixedSize(60, 20)
    assert row.heightForWidth(110) == 80
    items[1].hide()
    items[0].setFixedSize(50, 40)
    assert row.heightForWidth(110) == 70
