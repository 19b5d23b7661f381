"""Deviations in the window: the parts, the class that is decided in the row by keys, one undo, and signatures."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.services.commands.record import Asked, Proposal, propose
from app.services.queries.deviation_row import Deviation
from app.services.study.study import Study
from app.ui.dialogs.sign_dialog import SignDialog
from app.ui.pages.monitor.deviation_model import CLASS, HOW_MUCH, NUMBER, REASON, SIGNED, identity
from app.ui.pages.monitor.deviation_tab import DeviationTab
from app.ui.pages.monitor.log_view import LogView
from tests.ui.nurse import Key, Nurse, texts

DOSE = ("LI-002", "SP-C03#1.15")
"""The dose of which nothing was recorded: its window has passed."""


def show(nurse: Nurse) -> DeviationTab:
    nurse.go("monitor")
    tab = nurse.monitor.deviations
    nurse.wait(lambda: tab.model.rows)
    nurse.settle()
    return tab


def row_of(tab: DeviationTab, code: str, visit: str) -> Deviation:
    return next(row for row in tab.model.rows if (row.participant, row.visit) == (code, visit))


def cell(tab: DeviationTab, code: str, visit: str, column: int) -> str:
    place = tab.model.index_of(identity(row_of(tab, code, visit))).row()
    return str(tab.model.index(place, column).data())


def choose(tab: DeviationTab, code: str, visit: str) -> None:
    tab.list.choose(identity(row_of(tab, code, visit)))
    tab.list.setFocus()


def is_classed(tab: DeviationTab, code: str, visit: str) -> bool:
    return row_of(tab, code, visit).decided is not None


def test_before_the_deviations_are_read_it_says_neither_none_nor_how_many(reader: Nurse) -> None:
    tab = DeviationTab(reader.session)
    assert [tab.chips[part].text() for part in ("all", "undecided")] == ["All", "Not classed"]
    tab.chips["undecided"].click()
    assert tab._nothing.text() == ""
    tab.show_deviations([])
    assert tab.chips["undecided"].text() == "Not classed 0"
    assert tab._nothing.text() != ""


def test_of_a_log_that_is_not_read_yet_no_line_is_said_to_be_missing(reader: Nurse) -> None:
    view = LogView()
    view.search.setText("fever")
    assert view._nothing.text() == ""


def test_a_class_is_decided_in_the_row_by_keys_alone_and_undone_at_once(nurse: Nurse) -> None:
    nurse.press(Key.Key_4, alt=True)
    tab = show(nurse)
    assert (cell(tab, *DOSE, CLASS), cell(tab, *DOSE, HOW_MUCH)) == ("not classed", "window closed")
    assert (cell(tab, *DOSE, NUMBER), cell(tab, *DOSE, REASON)) == ("", "missing")
    every = len(tab.model.rows)
    assert tab.chips["undecided"].text() == f"Not classed {every}"
    choose(tab, *DOSE)
    QTest.keyClick(tab.list, Qt.Key.Key_3)
    assert tab.form.isVisible()
    assert tab.form.cause.box.hasFocus()
    QTest.keyClicks(tab.form.cause.box, "nobody called 3 times")
    QTest.keyClick(tab.form.cause.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    nurse.wait(lambda: is_classed(tab, *DOSE))
    row = row_of(tab, *DOSE)
    assert (row.decided_class, row.number, row.told("cause")) == ("important", 1, "nobody called 3 times")
    assert (cell(tab, *DOSE, NUMBER), cell(tab, *DOSE, CLASS)) == ("1", "important")
    assert cell(tab, *DOSE, SIGNED) == "not signed"
    assert (tab.selection(), tab.form.isVisible()) == (DOSE, False)
    assert (tab.chips["important"].text(), tab.chips["unsigned"].text()) == ("Important 1", "Not signed 1")
    tab.chips["undecided"].click()
    assert len(tab.model.rows) == every - 1
    tab.chips["all"].click()
    nurse.action("undo").trigger()
    nurse.wait(lambda: not is_classed(tab, *DOSE))


def test_the_next_without_a_class_is_opened_and_typed_text_is_not_lost_unasked(nurse: Nurse) -> None:
    tab = show(nurse)
    tab.chips["undecided"].click()
    first, second = tab.model.rows[:2]
    choose(tab, first.participant, first.visit)
    QTest.keyClick(tab.list, Qt.Key.Key_Return)
    assert tab.form.chosen_class() is None
    tab.form.save()
    assert "Choose the class first: key 1, 2 or 3." in texts(tab.form)
    tab.form.choose("minor")
    tab.form.next_button.click()
    nurse.wait(lambda: tab.form.row is not None and identity(tab.form.row) == identity(second))
    assert identity(tab.model.rows[0]) == identity(second)
    tab.form.cause.set_value("half a sen")
    assert nurse.monitor.has_typed()
    QTest.keyClick(tab.form.classes["minor"], Qt.Key.Key_Escape)
    assert tab.form.isVisible()
    assert nurse.window.findChildren(type(tab.form))
    question = tab.findChild(QMessageBox, "unsaved")
    assert question is not None
    tab.form.more_button.click()
    dialog = nurse.dialog()
    assert dialog.form.fields()["cause"] == "half a sen"
    assert not nurse.monitor.has_typed()
    nurse.leave(dialog)


def test_all_classed_lines_are_signed_at_once_and_undone_at_once(nurse: Nurse) -> None:
    tab = show(nurse)
    assert not tab.sign_button.isEnabled()
    for row in tab.model.rows[:2]:
        given = {"visit": row.visit, "deviation": row.what, "class": "minor", "comment": "seen"}

        def decide(study: object, code: str = row.participant, given: dict[str, str] = given) -> object:
            from app.services.commands import record

            return record.change(study, code, "deviation_classed", given, nurse.session.today)  # type: ignore[arg-type]

        nurse.change(decide, row.participant)
    nurse.wait(lambda: len(tab.model.unsigned()) == 2)
    tab.sign_button.click()
    dialog = nurse.window.findChildren(SignDialog)[0]
    dialog.all_box.setChecked(True)
    dialog.save()
    assert any("signed by" in text.casefold() for text in texts(dialog))
    nurse.wait(lambda: dialog.sign_button.isEnabled())
    dialog.name.set_value("M. Hansson")
    sign_and_stop(nurse, dialog)
    dialog.save()
    nurse.wait(lambda: not tab.model.unsigned() and nurse.no_dialog())
    signed = [row for row in tab.model.rows if row.is_signed]
    assert [(row.told("signed_by"), row.decided and row.decided.text("comment")) for row in signed] == [
        ("M. Hansson", "seen")
    ] * 2
    nurse.action("undo").trigger()
    nurse.wait(lambda: len(tab.model.unsigned()) == 2)


def sign_and_stop(nurse: Nurse, dialog: SignDialog) -> None:
    """Stop the signing while it is worked out: nothing of it is recorded, and what was typed stays."""
    before = len(nurse.facts())
    go_on = threading.Event()
    with pytest.MonkeyPatch.context() as patch:

        def slow(study: Study, code: str, asked: list[Asked], today: date) -> Proposal:
            go_on.wait(10)
            return propose(study, code, asked, today)

        patch.setattr("app.services.commands.sign_deviations.propose", slow)
        dialog.save()
        nurse.wait(dialog.job_bar.stop_button.isEnabled)
        nurse.click(dialog.job_bar.stop_button)
        go_on.set()
        nurse.wait(lambda: dialog.job_bar.job is None)
    assert dialog.banner.text.text() == "Stopped before it was done; nothing was changed."
    assert (dialog.name.value(), dialog.sign_button.isEnabled()) == ("M. Hansson", True)
    assert len(nurse.facts()) == before


def test_deviations_are_narrowed_and_their_participant_is_opened(reader: Nurse) -> None:
    tab = show(reader)
    tab.search.setText("SP-C03#1.15")
    assert [(row.participant, row.visit) for row in tab.model.rows] == [DOSE]
    tab.search.setText("no such words")
    assert "No deviation fits. Choose “All” and empty the box to see every one." in texts(reader.monitor)
    assert (tab.selection(), tab.decide_button.isEnabled()) == (None, False)
    tab.search.clear()
    choose(tab, *DOSE)
    tab.open_button.click()
    reader.wait(lambda: reader.window.stack.currentWidget() is reader.participant)
    reader.wait(lambda: reader.participant.selection() == DOSE)


def test_nothing_is_decided_in_a_file_that_is_only_read(nurse: Nurse) -> None:
    path = nurse.session.path
    assert path is not None
    nurse.open(path, writing=False)
    tab = show(nurse)
    choose(tab, *DOSE)
    assert not tab.decide_button.isEnabled()
    QTest.keyClick(tab.list, Qt.Key.Key_3)
    assert not tab.form.isVisible()


def test_the_room_of_the_form_goes_with_it_whatever_closes_it(nurse: Nurse) -> None:
    tab = show(nurse)
    tab.chips["all"].click()
    usual = tab.list.rowHeight(0)
    for page in ("", "participants"):
        tab.list.choose(identity(tab.model.rows[0]))
        tab.open_row(None)
        assert tab.list.rowHeight(1) > usual
        nurse.settle()
        if page:
            nurse.go(page)
        tab.discard()
        nurse.settle()
        assert {tab.list.rowHeight(row) for row in range(tab.model.rowCount())} == {usual}
        nurse.go("monitor")
        nurse.settle()
        assert {tab.list.rowHeight(row) for row in range(tab.model.rowCount())} == {usual}
