"""Answers to the questions of a protocol."""

from pytestqt.qtbot import QtBot

from app.services.queries.participant import ParticipantView
from app.ui.forms.choice_editors import ChoiceEditor
from tests.ui.forms.showing import editor, made


def test_answers_follow_the_choice(looks: dict[str, ParticipantView], qtbot: QtBot) -> None:
    form = made(qtbot, "chosen", looks["CJ-001"])
    value = editor(form, "value")
    assert isinstance(value, ChoiceEditor)
    assert value.combo.count() == 1
    form.set_fields({"choice": "cohort"})
    assert [value.combo.itemText(row) for row in range(3)] == ["Choose…", "Prospective (as now)", "Retrospective"]
    form.set_fields({"value": "retrospective"})
    assert form.fields()["value"] == "retrospective"
    form.set_fields({"choice": "pet_ct"})
    assert "value" not in form.fields()
