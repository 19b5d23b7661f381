"""The tabs of a page."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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
