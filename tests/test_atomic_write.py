"""A file has its old content or the complete new one."""

import os
from pathlib import Path

import pytest

from app.atomic_write import write_atomically


def test_the_content_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_atomically(path, b"old")
    write_atomically(path, b"new", lasting=False)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


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
