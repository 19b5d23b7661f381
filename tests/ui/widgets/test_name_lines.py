"""Names over two lines: the end is never cut where there is room for it."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.ui.style import tokens
from app.ui.widgets.name_lines import name_lines, needed_width, one_line_name

NAME = "Bloods before preoperative cycle 3 day 15"


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetrics:
    return QFontMetrics(tokens.font())


def width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text)


def test_one_line_where_it_fits(metrics: QFontMetrics) -> None:
    assert name_lines(NAME, metrics, width(metrics, NAME)) == [NAME]


def test_the_short_name_where_that_fits(metrics: QFontMetrics) -> None:
    assert name_lines(NAME, metrics, needed_width(NAME, metrics)) == ["Bloods before pre-op C3D15"]


def test_else_two_lines_of_the_full_name_where_they_fit_and_no_number_is_alone(metrics: QFontMetrics) -> None:
    name = "Conference about the resection of metastases in visit 12"
    for least in ("Conference about the resection of metastases in visit", "Conference about the resection of"):
        lines = name_lines(name, metrics, width(metrics, least) + 1)
        assert " ".join(lines) == name
        assert not lines[1][0].isdigit()


def test_the_end_stays_where_two_lines_are_too_short(metrics: QFontMetrics) -> None:
    above, below = name_lines(NAME, metrics, width(metrics, "Bloods befo"))
    assert (above, below[-3:]) == ("Bloods", "D15")
    assert "…" in below


def test_on_one_line_the_longest_form_that_fits(metrics: QFontMetrics) -> None:
    assert name_lines(NAME, metrics, width(metrics, "Bloods before pre"), most=1) == ["Bloods C3D15"]


@pytest.mark.parametrize(
    ("name", "first"),
    [(NAME, "C3D15"), ("Adjuvant cycle 2 day 15 infusion", "C2D15"), ("Cycle 12 day 8 infusion", "C12D8")],
)
def test_where_no_form_fits_the_cycle_and_day_are_first(metrics: QFontMetrics, name: str, first: str) -> None:
    cut = one_line_name(name, metrics, width(metrics, f"{first} b…"))
    assert cut.startswith(f"{first} ")
    assert cut.endswith("…")


def test_of_a_name_without_a_cycle_the_middle_gives_way(metrics: QFontMetrics) -> None:
    cut = one_line_name("Laboratory tests, postoperative day 5", metrics, width(metrics, "Laboratory tests"))
    assert (cut[:3], cut[-5:]) == ("Lab", "day 5")
    assert "…" in cut
