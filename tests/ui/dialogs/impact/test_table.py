"""The table of the impact: what a screen reader hears, and how its columns share the width."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
)

from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.impact.row_painter import EDGE
from app.ui.dialogs.impact.table_model import HEADS, NEW, NOW, SHIFT, VISIT, WHY, WINDOW
from tests.ui.dialogs.room import Room, row_of

Opened = tuple[str, str, dict[str, object]]


MOVE: Opened = ("moved", "SP-C02#2", {"to": "2027-01-04"})


def spoken(dialog: ChangeDialog, row: int, column: int) -> str:
    """Return what a screen reader says of a cell."""
    model = dialog.frame.impact.table.changes
    return str(model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole))


def test_the_cells_of_the_table_are_spoken_with_their_heads(room: Room) -> None:
    dialog = room.dialog(*MOVE)
    view = dialog.frame.impact.table
    row = row_of(dialog, "SP-C02#2")
    assert [spoken(dialog, row, column) for column in range(1, 6)] == [
        "visit: Preoperative cycle 2 day 1",
        "now: Mon 28 Dec",
        "new: Mon 4 Jan",
        "shift: moves +7",
        "window: 4 days after",
    ]
    other = row_of(dialog, "SP-C02#3")
    name = "Preoperative cycle 3 day 1"
    assert spoken(dialog, other, 0) == f"{name} goes along"
    view.changes.toggle(other)
    assert spoken(dialog, other, 0) == f"{name} stays on its day"


def test_all_of_a_row_s_reason_is_shown_below_the_table(room: Room) -> None:
    dialog = room.dialog(*MOVE)
    impact = dialog.frame.impact
    table = impact.table
    table.setCurrentIndex(table.changes.index(row_of(dialog, "SP-C03#2.8"), VISIT))
    assert impact.detail.text() == (
        "Preoperative cycle 2 day 8 infusion: Day 8 of the cycle begun with Preoperative cycle 2 day 1 (Mon 4 Jan 2027)"
    )


@pytest.mark.parametrize("wide", [911, 1040, 1180, 1366])
def test_the_columns_of_the_table_share_the_width(room: Room, wide: int) -> None:
    """Only the reason gives way altogether; all of it is below the table."""
    dialog = room.dialog(*MOVE)
    dialog.resize(wide, 480)
    QApplication.processEvents()
    table = dialog.frame.impact.table
    assert table.horizontalScrollBar().maximum() == 0
    assert [column for column in range(len(HEADS)) if table.isColumnHidden(column)] in ([], [WHY])
    assert table.isColumnHidden(WHY) == (wide < 1100)
    metrics = table.fontMetrics()
    for column in (NOW, NEW, SHIFT, WINDOW)[: 4 if wide > 911 else 3]:
        for row in range(table.changes.rowCount()):
            words = metrics.horizontalAdvance(table.changes.text(row, column))
            assert words <= table.columnWidth(column) - EDGE, "it is cut"
