"""The editor for weekdays."""

from pytestqt.qtbot import QtBot

from app.ui.forms.weekday_editor import WeekdaysEditor


def test_days_are_ticked_by_their_numbers(qtbot: QtBot) -> None:
    editor = WeekdaysEditor("Closed weekdays")
    qtbot.addWidget(editor)
    assert editor.value() == []
    editor.set_value([5, 6])
    told: list[object] = []
    editor.changed.connect(lambda: told.append(editor.value()))
    editor.boxes[0].setChecked(True)
    assert told == [[0, 5, 6]]
    assert editor.boxes[6].accessibleName() == "Closed weekdays: Sunday"
    editor.set_value(None)
    assert editor.value() == []
    assert len(editor.inputs()) == 7
