"""The paint tools: made once for a theme, a text size and a screen."""

from PySide6.QtWidgets import QApplication

from app.ui.style import theme, tokens
from app.ui.style.status_marks import Mark
from app.ui.timeline.paint_tools import PaintTools


def test_tools_are_outdated_after_another_theme_text_size_or_screen(qapp: QApplication) -> None:
    tools = PaintTools(1.0)
    assert tools.is_current(1.0)
    assert not tools.is_current(2.0)
    theme.apply(qapp, dark=True)
    assert not tools.is_current(1.0)
    theme.apply(qapp, dark=False, text_scale=1.5)
    assert not tools.is_current(1.0)
    theme.apply(qapp, dark=False)
    assert tools.is_current(1.0)


def test_pictures_are_made_once_and_sharp(qapp: QApplication) -> None:
    tools = PaintTools(2.0)
    picture = tools.mark(Mark.DONE, ringed=False)
    assert tools.mark(Mark.DONE, ringed=False) is picture
    assert picture.devicePixelRatio() == 2.0
    assert picture.width() == 2 * (tools.mark_size + 8)


def test_marks_and_targets_have_a_pixel_in_their_middle(qapp: QApplication) -> None:
    for scale in tokens.SCALES:
        theme.apply(qapp, dark=False, text_scale=scale)
        tools = PaintTools(1.0)
        assert tools.mark_size % 2 == 1
        assert tools.diamond_side % 2 == 1
