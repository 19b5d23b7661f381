"""The cache: what is kept comes back, and whatever is damaged counts as missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app import cache, paths


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_a_kept_value_comes_back() -> None:
    value = {"dose": [1, None, "åäö"], "deep": {"a": True}}
    cache.remember("protocols", "scanpan", value)
    assert cache.recall("protocols", "scanpan") == value


def test_what_was_never_kept_is_missing() -> None:
    assert cache.recall("protocols", "scanpan") is None


@pytest.mark.parametrize("harm", [lambda old: old[:-1], lambda old: old.replace(b"12", b"13"), lambda _old: b""])
def test_a_file_that_was_cut_short_or_edited_is_missing(folder: Path, harm: Callable[[bytes], bytes]) -> None:
    cache.remember("protocols", "scanpan", {"weeks": 12})
    file = folder / "protocols" / "scanpan.json"
    file.write_bytes(harm(file.read_bytes()))
    assert cache.recall("protocols", "scanpan") is None


def test_a_cache_that_cannot_be_written_is_no_error(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    cache.remember("protocols", "scanpan", 1)
    assert cache.recall("protocols", "scanpan") is None


def test_a_digest_depends_on_where_one_part_ends() -> None:
    assert cache.digest(b"ab", b"c") != cache.digest(b"a", b"bc")
    assert cache.digest(b"ab", b"c") == cache.digest(b"ab", b"c")
