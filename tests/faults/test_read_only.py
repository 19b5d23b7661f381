"""A study that can be read and not written: what is asked is answered as before, what is changed is refused."""

import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.client import Ended, Server
from tests.faults.stories import BACKUPS, LINES, STUDY, Line
from tests.faults.studies import backups, content, copied, give, snapshot

NOBODY = 65534
READING = (
    ("calendar", "LI-001"),
    ("calendar", "LI-002", "--json"),
    ("agenda",),
    ("agenda", "--from", "2027-03-01", "--to", "2027-04-30", "--json"),
    ("history",),
    ("history", "LI-001", "--json"),
    ("verify",),
    ("verify", "--json"),
    ("log", "deviations"),
    ("log", "notes"),
    ("log", "screening", "--json"),
    ("scenario", "LI-001"),
    ("why", "LI-001", "SP-R01"),
    ("participants",),
    ("protocol", "list"),
    ("site",),
    ("closed",),
    ("value",),
    ("backup", "--list"),
    ("preview", "move", "LI-001", "SP-P01", "--to", "2027-04-19", "--reason", "holiday"),
)
# What makes a file elsewhere, and changes nothing in the study.
ELSEWHERE = ("new", "restore", "backup")

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody without rights"
)


@pytest.fixture
def shared(template: Path) -> Iterator[Path]:
    """A study that somebody can read, but not write."""
    top = Path(tempfile.mkdtemp())
    try:
        top.chmod(0o755)
        folder = copied(template, top / "study")
        # Its visits are worked out, so that there is something to be kept in step.
        give_away(folder, 0o444, 0o555)
        yield folder
    finally:
        shutil.rmtree(top)


def give_away(folder: Path, files: int, folders: int) -> None:
    """Somebody without rights has it all, with these modes; nobody else may look in, of which nothing is said."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
        path.chmod((folders if path.is_dir() else files) & 0o700)


def refused(ended: Ended) -> None:
    """In one line, with a remedy."""
    assert (ended.code, ended.out) == (2, ""), (ended.code, ended.err)
    assert ended.err.count("\n") == 1
    assert any(text in ended.err for text in ("See who may ", "Choose another place")), ended.err


def test_whoever_reads_is_answered_as_before(server: Server, shared: Path, template: Path, tmp_path: Path) -> None:
    own = copied(template, tmp_path / "own")
    before = snapshot(shared, ())
    for arguments in READING:
        wanted = server.run(own, *arguments)
        assert (wanted.code, wanted.err) == (0, ""), (arguments, wanted.err)
        ended = server.run(shared, *arguments, user=NOBODY)
        assert (ended.code, ended.err) == (0, ""), (arguments, ended.err)
        if arguments == ("backup", "--list"):
            continue
        assert ended.out == wanted.out, arguments
    assert snapshot(shared, ()) == before


@pytest.mark.parametrize(
    ("files", "folders"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)], ids=["both", "file", "folder"]
)
def test_whatever_writes_is_refused(server: Server, shared: Path, files: int, folders: int) -> None:
    give_away(shared, files, folders)
    before = snapshot(shared, ())
    for line in LINES:
        if line.name not in ELSEWHERE:
            refused(give(server, shared, line, user=NOBODY))
            assert snapshot(shared, ()) == before, line.name
    assert server.run(shared, "agenda", user=NOBODY).code == 0
    assert snapshot(shared, ()) == before


@pytest.mark.parametrize("line", [one for one in LINES if one.name in ELSEWHERE], ids=lambda line: line.name)
def test_nothing_is_made_in_a_folder_that_cannot_be_written(server: Server, shared: Path, line: Line) -> None:
    before = snapshot(shared, ())
    ended = give(server, shared, line, user=NOBODY)
    refused(ended)
    assert ".part" not in ended.err
    assert snapshot(shared, ()) == before


def test_a_study_that_can_only_be_read_is_backed_up_elsewhere(server: Server, shared: Path) -> None:
    elsewhere = shared.parent / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    before = snapshot(shared, ())
    ended = server.run(shared, "backup", "--to", str(elsewhere), user=NOBODY)
    assert (ended.code, ended.err) == (0, "")
    (made,) = elsewhere.glob("*.studyday")
    assert content(made).told == content(shared / STUDY).told
    assert snapshot(shared, ()) == before


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o500], ids=["closed", "not to list", "not to write"])
def test_a_folder_of_backups_that_cannot_be_had_hinders_nothing(server: Server, shared: Path, mode: int) -> None:
    give_away(shared, 0o666, 0o777)
    for path in [shared, *shared.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    (shared / BACKUPS).chmod(mode)
    ended = server.run(shared, "note", "LI-001", "SP-C01", "all the same", user=NOBODY)
    assert ended.code == 0, ended.err
    assert ended.out.startswith("Saved as command 13.")
    assert ended.err.startswith("studyday: no backup was made: ")
    assert any(text in ended.err for text in ("Choose another place", "See who may ")), ended.err
    assert ".part" not in ended.err
    for arguments in (("verify",), ("backup",), ("backup", "--list")):
        answer = server.run(shared, *arguments, user=NOBODY)
        assert answer.code in (0, 2), (arguments, answer.err)
        assert "bug" not in answer.err
    (shared / BACKUPS).chmod(0o700)
    again = server.run(shared, "note", "LI-001", "SP-C01", "and again", user=NOBODY)
    assert (again.code, again.err) == (0, "")
    assert {found.stat().st_uid for found in backups(shared)} == {NOBODY}


def test_a_study_that_cannot_even_be_read(server: Server, shared: Path) -> None:
    (shared / STUDY).chmod(0o000)
    before = snapshot(shared, ())
    for arguments in (("verify",), ("calendar", "LI-001"), ("undo",)):
        ended = server.run(shared, *arguments, user=NOBODY)
        assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
        assert "cannot be read: permission denied" in ended.err
    assert snapshot(shared, ()) == before


def test_what_a_killed_command_left_is_not_passed_over_by_who_may_only_read(server: Server, shared: Path) -> None:
    """A transaction that was not finished has to be put back before anybody may believe the file."""
    give_away(shared, 0o644, 0o755)
    trial = copied(shared, shared.parent / "trial")
    size = (trial / STUDY).stat().st_size
    take = next(line for line in LINES if line.name == "protocol take")
    ended = give(server, trial, take, die_beyond=size)
    assert ended.code == -signal.SIGXFSZ
    assert (trial / f"{STUDY}-journal").read_bytes()[:1] not in (b"", b"\0"), "something has to be put back"
    give_away(trial, 0o444, 0o555)
    before = snapshot(trial, ())
    told = server.run(trial, "history", user=NOBODY)
    assert (told.code, told.out) == (2, "")
    assert any(text in told.err for text in ("Copy both files to another folder", "See who may write it")), told.err
    assert snapshot(trial, ()) == before
    give_away(trial, 0o644, 0o755)
    assert server.run(trial, "verify").code == 0
    assert content(trial / STUDY).told == content(shared / STUDY).told


def test_the_owner_alone_may_read_what_is_made(server: Server, folder: Path) -> None:
    assert server.run(folder, "new", file="other.studyday").code == 0
    assert server.run(folder, "restore", STUDY, "restored.studyday").code == 0
    for path in (folder / "other.studyday", folder / "restored.studyday", *backups(folder)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
