"""Names over two lines: the end is never cut where there is room for it."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.ui.style import tokens
from app.ui.widgets.name_lines import name_lines

NAME = "Bloods before preoperative cycle 3 day 15"


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetrics:
    return QFontMetrics(tokens.font())


def width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text)


def test_one_line_where_it_fits(metrics: QFontMetrics) -> None:
    assert name_lines(NAME, metrics, width(metrics, NAME)) == [NAME]


def test_two_lines_where_it_does_not_and_no_number_is_alone(metrics: QFontMetrics) -> None:
    for least in ("Bloods before preoperative cycle 3 day", "Bloods before preoperative cycle 3"):
        lines = name_lines(NAME, metrics, width(metrics, least) + 1)
        assert " ".join(lines) == NAME
        assert not lines[1][0].isdigit()


def test_the_end_stays_where_two_lines_are_too_short(metrics: QFontMetrics) -> None:
    above, below = name_lines(NAME, metrics, width(metrics, "Bloods before p"))
    assert above == "Bloods before"
    assert below.endswith("15")
    assert "…" in below
    (one,) = name_lines(NAME, metrics, width(metrics, "Bloods before preop"), most=1)
    assert one.startswith("Blood")
    assert one.endswith("15")
