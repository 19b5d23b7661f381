"""Previews and saving for a form: only the last request is answered, and an error arrives as it was raised."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.refusal import Refused
from app.services.commands.intake import Intake
from app.ui.session.proposal_jobs import ChangeRequest, IntakeRequest, PreviewJob, SaveJob
from app.ui.session.session import StudySession
from tests.ui.conftest import copied

TODAY = date(2026, 12, 20)


@dataclass(frozen=True)
class Request:
    """A request whose proposal is its own name, or an error."""

    code: str
    error: BaseException | None = None

    def completed(self) -> "Request":
        return self

    def propose(self, _study: object, _today: date) -> Any:
        if self.error is not None:
            raise self.error
        return self.code

    def can_save(self, _proposal: object, _study: object, _today: date) -> bool:
        return False

    def saved_text(self, _saved: object) -> str:
        return f"saved {self.code}"


@pytest.fixture
def open_session(session: StudySession, empty_template: Path, tmp_path: Path, qtbot: QtBot) -> StudySession:
    session.open(copied(empty_template, tmp_path / "study"))
    qtbot.waitUntil(lambda: session.view is not None)
    return session


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def save(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is recorded, instead of recording it."""
    recorded: list[Any] = []

    def record(_study: object, proposal: Any, _sure: bool) -> Any:
        recorded.append(proposal)
        return proposal

    monkeypatch.setattr("app.services.commands.record.save", record)
    return recorded


class Heard:
    """The signals of a job, in their order."""

    def __init__(self, job: PreviewJob | SaveJob, *signals: str) -> None:
        self.all: list[tuple[str, object]] = []
        for name in signals:
            getattr(job, name).connect(self._hearing(name))

    def _hearing(self, name: str) -> Callable[[object], None]:
        return lambda value: self.all.append((name, value))


def test_a_preview_is_for_the_last_request_alone(open_session: StudySession, owner: QObject, qtbot: QtBot) -> None:
    job = PreviewJob(open_session, owner)
    heard = Heard(job, "ready", "refused", "failed")
    for code in ("one", "two", "three"):
        job.want(Request(code), at_once=True)
    assert job.under_way
    qtbot.waitUntil(lambda: not job.under_way)
    assert heard.all == [("ready", "three")]
    assert job.proposal(Request("three")) is not None
    assert job.proposal(Request("two")) is None
    job.forget()
    assert job.proposal(Request("three")) is None


def test_a_stopped_preview_is_not_answered(open_session: StudySession, owner: QObject, qtbot: QtBot) -> None:
    job = PreviewJob(open_session, owner)
    heard = Heard(job, "ready")
    job.want(Request("one"), at_once=True)
    job.stop()
    assert not job.under_way
    answered: list[object] = []
    open_session.ask(lambda _study, _job: None, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert heard.all == []


@pytest.mark.parametrize(("error", "signal"), [(Refused("code_form"), "refused"), (ZeroDivisionError(), "failed")])
def test_an_error_of_a_preview_arrives_as_it_was_raised(
    open_session: StudySession, owner: QObject, qtbot: QtBot, error: BaseException, signal: str
) -> None:
    job = PreviewJob(open_session, owner)
    heard = Heard(job, "ready", "refused", "failed")
    job.want(Request("one", error), at_once=True)
    qtbot.waitUntil(lambda: not job.under_way)
    assert heard.all == [(signal, error)]


def test_a_request_that_cannot_use_its_proposal_is_proposed_again(
    open_session: StudySession, owner: QObject, qtbot: QtBot, save: list[Any]
) -> None:
    job, messages = SaveJob(open_session, owner), list[Any]()
    open_session.changed.connect(messages.append)
    job.save(Request("one"), "old")  # type: ignore[arg-type]
    assert job.under_way
    qtbot.waitUntil(lambda: not job.under_way)
    assert save == ["one"]
    assert [(one.codes, one.by, one.text) for one in messages] == [(frozenset({"one"}), owner, "saved one")]


def test_an_error_of_saving_arrives_as_it_was_raised(
    open_session: StudySession, owner: QObject, qtbot: QtBot, save: list[Any]
) -> None:
    job, error = SaveJob(open_session, owner), Refused("code_form")
    heard = Heard(job, "saved", "failed")
    job.save(Request("one", error), None)
    qtbot.waitUntil(lambda: not job.under_way)
    assert (heard.all, save) == ([("failed", error)], [])


def test_a_change_is_previewed_with_placeholders_where_no_day_depends_on_a_field() -> None:
    typed = ChangeRequest("LI-001", "moved", {"to": TODAY}, frozenset({"SP-C03#2.8"}))
    assert typed.completed().fields == {"to": TODAY, "reason": "…"}
    assert typed.completed().reason == "…"
    given = ChangeRequest("LI-001", "moved", {"to": TODAY, "reason": "holiday"}, frozenset({"SP-C03#2.8"}), "asked for")
    assert given.completed() == given


@pytest.mark.parametrize(
    ("head", "today", "can_save"), [(4, TODAY, True), (5, TODAY, False), (4, date(2026, 12, 21), False)]
)
def test_an_enrolment_is_saved_as_previewed_while_study_and_day_are_the_same(
    head: int, today: date, can_save: bool
) -> None:
    proposal: Any = SimpleNamespace(head=4, today=TODAY)
    study: Any = SimpleNamespace(head=lambda: head)
    assert IntakeRequest(Intake("LI-021")).can_save(proposal, study, today) is can_save
    assert IntakeRequest(Intake("LI-021")).code == "LI-021"
    assert ChangeRequest("LI-001", "moved").can_save(proposal, study, today), "the services refuse it where it is old"
