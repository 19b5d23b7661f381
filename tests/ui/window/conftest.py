"""The real window over a copy of the study of `stories`, on a Monday morning."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from tests.services.ward import Ward
from tests.ui.conftest import Clock
from tests.ui.window import stories
from tests.ui.window.nurse import Nurse

Make = Callable[..., Nurse]


@pytest.fixture
def clock() -> Clock:
    """Nine o'clock in Linköping, on the day of the stories."""
    found = Clock()
    found.now = datetime(2027, 2, 15, 8, 0, tzinfo=UTC)
    return found


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
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports, logs and studies of a test stay in its own folder."""
    for name in ("cache_dir", "state_dir", "data_dir", "config_dir"):
        monkeypatch.setattr(f"app.paths.{name}", lambda name=name: tmp_path / "own" / name)


@pytest.fixture
def make_nurse(qtbot: QtBot, preferences: Preferences, make_desk: Callable[[], Desk]) -> Iterator[Make]:
    """Opens windows, and closes them."""
    made: list[MainWindow] = []

    def make(path: Path | None = None, width: int = 1366, height: int = 768, writing: bool = True) -> Nurse:
        window = MainWindow(make_desk(), preferences)
        made.append(window)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        nurse = Nurse(qtbot, window)
        nurse.come_to_the_front()
        if path is not None:
            nurse.open(path, writing)
        return nurse

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


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
