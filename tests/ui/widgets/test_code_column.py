"""Columns of codes are as wide as the codes need, so that near-twins are told apart."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.ui.style import tokens
from app.ui.widgets.code_column import code_width, longest_code


def test_a_short_code_leaves_the_column_as_it_is(qapp: QApplication) -> None:
    assert code_width(longest_code(["LI-001", "LI-7"]), 84) == tokens.px(84)
    assert code_width(longest_code([]), 84) == tokens.px(84)


def test_a_longer_code_has_room_with_what_is_around_it(qapp: QApplication) -> None:
    longest = longest_code(["LI-001", "0412-0034-B", "LI-002"])
    assert longest == "0412-0034-B"
    metrics = QFontMetrics(tokens.font(strong=True))
    assert code_width(longest, 60) >= metrics.horizontalAdvance(longest) + tokens.px(20)


def test_a_column_of_codes_does_not_take_the_list(qapp: QApplication) -> None:
    assert code_width("X" * 60, 84) == tokens.px(168)
