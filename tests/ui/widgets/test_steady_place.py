"""The place of a widget whose words change: the page is laid out again only where more room is needed."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.steady_place import SteadyPlace
from app.ui.widgets.text import Elided, Label


class Layouts(QObject):
    """Counts how often a widget is asked to lay out what it contains."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    QVBoxLayout(found)
    return found


def settle() -> None:
    """Let every layout have its turn: one asks the next."""
    for _turn in range(6):
        QApplication.processEvents()


def shown(page: QWidget, inside: QWidget) -> SteadyPlace:
    place = SteadyPlace(inside)
    layout = page.layout()
    assert layout is not None
    layout.addWidget(place)
    page.resize(300, 100)
    page.show()
    settle()
    return place


def counted(page: QWidget) -> Layouts:
    found = Layouts(page)
    page.installEventFilter(found)
    return found


def test_other_words_of_the_same_height_leave_the_page_alone(page: QWidget) -> None:
    line = Elided("67 visits")
    place = shown(page, line)
    layouts = counted(page)
    line.setText("12 visits, 3 of them done and all others to come")
    settle()
    assert layouts.count == 0
    assert line.geometry() == place.rect()


def test_more_lines_get_their_room(page: QWidget) -> None:
    words = Label("one")
    place = shown(page, words)
    low = place.height()
    layouts = counted(page)
    words.setText("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine")
    settle()
    assert layouts.count > 0
    assert place.sizeHint() == words.sizeHint()
    assert words.height() == place.height() > low


def test_the_widget_has_all_of_its_place(page: QWidget) -> None:
    line = Elided("67 visits")
    place = shown(page, line)
    page.resize(500, 120)
    settle()
    assert line.geometry() == place.rect()
    assert place.minimumSizeHint() == line.minimumSizeHint()
