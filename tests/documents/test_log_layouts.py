"""The layouts of the logs on paper."""

import pytest

from app.documents.log_layouts import LAYOUTS, layout_of
from app.documents.page_layout import LABEL, WIDTH
from app.documents.text import text_width


def cells_of(name: str, *columns: str) -> list[str]:
    return [line.cell for column in layout_of(name, columns).columns for line in column.lines]


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_cell_is_printed_twice(name: str) -> None:
    cells = cells_of(name)
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_heading_fits_its_column(name: str) -> None:
    columns = LAYOUTS[name].columns
    total = sum(column.share for column in columns)
    wide = [one.heading for one in columns if text_width(one.heading, LABEL) > WIDTH * one.share / total - 4]
    assert wide == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_cell_without_a_place_is_in_the_widest_column(name: str) -> None:
    own = [line.cell for column in LAYOUTS[name].columns for line in column.lines]
    assert sorted(cells_of(name, *own, "blood_group")) == sorted([*own, "blood_group"])


def test_a_log_without_a_layout_prints_every_column_once() -> None:
    columns = ("fact", "participant", "visit", "on", "units", "reason", "recorded", "by")
    assert sorted(cells_of("transfusions", *columns)) == sorted(columns)
