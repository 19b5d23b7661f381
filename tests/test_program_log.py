"""The log: lines that are put aside in time, and nothing else is touched."""

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import program_log
from app.program_log import write

MOMENT = datetime(2026, 11, 23, 6, 45, 1, 5, tzinfo=UTC)
STUDY = b"SQLite format 3\x00" + bytes(4080)
posix = pytest.mark.skipif(os.name == "nt", reason="no such files")


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for the log."""
    monkeypatch.setattr("app.paths.state_dir", lambda: tmp_path / "state")
    return tmp_path / "state"


def commands(path: Path) -> list[int]:
    return [json.loads(line)["n"] for line in path.read_text("utf-8").splitlines()]


def test_a_log_that_is_long_is_put_aside_and_the_oldest_goes(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_log, "LARGEST_LOG", 150)  # two lines of some 60 signs
    for number in range(20):
        write(MOMENT, "command", n=number)
    names = ["studyday.log.3", "studyday.log.2", "studyday.log.1", "studyday.log"]
    assert sorted(path.name for path in state.iterdir()) == sorted(names)
    kept = [number for name in names for number in commands(state / name)]
    assert kept == list(range(12, 20))
    assert all((state / name).stat().st_size <= 150 for name in names)


@posix
def test_every_log_is_the_users_alone(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_log, "LARGEST_LOG", 60)
    before = os.umask(0)
    try:
        for number in range(3):
            write(MOMENT, "command", n=number)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in state.iterdir()} == {0o600}
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_values_are_written_as_one_line(state: Path) -> None:
    write(MOMENT, "bug", kind='"}\n{"at": "')
    (line,) = (state / "studyday.log").read_text("utf-8").splitlines()
    assert json.loads(line)["kind"] == '"}\n{"at": "'


@posix
def test_another_file_in_the_place_of_the_log_is_not_added_to(state: Path) -> None:
    state.mkdir()
    study = state / "s.studyday"
    study.write_bytes(STUDY)
    os.link(study, state / "studyday.log")
    write(MOMENT, "command")
    assert study.read_bytes() == STUDY


@posix
@pytest.mark.parametrize("content", ["", '{"at": "earlier"}\n'])
def test_a_link_in_the_place_of_the_log_is_not_followed(state: Path, tmp_path: Path, content: str) -> None:
    state.mkdir()
    target = tmp_path / "target"
    target.write_text(content)
    (state / "studyday.log").symlink_to(target)
    write(MOMENT, "command")
    assert target.read_text() == content


@posix
def test_a_link_to_nothing_makes_no_file(state: Path, tmp_path: Path) -> None:
    state.mkdir()
    (state / "studyday.log").symlink_to(tmp_path / "target")
    write(MOMENT, "command")
    assert not (tmp_path / "target").exists()


@posix
def test_a_pipe_in_the_place_of_the_log_does_not_stop_the_work(state: Path) -> None:
    state.mkdir()
    os.mkfifo(state / "studyday.log")
    write(MOMENT, "command")
    assert [path.name for path in state.iterdir()] == ["studyday.log"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_log_is_not_put_aside_over_another_file(state: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_log, "LARGEST_LOG", 70)
    write(MOMENT, "command", n=0)
    foreign = state / f"studyday.log.{number}"
    foreign.write_bytes(STUDY)
    write(MOMENT, "command", n=1)
    assert foreign.read_bytes() == STUDY
    assert commands(state / "studyday.log") == [0]
    assert len(list(state.iterdir())) == 2


def test_a_folder_in_a_place_to_put_aside_moves_nothing(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_log, "LARGEST_LOG", 70)
    write(MOMENT, "command", n=0)
    (state / "studyday.log.1").mkdir()
    write(MOMENT, "command", n=1)
    assert commands(state / "studyday.log") == [0]


def test_a_disk_without_room_is_no_error(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(program_log, "open_log", full)
    write(MOMENT, "command")
    assert capsys.readouterr() == ("", "")


def test_a_file_where_the_folder_should_be_is_no_error(state: Path) -> None:
    state.write_text("kept")
    write(MOMENT, "command")
    assert state.read_text() == "kept"
