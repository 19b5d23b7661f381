"""The pictures of the window: each has its size and something on it, and what cannot be pictured is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end2end.journey.ward import make_ward
from tests.end2end.screenshots import REAL_SIZE, ROOT, picture_names

WANTED = ("start-light", "today-dark", "participants-light", "today-150-light")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a few pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    study = tmp_path_factory.mktemp("ward") / "ward.studyday"
    make_ward(study)
    done = _take(folder, "--file", str(study), "--only", *WANTED)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


def _take(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    command = [sys.executable, "-m", "tests.end2end.screenshots", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)


def test_the_pictures_have_their_size_and_nothing_else_is_made(folder: Path) -> None:
    assert {path.stem for path in folder.iterdir()} == set(WANTED)
    for path in folder.iterdir():
        header = path.read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        size = int.from_bytes(header[16:20]), int.from_bytes(header[20:24])
        assert all(abs(one - wanted) <= 1 for one, wanted in zip(size, REAL_SIZE, strict=True)), path.name


def test_the_pictures_differ_and_are_not_empty(folder: Path) -> None:
    contents = [path.read_bytes() for path in folder.iterdir()]
    assert len(set(contents)) == len(contents)
    assert min(map(len, contents)) > 8000


def test_a_picture_that_is_not_known_is_named(tmp_path: Path) -> None:
    done = _take(tmp_path, "--only", "today-green")
    assert done.returncode == 2
    assert "today-green" in done.stderr


def test_every_name_is_told_once() -> None:
    names = picture_names()
    assert len(names) == len(set(names))
    assert {"today-light", "today-dark", "today-grey", "today-150-light", "today-text200-light"} <= set(names)
