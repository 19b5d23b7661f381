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


def test_the_box_finds_the_same_codes_with_and_without_zeros(reader: Nurse) -> None:
    finder = reader.window.top_bar.finder

    def found(typed: str) -> set[str]:
        finder.clear()
        reader.type_in(finder, typed)
        texts = [finder.found.item(row).text() for row in range(finder.found.count())]
        return {text.split()[0] for text in texts if text.startswith("LI-")}

    assert "LI-006" in found("LI-0")
    assert found("LI-") == found("LI-0")
    assert found("LI-006") == {"LI-006"}
    assert found("li 6") == {"LI-006"}
    finder.clear()
