"""Reading no more than was agreed, and of ordinary files only."""

import io
import os
import socket
from pathlib import Path

import pytest

from app.bounded_read import NotOrdinaryError, TooLargeError, read_file, read_stream


def test_a_file_up_to_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 5) == b"12345"
    with pytest.raises(TooLargeError):
        read_file(tmp_path / "a", 4)


def test_a_link_is_read_as_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert read_file(tmp_path / "b", 5) == b"1"


def test_what_is_not_there_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "a", 5)


@pytest.mark.skipif(os.name == "nt", reason="needs pipes and devices of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "socket", "link to a pipe"])
def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one"
    if "pipe" in kind:
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path = Path("/dev/zero")
    else:
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("one")
    if kind.startswith("link"):
        (tmp_path / "link").symlink_to(path)
        path = tmp_path / "link"
    opened: list[object] = []
    monkeypatch.setattr(os, "open", lambda *rest: opened.append(rest))
    with pytest.raises(NotOrdinaryError):
        read_file(path, 5)
    assert opened == []


def test_of_a_stream_without_end_one_byte_more_than_agreed_is_read() -> None:
    class Endless(io.BytesIO):
        asked = 0

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert size >= 0
            self.asked += size
            return b"0" * size

    stream = Endless()
    with pytest.raises(TooLargeError):
        read_stream(stream, 1000)
    assert stream.asked == 1001


def test_a_file_that_this_process_has_locked_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    found = (tmp_path / "a").stat()
    monkeypatch.setattr("app.bounded_read.HELD", {(found.st_dev, found.st_ino)})
    for name in ("a", "b"):
        with pytest.raises(OSError, match="the study that is open"):
            read_file(tmp_path / name, 5)
