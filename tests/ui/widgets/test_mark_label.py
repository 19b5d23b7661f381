"""The label of a status."""

from pytestqt.qtbot import QtBot

from app.ui.style import tokens
from app.ui.style.status_marks import Mark
from app.ui.widgets.mark_label import MarkLabel


def test_the_word_has_the_colour_of_its_tone(qtbot: QtBot, light: None) -> None:
    label = MarkLabel(Mark.DONE, "done", "done")
    qtbot.addWidget(label)
    label.resize(200, 24)
    for tone in ("alarm", "due", ""):
        label.show_status(Mark.DONE, "done", tone)
        image = label.grab().toImage()
        # Right of the mark, which is in its own colour.
        found = {image.pixelColor(x, y).name() for x in range(tokens.px(24), 200) for y in range(image.height())}
        for other in ("alarm", "due", "text"):
            assert (tokens.color(other).name() in found) is (other == (tone or "text")), (tone, other)
