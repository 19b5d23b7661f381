"""A disk that is full, in every way that can be made: nothing is claimed, nothing is lost, and it works again later."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.client import Ended, Server
from tests.faults.stories import BACKUPS, LINES, STUDY, Line
from tests.faults.studies import backups, content, copied, give, leftovers, verify_backup

LONG = "x" * 1990
ENROL = next(line for line in LINES if line.name == "enrol")
SCREEN = next(line for line in LINES if line.name == "screen")
CLOSED = next(line for line in LINES if line.name == "closed add")
TAKE = next(line for line in LINES if line.name == "protocol take")
NEW = next(line for line in LINES if line.name == "new")
RESTORE = next(line for line in LINES if line.name == "restore")
BIG = (Line(("note", "LI-001", "SP-C01", LONG)), Line(("note", "LI-002", "SP-C01", LONG)), ENROL, SCREEN, TAKE)
SAYS = ("not saved: the disk is full", "not saved: the disk did not take it")


def not_saved(ended: Ended, *says: str) -> None:
    """It was refused in one line that says so, and nothing else was said."""
    assert (ended.code, ended.out) == (2, ""), (ended.code, ended.err)
    assert any(text in ended.err for text in says or SAYS), ended.err
    assert ended.err.startswith("studyday: ")
    assert ended.err.count("\n") == 1
    assert "do it again" in ended.err


def works(server: Server, folder: Path) -> None:
    """With room on the disk everything works, and nothing of before lies about."""
    assert server.run(folder, "note", "LI-001", "SP-C01", LONG, "--sure").code == 0
    assert leftovers(folder) == []
    for backup in backups(folder):
        verify_backup(backup)


@pytest.mark.parametrize("once", [True, False], ids=["once", "for ever"])
@pytest.mark.parametrize("line", [SCREEN, TAKE], ids=lambda line: f"{line.name} {line.arguments[1][:6]}")
def test_no_page_left_in_the_study(server: Server, folder: Path, line: Line, once: bool) -> None:
    before, bytes_before = content(folder / STUDY).told, (folder / STUDY).read_bytes()
    for _again in range(1 if once else 3):
        not_saved(give(server, folder, line, pages={"part": STUDY, "more": 0, "once": once}), SAYS[0])
        assert (folder / STUDY).read_bytes() == bytes_before
    assert content(folder / STUDY).told == before
    works(server, folder)


@pytest.mark.parametrize("line", [NEW, RESTORE], ids=lambda line: line.name)
@pytest.mark.parametrize("more", [1, 5])
def test_no_page_left_for_a_new_study(server: Server, folder: Path, line: Line, more: int) -> None:
    names = sorted(path.name for path in folder.iterdir())
    not_saved(give(server, folder, line, pages={"part": ".part", "more": more, "once": False}), SAYS[0])
    assert sorted(path.name for path in folder.iterdir()) == names
    assert give(server, folder, line).code == 0


def test_a_backup_that_cannot_be_made_by_itself_hinders_nothing_and_is_told(server: Server, folder: Path) -> None:
    made = backups(folder)
    ended = server.run(folder, "note", "LI-001", "SP-C01", LONG, pages={"part": BACKUPS, "more": 2, "once": False})
    assert (ended.code, ended.out.splitlines()[0]) == (0, "Saved as command 13.")
    assert ended.err.startswith("studyday: no backup was made: not saved: the disk is full")
    assert ended.err.count("\n") == 1
    assert content(folder / STUDY).facts[-1].fields["text"] == LONG
    assert backups(folder) == made
    assert leftovers(folder) == []
    works(server, folder)


def test_a_backup_that_was_asked_for_and_cannot_be_made_is_refused(server: Server, folder: Path) -> None:
    made = backups(folder)
    not_saved(server.run(folder, "backup", pages={"part": BACKUPS, "more": 2, "once": False}))
    assert backups(folder) == made
    works(server, folder)


def test_reading_needs_no_room(server: Server, folder: Path) -> None:
    for arguments in (
        ("calendar", "LI-001"),
        ("verify",),
        ("history",),
        ("why", "LI-001", "SP-R01"),
        ("scenario", "LI-001"),
    ):
        ended = server.run(folder, *arguments, pages={"part": STUDY, "more": 0, "once": False})
        assert ended.code == 0, (arguments, ended.err)


@pytest.mark.parametrize("room", [0, 1, 8192])
@pytest.mark.parametrize("line", [*BIG, CLOSED], ids=lambda line: f"{line.name} {line.arguments[1][:6]}")
def test_files_that_cannot_become_longer(server: Server, folder: Path, line: Line, room: int) -> None:
    size = (folder / STUDY).stat().st_size
    before = content(folder / STUDY).told
    ended = give(server, folder, line, largest_file=size + room)
    if ended.code == 0:
        # It had room in the pages that there are; then it is there, backed up or not.
        assert "Saved as command" in ended.out or line is TAKE
        assert len(content(folder / STUDY).told) > len(before)
    else:
        not_saved(ended)
        assert content(folder / STUDY).told == before
    works(server, folder)


def test_not_even_a_journal_can_be_written(server: Server, folder: Path) -> None:
    before = (folder / STUDY).read_bytes()
    for size in (0, 100, 512, 4096):
        blind = server.run(folder, "note", "LI-001", "SP-C01", LONG, largest_file=size, out=os.devnull, err=os.devnull)
        assert blind.code == 2
        if size >= 512:  # room for the message itself
            not_saved(server.run(folder, "note", "LI-001", "SP-C01", LONG, largest_file=size))
        assert (folder / STUDY).read_bytes() == before, size
    works(server, folder)


def test_a_pdf_that_finds_no_room_is_refused_and_not_recorded(server: Server, folder: Path) -> None:
    before = content(folder / STUDY).told
    (folder / "out.pdf").write_bytes(b"of before")
    ended = server.run(folder, "print", "calendar", "LI-001", "--force", "-o", "out.pdf", largest_file=10_000)
    assert (ended.code, ended.out) == (2, "")
    assert "out.pdf cannot be written" in ended.err
    assert (folder / "out.pdf").read_bytes() == b"of before"
    assert content(folder / STUDY).told == before
    assert leftovers(folder) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("code", "arguments"), [(0, ("verify",)), (2, ("undo", "99")), (2, ("verify", "--head", "x"))])
def test_messages_that_nobody_can_read_change_no_exit_code(
    server: Server, folder: Path, code: int, arguments: tuple[str, ...]
) -> None:
    assert server.run(folder, *arguments, err="/dev/full").code == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_finds_no_room_says_where_to_look(server: Server, folder: Path) -> None:
    ended = server.run(folder, "note", "LI-001", "SP-C01", "an answer to nobody", out="/dev/full")
    assert ended.code == 2
    assert ended.err.startswith("studyday: the answer cannot be written: ")
    assert "`history`" in ended.err
    assert content(folder / STUDY).facts[-1].fields["text"] == "an answer to nobody"
    assert leftovers(folder) == []


@pytest.fixture
def small(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A study on a disk of its own, of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4000k", "tmpfs", str(disk)], capture_output=True, check=False
        )
    except OSError:
        pytest.skip("no mount on this machine")
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield copied(template, disk / "study")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path, spare: int) -> None:
    """Fill the disk but for some bytes."""
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - spare))


@pytest.mark.parametrize("spare", [0, 4096, 8192, 16_384, 65_536])
def test_a_disk_that_is_really_full(server: Server, small: Path, spare: int) -> None:
    before = content(small / STUDY).told
    fill(small.parent, spare)
    saved = 0
    for line in BIG:
        ended = give(server, small, line)
        if ended.code == 0:
            saved += 1
            assert ended.err == "" or ended.err.startswith("studyday: no backup was made: ")
        else:
            not_saved(ended)
        now = content(small / STUDY).told
        assert now[: len(before)] == before
        assert (len(now) > len(before)) == (ended.code == 0)
        before = now
    assert saved < len(BIG)
    (small.parent / "filler").unlink()
    works(server, small)


def test_the_agenda_needs_no_room_either(server: Server, folder: Path) -> None:
    ended = server.run(folder, "agenda", pages={"part": STUDY, "more": 0, "once": False})
    assert (ended.code, ended.err) == (0, "")
