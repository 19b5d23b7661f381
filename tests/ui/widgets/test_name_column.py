"""A column of names of visits: what tells near-twins apart is seen however narrow it is."""

import pytest
from PySide6.QtGui import QFontMetrics, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QTableView

from app.ui.style import tokens
from app.ui.widgets.name_column import NameColumn, name_column

NAMES = ("Bloods before postoperative cycle 3 day 1", "Bloods before postoperative cycle 3 day 15")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (NAMES[1], list(NAMES)),
        ("Bloods before post-op C3D15", ["Bloods before post-op C3D1", "Bloods before post-op C3D15"]),
        ("Bloods C3D15", ["Bloods C3D1", "Bloods C3D15"]),
    ],
)
def test_each_name_is_in_the_longest_form_that_has_room(qapp: QApplication, form: str, expected: list[str]) -> None:
    view, model = QTableView(), QStandardItemModel()
    for name in NAMES:
        model.appendRow([QStandardItem("LI-001"), QStandardItem(name)])
    view.setModel(model)
    name_column(view, 1)
    delegate = view.itemDelegateForColumn(1)
    assert isinstance(delegate, NameColumn)
    option = QStyleOptionViewItem()
    option.fontMetrics = QFontMetrics(view.font())
    shown = []
    for row in range(len(NAMES)):
        option.rect.setWidth(option.fontMetrics.horizontalAdvance(form) + tokens.px(22))
        delegate.initStyleOption(option, model.index(row, 1))
        shown.append(option.text)
    assert shown == expected
