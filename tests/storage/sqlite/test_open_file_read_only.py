"""Files and folders that may only be read: everything can be read, nothing is written, nothing is left."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.storage.sqlite.backups import make_backup, restore
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import (
    HOLDER,
    START,
    add,
    filled,
    in_child,
    needs_fork,
    new,
    performed,
    refused,
    reopened,
    snapshot,
    stamp,
    told,
)

pytestmark = needs_fork
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user can reach too."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for one in (folder, *folder.rglob("*")):
        if one.is_dir():
            one.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def path(folder: Path) -> Path:
    return filled(folder / "liver.studyday")


def as_a_user(*owned: Path, work: Callable[[], object]) -> str:
    """What the work says when it is done by a user who owns these files and is no administrator."""
    root = os.geteuid() == 0
    if root:
        for one in owned:
            os.chown(one, NOBODY, NOBODY)

    def child() -> object:
        if root:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return work()

    return in_child(child).said


def reads(path: Path) -> Callable[[], str]:
    def work() -> str:
        store = reopened(path)
        assert store.read_only
        assert store.broken is None
        assert store.verify() == store.head()
        assert store.fact(3) is not None
        refused("read_only", lambda: add(store, performed("SP-C09", "2027-01-04")))
        found = f"{len(store.facts())} facts"
        store.close()
        return found

    return work


@pytest.mark.parametrize(
    ("file_mode", "folder_mode"),
    [(0o444, 0o755), (0o600, 0o555), (0o444, 0o555)],
    ids=["the file", "the folder", "both"],
)
def test_what_may_only_be_read_can_be_read(path: Path, file_mode: int, folder_mode: int) -> None:
    before = snapshot(path.parent)
    path.chmod(file_mode)
    path.parent.chmod(folder_mode)
    assert as_a_user(path, path.parent, work=reads(path)) == "6 facts"
    path.parent.chmod(0o755)
    assert snapshot(path.parent) == before


def test_opened_to_read_nothing_can_be_added(path: Path) -> None:
    before = snapshot(path.parent)
    store = open_study(path, HOLDER, stamp(), writing=False)
    assert store.read_only
    assert not store.backup
    refused("read_only", lambda: add(store, performed("SP-C09", "2027-01-04")))
    assert len(told(store)) == 6
    store.close()
    assert snapshot(path.parent) == before


def test_a_file_that_may_not_even_be_read(path: Path) -> None:
    path.chmod(0o000)
    assert as_a_user(path, work=lambda: reopened(path)) == "study_unreadable"


def test_a_journal_that_may_not_be_read_is_no_journal_that_is_not_there(path: Path) -> None:
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(b"a change that was not finished")
    journal.chmod(0o000)
    assert as_a_user(path, path.parent, work=lambda: reopened(path)) == "study_unreadable"
    assert journal.exists()


def test_a_folder_that_may_not_be_entered(path: Path) -> None:
    path.parent.chmod(0o000)
    assert as_a_user(path, path.parent, work=lambda: reopened(path)) == "study_unreadable"


def test_a_new_study_in_a_folder_that_may_only_be_read(folder: Path) -> None:
    folder.chmod(0o555)
    said = as_a_user(folder, work=lambda: new(folder / "new.studyday"))
    assert said in ("cannot_open", "unwritable", "folder_read_only")
    assert snapshot(folder) == {}


def test_a_backup_into_a_folder_that_may_only_be_read(path: Path) -> None:
    backups = path.parent / "liver-backups"
    store = reopened(path)
    make_backup(store, START)
    store.close()
    before = snapshot(path.parent)
    backups.chmod(0o555)

    def work() -> None:
        store = reopened(path)
        try:
            make_backup(store, START.replace(hour=10))
        finally:
            store.close()

    owned = (path, path.parent, backups, *backups.iterdir())
    assert as_a_user(*owned, work=work) in ("unwritable", "cannot_open")
    backups.chmod(0o755)
    assert snapshot(path.parent) == before


def test_a_restore_into_a_folder_that_may_only_be_read(path: Path) -> None:
    inside = path.parent / "inside"
    inside.mkdir(mode=0o555)
    before = snapshot(path.parent)

    def work() -> None:
        store = open_study(path, HOLDER, stamp(), writing=False)
        try:
            restore(store, inside / "new.studyday", stamp())
        finally:
            store.close()

    assert as_a_user(path, path.parent, inside, work=work) in ("unwritable", "cannot_open")
    assert snapshot(path.parent) == before
