"""The cells of a log."""

import pytest

from app.services.queries.log_table import EMPTY, Cell, LogRow, day_cell, number, words
from tests.services.ward import TODAY


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (words("minor", "minor"), Cell("minor", "minor")),
        (words(""), Cell("", None)),
        (number(0.5), Cell("0.5", 0.5, True)),
        (number(12.3456, 1), Cell("12.3", 12.3, True)),
        (number(2.0, 1), Cell("2.0", 2.0, True)),
        (number(None), EMPTY),
        (day_cell(TODAY), Cell("Sun 20 Dec 2026", "2026-12-20", True)),
        (day_cell(None), EMPTY),
    ],
)
def test_a_cell_has_words_and_a_value(cell: Cell, expected: Cell) -> None:
    assert cell == expected


def test_a_row_without_a_cell_has_an_empty_one() -> None:
    assert LogRow("LI-001", {}).cell("on") is EMPTY
