"""What is no study, named at the command line: told in one line with a remedy, and left as it is."""

import io
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.client import Server
from tests.faults.stories import BACKUPS, STUDY
from tests.faults.studies import snapshot

COMMANDS = (
    ("verify",),
    ("history",),
    ("agenda", "--json"),
    ("note", "LI-001", "SP-C01", "text"),
    ("undo",),
    ("backup",),
    ("print", "agenda", "-o", "out.pdf"),
    ("site",),
    ("preview", "undo"),
)


def archive(path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("letter.txt", "x" * 500)
    path.write_bytes(whole.getvalue())


def other(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE fact (seq INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()


def pragma(path: Path, text: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {text}")
    connection.commit()
    connection.close()


def table(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x TEXT)")
    connection.commit()
    connection.close()


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut(path: Path, keep: Callable[[int], int]) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: keep(len(whole))])


BAD: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "empty": (lambda path: path.write_bytes(b""), "is empty", "Restore a backup with `restore`"),
    "text": (lambda path: path.write_text("Dear colleague,\n" * 50), "is no study file", "Name the right one with -f"),
    "random": (lambda path: path.write_bytes(random.Random(7).randbytes(9000)), "is no study", "Name the right one"),
    "zip": (archive, "is no study file", "Name the right one with -f"),
    "another program's": (other, "is no study file", "Name the right one with -f"),
    "cut in half": (lambda path: cut(path, lambda size: size // 2), "is damaged", "restore a backup with `restore`"),
    "cut to a page": (lambda path: cut(path, lambda size: 4096), "is damaged", "restore a backup with `restore`"),
    "cut by a byte": (lambda path: cut(path, lambda size: size - 1), "is damaged", "restore a backup with `restore`"),
    "cut to a few": (lambda path: cut(path, lambda size: 40), "is damaged", "restore a backup with `restore`"),
    "newer": (
        lambda path: pragma(path, "user_version = 9"),
        "by a newer version of Studyday (schema 9, here 3)",
        "Have the newer version installed",
    ),
    "more in it": (table, "does not belong there (table mine)", "restore a backup with `restore`"),
    "folder": (folder_instead, "is no study file", "Name the right one with -f"),
    "missing": (lambda path: path.unlink(), "does not exist", "Make a study with `new`"),
    "folder missing": (lambda path: shutil.rmtree(path.parent), "does not exist", "Make a study with `new`"),
}


HELPED = BAD.keys() - {"newer", "folder missing"}
"""What a backup of the study helps against, and where there still is one."""


@pytest.mark.parametrize("bad", BAD)
def test_it_is_refused_in_one_line_and_left_as_it_is(server: Server, folder: Path, bad: str) -> None:
    spoil, problem, remedy = BAD[bad]
    newest = max((folder / BACKUPS).glob("*.studyday"))
    spoil(folder / STUDY)
    before = snapshot(folder.parent, ())
    for arguments in COMMANDS:
        ended = server.run(folder.parent, *arguments, file=str(folder / STUDY))
        assert (ended.code, ended.out) == (2, ""), (arguments, ended.err)
        assert ended.err.count("\n") == 1, ended.err
        assert ended.err.startswith(f"studyday: {arguments[0]}: {folder / STUDY} "), ended.err
        assert problem in ended.err
        assert remedy in ended.err
        assert (f". The newest good backup is {newest}.\n" in ended.err) == (bad in HELPED)
        assert snapshot(folder.parent, ()) == before, arguments


@pytest.mark.parametrize("bad", [name for name in BAD if "missing" not in name])
def test_it_is_not_made_anew_and_nothing_is_restored_from_it(server: Server, folder: Path, bad: str) -> None:
    BAD[bad][0](folder / STUDY)
    before = snapshot(folder, ())
    new = server.run(folder, "new")
    assert (new.code, new.out) == (2, "")
    assert "exists already" in new.err
    restored = server.run(folder, "restore", STUDY, "restored.studyday")
    assert (restored.code, restored.out) == (2, "")
    onto = server.run(folder, "restore", next((folder / BACKUPS).glob("*.studyday")).as_posix(), STUDY)
    assert (onto.code, onto.out) == (2, "")
    assert "exists already" in onto.err
    assert snapshot(folder, ()) == before


@pytest.mark.parametrize("place", ["n" * 300 + ".studyday", "a" * 5000], ids=["300", "5000"])
@pytest.mark.parametrize("arguments", [("verify",), ("new",), ("undo",)], ids=lambda arguments: str(arguments[0]))
def test_a_name_that_no_disk_takes_is_refused(
    server: Server, folder: Path, place: str, arguments: tuple[str, ...]
) -> None:
    # The visits are worked out now: a refused print may do that for the first time.
    assert server.run(folder, "agenda").code == 0
    before = snapshot(folder, ())
    ended = server.run(folder, *arguments, file=place)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended.err
    assert server.run(folder, "restore", STUDY, place).code == 2
    assert server.run(folder, "backup", "--to", place).code == 2
    assert server.run(folder, "print", "agenda", "-o", place).code == 2
    assert snapshot(folder, ()) == before


def test_a_broken_chain_is_told_and_nothing_is_added(server: Server, folder: Path) -> None:
    """An edited file opens to be looked at; only `verify` ends with 1."""
    connection = sqlite3.connect(folder / STUDY)
    connection.execute("PRAGMA trusted_schema = ON")
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in rows:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE fact SET who = 'somebody' WHERE seq = 18")
    for _name, sql in rows:
        connection.execute(sql)
    connection.commit()
    connection.close()
    before = snapshot(folder, ())
    verified = server.run(folder, "verify")
    assert (verified.code, verified.out) == (1, "fact 18 was changed after it was recorded.\n")
    looked = server.run(folder, "history")
    assert looked.code == 0
    assert "fact 18 was changed after it was recorded" in looked.err
    for arguments in (("note", "LI-001", "SP-C01", "x"), ("undo",), ("backup",)):
        ended = server.run(folder, *arguments)
        assert (ended.code, ended.out) == (2, ""), arguments
        assert "fact 18" in ended.err
    assert snapshot(folder, ()) == before
    printed = server.run(folder, "print", "agenda", "-o", "a.pdf")
    assert printed.code == 0
    assert "fact 18" in printed.err
