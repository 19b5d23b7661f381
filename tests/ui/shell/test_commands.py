"""The commands of the menu: the text size stops at its ends."""

from tests.ui.nurse import Nurse


def test_the_commands_for_the_text_size_stop_at_their_ends(reader: Nurse) -> None:
    sizes = []
    for _step in range(6):
        reader.window.commanded.emit("larger")
        sizes.append(reader.window.preferences.text_scale)
    assert sizes == [1.15, 1.3, 1.5, 1.75, 2.0, 2.0]
    reader.window.commanded.emit("smaller")
    assert reader.window.preferences.text_scale == 1.75
    reader.window.commanded.emit("usual")
    assert reader.window.preferences.text_scale == 1.0
    reader.window.commanded.emit("smaller")
    assert reader.window.preferences.text_scale == 1.0
