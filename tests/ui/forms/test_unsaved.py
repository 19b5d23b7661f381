"""Nothing that was typed is thrown away unasked: every dialog and page, every field, every way out."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QWidget,
)

import app.ui
from app.domain.calendar.visit_scope import visits_in_scope
from app.domain.facts.kind import Menu
from app.domain.facts.kinds import KINDS, kinds_in
from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.keys_dialog import KeysDialog
from app.ui.dialogs.planning_dialog import PlanningDialog
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.dialogs.protocol_dialog import ProtocolDialog
from app.ui.dialogs.story_dialog import StoryDialog
from app.ui.dialogs.text_dialog import TextDialog
from app.ui.forms.editor import Editor
from app.ui.forms.unsaved import QUESTION, FormDialog
from app.ui.pages.calendar.day_list_dialog import DayListDialog
from app.ui.pages.enrolment.page import EnrolmentPage
from tests.ui.conftest import Make, copied
from tests.ui.nurse import Key, Nurse

CHANGES = sorted(kind.id for kind in KINDS.values() if kind.is_change)
CODE, VISIT = "LI-001", "SP-C02#3"
WITHOUT_TEXT = {KeysDialog, PlanningDialog, PrintDialog, TextDialog}
"""The dialogs in which nothing can be typed."""
TYPED_IN = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)


def by_button(nurse: Nurse, dialog: ChangeDialog) -> None:
    nurse.click(dialog.frame.cancel)


def by_escape(nurse: Nurse, dialog: ChangeDialog) -> None:
    nurse.press(Key.Key_Escape, dialog)


def by_closing(nurse: Nurse, dialog: ChangeDialog) -> None:
    """As the cross in its title bar does."""
    dialog.windowHandle().close()


def by_closing_all(nurse: Nurse, dialog: ChangeDialog) -> None:
    """As when the computer is shut down: every window of the program is told to close."""
    nurse.window.close()


WAYS = (by_button, by_escape, by_closing, by_closing_all)


def question(nurse: Nurse, over: QWidget | None = None) -> QMessageBox:
    found: list[QMessageBox] = []

    def is_asked() -> bool:
        found[:] = [one for one in nurse.window.findChildren(QMessageBox, QUESTION) if one.isVisible()]
        return bool(found)

    nurse.wait(is_asked)
    assert len(found) == 1
    assert over is None or found[0].parentWidget() is over
    assert "What you typed is not saved. Shall it be thrown away?" in found[0].text()
    return found[0]


def answer(nurse: Nurse, button: str, over: QWidget | None = None) -> None:
    box = question(nurse, over)
    gone: list[bool] = []
    box.destroyed.connect(lambda: gone.append(True))
    nurse.click(next(one for one in box.buttons() if one.text() == button))
    nurse.wait(lambda: bool(gone))


def opened(nurse: Nurse, kind: str, **given: object) -> ChangeDialog:
    view = nurse.open_participant(CODE).view
    assert view is not None
    visit = ""
    if kind not in kinds_in(Menu.PARTICIPANT):
        known = visits_in_scope(KINDS[kind].visits, view.protocol, view.calendar)
        visit = next((one.key for one in known if one.key == VISIT), known[0].key)
    nurse.window.dialogs.open(kind, CODE, visit, given)
    return nurse.dialog()


def touch(editor: Editor) -> None:
    """Type, choose or click something with real keys and clicks."""
    for one in editor.inputs():
        if isinstance(one, QComboBox) and one.isEditable():
            QTest.keyClicks(one.lineEdit() or one, "x")
            return
        if isinstance(one, QComboBox):
            QTest.keyClick(one, Qt.Key.Key_Up if one.currentIndex() == one.count() - 1 else Qt.Key.Key_Down)
            return
        if isinstance(one, QRadioButton) and not one.isChecked():
            one.click()
            return
        if isinstance(one, QLineEdit | QPlainTextEdit):
            QTest.keyClicks(one, "7")
            return
    pytest.fail(f"nothing to type in: {editor.accessibleName()}")


def can_be_filled(editor: Editor) -> bool:
    """An answer to a question that is not chosen yet offers nothing."""
    inputs = editor.inputs()
    return not (isinstance(inputs[0], QComboBox) and not inputs[0].isEditable() and inputs[0].count() < 2)


@pytest.mark.parametrize("kind", CHANGES)
def test_every_field_of_every_dialog_is_asked_about(reader: Nurse, kind: str) -> None:
    dialog = opened(reader, kind)
    form, ways, tried = dialog.form.form, count(), 0
    form._unfold()
    for name, row in form._rows.items():
        if row.cell.isHidden() or not can_be_filled(row.editor):
            continue
        assert not dialog.has_typed(), name
        first = row.editor.value()
        touch(row.editor)
        typed = row.editor.value()
        assert typed != first, name
        WAYS[next(ways) % len(WAYS)](reader, dialog)
        answer(reader, "Go on typing", dialog)
        assert dialog.isVisible()
        assert row.editor.value() == typed, name
        form.set_fields({name: first})
        tried += 1
    assert tried
    touch(next(row.editor for row in form._rows.values() if not row.cell.isHidden()))
    WAYS[CHANGES.index(kind) % 3](reader, dialog)
    answer(reader, "Throw it away", dialog)
    reader.wait(reader.no_dialog)


@pytest.mark.parametrize("kind", CHANGES)
def test_an_untouched_dialog_closes_without_a_question(reader: Nurse, kind: str) -> None:
    WAYS[CHANGES.index(kind) % 3](reader, opened(reader, kind))
    reader.wait(reader.no_dialog)


@pytest.mark.parametrize("way", WAYS[:3])
def test_what_the_timeline_filled_in_is_not_typed(reader: Nurse, way: Callable[[Nurse, ChangeDialog], None]) -> None:
    dialog = opened(reader, "moved", to=date(2027, 2, 17))
    assert dialog.form.fields()["to"] == date(2027, 2, 17)
    way(reader, dialog)
    reader.wait(reader.no_dialog)


def test_a_tick_an_outcome_and_a_held_visit_count_as_well(reader: Nurse) -> None:
    moved = opened(reader, "moved", to=date(2027, 2, 22))
    table = moved.frame.impact.table.changes
    reader.wait(lambda: bool(table.rows))
    key = next(one.key for number, one in enumerate(table.rows) if table.may_toggle(number))
    moved.frame.impact.hold(frozenset({key}))
    by_escape(reader, moved)
    answer(reader, "Go on typing", moved)
    assert moved.frame.impact.held == {key}
    moved.frame.impact.hold(frozenset())
    by_escape(reader, moved)
    reader.wait(reader.no_dialog)
    reader.window.dialogs.open("decided", CODE, "SP-R01")
    decided = reader.dialog()
    box, outcomes = decided.form.performed_box, decided.form.outcomes
    assert box is not None
    assert outcomes is not None
    box.click()
    by_button(reader, decided)
    answer(reader, "Go on typing", decided)
    box.click()
    assert not decided.has_typed()
    outcomes.set_value("response")
    by_closing(reader, decided)
    answer(reader, "Throw it away", decided)
    reader.wait(reader.no_dialog)


def test_a_day_chosen_in_the_grid_counts(reader: Nurse) -> None:
    dialog = opened(reader, "booked")
    picker = dialog.picker
    assert picker is not None
    reader.wait(lambda: bool(picker.known_days()))
    assert not dialog.has_typed()
    other = next(one for one in picker.known_days() if one != dialog.form.day())
    picker.choose(other)
    by_escape(reader, dialog)
    answer(reader, "Go on typing", dialog)
    assert dialog.form.day() == other


def test_only_one_question_is_asked_however_often_it_is_closed(reader: Nurse) -> None:
    dialog = opened(reader, "note")
    dialog.form.form.set_fields({"text": "port painful"})
    for way in (by_closing_all, by_closing, by_closing_all):
        way(reader, dialog)
    answer(reader, "Go on typing", dialog)
    assert dialog.form.fields()["text"] == "port painful"


def test_every_dialog_asks_or_has_nothing_to_type_in(reader: Nurse) -> None:
    for module in pkgutil.walk_packages(app.ui.__path__, "app.ui."):
        importlib.import_module(module.name)
    dialogs = {cls for cls in subclasses(QDialog) if cls.__module__.startswith("app.")}
    others = {cls for cls in dialogs if not issubclass(cls, FormDialog)}
    assert others == WITHOUT_TEXT | {ProtocolDialog, DayListDialog, StoryDialog}
    reader.window.commanded.emit("keys")
    reader.window.commanded.emit("about")
    reader.window.commanded.emit("planning")
    reader.wait(lambda: bool(reader.window.findChildren(PlanningDialog)))
    reader.window.dialogs.open("print_calendar", CODE)
    shown = [one for one in reader.window.findChildren(QDialog) if one.isVisible()]
    assert {type(one) for one in shown} == WITHOUT_TEXT
    for dialog in shown:
        # The language of a printout is lost no more than its large type: nothing was typed.
        chosen = dialog.language_box if isinstance(dialog, PrintDialog) else None
        editors = [one for one in dialog.findChildren(QWidget) if isinstance(one, TYPED_IN) and one is not chosen]
        assert all(isinstance(one, QPlainTextEdit) and one.isReadOnly() for one in editors)


def subclasses(cls: type) -> set[type]:
    return {cls}.union(*map(subclasses, cls.__subclasses__())) - {QDialog}


# The pages with a form


def enrolment(nurse: Nurse) -> EnrolmentPage:
    nurse.go("enrol")
    page = nurse.window.page("enrol")
    assert isinstance(page, EnrolmentPage)
    nurse.wait(lambda: page.form is not None and not page.form.isHidden())
    return page


def code_typed(nurse: Nurse, code: str = "LI-099") -> EnrolmentPage:
    page = enrolment(nurse)
    assert page.form is not None
    nurse.type_in(page.form.editor("code").findChildren(QLineEdit)[0], code)
    assert page.has_typed()
    return page


def code_of(page: EnrolmentPage) -> object:
    assert page.form is not None
    return page.form.fields().get("code")


def choose_protocol(nurse: Nurse, page: EnrolmentPage, protocol: str) -> None:
    before = page.form
    assert before is not None
    before.set_fields({"protocol": protocol})
    nurse.wait(lambda: page.form is not before)


@pytest.mark.parametrize("protocol", ["scanpan", "nct06873178"])
def test_every_field_of_the_enrolment_is_asked_about(make_nurse: Make, study_path: Path, protocol: str) -> None:
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    page = enrolment(nurse)
    usual = page._protocol
    assert not page.has_typed()
    choose_protocol(nurse, page, protocol)
    assert page.has_typed() == (protocol != usual)
    form = page.form
    assert form is not None
    for name, row in form._rows.items():
        if name == "protocol":
            continue
        form.show_part(row.question.part)
        if row.cell.isHidden():
            continue
        first = row.editor.value()
        touch(row.editor)
        typed = row.editor.value()
        assert typed != first, name
        nurse.click(page.cancel_button)
        answer(nurse, "Go on typing", page)
        nurse.window.close()
        answer(nurse, "Go on typing", nurse.window)
        assert nurse.window.isVisible()
        assert (page.form, row.editor.value()) == (form, typed), name
        form.set_fields({name: first})
    page.discard()


def test_another_page_leaves_the_draft_where_it_is(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    page = code_typed(nurse)
    for other in ("today", "participants"):
        nurse.go(other)
        assert not nurse.window.findChildren(QMessageBox)
        assert code_of(enrolment(nurse)) == "LI-099"
        assert "still here" in page.banner.text.text()
    nurse.window.close()
    box = question(nurse, nurse.window)
    assert box.text().startswith("New participant\n")
    answer(nurse, "Throw it away")
    nurse.wait(lambda: not nurse.window.isVisible())


def test_a_screened_participant_does_not_replace_the_draft_unasked(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    page = code_typed(nurse)
    nurse.go("participants")
    nurse.people.going_on.emit("LI-020")
    answer(nurse, "Go on typing", page)
    assert code_of(page) == "LI-099"
    nurse.people.going_on.emit("LI-020")
    answer(nurse, "Throw it away", page)
    nurse.wait(lambda: code_of(page) == "LI-020")
    assert not page.has_typed()


def test_another_study_is_opened_only_when_that_is_confirmed(
    make_nurse: Make, study_path: Path, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    other = copied(template, tmp_path / "other")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(other), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "fresh.studyday"), ""))
    page = code_typed(nurse)
    for command in ("open", "open_read_only", "new", "demo"):
        nurse.window.commanded.emit(command)
        answer(nurse, "Go on typing", nurse.window)
        nurse.settle()
        assert (nurse.session.path, code_of(page)) == (study_path, "LI-099")
    assert not (tmp_path / "fresh.studyday").exists()
    nurse.window.commanded.emit("open")
    answer(nurse, "Throw it away", nurse.window)
    nurse.wait(lambda: nurse.session.path == other)
    nurse.settle()
    assert not page.has_typed()


def test_the_name_of_a_new_study_is_asked_about(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse()
    nurse.files.open_last(None, False)
    start = nurse.window.start
    nurse.type_in(start.name, "ScanPan in R&D")
    nurse.window.close()
    box = question(nurse, nurse.window)
    assert box.text().startswith("Set up my study\n")
    answer(nurse, "Go on typing")
    nurse.files.open(study_path)
    answer(nurse, "Go on typing")
    assert (start.name.text(), nurse.session.view) == ("ScanPan in R&D", None)
    # The name goes into the new study, so nothing is lost and nothing is asked.
    nurse.click(next(one for one in start.findChildren(QPushButton) if one.text() == "Set up my study"))
    nurse.wait(lambda: nurse.session.view is not None)
    assert nurse.session.view is not None
    assert nurse.session.view.name == "ScanPan in R&D"
    nurse.window.close()
    assert not nurse.window.isVisible()
