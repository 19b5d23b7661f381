"""The list of what was found."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.search.result_list import ResultList
from app.ui.search.rows import FoundRow


def row(text: str, group: str = "Visits", **more: str) -> FoundRow:
    return FoundRow(group, text, choose=lambda: None, **more)


@pytest.fixture
def found(qapp: QApplication, light: None) -> Iterator[ResultList]:
    parent = QWidget()
    yield ResultList(parent)
    parent.deleteLater()


def test_headings_and_sentences_are_passed_over(found: ResultList) -> None:
    rows = [row("A"), FoundRow("Visits", "and more"), row("B", "Commands")]
    found.show_rows(rows)
    assert [found.item(number).text() for number in range(found.count())] == [
        "Visits", "A", "and more", "Commands", "B",
    ]  # fmt: skip
    seen = []
    for by in (1, 1, -1, -1):
        seen.append(found.chosen())
        found.step(by)
    assert seen == [rows[0], rows[2], rows[2], rows[0]]


def test_the_chosen_row_stays_chosen_as_more_is_found_unless_it_was_the_first(found: ResultList) -> None:
    found.show_rows([row("A"), row("B")])
    found.step(1)
    found.show_rows([row("Z"), row("A"), row("B")])
    assert found.chosen() == found.rows()[2]
    found.show_rows([row("C"), row("D")])
    found.show_rows([row("E"), row("C")])
    assert found.rows()[0] == found.chosen()


def test_a_row_is_read_out_in_one_line_and_nothing_in_it_is_markup(found: ResultList) -> None:
    found.show_rows([row("<b>x</b>\u202e", strong="LI-001", note="Mon 30 Nov 2026")])
    item = found.item(1)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "LI-001 <b>x</b>\\u202e, Mon 30 Nov 2026"
    assert "&lt;b&gt;" in item.toolTip()
    assert not found.grab().isNull()
