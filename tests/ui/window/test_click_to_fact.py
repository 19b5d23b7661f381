"""From the click to the fact in the file and back to the screen; and the way back by undo."""

import pytest

from app.services.commands import record as changes
from app.services.commands import study_file
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.forms.day_edit import DayEdit
from app.ui.session.session import Changed
from tests.ui.conftest import FIRST_LINE, Make
from tests.ui.nurse import Key, Nurse, buttons
from tests.ui.stories import TODAY

CHOSEN = ("LI-001", "SP-C02#3")
DONE = "LI-001, Preoperative cycle 3 day 1: visit done, Mon 15 Feb 2027"


def record(nurse: Nurse) -> None:
    """Enter, Enter: the visit happened today."""
    nurse.choose(*CHOSEN)
    nurse.press(Key.Key_Return)
    dialog = nurse.dialog()
    nurse.press(Key.Key_Return, dialog.focusWidget())
    nurse.wait(lambda: not nurse.is_listed(*CHOSEN))
    nurse.wait(nurse.no_dialog)
    nurse.come_to_the_front()


def messages(nurse: Nurse) -> list[Changed]:
    found: list[Changed] = []
    nurse.session.changed.connect(found.append)
    return found


def test_enter_enter_records_a_visit(nurse: Nurse) -> None:
    heard = messages(nurse)
    record(nurse)
    fact = nurse.facts("performed")[-1]
    assert (fact.fields["visit"], fact.fields["on"]) == ("SP-C02#3", "2027-02-15")
    assert nurse.window.status_bar.done.text() == "LI-001: Preoperative cycle 3 day 1 done on Mon 15 Feb 2027"
    assert nurse.window.status_bar.undo_button.isVisible()
    assert nurse.headings()[2] == "Today  4"
    assert nurse.window.side_bar.buttons["today"].count == "12"
    # One message, of that participant, and of a change that can be taken back.
    assert [(one.codes, one.undoable) for one in heard] == [(frozenset({"LI-001"}), True)]
    assert nurse.window.selection() == FIRST_LINE


def test_the_fact_is_in_the_file_for_who_opens_it_next(nurse: Nurse) -> None:
    record(nurse)
    path = nurse.session.path
    assert path is not None
    nurse.session.end()
    study = study_file.open_file(path, nurse.session.environment, TODAY)
    try:
        last = list(study.store.facts())[-1]
        assert (last.kind, last.text("visit"), last.text("on")) == ("performed", "SP-C02#3", "2027-02-15")
    finally:
        study.close()
    nurse.session.end = lambda: None  # type: ignore[method-assign]  # it has ended


@pytest.mark.parametrize("by_key", [True, False], ids=["Ctrl+Z", "the button"])
def test_undo_takes_it_back_and_redo_brings_it_again(nurse: Nurse, by_key: bool) -> None:
    record(nurse)
    undo = nurse.action("undo")
    assert undo.text() == f"&Undo {DONE}"
    assert not nurse.action("redo").isEnabled()
    before, heard = len(nurse.facts()), messages(nurse)
    if by_key:
        nurse.press(Key.Key_Z, nurse.today.list, ctrl=True)
    else:
        nurse.click(nurse.window.status_bar.undo_button)
    nurse.wait(lambda: nurse.is_listed(*CHOSEN))
    taken_back = nurse.facts()[before:]
    assert [one.kind for one in taken_back] == ["correction"]
    assert nurse.window.status_bar.done.text() == f"Undone: {DONE}"
    assert not nurse.window.status_bar.undo_button.isVisible()
    assert [one.codes for one in heard] == [frozenset({"LI-001"})]
    assert nurse.action("redo").text() == f"&Redo {DONE}"
    nurse.press(Key.Key_Y, nurse.today.list, ctrl=True)
    nurse.wait(lambda: not nurse.is_listed(*CHOSEN))
    assert nurse.window.status_bar.done.text() == f"Done again: {DONE}"
    assert len(heard) == 2
    assert nurse.action("undo").text() == f"&Undo {DONE}"


def test_ctrl_z_in_the_box_takes_back_what_was_typed_there(nurse: Nurse) -> None:
    record(nurse)
    before, search = len(nurse.facts()), nurse.today.search
    nurse.come_to_the_front()
    search.setFocus()
    nurse.wait(search.hasFocus)
    nurse.type_in(search, "LI")
    nurse.wait(lambda: search.text() == "LI")
    nurse.press(Key.Key_Z, search, ctrl=True)
    nurse.wait(lambda: search.text() == "")
    nurse.settle()
    assert len(nurse.facts()) == before


