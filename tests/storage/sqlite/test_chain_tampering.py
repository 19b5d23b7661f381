"""Facts that somebody changed with another program: the first place that does not hold is named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.records import NewFact
from app.storage.sqlite.backups import make_backup
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import (
    HOLDER,
    START,
    STORY,
    add,
    beside,
    filled,
    marks_beside,
    new,
    performed,
    refused,
    reopened,
    stamp,
    tampering,
    told,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liver.studyday"


def found_in(path: Path) -> Broken | Head:
    """What verifying the file says, which opening it says too."""
    store = reopened(path)
    verified = store.verify()
    assert store.broken == (verified if isinstance(verified, Broken) else None)
    store.close()
    return verified


def text(column: str, old: str, new: str, seq: int) -> str:
    assert len(old) == len(new) or column == "lines"
    return f"UPDATE fact SET {column} = replace({column}, '{old}', '{new}') WHERE seq = {seq}"


def swapped(columns: str) -> str:
    return f"UPDATE fact SET ({columns}) = (SELECT {columns} FROM fact other WHERE other.seq = 7 - fact.seq) " + (
        "WHERE seq IN (3, 4)"
    )


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ([text("lines", "2026-11-30", "2026-12-01", 3)], Broken(3, "value", "on")),
        ([text("lines", "kräks", "mår bra", 3)], Broken(3, "value", "note")),
        (
            [text("lines", "SP-C01", "SP-C02", 3), text("lines", "2026-11-30", "2026-12-07", 3)],
            Broken(3, "value", "visit"),
        ),
        ([swapped("lines")], Broken(3, "value", "visit")),
        ([swapped("lines, salts")], Broken(3, "value", "visit")),
        ([swapped("lines, salts, digests")], Broken(3, "edited")),
        ([swapped("lines, salts, digests, digest")], Broken(3, "edited")),
        ([text("lines", '"2026-12-14"', "", 5)], Broken(5, "emptied", "on")),
        (["UPDATE fact SET lines = '' WHERE seq = 6"], Broken(6, "emptied", "void")),
        (["UPDATE fact SET lines = '' WHERE seq = 5"], Broken(5, "edited")),
        (["UPDATE fact SET lines = lines || char(10) || '1' WHERE seq = 5"], Broken(5, "edited")),
        (["UPDATE fact SET salts = zeroblob(48) WHERE seq = 4"], Broken(4, "value", "visit")),
        (["UPDATE fact SET salts = x'' WHERE seq = 4"], Broken(4, "edited")),
        (["UPDATE fact SET salts = CAST(salts || x'41' AS BLOB) WHERE seq = 4"], Broken(4, "edited")),
        (["UPDATE fact SET digests = zeroblob(96) WHERE seq = 4"], Broken(4, "edited")),
        (["UPDATE fact SET digest = zeroblob(32) WHERE seq = 4"], Broken(4, "edited")),
        (["DELETE FROM fact WHERE seq = 1"], Broken(1, "missing")),
        (["DELETE FROM fact WHERE seq = 4"], Broken(4, "missing")),
        (["DELETE FROM fact WHERE seq = 4", "UPDATE fact SET seq = seq - 1 WHERE seq > 4"], Broken(4, "edited")),
        (["UPDATE fact SET seq = 9 WHERE seq = 6"], Broken(6, "missing")),
        (["UPDATE fact SET seq = -1 WHERE seq = 1"], Broken(1, "missing")),
        (["DELETE FROM fact WHERE seq > 4"], Broken(5, "cut_off")),
        (["DELETE FROM fact"], Broken(1, "cut_off")),
        (["UPDATE head SET digest = zeroblob(32)"], Broken(7, "cut_off")),
        (["UPDATE head SET seq = 5"], Broken(6, "cut_off")),
        (["UPDATE head SET seq = 8"], Broken(7, "cut_off")),
        (
            ["UPDATE head SET (seq, digest) = (SELECT seq, digest FROM fact WHERE seq = 4)"],
            Broken(5, "cut_off"),
        ),
        (["DELETE FROM head"], Broken(1, "cut_off")),
        ([text("who", "Eva Ek", "Ida Ek", 5), text("lines", "SP-C02", "SP-C07", 4)], Broken(4, "value", "visit")),
    ],
)
def test_the_first_place_that_does_not_hold_is_named(path: Path, changes: list[str], broken: Broken) -> None:
    with tampering(filled(path)) as connection:
        for change in changes:
            connection.execute(change)
            assert connection.execute("SELECT changes()").fetchone()[0] > 0
    assert found_in(path) == broken


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("command", 7),
        ("kind", "missed"),
        ("subject", 2),
        ("about", 3),
        ("protocol", "p2"),
        ("recorded_at", "2026-11-23T08:01:00.001Z"),
        ("zone", "Europe/Helsinki"),
        ("clock", "back 60 s"),
        ("today", "2026-11-24"),
        ("who", "Eva E"),
        ("workstation", "WS-8"),
        ("program", "s 2"),
        ("names", "visit on comment"),
    ],
)
def test_no_circumstance_can_be_edited(path: Path, column: str, value: object) -> None:
    with tampering(filled(path)) as connection:
        connection.execute(f"UPDATE fact SET {column} = ? WHERE seq = 4", (value,))
    assert found_in(path) == Broken(4, "edited")


def test_text_cannot_wander_from_one_circumstance_to_the_next(path: Path) -> None:
    with tampering(filled(path)) as connection:
        connection.execute("UPDATE fact SET who = 'Eva', workstation = ' EkWS-7' WHERE seq = 4")
    assert found_in(path) == Broken(4, "edited")


def test_a_fact_added_by_another_program(path: Path) -> None:
    with tampering(filled(path)) as connection:
        connection.execute("CREATE TEMP TABLE one AS SELECT * FROM fact WHERE seq = 6")
        connection.execute("UPDATE one SET seq = 7")
        connection.execute("INSERT INTO fact SELECT * FROM one")
    assert found_in(path) == Broken(7, "edited")


def put_head_right(connection: Any) -> None:
    connection.execute("UPDATE head SET (seq, digest) = (SELECT seq, digest FROM fact ORDER BY seq DESC LIMIT 1)")


def test_a_tail_cut_off_with_its_head_put_right_is_caught_by_what_was_witnessed(path: Path) -> None:
    store = reopened(filled(path))
    witnessed, earlier = store.head(), store.digest_of(3)
    store.close()
    with tampering(path) as connection:
        connection.execute("DELETE FROM fact WHERE seq > 4")
        put_head_right(connection)
    store = reopened(path)
    assert store.verify() == Head(4, store.digest_of(4)), "by itself the rest is a chain that holds"
    assert store.verify({3: earlier}) == Head(4, store.digest_of(4))
    assert store.verify({3: earlier, 6: witnessed.digest}) == Broken(5, "cut_off")
    store.close()


def test_marks_name_the_first_fact_that_is_not_the_one_that_was_seen(path: Path) -> None:
    store = reopened(filled(path))
    right = {seq: store.digest_of(seq) for seq in (2, 4, 6)}
    assert store.verify(right) == store.head()
    assert store.verify({**right, 4: bytes(32)}) == Broken(4, "other_chain")
    assert store.verify({**right, 4: bytes(32), 2: bytes(32)}) == Broken(2, "other_chain")
    assert store.verify({**right, 7: bytes(32)}) == Broken(7, "cut_off")
    store.close()


def rebuilt(path: Path, story: tuple[NewFact, ...]) -> None:
    path.unlink()
    store = new(path)
    add(store, *story[:1])
    add(store, *story[1:])
    store.close()


@pytest.mark.parametrize(
    "story",
    [STORY, (STORY[0], performed("SP-C01", "2026-12-01"), *STORY[2:])],
    ids=["the very same facts", "one fact another"],
)
def test_a_whole_chain_built_anew_is_caught_by_the_notes_of_the_backups(path: Path, story: tuple[NewFact, ...]) -> None:
    store = new(path)
    add(store, *STORY[:1])
    make_backup(store, START)
    add(store, *STORY[1:])
    make_backup(store, START.replace(hour=9))
    digests = {2: store.digest_of(2), 6: store.digest_of(6)}
    store.close()
    assert marks_beside(path) == digests
    rebuilt(path, story)
    store = reopened(path)
    assert store.broken is None, "by itself it is a chain that holds"
    assert store.verify(marks_beside(path)) == Broken(2, "other_chain")
    store.close()


def open_to_read(path: Path) -> SqliteStore:
    return open_study(path, HOLDER, stamp(), writing=False)


@pytest.mark.parametrize("opening", [reopened, open_to_read])
def test_a_broken_chain_can_be_read_but_not_carried_on(path: Path, opening: Callable[[Path], SqliteStore]) -> None:
    with tampering(filled(path)) as connection:
        connection.execute(text("lines", "2026-11-30", "2026-12-01", 3))
    before = path.read_bytes()
    store = opening(path)
    assert store.read_only
    assert store.broken == Broken(3, "value", "on")
    assert told(store)[3] == (4, "performed", {"visit": "SP-C02", "on": "2026-12-07", "note": "inget"})
    found = refused("chain_broken", lambda: add(store, performed("SP-C09", "2027-01-04")))
    assert found.values == {"path": str(path), "seq": 3}
    store.close()
    assert path.read_bytes() == before
    assert beside(path) == []
    again = reopened(path)
    assert not again.recovered, "it had been closed"
    again.close()


def redacted(path: Path) -> None:
    store = reopened(filled(path))
    with store.transaction():
        store.append(stamp(90), 4, [NewFact("redaction", {"names": ["note"], "reason": "asked"}, 1, about=3)])
        store.redact(3, ["note"])
    store.close()


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (text("lines", '"2026-11-30"', "", 3), Broken(3, "emptied", "on")),
        ("UPDATE fact SET lines = lines || '\"another note\"' WHERE seq = 3", Broken(3, "value", "note")),
        (text("lines", '"inget"', "", 4), Broken(4, "emptied", "note")),
        (text("lines", '["note"]', '["visit"]', 7), Broken(3, "emptied", "note")),
        (text("lines", '["note"]', '["note","on"]', 7), Broken(7, "value", "names")),
        (text("lines", '["note"]', "no JSON at all", 7), Broken(3, "emptied", "note")),
        ("UPDATE fact SET about = 4 WHERE seq = 7", Broken(3, "emptied", "note")),
        ("DELETE FROM fact WHERE seq = 7", Broken(3, "emptied", "note")),
    ],
)
def test_a_redaction_is_no_cover_for_anything_else(path: Path, change: str, broken: Broken) -> None:
    redacted(path)
    assert isinstance(found_in(path), Head)
    with tampering(path) as connection:
        connection.execute(change)
    assert found_in(path) == broken
