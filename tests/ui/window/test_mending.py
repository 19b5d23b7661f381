"""What was recorded is corrected and taken back from the history of a visit, by keyboard alone."""

from PySide6.QtCore import Qt

from app.services.commands.record import change
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
    left = [one for one in page.inspector.findChildren(MendButtons) if one.isVisibleTo(page.inspector)]
    # Only the reason, which somebody has written, can be taken out of what took it back.
    assert [[mend for mend, button in one.mends.items() if not button.isHidden()] for one in left] == [["redact"]]


def test_a_file_open_for_reading_offers_no_mending(nurse: Nurse) -> None:
    path = nurse.session.path
    assert path is not None
    nurse.open(path, writing=False)
    _page, (dose,) = history_of(nurse)
    assert not dose.correct.isEnabled()
    assert not dose.take_back.isEnabled()


def events_of(nurse: Nurse, group: str) -> ParticipantPage:
    """The page at the tab of the events, with the first line of a group chosen by keys alone."""
    page = nurse.open_participant(CODE)
    page.tabs.setFocus()
    nurse.press(Key.Key_Right)
    tab = page.events_tab
    assert tab is not None
    nurse.settle()
    tab.table.setFocus()
    while (line := tab.table.line()) is None or line.group != group:
        before = tab.table.currentIndex().row()
        nurse.press(Key.Key_Down)
        assert tab.table.currentIndex().row() > before, group
    return page


def test_an_enrolment_is_corrected_by_keys_from_the_events(nurse: Nurse) -> None:
    page = events_of(nurse, "entry")
    nurse.press(Key.Key_C)
    dialog = mending(nurse)
    dialog.form.form.set_fields({"sex": "female"})
    nurse.type_in(dialog.why.editor.line, "was left out")
    nurse.press(Key.Key_Return, dialog.why.editor.line)
    nurse.wait(nurse.no_dialog)
    assert nurse.facts()[-1].fields == {"void": False, "set.sex": "female", "reason": "was left out"}
    nurse.settle()
    assert page.events_tab is not None
    assert "Corrected: Sex: none → female. Reason: was left out" in texts(page.events_tab.detail)


def test_a_note_is_given_to_the_participant_it_belongs_to_by_keys_and_one_undo_brings_it_back(nurse: Nurse) -> None:
    nurse.change(lambda study: change(study, CODE, "note", {"text": "prefers mornings"}, study.today()), CODE)
    page = events_of(nurse, "notes")
    tab = page.events_tab
    assert tab is not None
    button = tab.detail.mends["reassign"]
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    nurse.press(Key.Key_Space, button)
    dialog = mending(nurse)
    nurse.type_in(dialog.who.editor.line, "li-003")  # type: ignore[attr-defined]
    nurse.type_in(dialog.why.editor.line, "wrong folder")
    nurse.wait(lambda: dialog.frame.primary.text() == "Give to LI-003" and not dialog.preview.under_way)
    assert dialog.frame.impact.totals.text() == "LI-001: no visit changes\nLI-003: no visit changes"
    nurse.press(Key.Key_Return, dialog.why.editor.line)
    nurse.wait(nurse.no_dialog)
    facts = nurse.facts()
    gone, came = facts[-2:]
    assert (gone.fields["void"], came.fields) == (True, {"text": "prefers mornings"})
    assert came.subject != gone.subject
    nurse.come_to_the_front()
    nurse.press(Key.Key_Z, tab.table, ctrl=True)
    nurse.wait(lambda: len(nurse.facts()) == len(facts) + 2)
    nurse.settle()
    assert "notes" in {line.group for line in tab.model.lines if line.row.stands}