def test_a_note_can_be_taken_back_too(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    nurse.press(Key.Key_N)
    dialog = nurse.dialog()
    typed_in = dialog.focusWidget()
    assert typed_in is not None
    nurse.type_in(typed_in, "R&D <b>")
    nurse.click(dialog.frame.primary)
    nurse.wait(lambda: nurse.window.status_bar.undo_button.isVisible())
    assert nurse.facts("note")[-1].text("text") == "R&D <b>"
    assert nurse.window.status_bar.done.text().startswith("LI-001: ")
    nurse.click(nurse.window.status_bar.undo_button)
    nurse.wait(
        lambda: nurse.window.status_bar.done.text().startswith("Undone: LI-001, Preoperative cycle 3 day 1: note")
    )


def test_a_booking_by_the_dialog(nurse: Nurse) -> None:
    nurse.choose("LI-006", "SP-C04#2.1")
    nurse.press(Key.Key_B)
    dialog = nurse.dialog()
    assert dialog.windowTitle().startswith("Book – LI-006, Bloods before preoperative cycle 2 day 1")
    day = dialog.findChild(DayEdit)
    assert isinstance(day, DayEdit)
    day.line.selectAll()
    nurse.type_in(day.line, "17 feb")
    nurse.dialog()
    nurse.press(Key.Key_Return, dialog, ctrl=True)
    nurse.wait(lambda: bool(nurse.window.status_bar.done.text()))
    fact = nurse.facts("booked")[-1]
    assert (fact.text("visit"), fact.text("on")) == ("SP-C04#2.1", "2027-02-17")
    nurse.wait(lambda: nurse.is_listed("LI-006", "SP-C04#2.1"))
    nurse.settle()
    assert nurse.window.selection() == ("LI-006", "SP-C04#2.1")


def test_escape_leaves_everything_as_it_was(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    before, heard = len(nurse.facts()), messages(nurse)
    nurse.press(Key.Key_Return)
    dialog = nurse.dialog()
    nurse.press(Key.Key_Escape, dialog)
    nurse.wait(nurse.no_dialog)
    assert (len(nurse.facts()), heard) == (before, [])


def test_a_sheet_saved_as_pdf_is_recorded_as_printed(nurse: Nurse) -> None:
    heard = messages(nurse)
    nurse.choose(*CHOSEN)
    nurse.press(Key.Key_P)
    nurse.wait(lambda: bool(nurse.window.findChildren(PrintDialog)))
    printing = nurse.window.findChildren(PrintDialog)[0]
    nurse.wait(lambda: printing.printout is not None)
    assert nurse.session.path is not None
    path = nurse.session.path.with_name("sheet.pdf")
    printing.save_to(path)
    nurse.wait(lambda: nurse.window.status_bar.done.text() == f"Saved: {path}")
    assert path.read_bytes().startswith(b"%PDF")
    assert nurse.facts("printed")[-1].fields["visits"] == ["SP-C02#3"]
    assert len(heard) == 1


# One message


def test_pages_that_are_not_shown_are_read_again_when_they_are(nurse: Nurse) -> None:
    page = nurse.open_participant("LI-001")
    nurse.go("participants")
    known = page.view
    nurse.change(
        lambda study: changes.change(study, "LI-001", "performed", {"visit": "SP-C02#3", "on": TODAY}, TODAY),
        "LI-001",
    )
    assert page.view is known
    assert nurse.is_listed(*CHOSEN)
    nurse.go("today")
    nurse.wait(lambda: not nurse.is_listed(*CHOSEN))
    nurse.window.go("participant")
    nurse.wait(lambda: page.view is not known)
    assert page.view is not None
    assert page.view.calendar.by_key["SP-C02#3"].performed == TODAY


def test_a_page_that_is_not_concerned_stays_as_it_is(nurse: Nurse) -> None:
    page = nurse.open_participant("LI-003")
    known = page.view
    nurse.change(
        lambda study: changes.change(study, "LI-001", "note", {"visit": "SP-C02#3", "text": "x"}, TODAY), "LI-001"
    )
    assert page.view is known


# The commands of the menu


def test_a_read_only_study_can_be_looked_at_and_not_changed(make_nurse: Make, study_path: object) -> None:
    nurse = make_nurse(study_path, writing=False)
    nurse.wait_for_today()
    assert nurse.window.banner.isVisible()
    assert nurse.window.banner.text.text() == (
        f"To read only: {study_path} was opened to be read only, so nothing is recorded or printed. "
        "Open it once more to work in it."
    )
    for name in ("undo", "redo", "back_up"):
        assert not nurse.action(name).isEnabled()
    nurse.choose(*CHOSEN)
    offered = buttons(nurse.today.inspector)
    assert [text for text, one in offered.items() if one.isEnabled()] == ["Open"]
    nurse.press(Key.Key_Return)
    dialog = nurse.dialog()
    assert not dialog.frame.primary.isEnabled()
    nurse.leave(dialog)
    page = nurse.open_participant("LI-001")
    assert not page.record_button.isEnabled()
    assert not page.timeline.can_move("SP-C02#3")
