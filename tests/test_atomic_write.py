"""Files are written under another name first; what a killed process has left goes, what a living one writes stays."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app import atomic_write
from app.atomic_write import clear_unfinished, open_log, write_atomically
from app.operating_system import hold, is_abandoned, release

posix = pytest.mark.skipif(os.name == "nt", reason="there an open file cannot be removed")
LEFT = ".out.pdf.abcd_123.part"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_atomically(path, b"one")
    write_atomically(path, b"two", lasting=False)
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["out.pdf"]


def test_a_new_file_takes_no_name_that_is_taken_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    path.write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        write_atomically(path, b"mine", new=True)
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["out.pdf"]


def test_a_failing_disk_leaves_the_old_content_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "a.pdf", b"new")


@pytest.mark.parametrize("taken", [True, False])
def test_without_hard_links_a_new_file_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    def link(*_given: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    path = tmp_path / "out.pdf"
    if taken:
        path.symlink_to("nothing")
        with pytest.raises(FileExistsError):
            write_atomically(path, b"mine", new=True)
        assert path.is_symlink()
    else:
        write_atomically(path, b"mine", new=True)
        assert path.read_bytes() == b"mine"
    assert names(tmp_path) == ["out.pdf"]


def test_what_a_killed_process_has_left_is_cleared(tmp_path: Path) -> None:
    kept = [".out.pdf.abcd_123.part.txt", ".other.pdf.abcd_123.part", ".out.pdf.ABCD_123.part", "out.pdf.abcd_123.part"]
    for name in [LEFT, *kept]:
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / ".out.pdf.folder_1.part").mkdir()
    (tmp_path / ".out.pdf.linked_1.part").symlink_to(kept[0])
    clear_unfinished(tmp_path / "out.pdf")
    assert names(tmp_path) == sorted([*kept, ".out.pdf.folder_1.part", ".out.pdf.linked_1.part"])
    clear_unfinished(tmp_path / "missing" / "out.pdf")


@posix
def test_what_another_process_writes_at_this_moment_stays(tmp_path: Path) -> None:
    program = (
        "import os, sys; from app.operating_system import hold\n"
        f"hold(os.open({str(tmp_path / LEFT)!r}, os.O_CREAT | os.O_WRONLY))\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        clear_unfinished(tmp_path / "out.pdf")
        assert names(tmp_path) == [LEFT]
        other.kill()
        other.wait(30)
    clear_unfinished(tmp_path / "out.pdf")
    assert names(tmp_path) == []


@posix
def test_the_writer_holds_its_file_until_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    real = atomic_write.name_new_file

    def name(part: Path, path: Path) -> None:
        seen.append(is_abandoned(part))
        real(part, path)

    monkeypatch.setattr(atomic_write, "name_new_file", name)
    write_atomically(tmp_path / "out.pdf", b"x", new=True)
    assert seen == [False]
    with tempfile.TemporaryFile(dir=tmp_path) as file:
        release(hold(file.fileno()))
    assert is_abandoned(tmp_path / "out.pdf")


START = '{"at": "'


def test_a_log_grows_line_by_line(tmp_path: Path) -> None:
    for number in range(2):
        with open_log(tmp_path / "a.log", START) as file:
            file.write(f'{START}{number}"}}\n')
    assert (tmp_path / "a.log").read_text() == '{"at": "0"}\n{"at": "1"}\n'


def a_study(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(4080))


def a_text(path: Path) -> None:
    path.write_text('{"protocol": "scanpan"}')


def a_link_to_a_text(path: Path) -> None:
    a_text(path.with_name("story.json"))
    path.symlink_to("story.json")


def a_hard_link_to_a_study(path: Path) -> None:
    a_study(path.with_name("s.studyday"))
    os.link(path.with_name("s.studyday"), path)


@posix
@pytest.mark.parametrize("made", [a_study, a_text, a_link_to_a_text, a_hard_link_to_a_study])
def test_nothing_but_a_log_is_added_to(tmp_path: Path, made: object) -> None:
    path = tmp_path / "a.log"
    made(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        open_log(path, START)
    assert path.read_bytes() == before


@posix
def test_a_pipe_and_a_folder_are_no_log(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.log")
    (tmp_path / "folder.log").mkdir()
    for name in ("pipe.log", "folder.log"):
        with pytest.raises(OSError, match="log"):
            open_log(tmp_path / name, START)
