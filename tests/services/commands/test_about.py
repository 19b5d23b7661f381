"""What the program says about itself names nobody, and opens no study."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.services.commands import about
from app.services.commands.about import program_details, without_user
from app.services.study.environment import Environment

EVA = Environment("eva.ek", "ward-7", "UTC", lambda: datetime(2026, 11, 27, tzinfo=UTC))
HOME = PurePosixPath("/home/eva.ek")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/home/eva.ek/.local/share/studyday/study.studyday", "~/.local/share/studyday/study.studyday"),
        ("/home/eva.ek", "~"),
        ("/home/eva.ek2/a", "/home/eva.ek2/a"),
        ("/srv/eva.ek/a.studyday", "/srv/USER/a.studyday"),
        ("/srv/EVA.EK/a.studyday", "/srv/USER/a.studyday"),
        ("/home/eva.ek/eva.ek/a", "~/USER/a"),
        ("/srv/trials/a.studyday", "/srv/trials/a.studyday"),
        ("/", "/"),
    ],
)
def test_no_path_has_the_name_of_the_user(path: str, said: str) -> None:
    assert str(without_user(PurePosixPath(path), HOME, "eva.ek")) == said


def test_the_home_folder_counts_also_where_the_account_has_another_name() -> None:
    assert without_user(PurePosixPath("/mnt/eva.ek/a"), HOME, "unknown") == "/mnt/USER/a"


def test_a_computer_without_a_home_folder_shows_paths_as_they_are() -> None:
    assert without_user(PurePosixPath("/srv/a"), PurePosixPath("/"), "") == "/srv/a"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            r"C:\Users\Eva Ek\AppData\Local\studyday\study.studyday",
            r"%USERPROFILE%\AppData\Local\studyday\study.studyday",
        ),
        (r"c:\users\eva ek\a", r"%USERPROFILE%\a"),
        (r"D:\Eva Ek\a", r"D:\USER\a"),
        (r"\\server\share\a", r"\\server\share\a"),
    ],
)
def test_windows_has_its_own_word_for_the_home_folder(path: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert without_user(PureWindowsPath(path), PureWindowsPath(r"C:\Users\Eva Ek"), "eva") == said


def test_details_of_a_study_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "eva.ek"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    found = program_details(home / "new.studyday", EVA)
    assert (found.study, found.backups) == ("~/new.studyday", "~/new-backups")
    assert list(home.iterdir()) == []
    assert "eva.ek" not in json.dumps([found.study, found.backups, found.settings, found.log])
    assert found.qt.count(".") == 2
    assert found.sqlite.startswith("3.")


def test_a_study_is_not_opened(tmp_path: Path) -> None:
    study = tmp_path / "pipe.studyday"
    os.mkfifo(study)  # to open it would wait for ever
    assert program_details(study, EVA).study.endswith("pipe.studyday")


def test_a_built_program_tells_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.paths.resources", lambda: tmp_path)
    build = {"commit": "0123456789ab", "day": "2026-11-27", "qt": "6.11.3"}
    (tmp_path / about.BUILD_FILE).write_text(json.dumps(build), encoding="utf-8")
    found = program_details(tmp_path / "a.studyday", EVA)
    assert (found.commit, found.built_on, found.qt) == ("0123456789ab", "2026-11-27", "6.11.3")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"0" * 20_000])
def test_a_damaged_file_of_the_build_counts_as_none(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.paths.resources", lambda: tmp_path)
    (tmp_path / about.BUILD_FILE).write_bytes(content)
    assert program_details(tmp_path / "a.studyday", EVA).built_on == ""
