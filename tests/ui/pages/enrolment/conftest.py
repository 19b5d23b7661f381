"""An open study with nobody in it, and the page that enrols."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.commands import enrol, study_file
from app.services.commands.protocols import take_protocol
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.session.session import StudySession
from app.ui.style import theme, tokens
from tests.ui.conftest import TODAY, Clock


@pytest.fixture(scope="session")
def own_look(qapp: QApplication) -> None:
    """The program's own look."""
    theme.apply(qapp, False, 1.0)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study with nobody in it that has taken both protocols in, which takes a while."""
    path = tmp_path_factory.mktemp("template") / "study.studyday"
    environment = Environment("nurse", "WARD-3", "Europe/Stockholm", Clock())
    study = study_file.new(path, environment, TODAY, anywhere=True)
    for name in ("scanpan", "nct06873178"):
        take_protocol(study, name, TODAY)
    study.close()
    return path


@pytest.fixture
def idle_session(qapp: QApplication, own_look: None, environment: Environment) -> Iterator[StudySession]:
    """A session without a study; at 100 % and in light colours, whatever a test before left behind."""
    if tokens.is_dark() or tokens.scale() != 1.0:
        theme.apply(qapp, False, 1.0)
    found = StudySession(environment)
    yield found
    found.end()
    found.deleteLater()


@pytest.fixture
def open_session(idle_session: StudySession, template: Path, tmp_path: Path, qtbot: QtBot) -> StudySession:
    """A session with that study."""
    path = tmp_path / "study.studyday"
    shutil.copyfile(template, path)
    idle_session.open(path)
    qtbot.waitUntil(lambda: idle_session.view is not None)
    return idle_session


@pytest.fixture
def page(open_session: StudySession, qtbot: QtBot) -> Iterator[EnrolmentPage]:
    """The page, begun, with the protocols at hand."""
    found = EnrolmentPage(open_session)
    qtbot.addWidget(found)
    found._pause.setInterval(20)
    found.resize(1366, 768)
    found.show()
    found.start()
    qtbot.waitUntil(lambda: found.form is not None)
    yield found
    found.hide()


def enrolled_before(session: StudySession, qtbot: QtBot, **fields: object) -> None:
    """Somebody who is in the study already."""
    given = {"protocol": "scanpan", "on": "2026-11-23", "country": "SE", "regimen": "AG", **fields}
    done: list[object] = []

    def work(study: Study, _job: object) -> object:
        return enrol.enrol(study, given, session.today)

    session.change(work, done.append)
    qtbot.waitUntil(lambda: bool(done))
