"""A disk that is full: the command is refused, everything is as before, and the next one works when there is room."""

import ctypes
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.facts.chain_head import Head
from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.storage.sqlite.backups import backups_of, folder_of, make_backup, restore
from app.storage.sqlite.fact_store import SqliteStore
from tests.storage.study_files import (
    PAGE,
    START,
    add,
    beside,
    files_end_at,
    filled,
    in_child,
    large,
    needs_fork,
    new,
    performed,
    refused,
    reopened,
    snapshot,
    stamp,
    told,
)

LONG = "å" * 40_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


def pages_at_most(store: SqliteStore, most: int) -> None:
    store.connection.execute(f"PRAGMA max_page_count = {most}").fetchone()[0]


def test_a_command_that_no_longer_fits(path: Path) -> None:
    before = path.read_bytes()
    store = reopened(path)
    facts, head = told(store), store.head()
    pages_at_most(store, len(before) // PAGE)
    found = refused(
        "disk_full", lambda: add(store, performed("A", "2026-12-21"), performed("B", "2026-12-21", note=LONG))
    )
    assert found.values == {"path": str(path)}
    assert (told(store), store.head(), store.verify()) == (facts, head, head)
    assert path.read_bytes() == before
    refused("disk_full", lambda: add(store, performed("B", "2026-12-21", note=LONG)))
    pages_at_most(store, 1000)
    assert add(store, performed("B", "2026-12-21", note=LONG)).seq == 7
    assert store.verify() == store.head()
    store.close()
    assert beside(path) == []
    store = reopened(path)
    assert store.facts()[-1].text("note") == LONG
    store.close()


@needs_fork
@pytest.mark.parametrize("spare", [0, 1, PAGE, 3 * PAGE + 100])
def test_a_file_that_may_not_grow(path: Path, spare: int) -> None:
    before = path.read_bytes()

    def child() -> str:
        store = reopened(path)
        files_end_at(len(before) + spare)
        found = ""
        try:
            add(store, performed("B", "2026-12-21", note=LONG))
        except Refused as error:
            found = error.kind
        assert store.head().seq == 6
        assert store.verify() == store.head()
        store.close()
        return found

    assert in_child(child).said in ("disk_full", "disk_error")
    store = reopened(path)
    assert store.head().seq == 6
    assert store.broken is None
    assert add(store, performed("B", "2026-12-21", note=LONG)).seq == 7
    store.close()
    assert beside(path) == []


@needs_fork
@pytest.mark.parametrize("limit", [0, 1000, 8 * PAGE])
def test_a_new_study_without_room(tmp_path: Path, limit: int) -> None:
    def child() -> None:
        files_end_at(limit)
        new(tmp_path / "liver.studyday")

    assert in_child(child).said in ("disk_full", "disk_error", "cannot_open")
    assert snapshot(tmp_path) == {}


@needs_fork
@pytest.mark.parametrize("limit", [0, 1000, 8 * PAGE])
def test_a_backup_without_room(path: Path, limit: int) -> None:
    store = reopened(path)
    make_backup(store, START)
    store.close()
    before = snapshot(path.parent)

    def child() -> None:
        store = reopened(path)
        files_end_at(limit)
        try:
            make_backup(store, START.replace(hour=11))
        finally:
            store.close()

    assert in_child(child).said in ("disk_full", "disk_error", "cannot_open")
    assert snapshot(path.parent) == before


@needs_fork
@pytest.mark.parametrize("limit", [0, 1000, 8 * PAGE])
def test_a_restore_without_room(path: Path, limit: int) -> None:
    store = reopened(path)
    made = make_backup(store, START)
    store.close()
    before = snapshot(path.parent)

    def child() -> None:
        store = reopened(made)
        files_end_at(limit)
        try:
            restore(store, path.with_name("restored.studyday"), stamp())
        finally:
            store.close()

    assert in_child(child).said in ("disk_full", "disk_error", "cannot_open")
    assert snapshot(path.parent) == before


def on_a_small_disk(folder: Path, work: Callable[[], object]) -> str:
    """Do the work in a process that sees a disk of 2 MB there; skip where nothing can be mounted."""
    new_mounts, recursive, private = 0x00020000, 0x4000, 0x40000

    def child() -> object:
        system = ctypes.CDLL(None, use_errno=True)
        if (
            system.unshare(new_mounts) != 0
            or system.mount(b"none", b"/", None, recursive | private, None) != 0
            or system.mount(b"none", os.fsencode(folder), b"tmpfs", 0, b"size=2m") != 0
        ):
            return "no mount"
        return work()

    said = in_child(child).said
    if said == "no mount":
        pytest.skip("nothing can be mounted here")
    return said


@needs_fork
@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="needs Linux")
def test_a_disk_of_2_mb_that_really_fills(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    path = disk / "liver.studyday"

    def child() -> str:
        assert shutil.disk_usage(disk).total == 2 << 20
        large(path)
        store = reopened(path)
        make_backup(store, START)
        whole = snapshot(folder_of(path))
        said = []
        facts = 0
        for _many in range(100):
            before = store.head()
            try:
                add(store, NewFact("note", {"text": "å" * 30_000}, 1))
                facts += 1
            except Refused as error:
                said.append(error.kind)
                assert store.head() == before
                assert store.verify() == before
                break
        assert facts > 5, "it filled while facts were added"
        try:
            make_backup(store, START.replace(hour=11))
        except Refused as error:
            said.append(error.kind)
        assert snapshot(folder_of(path)) == whole, "the older backup is whole, and nothing else lies there"
        assert len(backups_of(path)) == 1
        store.close()
        shutil.rmtree(folder_of(path))
        store = reopened(path)
        assert store.broken is None
        add(store, NewFact("note", {"text": "å" * 30_000}, 1))
        verified = store.verify()
        assert isinstance(verified, Head)
        assert verified.seq == 61 + facts + 1
        store.close()
        return " ".join(said)

    assert on_a_small_disk(disk, child) == "disk_full disk_full"
    assert list(disk.iterdir()) == []
