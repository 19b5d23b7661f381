"""Status marks are different without any colour."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.style import theme, tokens
from app.ui.style.status_marks import Mark, draw_mark, tone_of
from tests.ui.style.test_tokens import TEXT


@pytest.mark.parametrize("mark", Mark)
def test_the_word_of_a_mark_is_in_a_colour_for_text(mark: Mark) -> None:
    assert tone_of(mark) in TEXT


def _grey(mark: Mark, size: int) -> QImage:
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(tokens.color("surface"))
    painter = QPainter(image)
    draw_mark(painter, mark, QPointF(12, 12), size)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def _different(one: QImage, other: QImage) -> int:
    """How many pixels nobody would take for the same."""
    return sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 60
        for x in range(24)
        for y in range(24)
    )


@pytest.mark.parametrize("dark", [False, True])
def test_every_mark_has_a_shape_of_its_own_without_colour(qapp: QApplication, dark: bool) -> None:
    theme.apply(qapp, dark)
    try:
        drawn = {mark: _grey(mark, 15) for mark in Mark}
    finally:
        theme.apply(qapp, dark=False)
    alike = [(a, b) for a, b in combinations(Mark, 2) if _different(drawn[a], drawn[b]) < 8]
    assert alike == []


@pytest.mark.parametrize("mark", Mark)
def test_a_mark_is_drawn_in_the_colour_asked_for(light: None, mark: Mark) -> None:
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    draw_mark(painter, mark, QPointF(12, 12), 15, QColor("#0000FF"))
    painter.end()
    blue = sum(
        image.pixelColor(x, y).blue() > 200 and image.pixelColor(x, y).red() < 120 for x in range(24) for y in range(24)
    )
    assert blue >= 8
