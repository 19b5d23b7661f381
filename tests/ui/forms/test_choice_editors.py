"""One answer of several: side by side, from a list, or written."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from app.services.queries.participant import ParticipantView
from app.ui.forms.choice_editors import ChoiceEditor, FreeEditor
from tests.ui.forms.showing import editor, made


def test_yes_and_no_are_both_off_until_one_is_chosen(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "contact", look)
    buttons = form.editor("reached").findChildren(QRadioButton)
    assert [one.text() for one in buttons] == ["Yes", "No"]
    assert not any(one.isChecked() for one in buttons)
    assert "reached" not in form.fields()
    with qtbot.waitSignal(form.changed):
        buttons[1].click()
    assert form.fields()["reached"] is False
    form.set_fields({"reached": None})
    assert "reached" not in form.fields()


def test_a_reason_is_chosen_or_written(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "moved", look, "SP-C02#2")
    reason = editor(form, "reason")
    assert isinstance(reason, FreeEditor)
    assert "reason" not in form.fields()
    reason.combo.setCurrentIndex(1)
    assert reason.combo.currentText() == "Illness"
    assert form.fields()["reason"] == "illness"
    reason.line.clear()
    QTest.keyClicks(reason.line, "flood")
    assert form.fields()["reason"] == "flood"


def test_an_answer_that_is_no_longer_offered_is_still_shown(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "decided", look, "SP-R01")
    form.set_fields({"outcome": "from_an_old_version"})
    assert form.fields()["outcome"] == "from_an_old_version"


def test_the_first_letter_answers_and_another_letter_does_nothing(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "contact", look)
    reached = editor(form, "reached")
    buttons = reached.findChildren(QRadioButton)
    with qtbot.assertNotEmitted(reached.answered):
        QTest.keyClicks(buttons[0], "x")
    assert "reached" not in form.fields()
    with qtbot.waitSignal(reached.answered):
        QTest.keyClicks(buttons[0], "n")
    assert form.fields()["reached"] is False


def test_a_few_required_answers_are_side_by_side_and_optional_ones_in_a_list(
    look: ParticipantView, qtbot: QtBot
) -> None:
    scope = editor(made(qtbot, "withdrawn", look), "scope")
    assert [one.text() for one in scope.findChildren(QRadioButton)] == ["Treatment", "The whole study"]
    QTest.keyClicks(scope.findChildren(QRadioButton)[0], "t")
    assert scope.value() is None, "both begin with it"
    QTest.keyClicks(scope.findChildren(QRadioButton)[0], "w")
    assert scope.value() == "all"
    assert isinstance(editor(made(qtbot, "contact", look), "alive"), ChoiceEditor)
    assert isinstance(editor(made(qtbot, "operation", look, "SP-P03"), "pancreas"), ChoiceEditor)
