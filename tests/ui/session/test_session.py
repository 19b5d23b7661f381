"""The session: work without a study is refused, and an answer whose owner is deleted is dropped."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.domain.refusal import Refused
from app.ui.session.session import StudySession


def test_a_session_without_a_study_refuses(session: StudySession, qtbot: QtBot) -> None:
    errors: list[BaseException] = []
    session.ask(lambda study, _job: study.zone, lambda _zone: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], Refused)
    assert errors[0].kind == "no_study_open"


def test_an_answer_whose_asker_is_gone_is_dropped(session: StudySession, qtbot: QtBot) -> None:
    answers: list[str] = []
    owner, stays = QObject(), QObject()
    session.ask(lambda study, _job: study.zone, lambda _zone: None, lambda _said: answers.append("gone"), owner)
    session.ask(lambda study, _job: study.zone, lambda _zone: None, lambda _said: answers.append("stays"), stays)
    delete(owner)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["stays"]
