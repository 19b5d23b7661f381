"""A process killed at any point: the file opens, holds the state before or after a command, and nothing in between."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.storage.sqlite import backups, migrations
from app.storage.sqlite.backups import backups_of, folder_of, make_backup, read_note, restore
from app.storage.sqlite.connection import connect, disconnect
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.migrations import migrate
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import (
    HOLDER,
    PAGE,
    START,
    STORY,
    add,
    beside,
    die_at,
    die_when_writing_beyond,
    files_end_at,
    filled,
    in_child,
    large,
    needs_fork,
    new,
    performed,
    raw,
    refused,
    reopened,
    snapshot,
    stamp,
    told,
)

pytestmark = needs_fork
MOST_STEPS = 400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liver.studyday"


def put_back(folder: Path, files: dict[str, bytes]) -> None:
    """Make a folder hold exactly these files again."""
    for one in [*folder.rglob("*")]:
        if one.is_file() and str(one.relative_to(folder)) not in files:
            one.unlink()
    for name, content in files.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != content:
            (folder / name).write_bytes(content)


def killed_everywhere(
    folder: Path, command: Callable[[Callable[[Callable[[], None]], None]], None], check: Callable[[], bool]
) -> int:
    """Run a command once for each of its steps, killed just before that step, until it comes to its end.

    The command arms the trap itself: it is given what to call when it is ready, with what it does next.
    """
    before = snapshot(folder)
    for number in range(1, MOST_STEPS):
        put_back(folder, before)

        def child(number: int = number) -> None:
            def armed(work: Callable[[], None]) -> None:
                die_at(number)
                work()
                os._exit(0)

            command(armed)

        outcome = in_child(child)
        assert outcome.code in (0, 9), outcome
        after = check()
        if outcome.code == 0:
            assert after, "the command came to its end"
            return number - 1
        assert after in (True, False)
    raise AssertionError(f"no end after {MOST_STEPS} steps")


def holds(path: Path) -> list[tuple[int, str]]:
    """The facts of a file that opens by itself and verifies."""
    store = reopened(path)
    assert store.broken is None
    assert store.verify() == store.head()
    assert not store.read_only
    found = [(fact.seq, fact.kind) for fact in store.facts()]
    add(store, performed("AFTER", "2027-02-01"))
    assert store.verify() == store.head()
    store.close()
    return found


def nothing_but_half_a_note(path: Path) -> bool:
    """Beside the file there is nothing but, if anything, the note that the killed process was just writing."""
    return all(name.startswith(f".{path.name}.open.") for name in beside(path))


BEFORE = [(1, "study_made"), (2, "enrolled"), (3, "performed"), (4, "performed"), (5, "booked"), (6, "correction")]


def test_while_opening(path: Path) -> None:
    filled(path)

    def check() -> bool:
        assert holds(path) == BEFORE
        assert nothing_but_half_a_note(path)
        return True

    steps = killed_everywhere(path.parent, lambda armed: armed(lambda: reopened(path).close()), check)
    assert steps > 20


def test_while_adding_facts(path: Path) -> None:
    filled(path)

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        store = reopened(path)

        def work() -> None:
            add(store, performed("A", "2026-12-21"), performed("B", "2026-12-22", note="å" * 9000))
            store.close()

        armed(work)

    def check() -> bool:
        found = holds(path)
        assert found in (BEFORE, [*BEFORE, (7, "performed"), (8, "performed")])
        return len(found) == 8

    assert killed_everywhere(path.parent, command, check) >= 6


def test_while_redacting(path: Path) -> None:
    filled(path)

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        store = reopened(path)

        def work() -> None:
            with store.transaction():
                store.append(stamp(90), 4, [NewFact("redaction", {"names": ["note"]}, 1, about=3)])
                store.redact(3, ["note"])
            store.close()

        armed(work)

    def check() -> bool:
        store = reopened(path)
        fact = store.fact(3)
        assert fact is not None
        done = "note" not in fact.fields
        assert (sorted(fact.redacted), store.head().seq) == ((["note"], 7) if done else ([], 6))
        assert (fact.fields.get("note") == "kräks, 呕吐") != done
        store.close()
        assert ("呕吐".encode() in path.read_bytes()) != done
        assert len(holds(path)) == (7 if done else 6)
        return done

    assert killed_everywhere(path.parent, command, check) >= 8


def test_while_making_a_study(path: Path) -> None:
    def check() -> bool:
        if path.exists():
            assert holds(path) == [(1, "study_made")]
            return True
        new(path).close()
        assert beside(path) == [], "what was left does not hinder, and goes"
        return False

    assert killed_everywhere(path.parent, lambda armed: armed(lambda: new(path).close()), check) > 40


def backups_hold(path: Path) -> list[str]:
    """The names of a study's backups, each of which is whole and agrees with its note."""
    found = backups_of(path)
    for one in found:
        note = read_note(one.path)
        assert note is not None
        store = open_study(one.path, HOLDER, stamp())
        assert (store.backup, store.read_only, store.broken) == (True, True, None)
        assert (note.seq, note.digest) == (store.head().seq, store.head().digest.hex())
        assert note.sha256 == backups._file_digest(one.path)
        store.close()
    return [one.path.name for one in found]


