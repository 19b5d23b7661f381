"""The real window over a copy of the study of `stories`, on a Monday morning."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from app.services.study.environment import Environment
from app.ui.pages.today.agenda_model import Filter
from app.ui.session.session import StudySession
from app.ui.shell.application import assemble
from app.ui.shell.preferences import Preferences
from app.ui.style import theme
from tests.services.ward import Ward
from tests.ui.conftest import Clock
from tests.ui.window import stories
from tests.ui.window.nurse import Nurse

Make = Callable[..., Nurse]
MORNING = datetime(2027, 2, 15, 8, 0, tzinfo=UTC)
FIRST_LINE = ("LI-002", "SP-C04#1.15")


@pytest.fixture
def clock() -> Clock:
    """Nine o'clock in Linköping, on the day of the stories."""
    found = Clock()
    found.now = MORNING
    return found


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
    folder.mkdir()
    return Path(shutil.copyfile(template, folder / "study.studyday"))


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
def make_nurse(preferences: Preferences, make_session: Callable[[], StudySession]) -> Iterator[Make]:
    """Opens windows, and closes them."""
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


@pytest.fixture(scope="module")
def _one_window(
    qapp: QApplication, template: Path, tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> Iterator[Nurse]:
    folder = tmp_path_factory.mktemp("reader")
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
    nurse.wait_for_today()
    nurse.today.list.choose_first()
    nurse.wait_for_visit(*FIRST_LINE)
    yield nurse
    for dialog in nurse.window.findChildren(QDialog):
        nurse.leave(dialog)
    assert nurse.session.view is head, "who only looks changes nothing"
