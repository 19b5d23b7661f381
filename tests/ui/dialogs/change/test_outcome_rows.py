"""The rows for the outcomes of a decision."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.dialogs.change.outcome_rows import OutcomeRows


def test_none_is_chosen_at_first_and_a_click_chooses(qtbot: QtBot) -> None:
    rows = OutcomeRows("Decision", [("surgery", "Surgery"), ("no_surgery", "No surgery & no more")])
    qtbot.addWidget(rows)
    rows.show()
    assert rows.value() is None
    assert [one.accessibleName() for one in rows.buttons.values()] == [
        "Decision: Surgery", "Decision: No surgery & no more",
    ]  # fmt: skip
    assert rows.buttons["no_surgery"].text() == "No surgery && no more"
    with qtbot.waitSignal(rows.changed):
        QTest.mouseClick(rows.buttons["no_surgery"], Qt.MouseButton.LeftButton)
    assert rows.value() == "no_surgery"


def test_a_choice_removes_the_error(qtbot: QtBot) -> None:
    rows = OutcomeRows("Decision", [("surgery", "Surgery")])
    qtbot.addWidget(rows)
    rows.say_wrong("Choose what was decided.")
    assert (rows.error.text(), rows.error.isHidden()) == ("Choose what was decided.", False)
    rows.set_value("unknown")
    assert rows.value() is None
    rows.set_value("surgery")
    assert (rows.value(), rows.error.isHidden()) == ("surgery", True)
