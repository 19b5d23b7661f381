"""A file that was checked on a day is checked again only from there on, unless anything has touched it since."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from app import cache, paths
from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.records import NewFact
from app.progress import Progress
from app.storage.chain import EMPTY
from app.storage.sqlite import checked_file, fact_store
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.holder_note import leave_note
from app.storage.sqlite.open_file import open_study
from app.storage.usual_facts import Row
from tests.storage.study_files import HOLDER, STORY, add, filled, performed, raw, reopened, stamp, tampering

DAY, TO_MIDNIGHT = 86_400.0, 57_600.0


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


@pytest.fixture
def checked_from(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of the fact after which each check began."""
    seen: list[int] = []
    verify = SqliteStore.verify

    def seeing(store: SqliteStore, progress: Progress | None = None, after: Head = EMPTY) -> Broken | Head:
        seen.append(after.seq)
        return verify(store, progress=progress, after=after)

    monkeypatch.setattr(SqliteStore, "verify", seeing)
    return seen


def opened(path: Path, seconds: float = 60) -> None:
    open_study(path, HOLDER, stamp(seconds)).close()


def test_the_second_opening_of_a_day_checks_what_was_added_since(path: Path, checked_from: list[int]) -> None:
    opened(path)
    store = reopened(path)
    assert store.unchanged
    add(store, performed("SP-C04", "2026-12-21"), performed("SP-C05", "2026-12-28"))
    store.close()
    opened(path)
    opened(path)
    # The new file was opened with one fact; that is as far as it was checked then.
    assert checked_from == [1, 6, 6, 8]


def test_the_first_opening_of_a_day_checks_everything(path: Path, checked_from: list[int]) -> None:
    for seconds in (0, DAY, DAY, 0):
        opened(path, seconds)
    assert checked_from == [1, 0, 6, 0]


def test_a_check_that_went_on_past_midnight_counts_for_the_day_on_which_it_began(
    path: Path, checked_from: list[int]
) -> None:
    store = open_study(path, HOLDER, stamp(TO_MIDNIGHT - 60))
    add(store, performed("SP-C04", "2026-12-21"), seconds=TO_MIDNIGHT + 60)
    store.close()
    opened(path, TO_MIDNIGHT + 120)
    assert checked_from == [1, 0]


def edit(statement: str) -> Callable[[Path], None]:
    def edited(path: Path) -> None:
        with tampering(path) as connection:
            connection.execute(statement)

    return edited


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.index(b"2026-11-30")] ^= 1
    path.write_bytes(content)


def flip_with_its_time_set_back(path: Path) -> None:
    known = path.stat()
    flip(path)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


TAMPERED: list[tuple[Callable[[Path], None], int]] = [
    (edit("UPDATE fact SET lines = replace(lines, '2026-11-30', '2026-12-01') WHERE seq = 3"), 3),
    (edit("UPDATE fact SET who = 'Ada By' WHERE seq = 4"), 4),
    (edit("UPDATE fact SET subject = 9 WHERE seq = 2"), 2),
    (edit("DELETE FROM fact WHERE seq = 3"), 3),
    (edit("DELETE FROM fact WHERE seq = 6"), 6),
    (edit("UPDATE fact SET digest = zeroblob(32) WHERE seq = 6"), 6),
    (edit("UPDATE head SET seq = 5, digest = (SELECT digest FROM fact WHERE seq = 5)"), 6),
    (edit("UPDATE fact SET seq = 16 WHERE seq = 6"), 6),
    (flip, 3),
    (flip_with_its_time_set_back, 3),
]


@pytest.mark.parametrize(("tamper", "place"), TAMPERED)
def test_what_somebody_did_to_a_checked_file_is_found_at_the_next_opening(
    path: Path, tamper: Callable[[Path], None], place: int
) -> None:
    opened(path)
    tamper(path)
    store = reopened(path)
    assert store.broken is not None
    assert store.broken.seq == place
    assert not store.unchanged
    store.close()
    store = reopened(path)
    assert store.broken is not None, "a chain that does not hold is never remembered as checked"
    store.close()