FIRST, SECOND = "liver-20261123T080000Z-2.studyday", "liver-20261123T090000Z-6.studyday"


def test_while_backing_up(path: Path) -> None:
    store = new(path)
    add(store, *STORY[:1])
    make_backup(store, START)
    add(store, *STORY[1:])
    store.close()
    older = snapshot(folder_of(path))
    assert set(older) == {FIRST, f"{FIRST}.json"}

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        store = reopened(path)
        backups._PAGES = 1

        def work() -> None:
            make_backup(store, START.replace(hour=9))
            store.close()

        armed(work)

    def check() -> bool:
        now = snapshot(folder_of(path))
        assert {name: now[name] for name in older} == older
        names = backups_hold(path)
        assert names in ([FIRST], [FIRST, SECOND])
        store = reopened(path)
        make_backup(store, START.replace(hour=10))
        store.close()
        left = {one.name for one in folder_of(path).iterdir() if one.suffix not in (".studyday", ".json")}
        assert left == set(), "the next backup clears up"
        return len(names) == 2

    assert killed_everywhere(path.parent, command, check) > 25


def test_while_restoring(path: Path) -> None:
    store = reopened(filled(path))
    made = make_backup(store, START)
    store.close()
    target = path.with_name("restored.studyday")
    older = snapshot(folder_of(path))

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        store = reopened(made)
        armed(lambda: restore(store, target, stamp(300)))

    def check() -> bool:
        assert snapshot(folder_of(path)) == older
        if target.exists():
            assert holds(target) == [*BEFORE, (7, "restored")]
            return True
        return False

    assert killed_everywhere(path.parent, command, check) > 40


# Migration: an invented newer schema, two steps away


