"""Text that can be read in both themes, and marks that can be told apart without any colour."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.style import theme, tokens
from app.ui.style.status_marks import TONES, Mark, draw_mark, tone_of

THEMES = {"light": tokens.LIGHT, "dark": tokens.DARK}
ON_GROUNDS = ("ground", "surface", "selection", "notice", "hover")
TEXT = {
    "text": (*ON_GROUNDS, "closed"),
    "muted": ("ground", "surface", "selection", "notice"),
    "accent": ("ground", "surface", "selection"),
    "alarm": ("ground", "surface", "selection", "notice"),
    "due": ("ground", "surface", "selection", "notice"),
    "done": ("ground", "surface", "selection"),
    "on_accent": ("accent",),
}
"""The colours of text, and the grounds on which text of that colour stands."""


def _light(part: float) -> float:
    part /= 255
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def luminance(color: QColor) -> float:
    """The relative luminance of WCAG 2."""
    return 0.2126 * _light(color.red()) + 0.7152 * _light(color.green()) + 0.0722 * _light(color.blue())


def contrast(one: QColor, other: QColor) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_reckoning_of_contrast() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    # The known limit: the lightest grey that can be read on white.
    assert contrast(QColor("#767676"), QColor("#FFFFFF")) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), [(ink, ground) for ink, grounds in TEXT.items() for ground in grounds])
def test_text_can_be_read(name: str, ink: str, ground: str) -> None:
    theme_colors = THEMES[name]
    assert contrast(theme_colors.color(ink), theme_colors.color(ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ink", sorted({*TONES.values(), "strong"}))
def test_marks_and_borders_can_be_seen(name: str, ink: str) -> None:
    theme_colors = THEMES[name]
    assert contrast(theme_colors.color(ink), theme_colors.color("surface")) >= 3


@pytest.mark.parametrize("mark", Mark)
def test_the_word_beside_a_mark_is_in_a_colour_for_text(mark: Mark) -> None:
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
