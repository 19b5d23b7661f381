"""The start of the program with standard streams that are closed or full."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(folder: Path, redirected: str, *arguments: str) -> tuple[int, str]:
    """Start the program in a shell that redirects its streams; return its exit code and what it said of errors."""
    command = ["bash", "-c", f'"$@" {redirected}', "bash", sys.executable, "-m", "app", *arguments]
    surroundings = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    ended = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    assert list(folder.rglob("*bug*")) == []
    return ended.returncode, ended.stderr


@pytest.mark.parametrize(
    ("redirected", "arguments", "code"),
    [
        (">&-", ("--version",), 0),
        ("<&- >&- 2>&-", ("protocols",), 0),
        ("<&- >&- 2>&-", ("rehearse", "nowhere"), 2),
        ("2>&-", ("rehearse", "nowhere"), 2),
        ("2>/dev/full", ("rehearse", "nowhere"), 2),
        ("2>/dev/full", ("frobnicate",), 2),
        (">/dev/full 2>/dev/full", ("--help",), 2),
    ],
)
def test_a_closed_stream_is_none_and_a_full_one_is_refused(
    tmp_path: Path, redirected: str, arguments: tuple[str, ...], code: int
) -> None:
    assert run(tmp_path, redirected, *arguments) == (code, "")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("protocols",)])
def test_an_answer_that_cannot_be_written_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, said = run(tmp_path, ">/dev/full", *arguments)
    assert (code, said.count("\n")) == (2, 1)
    assert "the answer cannot be written: no space left on device" in said


def test_a_story_from_closed_input_is_refused(tmp_path: Path) -> None:
    code, said = run(tmp_path, "<&-", "rehearse", "-")
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("studyday: standard input: this is no JSON")


def test_a_file_that_is_written_does_not_get_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    code, _said = run(tmp_path, ">&- 2>&-", "-f", "x.studyday", "new")
    assert code == 0
    assert (tmp_path / "x.studyday").read_bytes().startswith(b"SQLite format 3\0")
    assert run(tmp_path, "", "-f", "x.studyday", "verify")[0] == 0