def test_damaged_pages_are_found_as_well(path: Path) -> None:
    opened(path)
    content = bytearray(path.read_bytes())
    content[4096:4104] = b"\xff" * 8
    path.write_bytes(content)
    store = reopened(path)
    assert store.broken is not None
    assert store.read_only
    store.close()


def test_a_copy_and_an_older_copy_put_back_are_checked_completely(
    path: Path, tmp_path: Path, checked_from: list[int]
) -> None:
    opened(path)
    copy = tmp_path / "copy.studyday"
    shutil.copy2(path, copy)
    store = reopened(path)
    add(store, *STORY[1:2])
    store.close()
    checked_from.clear()
    opened(copy)
    shutil.copy2(copy, path)
    opened(path)
    copy.replace(path)
    opened(path)
    assert checked_from == [0, 0, 0]


def test_a_file_that_a_killed_process_had_open_is_checked_completely(path: Path, checked_from: list[int]) -> None:
    opened(path)
    leave_note(path, HOLDER)
    opened(path)
    assert checked_from == [1, 0]


def test_reading_alone_neither_uses_the_memory_nor_changes_it(path: Path, checked_from: list[int]) -> None:
    opened(path)
    known = path.stat()
    store = open_study(path, HOLDER, stamp(), writing=False)
    assert not store.unchanged
    store.close()
    assert path.stat() == known
    opened(path)
    assert checked_from == [1, 0, 6]


def test_an_opening_that_only_reads_touches_the_file_once_at_most(path: Path) -> None:
    opened(path)
    known = path.stat().st_mtime_ns
    for _ in range(3):
        opened(path)
    assert path.stat().st_mtime_ns == known


@pytest.mark.parametrize(
    "entry",
    [
        None, 7, [], {}, {"day": "2026-11-23"}, {"day": "2026-11-23", "head": {"seq": 6, "digest": "no"}, "state": {}},
        {"day": "2026-11-23", "head": 6, "state": []},
        {"day": "2026-11-23", "head": {"seq": 6, "digest": "00"}, "visits": True, "state": {"size": 4}},
    ],
)  # fmt: skip
def test_a_memory_that_cannot_be_read_means_that_everything_is_checked(
    path: Path, entry: object, checked_from: list[int]
) -> None:
    cache.remember("checked", "studies", {checked_file._key(path): entry})
    opened(path)
    cache.remember("checked", "studies", entry)
    opened(path)
    assert checked_from == [0, 0]


def test_a_memory_of_another_chain_is_not_believed(path: Path, checked_from: list[int]) -> None:
    opened(path)
    known = cache.recall("checked", "studies")
    for one in known.values():
        one["head"]["digest"] = "00" * 32
    cache.remember("checked", "studies", known)
    opened(path)
    assert checked_from == [1, 0]


