"""A run that did not end properly is known to the next start, once, and a proper one is not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.run_marks import RunMark, take_unclean_ends

MOMENT = datetime(2026, 11, 27, 17, 5, 1, 42, tzinfo=UTC)
STARTED = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("app.paths.state_dir", lambda: tmp_path / "state")
    return tmp_path / "state"


def code_of(state: Path, then: str) -> list[str]:
    """A process that begins a run, does something of its own, and does not come to the end."""
    code = (
        "import faulthandler, os, signal, sys, resource\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "from datetime import UTC, datetime\nfrom pathlib import Path\nfrom app import paths\n"
        f"paths.state_dir = lambda: Path({str(state)!r})\n"
        "from app.run_marks import RunMark\n"
        "mark = RunMark(datetime(2026, 11, 27, 8, tzinfo=UTC))\n"
        "def LI_001_is_no_secret():\n"
        f"    {then}\n"
        "note = 'a secret note'\nLI_001_is_no_secret()\n"
    )
    return [sys.executable, "-c", code]


def ended(state: Path, then: str) -> int:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(code_of(state, then), env=surroundings, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("then", "number", "said"),
    [
        ("faulthandler._sigsegv()", signal.SIGSEGV, "Fatal Python error: Segmentation fault"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", signal.SIGSEGV, "Fatal Python error: Segmentation fault"),
        ("os.abort()", signal.SIGABRT, "Fatal Python error: Aborted"),
        ("os.kill(os.getpid(), signal.SIGBUS)", signal.SIGBUS, "Fatal Python error: Bus error"),
        ("os.kill(os.getpid(), signal.SIGILL)", signal.SIGILL, "Fatal Python error: Illegal instruction"),
        ("os.kill(os.getpid(), signal.SIGFPE)", signal.SIGFPE, "Fatal Python error: Floating"),
    ],
)
def test_a_fault_leaves_a_report_with_places_and_no_values(state: Path, then: str, number: int, said: str) -> None:
    assert ended(state, then) == -number
    (found,) = take_unclean_ends(MOMENT)
    assert found.started == STARTED
    assert found.report is not None
    assert found.report.stat().st_mode & 0o777 == 0o600
    text = found.report.read_text("utf-8")
    assert text.index("All that was saved is in the study file") < text.index("Please send") < text.index(said)
    assert "  <string>:10 LI_001_is_no_secret" in text.splitlines()
    assert "secret note" not in text
    assert str(ROOT) not in text
    assert "/" not in text.partition("For the developers:")[2]
    assert take_unclean_ends(MOMENT) == []
    assert [path.name for path in state.iterdir()] == [found.report.name]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_kill_is_told_without_a_report(state: Path, number: int) -> None:
    assert ended(state, f"os.kill(os.getpid(), {int(number)})") == -number
    (found,) = take_unclean_ends(MOMENT)
    assert (found.started, found.report) == (STARTED, None)
    assert list(state.iterdir()) == []
    assert take_unclean_ends(MOMENT) == []


def test_a_process_that_leaves_at_once_did_not_end_properly(state: Path) -> None:
    assert ended(state, "os._exit(0)") == 0
    assert len(take_unclean_ends(MOMENT)) == 1


def test_nothing_is_told_after_a_proper_end(state: Path) -> None:
    assert ended(state, "mark.end()") == 0
    assert take_unclean_ends(MOMENT) == []
    assert list(state.iterdir()) == []


def test_several_runs_are_told_the_oldest_first(state: Path) -> None:
    later = datetime(2026, 11, 27, 9, tzinfo=UTC)
    state.mkdir()
    for moment in (later, STARTED):
        text = f"studyday 0.1.0, Python 3.11.7, linux, started {moment.isoformat()}\n"
        (state / f"studyday-run-{moment:%Y%m%d-%H%M%S-%f}.txt").write_text(text)
    assert [one.started for one in take_unclean_ends(MOMENT)] == [STARTED, later]


@pytest.fixture
def running(state: Path) -> Iterator["subprocess.Popen[bytes]"]:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    then = "print('there', flush=True); sys.stdin.read()"
    process = subprocess.Popen(code_of(state, then), env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"there\n"
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


def test_a_run_that_goes_on_is_not_told(state: Path, running: "subprocess.Popen[bytes]") -> None:
    assert take_unclean_ends(MOMENT) == []
    assert len(list(state.iterdir())) == 1
    running.kill()
    running.wait()
    assert len(take_unclean_ends(MOMENT)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a text of somebody\n",
        b"\xff\xfe",
        b"studyday 0.1.0, started yesterday\n",
        b"studyday started 2026-13-45\n",
    ],
)
def test_another_file_of_that_name_is_left(state: Path, content: bytes) -> None:
    state.mkdir()
    path = state / "studyday-run-20261127-080000-000000.txt"
    path.write_bytes(content)
    assert take_unclean_ends(MOMENT) == []
    assert path.read_bytes() == content


def test_a_link_of_that_name_is_left(state: Path, tmp_path: Path) -> None:
    state.mkdir()
    target = tmp_path / "target"
    target.write_text("studyday 0.1.0, Python 3.11.7, linux, started 2026-11-27T08:00:00+00:00\n")
    (state / "studyday-run-20261127-080000-000000.txt").symlink_to(target)
    (state / "studyday-run-20261127-080000-000001.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(state / "studyday-run-20261127-080000-000002.txt")
    (state / "studyday-run-20261127-080000-000003.txt").mkdir()
    assert take_unclean_ends(MOMENT) == []
    assert len(list(state.iterdir())) == 4
    assert target.exists()


def test_without_a_folder_for_it_a_run_has_no_mark(state: Path) -> None:
    state.write_text("a file where the folder should be")
    RunMark(MOMENT).end()
    assert take_unclean_ends(MOMENT) == []
    assert state.read_text() == "a file where the folder should be"


def test_a_mark_replaces_no_file(state: Path) -> None:
    state.mkdir()
    taken = state / "studyday-run-20261127-170501-000042.txt"
    taken.write_text("kept")
    RunMark(MOMENT).end()
    assert taken.read_text() == "kept"


def test_faults_in_other_systems_words_are_kept_without_folders(state: Path) -> None:
    state.mkdir()
    (state / "studyday-run-20261127-080000-000000.txt").write_text(
        "studyday 0.1.0, Python 3.11.7, win32, started 2026-11-27T08:00:00+00:00\n"
        "Windows fatal exception: access violation\n\n"
        "Thread 0x00001234 (most recent call first):\n"
        '  File "C:\\Users\\Eva Ek\\app\\ui\\window.py", line 12 in show\n'
        '  File "/home/eva.ek/app/run.py", line ??? in <module>\n'
        "Extension modules: a.b, /home/eva.ek/c (total: 2)\n"
        "anything else about LI-001\n"
    )
    (found,) = take_unclean_ends(MOMENT)
    assert found.report is not None
    assert found.report.read_text("utf-8").partition("For the developers:\n")[2].splitlines() == [
        "studyday 0.1.0, Python 3.11.7, win32, started 2026-11-27T08:00:00+00:00",
        "Windows fatal exception: access violation",
        "Thread 0x00001234 (most recent call first):",
        "  window.py:12 show",
        "  run.py:??? <module>",
    ]
