"""The migration of a file that the program of schema 1 made itself.

In it are participants of both shipped protocols, one who was only screened, visits that were booked, performed, missed,
moved and left out, a note that was taken back, and the planned visits of that program.
"""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.sqlite.backups import restore
from app.storage.sqlite.connection import connect
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.open_file import open_study
from tests.storage.killed import backups_hold, killed_everywhere
from tests.storage.study_files import HOLDER, beside, needs_fork, raw, refused, reopened, snapshot, stamp, tampering

FIXTURE = Path(__file__).parents[1] / "fixtures" / "study_two_protocols.studyday.gz"
FACTS, HEAD = 37, "37 · 8570 4cfd f99e b013"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "liver.studyday"
    made.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    return made


def version_of(path: Path) -> int:
    with raw(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def facts_in(path: Path) -> list[tuple[object, ...]]:
    with raw(path) as connection:
        return list(connection.execute("SELECT * FROM fact ORDER BY seq").fetchall())


def test_it_is_migrated_after_a_verified_backup_and_every_fact_stays(path: Path) -> None:
    before = facts_in(path)
    assert (version_of(path), len(before)) == (1, FACTS)
    store = reopened(path)
    assert (store.broken, store.read_only, store.head().seq) == (None, False, FACTS + 1)
    assert store.verify() == store.head()
    (fact,) = store.facts(after=FACTS)
    assert (fact.kind, dict(fact.fields)) == ("migrated", {"before": 1, "after": 3})
    store.close()
    assert version_of(path) == 3
    assert facts_in(path)[:FACTS] == before
    (kept,) = backups_hold(path)
    assert version_of(path.with_name("liver-backups") / kept) == 1
    assert facts_in(path.with_name("liver-backups") / kept) == before


def test_it_is_migrated_once(path: Path) -> None:
    reopened(path).close()
    after = facts_in(path)
    reopened(path).close()
    assert facts_in(path) == after
    assert len(backups_hold(path)) == 1


@needs_fork
def test_killed_at_each_step_it_is_the_old_file_or_the_new_one(path: Path, stride: int) -> None:
    before = facts_in(path)

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        armed(lambda: reopened(path).close())

    def check() -> bool:
        store = SqliteStore(path, connect(path, True))
        assert store.verify() == store.head()
        assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        store.connection.close()
        version, facts = version_of(path), facts_in(path)
        assert facts[:FACTS] == before
        assert [row[2] for row in facts[FACTS:]] == (["migrated"] if version == 3 else [])
        assert backups_hold(path) or version == 1, "it is not migrated before there is a backup"
        return version == 3

    assert killed_everywhere(path.parent, command, check, stride) > 40


def test_opened_for_reading_it_is_read_as_it_is(path: Path) -> None:
    before = snapshot(path.parent)
    store = open_study(path, HOLDER, stamp(), writing=False)
    assert (store.broken, store.read_only, str(store.head())) == (None, True, HEAD)
    assert store.remembered("anything") == ""
    assert store.visits.made_by() == ("", "", "")
    store.close()
    assert snapshot(path.parent) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs rights that are obeyed")
def test_a_file_that_may_not_be_written_is_read_as_it_is(path: Path) -> None:
    path.chmod(0o400)
    store = reopened(path)
    assert (store.read_only, str(store.head())) == (True, HEAD)
    store.close()
    assert version_of(path) == 1


def test_one_with_a_broken_chain_is_read_as_it_is_and_nothing_is_written(path: Path) -> None:
    with tampering(path) as connection:
        connection.execute("UPDATE fact SET subject = 1 WHERE seq = 34")
    before = snapshot(path.parent)
    store = reopened(path)
    assert store.broken is not None
    assert (store.broken.seq, store.read_only) == (34, True)
    store.close()
    assert snapshot(path.parent) == before


def test_one_whose_folder_takes_no_backup_is_refused_and_stays(path: Path) -> None:
    path.with_name("liver-backups").write_text("a file where the folder goes")
    before = snapshot(path.parent)
    refused("no_room_for_backups", lambda: reopened(path))
    assert snapshot(path.parent) == before


def test_its_backup_is_restored_and_the_restored_study_migrated(path: Path) -> None:
    reopened(path).close()
    (name,) = backups_hold(path)
    target = path.with_name("again.studyday")
    backup = open_study(path.with_name("liver-backups") / name, HOLDER, stamp())
    assert (backup.backup, backup.broken, str(backup.head())) == (True, None, HEAD)
    restore(backup, target, stamp(120))
    backup.close()
    store = reopened(target)
    assert [fact.kind for fact in store.facts(after=FACTS)] == ["restored", "migrated"]
    assert store.verify() == store.head()
    store.close()
    assert version_of(target) == 3


def test_what_is_remembered_has_its_place_afterwards_and_no_fact_knows_of_it(path: Path) -> None:
    store = reopened(path)
    head = store.head()
    with store.transaction():
        store.remember("kept", "one")
        store.remember("kept", "two")
        store.remember("gone", "x")
        store.remember("gone", "")
    assert (store.remembered("kept"), store.remembered("gone"), store.head()) == ("two", "", head)
    store.close()
    again = reopened(path)
    assert (again.remembered("kept"), again.verify()) == ("two", head)
    again.close()
    assert beside(path) == ["liver-backups"]


@pytest.mark.parametrize(
    "change", ["DROP TABLE state", "ALTER TABLE state ADD COLUMN more TEXT", "CREATE INDEX state_v ON state (value)"]
)
def test_a_table_of_what_is_remembered_that_is_another_is_made_again(path: Path, change: str) -> None:
    reopened(path).close()
    with raw(path) as connection:
        connection.execute("INSERT INTO state VALUES ('kept', 'one')")
        connection.execute(change)
    reading = open_study(path, HOLDER, stamp(), writing=False)
    assert (reading.remembered("kept"), reading.broken) == ("", None)
    reading.close()
    store = reopened(path)
    assert (store.remembered("kept"), store.broken, store.read_only) == ("", None, False)
    with store.transaction():
        store.remember("kept", "again")
    assert store.remembered("kept") == "again"
    store.close()
