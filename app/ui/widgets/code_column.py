"""The width of a column of participants' codes, which are cut only where it must be: the end tells whose they are."""

from collections.abc import Iterable

from PySide6.QtGui import QFontMetrics

from app.ui.style import tokens
from app.ui.widgets.row_table import AROUND_TEXT

_MOST = 168
"""The greatest width of the column, at a text size of 100 %."""


def longest_code(codes: Iterable[str]) -> str:
    """Return the code with the most signs; empty for none."""
    return max(codes, key=len, default="")


def code_width(longest: str, usual: int) -> int:
    """Return the width in pixels for the longest code: the `usual` one, given at a text size of 100 %, or more."""
    needed = QFontMetrics(tokens.font(strong=True)).horizontalAdvance(longest) + tokens.px(AROUND_TEXT)
    return min(max(tokens.px(usual), needed), tokens.px(_MOST))
