"""The style sheet: every token in it is filled in, and sizes grow with the text."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.style import tokens
from app.ui.style.style_sheet import style_sheet


@pytest.fixture(autouse=True)
def text_size(qapp: QApplication) -> Iterator[None]:
    chosen, scale = tokens.current(), tokens.scale()
    yield
    tokens.use(chosen, scale)


@pytest.mark.parametrize("colors", [tokens.LIGHT, tokens.DARK])
def test_no_token_is_left_open(colors: tokens.Tokens) -> None:
    sheet = style_sheet(colors)
    assert "@" not in sheet
    assert colors.alarm in sheet


def test_the_text_grows_with_the_text_size() -> None:
    for scale, size in ((1.0, 12), (1.5, 18), (2.0, 24)):
        tokens.use(tokens.LIGHT, scale)
        assert f'QLabel[role="small"] {{ font-size: {size}px; }}' in style_sheet(tokens.LIGHT)
