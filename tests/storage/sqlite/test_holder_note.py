"""One process has a study file: a second one is told who has it, and a killed one leaves it free."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.storage.sqlite import connection
from app.storage.sqlite.holder_note import leave_note, note_of, read_note, take_note_away
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import HOLDER, add, beside, filled, performed, refused, reopened, stamp

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 0.05)


class Elsewhere:
    """Another process, which opens files as it is told (`tests.storage.holder`)."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.storage.holder"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tell(self, line: str) -> str:
        """Give it one line; its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(line, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().rstrip("\n")

    def tries(self, *paths: Path) -> list[str]:
        """What happens to it when it opens these files."""
        return [self.tell(f"try {path}") for path in paths]

    def die(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    process = Elsewhere()
    yield process
    process.die()


def test_a_second_process_is_told_who_has_the_file_until_that_one_closes_it(
    path: Path, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    link = tmp_path / "elsewhere"
    link.mkdir()
    (link / "link.studyday").symlink_to(path)
    assert elsewhere.tell(f"hold {path}") == "open"
    for writing in (True, False):
        for name in (path, link / "link.studyday"):
            found = refused("in_use_by", lambda: open_study(name, HOLDER, stamp(), writing))  # noqa: B023
            assert found.values == {
                "path": str(path),
                "who": "Ida Berg",
                "workstation": "WARD-3",
                "since": "2026-11-23T07:30:00Z",
            }
    noted = read_note(path)
    assert noted is not None
    assert noted.process == elsewhere.process.pid
    note_of(path).unlink()
    assert refused("in_use", lambda: reopened(path)).values == {"path": str(path)}
    assert elsewhere.tell("close") == "closed"
    store = reopened(path)
    assert store.head().seq == 7
    assert not store.recovered, "it was closed"
    store.close()
    assert beside(path) == ["elsewhere"]


def test_a_killed_process_leaves_the_file_free(path: Path) -> None:
    killed = Elsewhere()
    assert killed.tell(f"hold {path}") == "open"
    killed.die()
    assert read_note(path) is not None
    store = reopened(path)
    assert store.recovered
    assert store.head().seq == 7, "what it had recorded is there"
    assert store.verify() == store.head()
    assert read_note(path) == HOLDER
    add(store, performed("SP-C08", "2027-01-11"))
    store.close()
    assert beside(path) == []
    store = reopened(path)
    assert not store.recovered
    store.close()


@pytest.mark.parametrize(
    "same",
    [
        lambda path: path,
        lambda path: path.parent / ".." / path.parent.name / path.name,
        lambda path: path.parent / "symbolic.studyday",
        lambda path: path.parent / "hard.studyday",
    ],
    ids=["the same name", "a way round", "a symbolic link", "a hard link"],
)
def test_opened_twice_by_one_process_it_stays_locked(
    path: Path, same: Callable[[Path], Path], elsewhere: Elsewhere
) -> None:
    (path.parent / "symbolic.studyday").symlink_to(path)
    (path.parent / "hard.studyday").hardlink_to(path)
    first = reopened(path)
    with pytest.raises(Refused) as caught:
        reopened(same(path))
    assert caught.value.kind in ("in_use_by", "in_use")
    # A process that closes any handle of a file loses its locks on it, so nothing may have been looked at.
    assert elsewhere.tries(path) == ["in_use_by"]
    add(first, performed("SP-C08", "2027-01-11"))
    assert first.verify() == first.head()
    first.close()
    reopened(same(path)).close()


def test_closing_gives_the_file_to_the_next_process(path: Path, elsewhere: Elsewhere) -> None:
    first = reopened(path)
    first.close()
    assert elsewhere.tries(path, path) == ["open", "open"]
    assert beside(path) == []


def test_readers_do_not_hinder_each_other(path: Path, elsewhere: Elsewhere) -> None:
    other = filled(path.with_name("other.studyday"))
    store = open_study(path, HOLDER, stamp(), writing=False)
    assert store.read_only
    assert elsewhere.tries(path, other) == ["open", "open"]
    assert len(store.facts()) == 6
    store.close()


@pytest.mark.parametrize(
    "note",
    [
        json.dumps(asdict(HOLDER)).encode(),
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"\xff\xfe",
        b'{"who": "x"}',
        b'{"who": "x", "workstation": "y", "since": "z", "process": null}',
        b'{"who": "x", "workstation": "y", "since": "z", "process": 1e999}',
        b"[" * 100_000,
    ],
)
def test_a_note_without_a_holder_does_not_hinder(path: Path, note: bytes) -> None:
    note_of(path).write_bytes(note)
    store = reopened(path)
    assert store.recovered == (note[:9] == b'{"who": "' and note.endswith(b"}") and b"Eva Ek" in note)
    assert read_note(path) == HOLDER
    store.close()
    assert beside(path) == []


def test_opening_to_read_leaves_no_note_and_takes_none_away(path: Path) -> None:
    leave_note(path, HOLDER)
    store = open_study(path, HOLDER, stamp(), writing=False)
    assert not store.recovered
    store.close()
    assert read_note(path) == HOLDER
    take_note_away(path)
    store = open_study(path, HOLDER, stamp(), writing=False)
    assert beside(path) == []
    store.close()


def test_where_no_note_can_be_written_the_lock_still_holds(
    path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: Elsewhere
) -> None:
    def full(*_rest: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.storage.sqlite.holder_note.write_atomically", full)
    store = reopened(path)
    assert beside(path) == []
    assert elsewhere.tries(path) == ["in_use"]
    store.close()


def test_the_note_goes_while_the_lock_still_holds(path: Path) -> None:
    # Else it could be the note of the next process that is taken away.
    store = reopened(path)
    at_the_end: list[object] = []
    store.on_close.append(lambda: at_the_end.append(note_of(path).exists()))
    store.on_close.append(lambda: at_the_end.append(store.connection.execute("SELECT 1").fetchone()))
    store.close()
    assert at_the_end == [False, (1,)]


@pytest.mark.skipif(os.name == "nt", reason="links of another kind")
@pytest.mark.parametrize("kind", ["another study", "folder", "link", "link to nothing"])
def test_what_is_no_note_is_neither_replaced_nor_taken_away(
    path: Path, tmp_path: Path, kind: str, elsewhere: Elsewhere
) -> None:
    note = note_of(path)
    other = tmp_path / "other.txt"
    other.write_bytes(b"SQLite format 3\x00 and more")
    if kind == "another study":
        os.link(other, note)
    elif kind == "folder":
        note.mkdir()
    else:
        note.symlink_to(other if kind == "link" else "nothing")
    store = reopened(path)
    assert elsewhere.tries(path) == ["in_use"]
    store.close()
    assert os.path.lexists(note)
    assert note.is_symlink() == kind.startswith("link")
    assert other.read_bytes() == b"SQLite format 3\x00 and more"
