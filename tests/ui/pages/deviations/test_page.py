"""The deviation log in the window: every row, the filter, the class that is decided there, and the way to paper."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.deviations.log_model import CLASS, WHAT, LogModel
from tests.ui.nurse import Key, Nurse, texts

BLOODS = ("LI-002", "SP-C03#1.15")
"""The dose of which nothing was recorded: its window has passed."""


def model(nurse: Nurse) -> LogModel:
    found = nurse.log.list.model()
    assert isinstance(found, LogModel)
    return found


def show_log(nurse: Nurse) -> None:
    nurse.go("deviations")
    nurse.wait(lambda: model(nurse).rows)
    nurse.settle()


def place(nurse: Nurse, code: str, visit: str) -> int:
    return next(number for number, row in enumerate(model(nurse).rows) if (row.participant, row.visit) == (code, visit))


def cell(nurse: Nurse, code: str, visit: str, column: int) -> str:
    return str(model(nurse).index(place(nurse, code, visit), column).data())


def choose(nurse: Nurse, code: str, visit: str) -> None:
    nurse.log.list.setCurrentIndex(model(nurse).index(place(nurse, code, visit), 0))


def test_every_deviation_is_there_with_its_proposed_class(nurse: Nurse) -> None:
    show_log(nurse)
    assert cell(nurse, *BLOODS, WHAT) == "not recorded, window has passed"
    assert cell(nurse, *BLOODS, CLASS) == "minor (proposed)"
    assert f"{len(model(nurse).rows)} deviations" in texts(nurse.log)
    assert any(text.startswith("Proposed by the rule of ") for text in texts(nurse.log))
    choose(nurse, *BLOODS)
    assert nurse.log.detail.text().endswith("not recorded, window has passed\nminor (proposed)")


def test_the_class_of_a_row_is_decided_with_the_keyboard(nurse: Nurse) -> None:
    show_log(nurse)
    choose(nurse, *BLOODS)
    QTest.keyClick(nurse.log.list, Qt.Key.Key_Return)
    dialog = nurse.dialog()
    assert dialog.kind == "deviation_classed"
    dialog.form.form.set_fields({"class": "important", "comment": "nobody called"})
    dialog.save()
    nurse.wait(lambda: nurse.no_dialog() and cell(nurse, *BLOODS, CLASS).startswith("important"))
    assert cell(nurse, *BLOODS, CLASS).startswith("important (decided by ")
    assert cell(nurse, *BLOODS, CLASS).endswith("): nobody called")
    # The same row is still the chosen one, and one undo takes the decision back.
    assert nurse.log.selection() == BLOODS
    nurse.action("undo").trigger()
    nurse.wait(lambda: cell(nurse, *BLOODS, CLASS) == "minor (proposed)")


def test_a_row_that_was_decided_on_leaves_the_list_of_the_open_ones(nurse: Nurse) -> None:
    show_log(nurse)
    before = len(model(nurse).rows)
    nurse.log.undecided.setChecked(True)
    assert len(model(nurse).rows) == before
    choose(nurse, *BLOODS)
    nurse.log.decide_button.click()
    dialog = nurse.dialog()
    dialog.form.form.set_fields({"class": "allowed"})
    dialog.save()
    nurse.wait(lambda: nurse.no_dialog() and len(model(nurse).rows) == before - 1)


def test_the_log_is_narrowed_by_what_is_typed(nurse: Nurse) -> None:
    show_log(nurse)
    nurse.log.search.setText("LI-002 not recorded")
    assert {row.participant for row in model(nurse).rows} == {"LI-002"}
    nurse.log.search.setText("SP-C03#1.15")
    assert [(row.participant, row.visit) for row in model(nurse).rows] == [BLOODS]
    nurse.log.search.setText("no such words")
    assert "No deviation fits. Empty the box and take the tick away to see all of them." in texts(nurse.log)
    assert not nurse.log.decide_button.isEnabled()
    assert nurse.log.selection() is None


def test_the_participant_of_a_row_is_opened(nurse: Nurse) -> None:
    show_log(nurse)
    choose(nurse, *BLOODS)
    nurse.log.open_button.click()
    nurse.wait(lambda: nurse.window.stack.currentWidget() is nurse.participant)
    nurse.wait(lambda: nurse.participant.selection() == BLOODS)


def test_alt_3_goes_there_and_the_log_is_printed(nurse: Nurse) -> None:
    nurse.press(Key.Key_3, alt=True)
    nurse.wait(lambda: nurse.window.stack.currentWidget() is nurse.log)
    nurse.action("print_deviations").trigger()
    found: list[PrintDialog] = []

    def is_laid_out() -> bool:
        found[:] = [one for one in nurse.window.findChildren(PrintDialog) if one.printout is not None]
        return bool(found)

    nurse.wait(is_laid_out)
    (dialog,) = found
    assert dialog.proposed_name().startswith("deviations-")
    document = dialog._document
    assert "Deviation log" in document.getAllText(0).text()
    assert "SP-C03#1.15" in "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    nurse.leave(dialog)


def test_nothing_is_decided_in_a_file_that_is_only_read(nurse: Nurse) -> None:
    path = nurse.session.path
    assert path is not None
    nurse.open(path, writing=False)
    show_log(nurse)
    choose(nurse, *BLOODS)
    assert not nurse.log.decide_button.isEnabled()
