"""The desktop under test: no display is needed, every session is ended, and nothing of one test is left to the next."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.services.queries.agenda_filter import Filter
from app.services.study.environment import Environment
from app.ui.session.session import StudySession
from app.ui.shell.application import assemble
from app.ui.shell.preferences import Preferences
from app.ui.style import theme, tokens
from tests.services.ward import Ward
from tests.ui import stories
from tests.ui.nurse import PATIENCE_SECONDS, Nurse

TODAY = date(2026, 12, 20)
"""The day of the tests: a Sunday, four weeks after LI-001 was enrolled."""
MORNING = datetime(2027, 2, 15, 8, 0, tzinfo=UTC)
"""The moment at which a nurse stands before the window: nine o'clock in Linköping, on the day of the stories."""
FIRST_LINE = ("LI-006", "SP-C02#2")
Make = Callable[..., Nurse]

for waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    waiting.__kwdefaults__ = {**(waiting.__kwdefaults__ or {}), "timeout": PATIENCE_SECONDS * 1000}


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


# The real window over a copy of the study of `stories`, on a Monday morning


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for what was read of the protocols."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file with everybody in it."""
    return stories.make_study(tmp_path_factory.mktemp("stories"))


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with nobody in it."""
    ward = Ward(tmp_path_factory.mktemp("empty"))
    ward.study.close()
    return ward.path


@pytest.fixture
def study_path(tmp_path: Path, template: Path) -> Path:
    """A copy of the study, and nothing but it in its folder."""
    return copied(template, tmp_path / "study")


def copied(template: Path, folder: Path) -> Path:
    """A copy of a study in a folder of its own."""
    folder.mkdir(mode=0o700)
    found = Path(shutil.copyfile(template, folder / "study.studyday"))
    found.chmod(0o600)
    return found


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports, logs and studies of a test stay in its own folder; what was read of the protocols serves them all."""
    for name in ("state_dir", "data_dir", "config_dir"):
        monkeypatch.setattr(f"app.paths.{name}", lambda name=name: tmp_path / "own" / name)
    monkeypatch.setattr("app.paths.cache_dir", lambda: cache)


def stand_before(session: StudySession, preferences: Preferences, path: Path | None, **more: int | bool) -> Nurse:
    """A nurse before a new window, with a study open where a path is given."""
    window, files = assemble(session, preferences)
    window.resize(int(more.get("width", 1366)), int(more.get("height", 768)))
    window.show()
    nurse = Nurse(window, files)
    nurse.come_to_the_front()
    if path is not None:
        nurse.open(path, bool(more.get("writing", True)))
    return nurse


def go_home(nurse: Nurse) -> None:
    """Close the window; nothing of it is left."""
    nurse.window.close()
    nurse.window.deleteLater()
    QApplication.sendPostedEvents(nurse.window, QEvent.Type.DeferredDelete)


@pytest.fixture
def make_nurse(preferences: Preferences, make_session: Callable[[], StudySession], clock: Clock) -> Iterator[Make]:
    """Opens windows in the morning, and closes them."""
    clock.now = MORNING
    made: list[Nurse] = []

    def make(path: Path | None = None, **more: int | bool) -> Nurse:
        made.append(stand_before(make_session(), preferences, path, **more))
        return made[-1]

    yield make
    for nurse in made:
        go_home(nurse)


@pytest.fixture
def nurse(make_nurse: Make, study_path: Path) -> Nurse:
    """A nurse before the window, with the study open at Today."""
    found = make_nurse(study_path)
    found.wait_for_today()
    return found


@pytest.fixture
def empty_nurse(make_nurse: Make, tmp_path: Path, empty_template: Path) -> Nurse:
    """A nurse before the window of a study with nobody in it."""
    return make_nurse(copied(empty_template, tmp_path / "empty"))


@contextmanager
def shared_window(qapp: QApplication, template: Path, folder: Path, cache: Path) -> Iterator[Nurse]:
    """A nurse before the window of a copy of that study, for several tests."""
    preferences = Preferences(folder / "desktop.ini")
    preferences.look = "light"
    theme.apply(qapp, dark=False)
    session = StudySession(Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: MORNING))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.paths.cache_dir", lambda: cache)
        nurse = stand_before(session, preferences, copied(template, folder / "study"))
        yield nurse
        go_home(nurse)
        session.end()
        session.deleteLater()


@pytest.fixture(scope="module")
def _one_window(
    qapp: QApplication, template: Path, tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> Iterator[Nurse]:
    with shared_window(qapp, template, tmp_path_factory.mktemp("reader"), cache) as nurse:
        yield nurse


@pytest.fixture
def reader(_one_window: Nurse) -> Iterator[Nurse]:
    """A nurse who only looks: one window for the tests of a module, and each finds it at Today without a filter."""
    nurse = _one_window
    head = nurse.session.view
    nurse.come_to_the_front()
    nurse.window.resize(1366, 768)
    nurse.window.go("today")
    nurse.today._choose_filter(Filter())
    nurse.today.search.clear()
    nurse.today.list.choose_first()
    nurse.wait_for_today()
    nurse.today.list.choose_first()
    nurse.wait_for_visit(*FIRST_LINE)
    yield nurse
    for dialog in nurse.window.findChildren(QDialog):
        nurse.leave(dialog)
    assert nurse.session.view is head, "who only looks changes nothing"
