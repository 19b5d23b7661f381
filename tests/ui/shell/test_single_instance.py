"""One window for one study, whatever name of its file it was started with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.shell import single_instance, study_files
from app.ui.shell.preferences import Preferences
from app.ui.shell.single_instance import SingleInstance, name_of


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "a.studyday"
    path.write_bytes(b"a study")
    return path


def test_every_name_of_one_file_is_one_study(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(study)
    os.link(study, tmp_path / "second name")
    (tmp_path / "folder").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    names = [study, Path("link"), Path("second name"), Path("folder/a.studyday"), tmp_path / "x" / ".." / "a.studyday"]
    (tmp_path / "x").mkdir()
    assert len({name_of(path) for path in names}) == 1


def test_another_file_is_another_study_also_with_the_same_content(study: Path, tmp_path: Path) -> None:
    (tmp_path / "b.studyday").write_bytes(study.read_bytes())
    assert name_of(study) != name_of(tmp_path / "b.studyday")


def test_a_file_that_is_not_there_yet_is_known_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    names = [tmp_path / "new.studyday", Path("new.studyday"), tmp_path / "folder" / "new.studyday"]
    assert len({name_of(path) for path in names}) == 1
    assert name_of(tmp_path / "other.studyday") != name_of(names[0])


def test_the_demo_study_is_the_one_that_the_demo_makes() -> None:
    from app.services.commands.demo import FILE

    assert study_files.demo_study() == study_files.demo_folder() / FILE


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the sockets; its path is short."""
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setattr("app.ui.shell.study_socket.socket_path", lambda name: Path(folder) / name)
        yield Path(folder)


def test_the_window_answers_for_the_study_that_it_shows(here: Path, study: Path, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "b.studyday"
    other.write_bytes(b"another study")
    window = QWidget()
    qtbot.addWidget(window)
    instance = SingleInstance(study, False, Preferences(tmp_path / "p.ini"))
    instance.follow(study)
    assert list(here.iterdir()) == [], "before the window listens nothing is there"
    instance.listen(window)
    assert [path.name for path in here.iterdir()] == [name_of(study)]
    instance.follow(other)
    assert [path.name for path in here.iterdir()] == [name_of(other)]
    before = here / name_of(other)
    number = before.lstat().st_ino
    instance.follow(other)
    assert before.lstat().st_ino == number, "the same study: the same socket"
    instance.end()
    assert list(here.iterdir()) == []


def test_a_call_shows_a_window_that_was_made_small(here: Path, study: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    instance = SingleInstance(study, False, Preferences(tmp_path / "p.ini"))
    instance.listen(window)
    window.showMinimized()
    assert instance._listening is not None
    instance._listening.called.emit()
    assert not window.isMinimized()
    assert window.isVisible()
    instance.end()


def test_without_a_place_to_meet_at_a_window_works_alone(
    study: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.shell.study_socket.socket_path", lambda _name: None)
    window = QWidget()
    qtbot.addWidget(window)
    instance = SingleInstance(study, False, Preferences(tmp_path / "p.ini"))
    assert not instance.raises_the_other()
    instance.listen(window)
    instance.end()


def test_on_windows_a_pipe_takes_the_place_of_the_socket(
    study: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "on_windows", lambda: True)
    monkeypatch.setattr("app.paths.state_dir", lambda: tmp_path / "state")
    window = QWidget()
    qtbot.addWidget(window)
    first = SingleInstance(study, False, Preferences(tmp_path / "p.ini"))
    assert not first.raises_the_other()
    first.listen(window)
    assert type(first._listening).__name__ == "StudyPipe"
    first.end()
