"""The desktop under test: no display is needed, every session is ended, and nothing of one test is left to the next."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from app.services.study.environment import Environment
from app.ui.session.session import StudySession
from app.ui.shell.preferences import Preferences
from app.ui.style import theme, tokens

TODAY = date(2026, 12, 20)
"""The day of the tests: a Sunday, four weeks after LI-001 was enrolled."""


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 12, 20, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["studyday"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def environment(clock: Clock) -> Environment:
    return Environment("nurse", "WARD-3", "Europe/Stockholm", clock)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Preferences of nobody, in light colours whatever the computer's are."""
    found = Preferences(tmp_path / "desktop.ini")
    found.look = "light"
    return found


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    """Light colours and usual text, also for the test after."""
    _be_light(qapp)
    yield
    _be_light(qapp)


def _be_light(app: QApplication) -> None:
    """To polish every widget anew takes its time, so only where it is another."""
    if tokens.is_dark() or tokens.scale() != 1.0 or not app.styleSheet():
        theme.apply(app, dark=False)


@pytest.fixture
def make_session(qapp: QApplication, light: None, environment: Environment) -> Iterator[Callable[[], StudySession]]:
    """Makes sessions, and ends them: the file is closed and the thread of its worker is gone."""
    made: list[StudySession] = []

    def make() -> StudySession:
        made.append(StudySession(environment))
        return made[-1]

    yield make
    for one in made:
        one.end()
        one.deleteLater()


@pytest.fixture
def session(make_session: Callable[[], StudySession]) -> StudySession:
    return make_session()
