"""What only its owner may read, from the first byte: modes under a mask that hides nothing."""

import os
import stat
from pathlib import Path

import pytest

from app.private_files import close_to_others, is_open_to_others, make_file, make_folder, new_text_file, set_mask

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")


@pytest.fixture(autouse=True)
def no_mask() -> object:
    """A mask that takes nothing away, and afterwards the one before."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_are_made_private(tmp_path: Path) -> None:
    make_file(tmp_path / "a")
    with new_text_file(tmp_path / "b") as file:
        file.write("é")
        file.flush()
        assert mode(tmp_path / "b") == 0o600
    assert mode(tmp_path / "a") == 0o600


def test_a_new_file_takes_no_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for make in (make_file, new_text_file):
        for name in ("a", "link"):
            with pytest.raises(FileExistsError):
                make(tmp_path / name)
    assert (tmp_path / "a").read_text() == "kept"
    assert not (tmp_path / "nowhere").exists()


def test_every_folder_that_is_missing_is_made_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "one" / "two" / "three")
    assert [mode(tmp_path / name) for name in ("one", "one/two", "one/two/three")] == [0o700] * 3
    assert mode(tmp_path) == 0o755


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(0o775)
    make_folder(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o775


@pytest.mark.parametrize("below", ["", "inner"])
def test_a_folder_is_not_made_in_the_place_of_a_file(tmp_path: Path, below: str) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OSError, match="taken"):
        make_folder(tmp_path / "taken" / below)


@pytest.mark.parametrize(
    ("before", "after"),
    [(0o644, 0o600), (0o666, 0o600), (0o640, 0o600), (0o604, 0o600), (0o444, 0o400), (0o755, 0o700)],
)
def test_what_is_open_is_closed_to_others_only(tmp_path: Path, before: int, after: int) -> None:
    file = tmp_path / "file"
    file.write_text("")
    file.chmod(before)
    assert is_open_to_others(file)
    assert close_to_others(file)
    assert mode(file) == after
    assert not is_open_to_others(file)
    assert not close_to_others(file)


def test_what_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "file").chmod(0o644)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert not close_to_others(tmp_path / "link")
    assert mode(tmp_path / "file") == 0o644


def test_a_file_that_is_not_there_is_open_to_nobody(tmp_path: Path) -> None:
    assert not is_open_to_others(tmp_path / "none")
    assert not close_to_others(tmp_path / "none")


def test_the_mask_of_the_process_hides_from_others_what_libraries_make(tmp_path: Path) -> None:
    set_mask()
    (tmp_path / "made").write_text("")
    (tmp_path / "folder").mkdir()
    assert (mode(tmp_path / "made"), mode(tmp_path / "folder")) == (0o600, 0o700)
