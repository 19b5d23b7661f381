"""What was recorded is corrected and taken back from the history of a visit, by keyboard alone."""

from PySide6.QtCore import Qt

from app.ui.dialogs.change.mend_dialog import MendDialog
from app.ui.pages.participant.page import ParticipantPage
from app.ui.visit.history_list import MendButtons
from tests.ui.nurse import Key, Nurse, texts

CODE, VISIT = "LI-001", "SP-C01"


def history_of(nurse: Nurse) -> tuple[ParticipantPage, list[MendButtons]]:
    """The page with the visit chosen, and the buttons that its history shows, the last fact first."""
    page = nurse.open_participant(CODE, VISIT)
    nurse.wait(lambda: page.selected == VISIT and page.inspector.view is not None)
    nurse.settle()
    shown = page.inspector.findChildren(MendButtons)
    return page, [one for one in shown if one.isVisibleTo(page.inspector)]


def mending(nurse: Nurse) -> MendDialog:
    dialog = nurse.dialog()
    assert isinstance(dialog, MendDialog)
    return dialog


def test_a_done_visit_is_corrected_by_keyboard(nurse: Nurse) -> None:
    page, (dose,) = history_of(nurse)
    for button in (dose.correct, dose.take_back):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName().startswith(f"{button.text()} Preoperative cycle 1 day 1 done on Mon 18 Jan 2027")
    dose.correct.setFocus()
    nurse.press(Key.Key_Space)
    dialog = mending(nurse)
    dialog.form.form.set_fields({"on": "2027-01-19"})
    nurse.type_in(dialog.why.editor.line, "wrong day")
    nurse.press(Key.Key_Return, dialog.why.editor.line)
    nurse.wait(nurse.no_dialog)
    assert nurse.facts()[-1].fields == {"void": False, "set.on": "2027-01-19", "reason": "wrong day"}
    nurse.settle()
    assert any("Mon 18 Jan 2027 -> Tue 19 Jan 2027" in line for line in texts(page.inspector))


def test_a_done_visit_is_taken_back_by_keyboard(nurse: Nurse) -> None:
    """It was recorded four weeks ago, so that is asked about in the same dialog."""
    page, (dose,) = history_of(nurse)
    nurse.press(Key.Key_Space, dose.take_back)
    dialog = mending(nurse)
    assert dialog.lines.text() == "Preoperative cycle 1 day 1 done on Mon 18 Jan 2027"
    assert "so it is not your own of today" in dialog.frame.sure.text.text()
    nurse.press(Key.Key_Space, dialog.frame.sure.box)
    nurse.type_in(dialog.why.editor.line, "another participant")
    nurse.wait(lambda: not dialog.preview.under_way)
    nurse.press(Key.Key_Return, dialog.why.editor.line)
    nurse.wait(nurse.no_dialog)
    assert nurse.facts()[-1].fields == {"void": True, "reason": "another participant"}
    nurse.settle()
    assert [one for one in page.inspector.findChildren(MendButtons) if one.isVisibleTo(page.inspector)] == []


def test_a_file_open_for_reading_offers_no_mending(nurse: Nurse) -> None:
    path = nurse.session.path
    assert path is not None
    nurse.open(path, writing=False)
    _page, (dose,) = history_of(nurse)
    assert not dose.correct.isEnabled()
    assert not dose.take_back.isEnabled()
