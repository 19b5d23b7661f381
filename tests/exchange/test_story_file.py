"""The text of a story from a file or from standard input."""

import io
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.exchange.scenario import MAX_BYTES
from app.exchange.story_file import read_story


def test_a_mark_at_the_beginning_of_the_text_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf{}")
    assert read_story(tmp_path / "a.json") == "{}"
    assert read_story(io.BytesIO(b"\xef\xbb\xbf{}")) == "{}"


@pytest.mark.parametrize(
    ("content", "kind"), [(b"\xff", "not_utf8"), (b" " * (MAX_BYTES + 1), "too_large")], ids=["latin", "large"]
)
def test_what_is_no_text_of_a_story_is_refused(content: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    for source in (tmp_path / "a.json", io.BytesIO(content)):
        with pytest.raises(Refused) as refused:
            read_story(source)
        assert refused.value.kind == kind


def test_a_name_without_a_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, kind in ((tmp_path / "none.json", "unreadable"), (tmp_path, "not_ordinary")):
        with pytest.raises(Refused) as refused:
            read_story(path)
        assert refused.value.kind == kind