def make_table(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE more (x INTEGER) STRICT")


def fill_table(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO more VALUES (7)")


STEPS: dict[int, Callable[[Connection], None]] = {1: make_table, 2: fill_table}


def migrated(path: Path) -> tuple[int, list[int], list[tuple[int, str]]]:
    """The version of a file, what the steps made, and its facts, which verify."""
    connection = connect(path, True)
    store = SqliteStore(path, connection)
    assert store.verify() == store.head()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name = 'more'").all()
    rows = [*connection.exec_driver_sql("SELECT x FROM more").scalars()] if tables else []
    facts = [(fact.seq, fact.kind) for fact in store.facts()]
    assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    disconnect(connection)
    return version, rows, facts


def test_while_migrating(path: Path) -> None:
    filled(path)

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        store = SqliteStore(path, connect(path, True))

        def work() -> None:
            migrate(store, 1, stamp(60), STEPS, ours=3)
            store.close()

        armed(work)

    def check() -> bool:
        found = migrated(path)
        assert found in ((1, [], BEFORE), (3, [7], [*BEFORE, (7, "migrated")]))
        names = backups_hold(path)
        assert names in ([], ["liver-20261123T080100Z-6.studyday"])
        assert names or found[0] == 1, "no step before there is a backup"
        return found[0] == 3

    assert killed_everywhere(path.parent, command, check) > 40


def test_a_migration_is_backed_up_first_and_told(path: Path) -> None:
    store = SqliteStore(filled(path), connect(path, True))
    kept = migrate(store, 1, stamp(60), STEPS, ours=3)
    fact = store.facts()[-1]
    assert (fact.kind, fact.fields) == ("migrated", {"before": 1, "after": 3})
    store.close()
    assert kept == folder_of(path) / "liver-20261123T080100Z-6.studyday"
    assert backups_hold(path) == [kept.name]
    assert migrated(path) == (3, [7], [*BEFORE, (7, "migrated")])
    assert refused("newer", lambda: reopened(path)).values["version"] == 3


def fails(_connection: Connection) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("steps", [{1: STEPS[1], 2: fails}, {1: fails, 2: STEPS[2]}])
def test_a_step_that_fails_changes_nothing(path: Path, steps: dict[int, Callable[[Connection], None]]) -> None:
    store = SqliteStore(filled(path), connect(path, True))
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        migrate(store, 1, stamp(60), steps, ours=3)
    store.close()
    assert path.read_bytes() == before
    assert len(backups_hold(path)) == 1


@pytest.mark.parametrize("steps", [{}, {1: STEPS[1]}, {2: STEPS[2]}])
def test_a_missing_step_is_refused_before_anything_is_done(
    path: Path, steps: dict[int, Callable[[Connection], None]]
) -> None:
    store = SqliteStore(filled(path), connect(path, True))
    before = path.read_bytes()
    refused("damaged", lambda: migrate(store, 1, stamp(60), steps, ours=3))
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
        connection.exec_driver_sql(index)

    monkeypatch.setitem(migrations.STEPS, 0, put_index_back)
    store = open_study(path, HOLDER, stamp(60))
    assert (store.broken, store.read_only) == (None, False)
    assert [(fact.seq, fact.kind) for fact in store.facts()] == [*BEFORE, (7, "migrated")]
    store.close()
    assert beside(path) == ["liver-backups"]
    assert len(holds(path)) == 7


# Killed inside a commit, and journals left behind


def added_while(path: Path, trap: Callable[[int], None], size: int) -> int:
    def child() -> None:
        store = reopened(path)
        trap(size)
        add(store, *(performed(f"N{n}", "2026-12-21", note="å" * (n * 91 % 3000)) for n in range(40)))
        store.close()

    return in_child(child).code


def test_killed_while_the_pages_of_a_commit_are_written(path: Path) -> None:
    large(path)
    whole = snapshot(path.parent)
    size, ends, journals = len(whole[path.name]), set(), 0
    for limit in (*range(0, size + 40 * PAGE, 5 * PAGE + 1000), size - PAGE + 1, size + 1, 100 * size):
        put_back(path.parent, whole)
        code = added_while(path, die_when_writing_beyond, limit)
        journal = path.with_name("liver.studyday-journal")
        journals += journal.exists() and journal.stat().st_size > 0
        store = reopened(path)
        assert store.recovered == (code != 0)
        assert store.broken is None
        assert store.head().seq == (101 if code == 0 else 61), limit
        store.close()
        assert beside(path) == []
        ends.add(code)
    assert ends == {0, -signal.SIGXFSZ}
    assert journals > 3, "some were killed with the file half written"


def left_half_written(path: Path) -> bytes:
    """A file that a killed process has overwritten in part, with the journal that puts it right; the file before."""
    before = large(path).read_bytes()

    def child() -> None:
        store = reopened(path)
        store.connection.exec_driver_sql("PRAGMA cache_size = 5")
        store.connection.exec_driver_sql("BEGIN IMMEDIATE")
        store.append(stamp(60), 3, [performed(f"N{n}", "2026-12-21", note="å" * 2000) for n in range(300)])
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(child).code == -signal.SIGKILL
    assert path.with_name("liver.studyday-journal").read_bytes()[:8] == b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    assert len(path.read_bytes()) > len(before)
    assert path.read_bytes()[: len(before)] != before
    return before


def test_a_half_written_file_is_put_right_when_it_is_opened(path: Path) -> None:
    before = left_half_written(path)
    store = reopened(path)
    assert store.recovered
    assert store.broken is None
    assert store.head().seq == 61
    store.close()
    assert path.read_bytes() == before
    assert beside(path) == []


def test_a_half_written_file_opened_to_read_is_refused_and_stays(path: Path) -> None:
    before = left_half_written(path)
    half = snapshot(path.parent)
    with pytest.raises(Refused) as caught:
        open_study(path, HOLDER, stamp(), writing=False)
    assert caught.value.kind in ("read_only", "cannot_open")
    assert snapshot(path.parent) == half
    reopened(path).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("trap", [die_when_writing_beyond, files_end_at])
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_killed_again_while_it_is_put_right(path: Path, trap: Callable[[int], None], part: float) -> None:
    before = left_half_written(path)
    half = path.read_bytes()

    def child() -> None:
        trap(int(len(before) * part))
        reopened(path).close()

    outcome = in_child(child)
    assert outcome.code == -signal.SIGXFSZ if trap is die_when_writing_beyond else outcome.said == "disk_error", outcome
    assert path.with_name("liver.studyday-journal").stat().st_size > 0
    assert part == 0 or path.read_bytes() != half, "some of it had been put right"
    store = reopened(path)
    assert (store.broken, store.head().seq) == (None, 61)
    store.close()
    assert path.read_bytes() == before
    assert beside(path) == []


def test_killed_again_at_any_step_of_the_opening(path: Path) -> None:
    before = left_half_written(path)

    def check() -> bool:
        store = reopened(path)
        assert (store.broken, store.head().seq) == (None, 61)
        store.close()
        assert path.read_bytes() == before
        assert nothing_but_half_a_note(path)
        return True

    assert killed_everywhere(path.parent, lambda armed: armed(lambda: reopened(path).close()), check) > 20


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"\x00",
        b"garbage",
        b"garbage" * 5000,
        bytes(30_000),
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 9000,
    ],
    ids=["empty", "zero", "short", "long", "zeros", "its first bytes", "its first bytes and garbage"],
)
def test_a_journal_that_is_none_does_no_harm(path: Path, journal: bytes) -> None:
    before = filled(path).read_bytes()
    path.with_name("liver.studyday-journal").write_bytes(journal)
    store = reopened(path)
    assert store.broken is None
    facts = told(store)
    assert len(facts) == 6
    assert path.read_bytes() == before
    add(store, performed("A", "2026-12-21"))
    store.close()
    assert beside(path) == []
    store = reopened(path)
    assert told(store)[:6] == facts
    assert store.verify() == store.head()
    store.close()


def test_what_was_redacted_is_not_left_in_a_journal_either(path: Path) -> None:
    filled(path)

    def child() -> None:
        store = reopened(path)
        with store.transaction():
            store.append(stamp(90), 4, [NewFact("redaction", {"names": ["note"]}, 1, about=3)])
            store.redact(3, ["note"])
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(child).code == -signal.SIGKILL
    assert not [name for name, content in snapshot(path.parent).items() if "呕吐".encode() in content]
    reopened(path).close()
    assert beside(path) == []
