"""The system asks the program to end: the study is closed, and what was typed is told as lost."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.run_marks import take_unclean_ends
from app.services.commands import study_file
from app.ui.shell.termination import Termination
from tests.services.ward import nurse as person
from tests.ui.nurse import Nurse
from tests.ui.stories import TODAY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def termination(qapp: QObject) -> Iterator[Termination]:
    found = Termination(qapp)
    yield found
    found.end()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_signals_of_the_system_are_told_at_once(number: int, termination: Termination, qtbot: QtBot) -> None:
    with qtbot.waitSignal(termination.asked):
        os.kill(os.getpid(), number)


def test_another_signal_is_nobodys_wish_to_end(termination: Termination, qtbot: QtBot) -> None:
    asked: list[bool] = []
    termination.asked.connect(lambda: asked.append(True))
    before = signal.signal(signal.SIGUSR1, lambda _number, _frame: None)
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        with qtbot.waitSignal(termination.asked):
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert asked == [True]


def test_afterwards_the_signals_do_what_they_did(qapp: QObject) -> None:
    before = signal.getsignal(signal.SIGTERM)
    Termination(qapp).end()
    assert signal.getsignal(signal.SIGTERM) is before
    assert signal.set_wakeup_fd(-1) == -1


def test_windows_asks_the_window_itself(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    before = signal.getsignal(signal.SIGTERM)
    found = Termination(qapp)
    assert signal.getsignal(signal.SIGTERM) is before
    found.end()


def test_what_is_typed_is_known_to_the_window(nurse: Nurse) -> None:
    assert nurse.window.typed_drafts() == []
    start = nurse.window.start
    start.name.setText("A study")
    assert nurse.window.typed_drafts() == [start]
    start.discard()


_TYPING = """
import os, sys
from app.ui.shell import application
from app.ui.shell.main_window import MainWindow
class Window(MainWindow):
    def _opened(self):
        super()._opened()
        self.start.name.setText(os.environ["TYPED"])
application.MainWindow = Window
from app.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("typed", ["", "a study that nobody has saved"])
def test_at_log_out_the_study_is_closed_and_only_what_was_typed_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    study, stalls = tmp_path / "a.studyday", tmp_path / "stalls"
    study_file.new(study, person(), TODAY).close()
    surroundings = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "STUDYDAY_STALLS": str(stalls),
        "TYPED": typed,
    }  # fmt: skip
    command = [sys.executable, "-c", _TYPING, "-f", str(study)]
    with subprocess.Popen(command, env=surroundings, cwd=tmp_path) as process:
        try:
            end = monotonic() + 60
            while not (stalls.exists() and "EnrolmentPage" in stalls.read_text("utf-8")):
                assert process.poll() is None
                assert monotonic() < end
                sleep(0.05)
            assert study.with_name("a.studyday.open").exists()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    assert not study.with_name("a.studyday.open").exists()
    monkeypatch.setattr("app.paths.state_dir", lambda: tmp_path / ".local" / "state" / "studyday")
    assert len(take_unclean_ends(datetime(2027, 1, 1, tzinfo=UTC))) == bool(typed)
    (line,) = (tmp_path / ".local" / "state" / "studyday" / "studyday.log").read_text("utf-8").splitlines()
    assert json.loads(line)["event"] == "desktop"
