"""What the window asks before it does it: repeats, and commands that are not one's own of today."""

from datetime import date, timedelta

from PySide6.QtWidgets import QMessageBox

from app.services.commands import record
from app.services.commands.correct import propose_correction, save_correction
from tests.ui.conftest import Clock
from tests.ui.nurse import Key, Nurse, texts

CODE = "LI-001"
NOTE = {"visit": "SP-C02#3", "text": "port painful"}


def question(nurse: Nurse) -> QMessageBox:
    """The question that is asked."""
    found: list[QMessageBox] = []

    def is_asked() -> bool:
        found[:] = [one for one in nurse.window.findChildren(QMessageBox) if one.isVisible()]
        return bool(found)

    nurse.wait(is_asked)
    return found[0]


def answer(nurse: Nurse, button: str) -> None:
    """Press that button of the question, and wait until it is gone."""
    box = question(nurse)
    gone: list[bool] = []
    box.destroyed.connect(lambda: gone.append(True))
    nurse.click(next(one for one in box.buttons() if one.text() == button))
    nurse.wait(lambda: bool(gone))
    nurse.settle()


def write_note(nurse: Nurse, text: str) -> None:
    nurse.window.dialogs.open("note", CODE, "SP-C02#3")
    dialog = nurse.dialog()
    dialog.form.form.set_fields({"text": text})
    dialog.save()


def test_a_note_that_is_there_already_is_asked_about_and_stays_in_the_form(nurse: Nurse) -> None:
    write_note(nurse, "Port painful")
    nurse.wait(nurse.no_dialog)
    write_note(nurse, "port painful.")
    dialog = nurse.dialog()
    asked = dialog.frame.sure
    nurse.wait(asked.isVisible)
    assert asked.text.text().startswith("The same was recorded on Mon 15 Feb 2027 by nurse")
    assert "note on Preoperative cycle 3 day 1: Port painful" in asked.text.text()
    assert "--" not in asked.text.text()
    assert asked.box.hasFocus()
    assert len(nurse.facts("note")) == 1
    assert dialog.form.fields()["text"] == "port painful."
    nurse.press(Key.Key_Space, asked.box)
    # Another text is another question, or none.
    dialog.form.form.set_fields({"text": "PORT painful"})
    assert asked.isHidden()
    dialog.save()
    nurse.wait(asked.isVisible)
    assert not asked.box.isChecked()
    nurse.press(Key.Key_Space, asked.box)
    dialog.save()
    nurse.wait(nurse.no_dialog)
    assert [one.text("text") for one in nurse.facts("note")] == ["Port painful", "PORT painful"]


def test_undo_of_another_day_is_asked_about(nurse: Nurse, clock: Clock) -> None:
    day = nurse.session.today
    nurse.change(lambda study: record.change(study, CODE, "note", NOTE, day), CODE)
    clock.now += timedelta(days=1)
    nurse.session.check_clock()
    nurse.settle()
    nurse.action("undo").trigger()
    said = question(nurse).text()
    assert "LI-001, Preoperative cycle 3 day 1: note" in said
    assert "recorded by nurse on Mon 15 Feb 2027, so it is not your own of today" in said
    answer(nurse, "Cancel")
    assert nurse.facts()[-1].kind == "note"
    nurse.action("undo").trigger()
    answer(nurse, "Do it")
    nurse.wait(lambda: nurse.facts()[-1].kind == "correction")


def test_one_s_own_command_of_today_is_taken_back_without_a_question(nurse: Nurse) -> None:
    day = nurse.session.today
    nurse.change(lambda study: record.change(study, CODE, "note", NOTE, day), CODE)
    nurse.action("undo").trigger()
    nurse.wait(lambda: nurse.facts()[-1].kind == "correction")
    assert nurse.window.findChildren(QMessageBox) == []


def test_the_history_of_a_visit_shows_old_and_new(nurse: Nurse) -> None:
    seq = next(one.seq for one in nurse.facts("performed") if one.text("visit") == "SP-C01")
    day = nurse.session.today

    def correct(study: object) -> None:
        found = propose_correction(study, seq, {"on": "2027-01-19"}, "wrong day", day)  # type: ignore[arg-type]
        save_correction(study, found)  # type: ignore[arg-type]

    nurse.change(correct, CODE)
    page = nurse.open_participant(CODE, "SP-C01")
    nurse.wait(lambda: page.selected == "SP-C01" and page.inspector.view is not None)
    nurse.settle()
    shown = texts(page.inspector)
    corrections = [line for line in shown if "->" in line]
    assert len(corrections) == 2
    assert all("Mon 18 Jan 2027 -> Tue 19 Jan 2027" in line for line in corrections)
    assert any(f"corrected by {nurse.facts()[-1].seq}: wrong day" in line for line in corrections)


def test_escape_asks_before_typed_text_is_thrown_away(nurse: Nurse) -> None:
    nurse.window.dialogs.open("note", CODE, "SP-C02#3")
    dialog = nurse.dialog()
    dialog.form.form.set_fields({"text": "port painful"})
    nurse.press(Key.Key_Escape, dialog)
    answer(nurse, "Go on typing")
    assert dialog.isVisible()
    assert dialog.form.fields()["text"] == "port painful"
    nurse.press(Key.Key_Escape, dialog)
    answer(nurse, "Throw it away")
    nurse.wait(nurse.no_dialog)
    assert nurse.facts("note") == []


def test_escape_closes_a_dialog_without_typed_text_at_once(nurse: Nurse) -> None:
    nurse.window.dialogs.open("moved", CODE, "SP-C02#3", {"to": date(2027, 2, 17)})
    dialog = nurse.dialog()
    assert dialog.form.fields()["to"] == date(2027, 2, 17)
    nurse.press(Key.Key_Escape, dialog)
    nurse.wait(nurse.no_dialog)
