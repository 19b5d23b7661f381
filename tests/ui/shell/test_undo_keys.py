"""Ctrl+Z and Ctrl+Y while a field has the keyboard: the study's where the field has nothing to take back."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.services.commands import record
from tests.ui.nurse import Key, Nurse
from tests.ui.stories import TODAY


def noted(nurse: Nurse, text: str) -> None:
    given = {"visit": "SP-C01", "text": text}
    nurse.change(lambda study: record.change(study, "LI-001", "note", given, TODAY), "LI-001")


def undone(nurse: Nurse) -> int:
    return len(nurse.facts("correction"))


def has_undone(nurse: Nurse, number: int) -> bool:
    return undone(nurse) == number


def in_keyboard(nurse: Nurse, field: QWidget) -> None:
    nurse.come_to_the_front()
    field.setFocus()
    nurse.wait(field.hasFocus)


def shown(nurse: Nurse, kind: type[QWidget]) -> QWidget | None:
    """The first field of that kind in the form of a site."""
    return next((one for one in nurse.study.site.findChildren(kind) if one.isVisible()), None)


def test_an_empty_box_leaves_undo_and_redo_to_the_study(nurse: Nurse) -> None:
    noted(nurse, "came by bus")
    nurse.go("participants")
    in_keyboard(nurse, nurse.people.search)
    before = undone(nurse)
    nurse.press(Key.Key_Z, nurse.people.search, ctrl=True)
    nurse.wait(lambda: nurse.session.view is not None and bool(nurse.session.view.redo))
    assert undone(nurse) == before + 1
    nurse.press(Key.Key_Y, nurse.people.search, ctrl=True)
    nurse.wait(lambda: nurse.session.view is not None and not nurse.session.view.redo)
    assert undone(nurse) == before + 2


def test_what_was_typed_is_taken_back_first(nurse: Nurse) -> None:
    noted(nurse, "came by train")
    box = nurse.today.search
    in_keyboard(nurse, box)
    nurse.type_in(box, "LI")
    before = undone(nurse)
    while box.isUndoAvailable():
        nurse.press(Key.Key_Z, box, ctrl=True)
    assert box.text() == ""
    nurse.settle()
    assert undone(nurse) == before, "the text went, the note stays"
    nurse.press(Key.Key_Z, box, ctrl=True)
    nurse.wait(lambda: nurse.session.view is not None and bool(nurse.session.view.redo))
    assert undone(nurse) == before + 1


def test_a_box_for_several_lines_and_a_list_to_type_into_do_the_same(nurse: Nurse) -> None:
    noted(nurse, "came on foot")
    noted(nurse, "came alone")
    nurse.go("study")
    for number, kind in enumerate((QPlainTextEdit, QLineEdit), undone(nurse) + 1):
        nurse.wait(partial(shown, nurse, kind))
        found = shown(nurse, kind)
        assert found is not None
        in_keyboard(nurse, found)
        # A key goes to what has the keyboard, which is the list around a line that can be typed into.
        nurse.press(Key.Key_Z, ctrl=True)
        nurse.wait(partial(has_undone, nurse, number))


def test_a_dialog_keeps_its_keys(nurse: Nurse) -> None:
    noted(nurse, "came by car")
    before = undone(nurse)
    nurse.choose("LI-001", "SP-C02#3")
    nurse.press(Key.Key_N)
    dialog = nurse.dialog()
    field = dialog.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    nurse.press(Key.Key_Z, field, ctrl=True)
    nurse.settle()
    assert undone(nurse) == before
    nurse.leave(dialog)
