"""Migrations: an invented newer schema, two steps away."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.sqlite import migrations
from app.storage.sqlite.backups import folder_of
from app.storage.sqlite.connection import Connection, connect
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.migrations import migrate
from app.storage.sqlite.open_file import open_study
from tests.storage.killed import BEFORE, backups_hold, holds, killed_everywhere
from tests.storage.study_files import HOLDER, beside, filled, needs_fork, raw, refused, reopened, stamp

pytestmark = needs_fork


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liver.studyday"


def make_table(connection: Connection) -> None:
    connection.execute("CREATE TABLE more (x INTEGER) STRICT")


def fill_table(connection: Connection) -> None:
    connection.execute("INSERT INTO more VALUES (7)")


STEPS: dict[int, Callable[[Connection], None]] = {3: make_table, 4: fill_table}


def migrated(path: Path) -> tuple[int, list[int], list[tuple[int, str]]]:
    """The version of a file, what the steps made, and its facts, which verify."""
    connection = connect(path, True)
    store = SqliteStore(path, connection)
    assert store.verify() == store.head()
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE name = 'more'").fetchall()
    rows = [x for (x,) in connection.execute("SELECT x FROM more")] if tables else []
    facts = [(fact.seq, fact.kind) for fact in store.facts()]
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    return version, rows, facts


def fails(_connection: Connection) -> None:
    raise ZeroDivisionError


def test_while_migrating(path: Path, stride: int) -> None:
    filled(path)

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        store = SqliteStore(path, connect(path, True))

        def work() -> None:
            migrate(store, 3, stamp(60), STEPS, ours=5)
            store.close()

        armed(work)

    def check() -> bool:
        found = migrated(path)
        assert found in ((3, [], BEFORE), (5, [7], [*BEFORE, (7, "migrated")]))
        names = backups_hold(path)
        assert names in ([], ["liver-20261123T080100Z-6.studyday"])
        assert names or found[0] == 3, "no step before there is a backup"
        return found[0] == 5

    assert killed_everywhere(path.parent, command, check, stride) > 40


def test_a_migration_is_backed_up_first_and_told(path: Path) -> None:
    store = SqliteStore(filled(path), connect(path, True))
    kept = migrate(store, 3, stamp(60), STEPS, ours=5)
    fact = store.facts()[-1]
    assert (fact.kind, fact.fields) == ("migrated", {"before": 3, "after": 5})
    store.close()
    assert kept == folder_of(path) / "liver-20261123T080100Z-6.studyday"
    assert backups_hold(path) == [kept.name]
    assert migrated(path) == (5, [7], [*BEFORE, (7, "migrated")])
    assert refused("newer", lambda: reopened(path)).values["version"] == 5


@pytest.mark.parametrize("steps", [{3: STEPS[3], 4: fails}, {3: fails, 4: STEPS[4]}])
def test_a_step_that_fails_changes_nothing(path: Path, steps: dict[int, Callable[[Connection], None]]) -> None:
    store = SqliteStore(filled(path), connect(path, True))
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        migrate(store, 3, stamp(60), steps, ours=5)
    store.close()
    assert path.read_bytes() == before
    assert len(backups_hold(path)) == 1


@pytest.mark.parametrize("steps", [{}, {3: STEPS[3]}, {4: STEPS[4]}])
def test_a_missing_step_is_refused_before_anything_is_done(
    path: Path, steps: dict[int, Callable[[Connection], None]]
) -> None:
    store = SqliteStore(filled(path), connect(path, True))
    before = path.read_bytes()
    refused("damaged", lambda: migrate(store, 3, stamp(60), steps, ours=5))
    store.close()
    assert path.read_bytes() == before
    assert beside(path) == []


def test_an_older_file_is_migrated_when_it_is_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = "CREATE INDEX fact_kind ON fact (kind)"
    with raw(filled(path)) as connection:
        assert connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'fact_kind'").fetchone()[0] == index
        connection.execute("DROP INDEX fact_kind")
        connection.execute("PRAGMA user_version = 0")
    refused("old_read_only", lambda: open_study(path, HOLDER, stamp(), writing=False))

    def put_index_back(connection: Connection) -> None:
        connection.execute(index)

    monkeypatch.setitem(migrations.STEPS, 0, put_index_back)
    store = open_study(path, HOLDER, stamp(60))
    assert (store.broken, store.read_only) == (None, False)
    assert [(fact.seq, fact.kind) for fact in store.facts()] == [*BEFORE, (7, "migrated")]
    store.close()
    assert beside(path) == ["liver-backups"]
    assert len(holds(path)) == 7
