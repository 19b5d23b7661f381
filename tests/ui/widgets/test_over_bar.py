"""A view above a bar, which gives way to the view where there is little height."""

from PySide6.QtWidgets import QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.over_bar import OverBar


def test_the_bar_is_there_with_room_and_gives_way_without_and_comes_back(qtbot: QtBot) -> None:
    view, bar = QTableView(), QPushButton("Zoom in")
    around = QWidget()
    qtbot.addWidget(around)
    both = OverBar(view, bar, around)
    least = view.minimumSizeHint().height()
    assert both.minimumSizeHint().height() == least
    around.show()
    for high, shown in ((2 * least + bar.sizeHint().height(), True), (least, False), (400, True)):
        both.resize(300, high)
        assert bar.isVisible() is shown
        assert both.height() == high
