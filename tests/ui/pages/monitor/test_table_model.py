"""A log as a table in the window: its order and its search."""

import pytest
from PySide6.QtCore import Qt

from app.services.queries.log_table import Cell, Column, LogRow, LogTable, day_cell, number, words
from app.ui.pages.monitor.table_model import LogTableModel, ShownLog
from tests.services.ward import TODAY

FALLING = Qt.SortOrder.DescendingOrder
COLUMNS = tuple(Column(name, name) for name in ("fact", "participant", "on", "mg", "reason"))


def row(fact: int, code: str, mg: float | None, on: Cell, reason: str = "") -> LogRow:
    cells = {"fact": number(fact), "participant": words(code), "mg": number(mg), "on": on, "reason": words(reason)}
    return LogRow(code, cells)


ROWS = (
    row(2, "LI-010", 96, day_cell(TODAY)),
    row(3, "LI-002", 104.5, day_cell(TODAY.replace(month=11))),
    row(10, "CJ-001", None, day_cell(None), "no time"),
)


@pytest.fixture
def model(qapp: object) -> LogTableModel:
    found = LogTableModel()
    found.show_log(ShownLog.of(LogTable("specimens", COLUMNS, ROWS)))
    return found


def codes(model: LogTableModel) -> list[str]:
    return [one.participant for one in model.rows]


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        ("fact", Qt.SortOrder.AscendingOrder, ["LI-010", "LI-002", "CJ-001"]),
        ("fact", FALLING, ["CJ-001", "LI-002", "LI-010"]),
        ("participant", Qt.SortOrder.AscendingOrder, ["CJ-001", "LI-002", "LI-010"]),
        ("mg", Qt.SortOrder.AscendingOrder, ["LI-010", "LI-002", "CJ-001"]),
        ("mg", FALLING, ["LI-002", "LI-010", "CJ-001"]),
        ("on", Qt.SortOrder.AscendingOrder, ["LI-002", "LI-010", "CJ-001"]),
    ],
)
def test_values_are_sorted_as_values_and_empty_cells_are_last(
    model: LogTableModel, column: str, order: Qt.SortOrder, expected: list[str]
) -> None:
    model.sort([one.name for one in model.columns].index(column), order)
    assert codes(model) == expected


def test_a_search_finds_any_cell_and_keeps_the_order(model: LogTableModel) -> None:
    model.sort(0, FALLING)
    model.narrow("li-0")
    assert codes(model) == ["LI-002", "LI-010"]
    model.narrow("no time")
    assert codes(model) == ["CJ-001"]


def test_columns_without_a_word_are_left_out_and_another_log_has_its_own_order(model: LogTableModel) -> None:
    model.sort(0, FALLING)
    model.show_log(ShownLog.of(LogTable("notes", COLUMNS, ROWS[:2])))
    assert [one.name for one in model.columns] == ["fact", "participant", "on", "mg"]
    assert codes(model) == ["LI-010", "LI-002"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Participant"
    assert model.index(0, 3).data() == "96"


def test_thousands_of_rows_are_narrowed_and_sorted(qapp: object) -> None:
    def fact(number_: int) -> LogRow:
        return row(number_, f"LI-{number_ % 1000:03}", number_ % 7, day_cell(TODAY), f"cycle {number_}")

    model = LogTableModel()
    model.show_log(ShownLog.of(LogTable("history", COLUMNS, tuple(map(fact, range(6_000))))))
    model.narrow("li-007 cycle 1234")
    assert codes(model) == []
    model.narrow("li-007")
    assert len(model.rows) == 6
    model.narrow("")
    model.sort(0, FALLING)
    assert model.rows[0].cell("fact").value == 5_999