def test_without_a_place_for_the_memory_everything_is_checked(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checked_from: list[int]
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", "utf-8")
    monkeypatch.setattr(paths, "cache_dir", lambda: blocked)
    opened(path)
    opened(path)
    assert checked_from == [0, 0]


def test_where_times_are_kept_in_seconds_nothing_is_remembered(
    path: Path, monkeypatch: pytest.MonkeyPatch, checked_from: list[int]
) -> None:
    utime = os.utime

    def coarse(where: Path, ns: tuple[int, int]) -> None:
        utime(where, ns=(ns[0] // 10**9 * 10**9, ns[1] // 10**9 * 10**9))

    monkeypatch.setattr(os, "utime", coarse)
    store = reopened(path)
    add(store, performed("SP-C04", "2026-12-21"))
    store.close()
    opened(path)
    assert checked_from == [1, 0]


def test_the_memory_keeps_the_files_that_were_opened_last(tmp_path: Path, path: Path) -> None:
    first = checked_file._key(path)
    for number in range(checked_file.MOST_FILES):
        other = tmp_path / f"other-{number}"
        other.write_bytes(b"x")
        checked_file.remember_checked(other, stamp().recorded_at, Head(number, bytes(32)), False, None)
    known = cache.recall("checked", "studies")
    assert len(known) == checked_file.MOST_FILES
    assert first not in known


def test_planned_visits_are_believed_once_they_were_compared(path: Path) -> None:
    opened(path)
    store = reopened(path)
    assert (store.unchanged, store.visits.proved) == (True, False)
    with store.transaction():
        store.visits.restart("a release", "2026-11-23", "2027-11-23")
    store.close()
    store = reopened(path)
    assert (store.unchanged, store.visits.proved, store.visits.hold()) == (True, True, True)
    store.close()
    with raw(path) as connection:
        connection.execute("UPDATE derived SET horizon = '2028-11-23'")
    store = reopened(path)
    assert (store.unchanged, store.visits.proved, store.visits.hold()) == (False, False, False)
    store.close()
    store = reopened(path)
    assert (store.unchanged, store.visits.proved, store.visits.hold()) == (True, False, False)
    store.close()


def test_somebody_who_edits_the_pages_and_the_memory_is_found_on_the_next_day(path: Path) -> None:
    opened(path)
    flip(path)
    known = cache.recall("checked", "studies")
    state = path.stat()
    for one in known.values():
        one["state"] |= {"changed_ns": state.st_mtime_ns, "entry_changed_ns": state.st_ctime_ns}
    cache.remember("checked", "studies", known)
    store = reopened(path)
    assert (store.broken, store.unchanged) == (None, True)
    store.close()
    store = open_study(path, HOLDER, stamp(DAY))
    assert store.broken == Broken(3, "value", "on")
    store.close()


@pytest.fixture
def read_from(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of the fact after which it was judged whether facts can be read."""
    seen: list[int] = []
    judge = SqliteStore.first_unreadable

    def seeing(store: SqliteStore, after: int = 0, progress: Progress | None = None) -> int:
        seen.append(after)
        return judge(store, after, progress)

    monkeypatch.setattr(SqliteStore, "first_unreadable", seeing)
    return seen


def test_whether_facts_can_be_read_is_judged_once_and_the_chain_every_day(
    path: Path, checked_from: list[int], read_from: list[int]
) -> None:
    opened(path)
    store = open_study(path, HOLDER, stamp(DAY))
    add(store, performed("SP-C04", "2026-12-21"), seconds=DAY)
    store.close()
    opened(path, 2 * DAY)
    opened(path, 2 * DAY)
    assert (checked_from, read_from) == ([1, 0, 0, 7], [1, 6, 6, 7])


def test_facts_are_judged_again_by_other_rules_and_in_another_chain(
    path: Path, monkeypatch: pytest.MonkeyPatch, read_from: list[int]
) -> None:
    opened(path)
    monkeypatch.setattr(checked_file, "_rules", lambda: "of another release")
    opened(path, DAY)
    known = cache.recall("checked", "studies")
    for one in known.values():
        one["head"]["digest"] = "00" * 32
    cache.remember("checked", "studies", known)
    opened(path, 2 * DAY)
    assert read_from == [1, 0, 0]


def test_what_was_redacted_since_is_judged_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(path)
    store = open_study(path, HOLDER, stamp(DAY))
    with store.transaction():
        fact = NewFact("redaction", {"names": ["note"], "reason": "asked for"}, 1, about=3)
        store.append(stamp(DAY), store.last()[0] + 1, [fact])
        store.redact(3, ["note"])
    store.close()
    looked_at: list[int] = []

    def seeing(rows: Iterable[Row]) -> Iterator[int]:
        looked_at.extend(row[0] for row in rows)
        return iter(())

    monkeypatch.setattr(fact_store, "unusual", seeing)
    opened(path, 2 * DAY)
    assert looked_at == [3, 7]


def test_a_row_added_by_hand_is_no_fact_of_the_chain(path: Path) -> None:
    opened(path)
    with raw(path) as connection:
        columns = "command, kind, subject, about, protocol, recorded_at, zone, clock, today, who, workstation, program"
        rest = "names, lines, salts, digests, digest"
        connection.execute(
            f"INSERT INTO fact (seq, {columns}, {rest}) SELECT 7, {columns}, {rest} FROM fact WHERE seq = 3"
        )
    store = reopened(path)
    assert store.broken == Broken(7, "edited")
    store.close()
