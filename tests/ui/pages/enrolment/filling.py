"""What a nurse fills in on the page that enrols, and what she then sees."""

from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.facts.records import Recorded
from app.ui.forms.fact_form import FactForm
from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.session.session import StudySession

LI_021 = {"code": "LI-021", "on": "2026-11-23", "centre": "Linköping", "regimen": "AG"}


def form_of(page: EnrolmentPage) -> FactForm:
    assert page.form is not None
    return page.form


def choose(page: EnrolmentPage, qtbot: QtBot, protocol: str) -> None:
    """Choose a protocol and wait for its questions; the step stays."""
    before = form_of(page)
    before.set_fields({"protocol": protocol})
    qtbot.waitUntil(lambda: page.form is not before)


def fill(page: EnrolmentPage, qtbot: QtBot, protocol: str = "scanpan", **fields: object) -> None:
    choose(page, qtbot, protocol)
    form_of(page).set_fields({**LI_021, **fields})
    page.show_step("inclusion")


def answer(page: EnrolmentPage, button: str, qtbot: QtBot) -> None:
    """Press that button of the question above the page, and wait until it is gone."""
    (box,) = page.findChildren(QMessageBox)
    gone: list[bool] = []
    box.destroyed.connect(lambda: gone.append(True))
    next(one for one in box.buttons() if one.text() == button).click()
    qtbot.waitUntil(lambda: bool(gone))


def shown(page: EnrolmentPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(page.preview.model.rows))


def errors(page: EnrolmentPage) -> dict[str, str]:
    return {name: row.error.text() for name, row in form_of(page)._rows.items() if not row.error.isHidden()}


def facts(session: StudySession, qtbot: QtBot) -> list[Recorded]:
    """Return the facts in the file."""
    found: list[list[Recorded]] = []
    session.ask(lambda study, _job: list(study.store.facts()), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def enrolments(session: StudySession, qtbot: QtBot) -> list[dict[str, object]]:
    return [dict(one.fields) for one in facts(session, qtbot) if one.kind == "enrolled"]


def line(page: EnrolmentPage, name: str) -> QLineEdit:
    found = form_of(page).editor(name).findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found
