"""A decision, and the visit at which it was taken: recorded as held together with it, or not."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from .room import Room


def test_a_decision_before_the_window_leaves_the_visit_open(room: Room) -> None:
    """Reassessment 1 comes weeks after today: nobody has held it yet."""
    last = room.last
    dialog = room.dialog("decided", "SP-R01", {"on": "2026-12-18"})
    assert dialog.form.performed_box is not None
    assert not dialog.form.performed_box.isChecked()
    room.fill(dialog, outcome="response")
    room.save(dialog)
    assert [kind for kind, _fields in room.facts_after(last)] == ["decided"]


def test_the_visit_is_recorded_as_held_with_the_decision(room: Room) -> None:
    last = room.last
    dialog = room.dialog("decided", "SP-R01", {"on": "2026-12-18"})
    assert dialog.form.performed_box is not None
    QTest.keyClick(dialog.form.performed_box, Qt.Key.Key_Space)
    room.fill(dialog, outcome="response")
    room.save(dialog)
    found = room.facts_after(last)
    assert [(kind, fields["visit"], fields["on"]) for kind, fields in found] == [
        ("performed", "SP-R01", "2026-12-18"),
        ("decided", "SP-R01", "2026-12-18"),
    ]
    assert len(room.messages) == 1
    entry = room.calendar().by_key["SP-R01"]
    assert (str(entry.performed), entry.decided) == ("2026-12-18", "response")


def test_a_visit_that_was_held_is_not_asked_about_again(room: Room) -> None:
    room.record("performed", visit="SP-R01", on="2026-12-17")
    dialog = room.dialog("decided", "SP-R01")
    assert dialog.form.performed_box is None
