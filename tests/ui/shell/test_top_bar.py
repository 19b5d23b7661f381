"""The finder in the top bar."""

from PySide6.QtWidgets import QLineEdit

from tests.ui.nurse import Key, Nurse


def test_the_box_at_the_top_finds_codes_and_commands(nurse: Nurse) -> None:
    nurse.press(Key.Key_K, nurse.today.list, ctrl=True)
    finder = nurse.window.top_bar.finder
    assert isinstance(finder, QLineEdit)
    nurse.wait(finder.hasFocus)
    nurse.type_in(finder, "li3")
    assert finder.found.item(0).text().startswith("LI-003")
    nurse.press(Key.Key_Return, finder)
    nurse.wait(lambda: nurse.participant.view is not None)
    assert nurse.participant.code == "LI-003"
    nurse.type_in(finder, "no such thing")
    assert finder.found.item(0).text() == "Nothing has “no such thing” in its code or name"
    nurse.press(Key.Key_Escape, finder)
    assert not finder.found.isVisible()
