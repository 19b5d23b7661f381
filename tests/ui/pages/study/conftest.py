"""One window for all tests of the page Study: each finds the page without anything typed, and what others recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.services.study.environment import Environment
from app.ui.session.session import StudySession
from app.ui.shell.preferences import Preferences
from app.ui.style import theme
from tests.ui.conftest import MORNING, copied, go_home, stand_before
from tests.ui.nurse import Nurse


@pytest.fixture(scope="package")
def _study_window(
    qapp: QApplication, template: Path, tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> Iterator[Nurse]:
    folder = tmp_path_factory.mktemp("study page")
    preferences = Preferences(folder / "desktop.ini")
    preferences.look = "light"
    theme.apply(qapp, dark=False)
    session = StudySession(Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: MORNING))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.paths.cache_dir", lambda: cache)
        nurse = stand_before(session, preferences, copied(template, folder / "study"))
        nurse.wait_for_today()
        yield nurse
        go_home(nurse)
        session.end()
        session.deleteLater()


@pytest.fixture
def nurse(_study_window: Nurse) -> Iterator[Nurse]:
    """A nurse before that window."""
    nurse = _study_window
    nurse.come_to_the_front()
    yield nurse
    for dialog in nurse.window.findChildren(QDialog):
        nurse.leave(dialog)
    page = nurse.study
    page.preview.forget()
    page.discard()
    page.banner.hide()
    page.values.list.search.clear()
    page.values.list._choosing(False, "")()
    nurse.settle()


@pytest.fixture
def reader(nurse: Nurse) -> Nurse:
    """The same, who only looks."""
    return nurse
