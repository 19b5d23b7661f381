"""Forms on the screen for the tests."""

from pytestqt.qtbot import QtBot

from app.services.queries.participant import ParticipantView
from app.ui.forms.editor import Editor
from app.ui.forms.fact_form import FactForm
from app.ui.forms.questions import questions_of
from tests.ui.forms.conftest import TODAY


def made(qtbot: QtBot, kind: str, look: ParticipantView | None, visit: str = "") -> FactForm:
    form = FactForm(questions_of(kind, look, visit), TODAY)
    qtbot.addWidget(form)
    form.resize(560, 400)
    form.show()
    return form


def editor(form: FactForm, name: str) -> Editor:
    found = form.editor(name)
    assert isinstance(found, Editor)
    return found


def error_of(form: FactForm) -> dict[str, str]:
    """The error texts on the screen by field."""
    return {name: row.error.text() for name, row in form._rows.items() if not row.error.isHidden()}
