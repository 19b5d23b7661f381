"""The tabs of a page."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.tabs import Tabs


def test_arrows_choose_and_a_name_may_change(qtbot: QtBot) -> None:
    tabs = Tabs({"one": "R&D", "two": "Second"}, "Parts")
    qtbot.addWidget(tabs)
    told: list[str] = []
    tabs.chosen.connect(told.append)
    tabs.show()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert (tabs.key, told) == ("two", ["two"])
    tabs.choose("one")
    assert told == ["two", "one"]
    tabs.rename("two", "Second 84")
    assert [tabs.tabText(number) for number in range(2)] == ["R&&D", "Second 84"]
    assert tabs.accessibleName() == "Parts"


def test_ctrl_with_a_page_key_goes_to_the_next_tab_from_anywhere_in_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    tabs, line = Tabs({"one": "One", "two": "Two", "three": "Three"}, "Parts"), QLineEdit()
    column.addWidget(tabs)
    column.addWidget(line)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    found = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(line, key, Qt.KeyboardModifier.ControlModifier)
        found.append(tabs.key)
    assert found == ["two", "three", "one", "three"]
