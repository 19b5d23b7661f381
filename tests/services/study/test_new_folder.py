"""A folder of files is there complete or not at all, also after a process that was killed."""

import os
import shutil
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.services.study.new_folder import new_folder
from tests.services.ward import refused

FILES = ("a.pdf", "b.pdf", "z.studyday")


def fill(folder: Path, files: tuple[str, ...] = FILES) -> None:
    """Make those files in a new folder."""
    with new_folder(folder) as making:
        assert making.name.startswith(".")
        for name in files:
            (making / name).write_text(f"the {name}")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("place", ["new", "deep/er/new", "empty", "link", "empty/."])
def test_the_files_are_in_the_folder_and_nothing_else_is_left(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    before = set(names(tmp_path))
    fill(tmp_path / place)
    assert names(tmp_path / place) == sorted(FILES)
    assert (tmp_path / place / "a.pdf").read_text() == "the a.pdf"
    assert set(names(tmp_path)) - before <= {"new", "deep"}


def test_an_empty_folder_stays_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    before = (tmp_path / "empty").stat().st_ino
    fill(tmp_path / "empty")
    assert (tmp_path / "empty").stat().st_ino == before


@pytest.mark.parametrize("place", ["new", "empty"])
@pytest.mark.parametrize("raised", [KeyboardInterrupt, OSError, ValueError])
def test_what_is_stopped_leaves_nothing(tmp_path: Path, place: str, raised: type[BaseException]) -> None:
    (tmp_path / "empty").mkdir()

    def stopped() -> None:
        with new_folder(tmp_path / place) as making:
            (making / "a.pdf").write_text("half")
            raise raised

    if raised is OSError:
        refused("unwritable", stopped)
    else:
        with pytest.raises(raised):
            stopped()
    assert names(tmp_path) == ["empty"]
    assert names(tmp_path / "empty") == []


def abandoned(host: Path, name: str, ending: str = ".making") -> Path:
    """What a killed process has left of that folder."""
    left = host / f".{name}.abcd_123{ending}"
    left.mkdir()
    for file in FILES:
        (left / file).write_text(f"an earlier {file}")
    return left


def test_what_a_killed_process_has_left_is_cleared(tmp_path: Path) -> None:
    abandoned(tmp_path, "new")
    other = abandoned(tmp_path, "newer")
    fill(tmp_path / "new")
    assert names(tmp_path) == [other.name, "new"]
    assert (tmp_path / "new" / "a.pdf").read_text() == "the a.pdf"


@pytest.mark.parametrize("named", [0, 1, 2, 3])
def test_the_names_that_a_killed_process_had_given_are_taken_back(tmp_path: Path, named: int) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    left = abandoned(folder, "demo")
    for file in FILES[:named]:
        os.link(left / file, folder / file)
    fill(folder)
    assert names(folder) == sorted(FILES)
    assert {(folder / file).read_text() for file in FILES} == {f"the {file}" for file in FILES}


def test_a_killed_process_that_had_given_all_names_was_done(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    left = abandoned(folder, "demo", ".made")
    for file in FILES:
        os.link(left / file, folder / file)
    shutil.rmtree(left)
    left.mkdir()
    refused("folder_not_empty", fill, folder)
    assert names(folder) == sorted(FILES)


def test_somebody_elses_file_of_the_same_name_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    abandoned(folder, "demo")
    (folder / "a.pdf").write_text("mine")
    refused("folder_not_empty", fill, folder)
    assert (folder / "a.pdf").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="there an open file cannot be removed")
def test_what_is_being_made_at_this_moment_stays(tmp_path: Path) -> None:
    with new_folder(tmp_path / "demo") as first:
        (first / "a.pdf").write_text("first")
        fill(tmp_path / "demo", ("b.pdf",))
        assert (first / "a.pdf").read_text() == "first"
        shutil.rmtree(tmp_path / "demo")
    assert names(tmp_path / "demo") == ["a.pdf"]


def test_a_folder_that_is_filled_meanwhile_is_left(tmp_path: Path) -> None:
    def late() -> None:
        with new_folder(tmp_path / "demo") as making:
            (making / "a.pdf").write_text("mine")
            (tmp_path / "demo").mkdir()
            (tmp_path / "demo" / "a.pdf").write_text("theirs")

    refused("unwritable", late)
    assert names(tmp_path) == ["demo"]
    assert (tmp_path / "demo" / "a.pdf").read_text() == "theirs"


def test_a_refusal_names_a_file_where_it_would_have_been(tmp_path: Path) -> None:
    def full(inside: bool) -> None:
        with new_folder(tmp_path / "demo") as making:
            raise Refused("disk_full", path=str(making / "demo.studyday" if inside else tmp_path / "elsewhere"))

    assert refused("disk_full", full, True).values == {"path": str(tmp_path / "demo" / "demo.studyday")}
    assert refused("disk_full", full, False).values == {"path": str(tmp_path / "elsewhere")}
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["file", "pipe", "nothing", "itself"])
def test_what_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "demo"
    if kind == "file":
        path.write_text("x")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("gone" if kind == "nothing" else "demo")
    refused("not_folder", fill, path)
    assert names(tmp_path) == ["demo"]
