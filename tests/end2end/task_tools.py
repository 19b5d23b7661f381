"""What every task is made of: dialogs that are saved, lines that are chosen, fields that are answered."""

from functools import partial

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.forms.choice_editors import ChoiceEditor
from app.ui.forms.editor import Editor
from app.ui.forms.fact_form import FactForm
from app.ui.pages.today.agenda_lines import Column
from tests.end2end.hands import Hands
from tests.ui.nurse import Nurse, buttons


def saved(nurse: Nurse) -> None:
    """Wait until the dialog is gone and the page shows what the file says now."""
    nurse.wait(lambda: not any(one.isVisible() for one in nurse.window.findChildren(QDialog)))
    # What a window system does when a dialog closes.
    nurse.come_to_the_front()
    nurse.settle()
    nurse.settle()


def save(nurse: Nurse, hands: Hands) -> None:
    """Click the primary button of the dialog."""
    hands.click(nurse.dialog().frame.primary)
    saved(nurse)


def enter(nurse: Nurse, hands: Hands) -> None:
    """Save by Enter."""
    nurse.dialog()
    hands.press("Return")
    saved(nurse)


def step(nurse: Nurse, hands: Hands, code: str, visit: str) -> None:
    """Click the next step of a line of Today."""
    hands.click_row(nurse.today.list, nurse.model.index_of(code, visit).siblingAtColumn(Column.STEP))
    nurse.dialog()


def go_down(nurse: Nurse, hands: Hands, code: str, visit: str) -> None:
    """Go down in Today to a line."""
    for _line in range(20):
        if nurse.today.selection() == (code, visit):
            return
        hands.press("Down")
    assert nurse.today.selection() == (code, visit)


def event(nurse: Nurse, hands: Hands, text: str) -> None:
    """Choose from the menu of events next to the visit."""
    hands.pick(buttons(nurse.today.inspector)["Event"], text)
    nurse.dialog()


def answer(nurse: Nurse, hands: Hands, name: str) -> None:
    """Click a field of the form; of several buttons the first."""
    form = nurse.dialog().form.form
    editor = form.editor(name)
    assert isinstance(editor, Editor)
    hands.click(editor.inputs()[0])
    QTest.qWait(1)


def choose(nurse: Nurse, hands: Hands, name: str, text: str) -> None:
    """Choose an answer from the list of a field."""
    editor = nurse.dialog().form.form.editor(name)
    assert isinstance(editor, ChoiceEditor)
    hands.choose(editor.combo, text)


def choose_in(hands: Hands, form: FactForm | None, name: str, text: str) -> None:
    """Choose an answer from the list of a field."""
    combo = field(form, name)
    assert isinstance(combo, QComboBox)
    hands.choose(combo, text)


def save_pdf(nurse: Nurse, hands: Hands, by_mouse: bool) -> None:
    """Save what the print dialog shows under the name that is proposed."""
    dialog = print_dialog(nurse)
    how = partial(hands.click, dialog.save_button) if by_mouse else partial(hands.press, "Alt+P")
    hands.save_file(how, by_mouse)
    saved(nurse)


def field(form: FactForm | None, name: str) -> QWidget:
    """Return the control of a field."""
    editor = form.editor(name) if form is not None else None
    assert isinstance(editor, Editor)
    return editor.inputs()[0]


def print_dialog(nurse: Nurse) -> PrintDialog:
    """Return the print dialog when its first pages are there."""
    nurse.wait(lambda: any(one.isVisible() for one in nurse.window.findChildren(PrintDialog)))
    dialog = next(one for one in nurse.window.findChildren(PrintDialog) if one.isVisible())
    nurse.wait(lambda: dialog.printout is not None)
    return dialog
