"""The wheel over a field that has not the focus scrolls the page, and changes no value."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QScrollArea,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.widgets.wheel_guard import guard_wheel


def combo() -> QComboBox:
    found = QComboBox()
    found.addItems(["one", "two", "three"])
    found.setCurrentIndex(1)
    return found


def typed_combo() -> QComboBox:
    found = combo()
    found.setEditable(True)
    return found


def spin() -> QSpinBox:
    found = QSpinBox()
    found.setValue(50)
    return found


def decimal() -> QDoubleSpinBox:
    found = QDoubleSpinBox()
    found.setValue(50)
    return found


def slider() -> QSlider:
    found = QSlider(Qt.Orientation.Horizontal)
    found.setValue(50)
    return found


FIELDS: dict[str, Callable[[], QWidget]] = {
    "combo": combo, "typed combo": typed_combo, "spin": spin, "decimal": decimal, "slider": slider, "date": QDateEdit,
}  # fmt: skip


def guarded(name: str) -> QWidget:
    field = FIELDS[name]()
    guard_wheel(field)
    return field


def value(field: QWidget) -> object:
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QDateEdit):
        return field.date()
    assert isinstance(field, QSpinBox | QDoubleSpinBox | QSlider)
    return field.value()


def turn(widget: QWidget) -> None:
    """Turn the wheel by a notch over the middle of a widget, as the computer tells it."""
    window = widget.window()
    QApplication.processEvents()
    at = widget.mapTo(window, widget.rect().center())
    assert window.rect().contains(at)
    QTest.wheelEvent(window.windowHandle(), QPointF(at), QPoint(0, -120))
    QApplication.processEvents()


class Page(QScrollArea):
    """A long page with a box at its top, and fields as they come."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.box = QLineEdit()
        self.column.addWidget(self.box)
        self.column.addStretch(1)
        inside.setMinimumHeight(3000)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.resize(300, 300)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    found = Page()
    qtbot.addWidget(found)
    with qtbot.waitExposed(found):
        found.show()
    found.activateWindow()
    found.box.setFocus()
    qtbot.waitUntil(found.box.hasFocus)
    return found


@pytest.mark.parametrize("name", FIELDS)
def test_over_a_field_without_the_focus_it_scrolls(page: Page, name: str) -> None:
    field = guarded(name)
    page.column.insertWidget(1, field)
    field.show()
    before = value(field)
    turn(field)
    assert value(field) == before
    assert page.verticalScrollBar().value() > 0
    assert page.box.hasFocus()


@pytest.mark.parametrize("name", ["typed combo", "spin", "decimal", "date"])
def test_over_the_box_inside_a_field_too(page: Page, name: str) -> None:
    field = guarded(name)
    page.column.insertWidget(1, field)
    field.show()
    inner = field.findChild(QLineEdit)
    assert isinstance(inner, QLineEdit)
    before = value(field)
    turn(inner)
    assert value(field) == before
    assert page.verticalScrollBar().value() > 0


@pytest.mark.parametrize("name", ["combo", "spin", "decimal", "slider"])
def test_with_the_focus_the_wheel_is_the_fields(qtbot: QtBot, page: Page, name: str) -> None:
    field = guarded(name)
    page.column.insertWidget(1, field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    before = value(field)
    turn(field)
    assert value(field) != before
    assert page.verticalScrollBar().value() == 0


def test_without_the_guard_the_value_would_change(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    field = spin()
    page.column.insertWidget(1, field)
    field.show()
    turn(field)
    assert field.value() != 50


def test_a_scroll_bar_scrolls(page: Page) -> None:
    turn(page.verticalScrollBar())
    assert page.verticalScrollBar().value() > 0


UI = Path(__file__).parents[3] / "app" / "ui"
MADE = re.compile(
    r"^class .*\(Q(?:ComboBox|AbstractSpinBox|SpinBox|DoubleSpinBox|(?:Date|Time|DateTime)Edit|Slider|Dial)\b"
    r"|\bQ(?:FontComboBox|ComboBox|SpinBox|DoubleSpinBox|(?:Date|Time|DateTime)Edit|Slider|Dial)\(",
    re.MULTILINE,
)
"""A class of such fields, or one made of Qt's own class."""


def test_every_field_of_the_program_is_guarded() -> None:
    texts = {str(path.relative_to(UI)): path.read_text("utf-8") for path in UI.rglob("*.py")}
    fields = {name: len(MADE.findall(text)) for name, text in texts.items() if MADE.search(text)}
    assert fields, "the reading of the sources finds none"
    assert {name: texts[name].count("guard_wheel(") for name in fields} == fields
