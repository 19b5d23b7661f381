"""What is read from outside has limits that hold while it is read: depth, number, size, and what kind of file it is."""

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.cli.main import run
from app.protocols.yaml_tree import MAX_ANCHORS, MAX_DEPTH, MAX_FINDINGS, MAX_PARTS, read_yaml
from app.services.study.environment import Environment

HERE = Environment("anna", "WARD-3", "Europe/Stockholm", lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))


def give(*words: str) -> int:
    return int(run([*words], HERE))


DEEP = {
    "flow lists": "a: " + "[" * 20_000 + "]" * 20_000,
    "flow lists never closed": "a: " + "[" * 200_000,
    "flow mappings": "a: " + "{b: " * 20_000 + "1" + "}" * 20_000,
    "a list on each line": "a:\n" + "\n".join(" " * n + "-" for n in range(1, 900)),
    "mappings by indentation": "\n".join(" " * n + "a:" for n in range(900)),
    "lists on one line": "a:\n " + "- " * 20_000 + "1",
    "lists within a name": "? " + "[" * 20_000 + "]" * 20_000 + "\n: 1",
    "lists over many lines": "a: " + "[\n" * 20_000 + "]\n" * 20_000,
    "mixed": "a: " + "[{b: " * 10_000 + "1" + "}]" * 10_000,
    "within a repeated name": "a: 1\na: " + "[" * 20_000 + "]" * 20_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_depth_is_counted_as_it_comes(text: str) -> None:
    tree = read_yaml("p.yaml", text)
    assert tree.findings[-1].kind == "too-deep"
    assert f"More than {MAX_DEPTH} levels" in tree.findings[-1].message
    assert tree.is_broken(())


MANY = {
    "names": "".join(f"name{n}: 1\n" for n in range(MAX_PARTS)),
    "items": "a: [" + "1," * (MAX_PARTS + 10) + "]",
    "names in many mappings": "".join(f"n{n}: {{a: 1, b: 2}}\n" for n in range(MAX_PARTS // 4)),
    "anchors": "".join(f"n{n}: &a{n} 1\n" for n in range(MAX_ANCHORS + 1)),
    "aliases": "a: &a 1\n" + "".join(f"n{n}: *a\n" for n in range(MAX_ANCHORS + 1)),
    "anchors of lists": "".join(f"n{n}: &a{n} [1]\n" for n in range(MAX_ANCHORS + 1)),
    "repeated names": "a: 1\n" * (MAX_FINDINGS + 3),
    "tags": "".join(f"n{n}: !t 1\n" for n in range(MAX_FINDINGS + 3)),
}


@pytest.mark.parametrize("text", MANY.values(), ids=MANY.keys())
def test_parts_are_counted_as_they_come(text: str) -> None:
    tree = read_yaml("p.yaml", text)
    assert tree.findings[-1].kind == "too-many"
    assert len(tree.findings) <= MAX_FINDINGS + 1
    assert tree.is_broken(())


def test_what_is_within_the_limits_is_read() -> None:
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert read_yaml("p.yaml", deep).findings == []
    many = "".join(f"n{number}: 1\n" for number in range(MAX_PARTS // 2 - 10))
    assert read_yaml("p.yaml", many).findings == []


# Files that are none


@pytest.fixture
def special(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "special"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "folder":
        path.mkdir()
    elif request.param == "link to a pipe":
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to(tmp_path / "pipe")
    else:
        return Path(request.param)
    return path


every_special = pytest.mark.parametrize(
    "special", ["pipe", "folder", "link to a pipe", "/dev/zero", "/dev/null", "/dev/tty"], indirect=True
)


@pytest.mark.skipif(os.name == "nt", reason="needs pipes and devices of POSIX")
@every_special
def test_a_story_is_an_ordinary_file(special: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not special.exists():
        pytest.skip("no such device")
    assert give("rehearse", str(special)) == 2
    assert "this is no ordinary file" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="needs pipes and devices of POSIX")
@every_special
@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("-f", "s.studyday", "protocol", "take"),
        ("-f", "s.studyday", "enrol", "--code", "A-001", "--on", "2026-11-23", "--country", "SE", "--protocol"),
    ],
    ids=["check", "take", "enrol"],
)
def test_a_protocol_is_an_ordinary_file(
    special: Path, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    if not special.exists():
        pytest.skip("no such device")
    monkeypatch.chdir(tmp_path)
    assert give("-f", "s.studyday", "new") == 0
    assert give(*words, str(special)) == 2
    assert capsys.readouterr().err != ""


@pytest.mark.skipif(os.name == "nt", reason="needs pipes of POSIX")
def test_a_pipe_next_to_a_study_delays_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert give("-f", "s.studyday", "new") == 0
    os.mkfifo("s.studyday.open")
    assert give("-f", "s.studyday", "agenda") == 0
    (backup,) = (tmp_path / "s-backups").glob("*.studyday")
    note = backup.with_name(f"{backup.name}.json")
    note.unlink()
    os.mkfifo(note)
    assert give("-f", "s.studyday", "backup", "--list") == 0


class Endless(io.RawIOBase):
    """Standard input from a device that gives zeros for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def read(self, size: int = -1, /) -> bytes:
        assert size >= 0, "everything was asked for"
        self.given += size
        return b"\0" * size


def test_of_standard_input_no_more_than_the_limit_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))
    assert give("rehearse", "-") == 2
    assert "longer than 4000000 characters" in capsys.readouterr().err
    assert endless.given <= 16_000_001


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"facts":', '{"facts": ['])
@pytest.mark.parametrize("times", [900, 100_000, 390_000])
@pytest.mark.parametrize("closed", [True, False])
def test_a_story_of_any_depth_is_refused_with_a_reason(
    tmp_path: Path, opening: str, times: int, closed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    ends = "".join("]" if one == "[" else "}" for one in reversed(opening) if one in "[{")
    path = tmp_path / "story.json"
    path.write_text(opening * times + "1" + (ends * times if closed else ""), "utf-8")
    assert give("rehearse", str(path)) == 2
    assert "bug" not in capsys.readouterr().err
