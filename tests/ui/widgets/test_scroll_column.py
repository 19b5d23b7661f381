"""A column scrolls its content, or is as high as it and grows with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn

LONG = "a text that takes more than one line in a narrow column " * 6


def column_with(qtbot: QtBot, width: int) -> tuple[ScrollColumn, QLabel]:
    column = ScrollColumn()
    qtbot.addWidget(column)
    content = ColumnContent(column.viewport())
    label = QLabel(LONG, content)
    label.setWordWrap(True)
    inside = QVBoxLayout(content)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(label)
    column.hold(content)
    column.resize(width, 120)
    column.show()
    return column, label


def test_it_scrolls_and_then_is_as_high_as_its_content(qtbot: QtBot) -> None:
    column, label = column_with(qtbot, 240)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    assert column.minimumSizeHint().height() < label.heightForWidth(240)
    column.set_full_height(True)
    qtbot.waitUntil(lambda: column.minimumSizeHint().height() == label.heightForWidth(column.viewport().width()))
    assert column.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    column.set_full_height(False)
    assert column.minimumSizeHint().height() < label.heightForWidth(240)


def test_a_wider_column_needs_less_height_and_more_text_more(qtbot: QtBot) -> None:
    column, label = column_with(qtbot, 240)
    column.set_full_height(True)
    narrow = label.heightForWidth(240)
    column.resize(480, 120)
    qtbot.waitUntil(lambda: column.minimumSizeHint().height() == label.heightForWidth(480))
    assert label.heightForWidth(480) < narrow
    label.setText(LONG * 2)
    qtbot.waitUntil(lambda: column.minimumSizeHint().height() == label.heightForWidth(480))
    assert label.heightForWidth(480) > narrow // 2


def test_tab_leaves_it_out(qtbot: QtBot) -> None:
    column, _label = column_with(qtbot, 240)
    assert column.focusPolicy() is Qt.FocusPolicy.NoFocus
