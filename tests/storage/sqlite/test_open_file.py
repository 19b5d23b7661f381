"""A new study file, its settings, and what opening and closing leave behind."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.facts.chain_head import Head
from app.domain.facts.records import NewFact
from app.storage.chain import START
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.holder_note import read_note
from app.storage.sqlite.open_file import new_study, open_study
from tests.storage.study_files import (
    HOLDER,
    STORY,
    add,
    beside,
    filled,
    large,
    new,
    performed,
    raw,
    refused,
    reopened,
    snapshot,
    stamp,
    told,
)

OFF, ON, EXTRA = 0, 1, 3


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liver.studyday"


def setting(store: SqliteStore, name: str) -> object:
    return store.connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous", EXTRA),
        ("foreign_keys", ON),
        ("recursive_triggers", ON),
        ("trusted_schema", OFF),
        ("secure_delete", ON),
        ("cell_size_check", ON),
        ("mmap_size", 0),
        ("journal_mode", "delete"),
        ("journal_size_limit", 0),
        ("locking_mode", "exclusive"),
        ("temp_store", 2),
        ("application_id", 0x53447931),
        ("user_version", 3),
    ],
)
@pytest.mark.parametrize("again", [False, True], ids=["new", "opened again"])
def test_every_setting_is_exactly_as_it_has_to_be(path: Path, name: str, value: object, again: bool) -> None:
    store = new(path)
    if again:
        store.close()
        store = reopened(path)
    assert setting(store, name) == value
    store.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [("foreign_keys", ON), ("trusted_schema", OFF), ("cell_size_check", ON), ("mmap_size", 0), ("query_only", OFF)],
)
def test_a_file_opened_for_reading_is_distrusted_as_much(path: Path, name: str, value: object) -> None:
    store = open_study(filled(path), HOLDER, stamp(), writing=False)
    assert setting(store, name) == value
    store.close()


def test_the_header_says_what_the_file_is(path: Path) -> None:
    new(path).close()
    start = path.read_bytes()[:100]
    assert start[:16] == b"SQLite format 3\x00"
    assert start[68:72] == b"SDy1"
    assert start[60:64] == b"\x00\x00\x00\x03"
    assert start[18:20] == b"\x01\x01", "a rollback journal, no write-ahead log"


def test_every_table_is_strict(path: Path) -> None:
    new(path).close()
    with raw(path) as connection:
        tables = {row[1]: (row[4], row[5]) for row in connection.execute("PRAGMA table_list") if row[0] == "main"}
    tables.pop("sqlite_schema")
    without_rowid, strict = 1, 1
    assert tables == {
        "fact": (0, strict),
        "head": (0, strict),
        "derived": (0, strict),
        "person": (0, strict),
        "person_seal": (0, strict),
        "state": (0, strict),
        "visit": (without_rowid, strict),
        "visit_digest": (0, strict),
    }


def test_the_file_is_its_owners_alone(path: Path) -> None:
    new(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_study_has_one_fact(path: Path) -> None:
    store = new(path)
    (fact,) = store.facts()
    assert (fact.seq, fact.command, fact.kind, fact.subject, fact.about) == (1, 1, "study_made", 0, 0)
    assert fact.fields == {"name": "ScanPan"}
    assert (fact.recorded_at, fact.zone, fact.today) == ("2026-11-23T08:00:00.000Z", "Europe/Stockholm", "2026-11-23")
    assert (fact.who, fact.workstation, fact.program, fact.clock) == ("Eva Ek", "WS-7", "s 1", "")
    assert store.head().seq == 1
    assert store.head().digest != START
    assert store.verify() == store.head()
    assert (store.read_only, store.backup, store.broken, store.recovered) == (False, False, None, False)
    store.close()


def test_a_study_without_a_name(path: Path) -> None:
    store = new_study(path, HOLDER, stamp(), "")
    assert store.facts()[0].fields == {}
    assert store.verify() == store.head()
    store.close()


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "s.studyday"
    new(path).close()
    assert path.is_file()


def test_a_study_is_never_made_over_something(path: Path) -> None:
    path.write_text("a letter")
    assert refused("exists", lambda: new(path)).values == {"path": str(path)}
    assert snapshot(path.parent) == {path.name: b"a letter"}


def test_a_study_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused("unwritable", lambda: new(tmp_path / "file" / "s.studyday"))
    assert snapshot(tmp_path) == {"file": b"x"}


@pytest.mark.parametrize("length", [240, 250, 256, 5000])
def test_a_name_that_the_disk_cannot_have_is_refused(tmp_path: Path, length: int) -> None:
    refused("unwritable", lambda: new(tmp_path / ("n" * length + ".studyday")))
    assert snapshot(tmp_path) == {}


def test_what_an_unfinished_study_left_is_cleared_away(path: Path) -> None:
    for name in (".liver.studyday.part", ".liver.studyday.part-journal"):
        path.with_name(name).write_bytes(b"half")
    store = new(path)
    assert store.verify() == store.head()
    store.close()
    assert beside(path) == []


def test_while_open_a_note_lies_beside_and_afterwards_nothing(path: Path) -> None:
    store = new(path)
    assert beside(path) == ["liver.studyday.open"]
    assert read_note(path) == HOLDER
    store.close()
    assert beside(path) == []


def nothing(_store: SqliteStore) -> None:
    pass


def reading(store: SqliteStore) -> None:
    assert len(store.facts()) == 6
    assert store.fact(3) is not None
    assert store.fact(7) is None
    assert store.last() == (3, "2026-11-23T08:01:00.000Z", 1)
    store.verify()


def refused_command(store: SqliteStore) -> None:
    def command() -> None:
        with store.transaction():
            store.append(stamp(90), 4, [performed("SP-C09", "2027-01-04", note="x" * 20_000)])
            store.append(stamp(90), 4, [NewFact("redaction", {"names": ["note"]}, 1, about=3)])
            store.redact(3, ["note"])
            raise LookupError

    with pytest.raises(LookupError):
        command()


@pytest.mark.parametrize("work", [nothing, reading, refused_command])
def test_every_byte_is_as_it_was(path: Path, work: Callable[[SqliteStore], None]) -> None:
    before = filled(path).read_bytes()
    store = reopened(path)
    work(store)
    assert path.read_bytes() == before, "while it is open"
    store.close()
    assert path.read_bytes() == before, "when it is closed"
    assert beside(path) == []


def test_after_a_refused_command_the_next_one_works(path: Path) -> None:
    store = reopened(filled(path))
    refused_command(store)
    assert add(store, performed("SP-C09", "2027-01-04")).seq == 7
    assert store.facts()[-1].fields == {"visit": "SP-C09", "on": "2027-01-04"}
    assert store.verify() == store.head()
    store.close()


def test_a_command_is_whole_in_the_one_file_as_soon_as_it_is_given(path: Path) -> None:
    store = new(path)
    add(store, *STORY)
    copy = path.with_name("copy.studyday")
    copy.write_bytes(path.read_bytes())
    assert (path.parent / "liver.studyday-journal").read_bytes() == b""
    other = reopened(copy)
    assert told(other) == told(store)
    other.close()
    store.close()


def test_facts_are_found_by_participant_kind_and_what_they_are_about(path: Path) -> None:
    store = reopened(filled(path))
    add(store, performed("SP-C01", "2026-12-01", subject=2))

    def numbers(**which: object) -> list[int]:
        return [one.seq for one in store.facts(**which)]  # type: ignore[arg-type]

    assert numbers() == [1, 2, 3, 4, 5, 6, 7]
    assert numbers(subject=0) == [1]
    assert numbers(subject=1) == [2, 3, 4, 5, 6]
    assert numbers(kinds=("performed",)) == [3, 4, 7]
    assert numbers(subject=1, kinds=("performed", "booked")) == [3, 4, 5]
    assert numbers(about=5) == [6]
    assert numbers(subject=9) == []
    store.close()


def test_the_head_of_an_opened_study_is_its_last_fact(path: Path) -> None:
    store = reopened(large(path))
    assert store.head() == Head(61, store.digest_of(61))
    assert store.digest_of(62) == b""
    store.close()


def test_progress_ends_at_the_last_fact(path: Path) -> None:
    store = reopened(large(path))
    seen: list[tuple[int, int]] = []
    store.verify(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(61, 61)]
    store.close()


def test_making_and_opening_leave_nothing_where_the_program_was_started(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.storage.sqlite import open_file

    elsewhere = tmp_path / "started here"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for _twice in range(2):
        open_file._known_schema.cache_clear()
        path.unlink(missing_ok=True)
        new(path).close()
    assert snapshot(elsewhere) == {}
