"""Opening and making study files, from the first start on: no dialog comes by itself, no file is overwritten."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from app.domain.refusal import Refused
from app.services.commands import demo
from tests.ui.conftest import Make
from tests.ui.nurse import Key, Nurse, buttons, texts


@pytest.fixture
def fresh(make_nurse: Make) -> Nurse:
    """A window of somebody who never had a study."""
    found: Nurse = make_nurse()
    found.files.open_last(None, False)
    found.settle()
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "own" / "data_dir"


def test_the_first_start_opens_no_dialog_and_makes_no_file(fresh: Nurse, data: Path) -> None:
    assert fresh.window.stack.currentWidget() is fresh.window.start
    assert QApplication.activeModalWidget() is None
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()] == []
    assert not data.exists()
    assert "Welcome to Studyday" in texts(fresh.window.start)
    assert list(buttons(fresh.window.start)) == [
        "Explore the demo study", "Set up my study", "Open another study file…",
    ]  # fmt: skip


def test_without_a_study_only_what_needs_none_can_be_done(fresh: Nurse) -> None:
    enabled = {name for name, action in fresh.window.menus.actions.items() if action.isEnabled()}
    assert enabled == {
        "new", "open", "open_read_only", "demo", "rescue", "try_story", "quit", "larger", "smaller", "usual",
        "look_system", "look_light", "look_dark", "reset_place", "keys", "about",
    }  # fmt: skip
    assert not fresh.window.side_bar.isEnabled()


def test_a_name_and_enter_make_a_study(fresh: Nurse, data: Path) -> None:
    fresh.type_in(fresh.window.start.name, "ScanPan in R&D")
    fresh.press(Key.Key_Return, fresh.window.start.name)
    fresh.wait(lambda: fresh.session.view is not None)
    assert fresh.session.view is not None
    assert fresh.session.view.name == "ScanPan in R&D"
    assert fresh.session.path == data / "study.studyday"
    assert (data / "study.studyday").is_file()
    assert not fresh.window.band.isVisible()
    # Nobody is in it, so it goes on with the first participant.
    assert fresh.window.stack.currentWidget() is fresh.window.page("enrol")


def test_the_button_makes_a_study_without_a_name(fresh: Nurse, data: Path) -> None:
    fresh.click(fresh.window.start.make_button)
    fresh.wait(lambda: fresh.session.view is not None)
    assert fresh.window.windowTitle() == "study – Studyday"


def test_a_study_that_is_there_already_is_not_overwritten(
    fresh: Nurse, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.mkdir(parents=True)
    (data / "study.studyday").write_bytes(b"mine")
    asked: list[str] = []

    def ask(_parent: object, _title: str, place: str, _kind: str) -> tuple[str, str]:
        asked.append(place)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    fresh.click(fresh.window.start.make_button)
    fresh.settle()
    assert asked == [str(data / "new.studyday")]
    assert (data / "study.studyday").read_bytes() == b"mine"


def test_a_study_that_cannot_be_made_is_said_on_the_page(fresh: Nurse, data: Path) -> None:
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(b"a file where the folder is to be")
    fresh.type_in(fresh.window.start.name, "Mine")
    fresh.press(Key.Key_Return, fresh.window.start.name)
    fresh.wait(fresh.window.start.banner.isVisible)
    assert fresh.window.start.name.text() == "Mine"
    assert fresh.session.view is None


def quick_demo(template: Path) -> Callable[..., list[Path]]:
    def make(folder: Path, _circumstances: object, _today: object, progress: Any) -> list[Path]:
        folder.mkdir(parents=True)
        progress(1, 2)
        return [Path(shutil.copyfile(template, folder / demo.FILE))]

    return make


def test_the_demo_opens_in_a_file_of_its_own(
    fresh: Nurse, data: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "make_demo", quick_demo(template))
    fresh.click(fresh.window.start.demo_button)
    assert "The demo study is being made" in fresh.window.start.banner.text.text()
    fresh.wait_for_today()
    assert fresh.session.path == data / "demo" / demo.FILE
    assert fresh.window.band.isVisible()
    assert fresh.window.band.text() == "DEMO – nobody in this study is real"
    assert fresh.window.preferences.study == data / "demo" / demo.FILE


def test_a_demo_that_cannot_be_made_is_said(fresh: Nurse, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise Refused("unwritable", path="/demo", problem="no room")

    monkeypatch.setattr(demo, "make_demo", refuse)
    fresh.click(fresh.window.start.demo_button)
    fresh.wait(lambda: "no room" in fresh.window.start.banner.text.text())
    assert fresh.session.view is None


def test_the_study_that_was_open_last_opens_by_itself(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse()
    nurse.window.preferences.study = study_path
    nurse.files.open_last(None, False)
    nurse.wait_for_today()
    assert nurse.session.path == study_path


def test_a_study_that_is_gone_is_not_asked_for(make_nurse: Make, tmp_path: Path) -> None:
    nurse = make_nurse()
    nurse.window.preferences.study = tmp_path / "gone.studyday"
    nurse.files.open_last(None, False)
    nurse.settle()
    assert nurse.window.stack.currentWidget() is nurse.window.start
    assert not nurse.window.start.banner.isVisible()
