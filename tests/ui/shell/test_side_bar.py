"""The side bar: pages by name, or by icon alone."""

from tests.ui.nurse import Nurse


def test_the_pages_names_give_way_to_their_icons_in_a_narrow_window(reader: Nurse) -> None:
    button = reader.window.side_bar.buttons["participants"]
    reader.window.resize(1366, 768)
    reader.settle()
    wide = reader.window.side_bar.width()
    assert button.text() == "Participants"
    reader.window.resize(911, 512)
    reader.settle()
    assert button.text() == ""
    assert button.accessibleName() == "Participants, 10"
    assert "Participants" in button.toolTip()
    assert reader.window.side_bar.width() < wide / 2
