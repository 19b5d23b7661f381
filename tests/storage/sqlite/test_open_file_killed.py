"""A process killed at any point: the file opens, holds the state before or after a command, and nothing in between."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.storage.sqlite import backups
from app.storage.sqlite.backups import folder_of, make_backup, restore
from app.storage.sqlite.open_file import open_study
from tests.storage.killed import BEFORE, backups_hold, holds, killed_everywhere, nothing_but_half_a_note, put_back
from tests.storage.study_files import (
    HOLDER,
    PAGE,
    START,
    STORY,
    add,
    beside,
    die_when_writing_beyond,
    files_end_at,
    filled,
    in_child,
    large,
    needs_fork,
    new,
    performed,
    reopened,
    snapshot,
    stamp,
    told,
)

pytestmark = needs_fork


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liver.studyday"


def test_while_opening(path: Path, stride: int) -> None:
    filled(path)

    def check() -> bool:
        assert holds(path) == BEFORE
        assert nothing_but_half_a_note(path)
        return True

    steps = killed_everywhere(path.parent, lambda armed: armed(lambda: reopened(path).close()), check, stride)
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


def test_while_making_a_study(path: Path, stride: int) -> None:
    def check() -> bool:
        if path.exists():
            assert holds(path) == [(1, "study_made")]
            return True
        new(path).close()
        assert beside(path) == [], "what was left does not hinder, and goes"
        return False

    assert killed_everywhere(path.parent, lambda armed: armed(lambda: new(path).close()), check, stride) > 40


FIRST, SECOND = "liver-20261123T080000Z-2.studyday", "liver-20261123T090000Z-6.studyday"


def test_while_backing_up(path: Path, stride: int) -> None:
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

    assert killed_everywhere(path.parent, command, check, stride) > 25


def test_while_restoring(path: Path, stride: int) -> None:
    store = reopened(filled(path))
    made = make_backup(store, START)
    store.close()
    target = path.with_name("restored.studyday")
    older = snapshot(folder_of(path))

    def command(armed: Callable[[Callable[[], None]], None]) -> None:
        store = reopened(made)

        def then() -> None:
            restore(store, target, stamp(300))

        armed(then)

    def check() -> bool:
        assert snapshot(folder_of(path)) == older
        if target.exists():
            assert holds(target) == [*BEFORE, (7, "restored")]
            return True
        return False

    assert killed_everywhere(path.parent, command, check, stride) > 40


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
        store.connection.execute("PRAGMA cache_size = 5")
        store.connection.execute("BEGIN IMMEDIATE")
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


def test_killed_again_at_any_step_of_the_opening(path: Path, stride: int) -> None:
    before = left_half_written(path)

    def check() -> bool:
        store = reopened(path)
        assert (store.broken, store.head().seq) == (None, 61)
        store.close()
        assert path.read_bytes() == before
        assert nothing_but_half_a_note(path)
        return True

    assert killed_everywhere(path.parent, lambda armed: armed(lambda: reopened(path).close()), check, stride) > 20


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
