"""The named pipe of Windows; Qt's local sockets take its place elsewhere, so that the same code is tried."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.shell import study_pipe
from app.ui.shell.study_pipe import StudyPipe, answered, place_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("app.paths.state_dir", lambda: tmp_path / "state")
    return tmp_path / "state"


def test_the_name_and_the_answer_follow_from_a_secret_that_is_kept(state: Path) -> None:
    first = place_of("a study")
    assert first is not None
    assert first == place_of("a study")
    assert len({*first, *(place_of("another") or ())}) == 4
    kept = state / "window.secret"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text() not in "".join(first)
    kept.unlink()
    assert first != place_of("a study"), "another secret, another name"


@pytest.mark.parametrize("content", [b"", b"short", bytes(500)])
def test_what_is_no_secret_is_not_used_and_left(state: Path, content: bytes) -> None:
    state.mkdir()
    (state / "window.secret").write_bytes(content)
    assert place_of("a study") is None
    assert (state / "window.secret").read_bytes() == content


def test_without_a_folder_for_the_secret_there_is_no_meeting(state: Path) -> None:
    state.write_bytes(b"a file where the folder should be")
    assert place_of("a study") is None


def in_another_process(name: str, answer: str) -> "subprocess.Popen[str]":
    code = "import sys; from app.ui.shell.study_pipe import answered; print(answered(*sys.argv[1:]))"
    return subprocess.Popen(
        [sys.executable, "-c", code, name, answer],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def has_ended(process: "subprocess.Popen[str]") -> bool:
    return process.poll() is not None


def test_a_window_is_found_and_another_answer_is_not_believed(qtbot: QtBot, qapp: QObject) -> None:
    place = place_of("a study")
    assert place is not None
    pipe = StudyPipe(*place, qapp)
    try:
        for answer, found in ((place[1], "True\n"), (place[1][::-1], "False\n"), (place[1] + "x", "False\n")):
            with qtbot.waitSignal(pipe.called):
                other = in_another_process(place[0], answer)
            qtbot.waitUntil(partial(has_ended, other))
            assert other.communicate()[0] == found
    finally:
        pipe.end()
    assert not answered(*place)


def test_nobody_answers_where_no_window_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study_pipe, "PATIENCE_MS", 200)
    assert not answered("studyday-nobody", "x")
