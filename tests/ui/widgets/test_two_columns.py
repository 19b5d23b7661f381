"""Two columns are below one another where there is little room."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.widgets.two_columns import TwoColumns


def test_the_second_column_goes_below_the_first_in_a_narrow_window(qtbot: QtBot) -> None:
    columns = TwoColumns()
    qtbot.addWidget(columns)
    first, second = QLabel("first"), QLabel("second")
    columns.left.addWidget(first)
    columns.right.addWidget(second)
    columns.resize(900, 300)
    columns.show()
    qtbot.waitUntil(lambda: second.x() > first.x())
    columns.resize(500, 300)
    qtbot.waitUntil(lambda: second.y() > first.y())
    assert second.x() == first.x()
