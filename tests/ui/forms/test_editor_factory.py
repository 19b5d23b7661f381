"""Each type of field has its editor."""

from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.services.queries.participant import ParticipantView
from app.ui.forms.choice_editors import ChoiceEditor
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.text_editors import LineEditor
from tests.ui.forms.showing import made


def test_types_of_editors(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "operation", look, "SP-P03")
    assert isinstance(form.day_edit("on"), DayEdit)
    assert form.day_edit("liver") is None
    assert form.day_edit("nothing") is None
    assert isinstance(form.editor("liver"), ChoiceEditor)
    assert isinstance(made(qtbot, "note", look).editor("text").findChild(QPlainTextEdit), QPlainTextEdit)
    assert isinstance(made(qtbot, "died", look).editor("cause"), LineEditor)
