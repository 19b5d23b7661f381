"""Text and marks can be read in both themes."""

import pytest
from PySide6.QtGui import QColor

from app.ui.style import tokens
from app.ui.style.status_marks import TONES

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
"""The colours of text, and the grounds behind text of that colour."""


def _light(part: float) -> float:
    part /= 255
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def luminance(color: QColor) -> float:
    """The relative luminance of WCAG 2."""
    return 0.2126 * _light(color.red()) + 0.7152 * _light(color.green()) + 0.0722 * _light(color.blue())


def contrast(one: QColor, other: QColor) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_contrast_is_that_of_wcag() -> None:
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
