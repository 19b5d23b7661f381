"""Facts are only ever added; what a redaction takes out is gone; what a command carries cannot pass for another."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.storage import chain
from app.storage.sqlite.fact_store import SqliteStore
from tests.storage.study_files import add, beside, filled, new, performed, reopened, stamp, told

CHANGES: Mapping[str, str] = {
    "seq": "seq + 100",
    "command": "command + 1",
    "kind": "'missed'",
    "subject": "subject + 1",
    "about": "about + 1",
    "protocol": "'p2'",
    "recorded_at": "'2026-11-22T08:00:00.000Z'",
    "zone": "'Europe/Helsinki'",
    "clock": "'back 5 s'",
    "today": "'2026-11-22'",
    "who": "'Ida'",
    "workstation": "'WS-8'",
    "program": "'s 2'",
    "names": "'visit on'",
    "lines": "''",
    "salts": "x''",
    "digests": "x''",
    "digest": "x''",
}
VALUES_ONLY = ("lines", "salts")
COPY = "SELECT {seq}, " + ", ".join(chain.COLUMNS[1:]) + " FROM fact WHERE seq = 3"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


def redact(store: SqliteStore, seq: int, *names: str) -> None:
    with store.transaction():
        found = store.fact(seq)
        assert found is not None
        fact = NewFact("redaction", {"names": list(names), "reason": "asked for"}, found.subject, about=seq)
        store.append(stamp(120), store.last()[0] + 1, [fact])
        store.redact(seq, names)


def refused_by_the_file(store: SqliteStore, statement: str, why: str) -> None:
    before = told(store)
    with pytest.raises(IntegrityError, match=why), store.transaction():
        store.connection.execute(statement)
    assert told(store) == before
    assert store.verify() == store.head()


def test_every_column_is_tried() -> None:
    assert tuple(CHANGES) == chain.COLUMNS


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("how", ["UPDATE", "UPDATE OR REPLACE"])
def test_no_column_of_a_fact_can_be_changed(path: Path, column: str, how: str) -> None:
    before = path.read_bytes()
    store = reopened(path)
    refused_by_the_file(store, f"{how} fact SET {column} = {CHANGES[column]} WHERE seq = 3", "facts are never changed")
    store.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("column", [name for name in CHANGES if name not in VALUES_ONLY])
def test_a_redaction_opens_nothing_but_the_values(path: Path, column: str) -> None:
    store = reopened(path)
    redact(store, 3, "note")
    refused_by_the_file(store, f"UPDATE fact SET {column} = {CHANGES[column]} WHERE seq = 3", "facts are never changed")
    store.close()


@pytest.mark.parametrize("column", VALUES_ONLY)
def test_a_redaction_opens_no_other_fact(path: Path, column: str) -> None:
    store = reopened(path)
    redact(store, 3, "note")
    refused_by_the_file(store, f"UPDATE fact SET {column} = {CHANGES[column]} WHERE seq = 4", "facts are never changed")
    store.close()


@pytest.mark.parametrize("which", ["WHERE seq = 1", "WHERE seq = 3", "WHERE seq = 6", ""])
def test_no_fact_can_be_deleted(path: Path, which: str) -> None:
    store = reopened(path)
    refused_by_the_file(store, f"DELETE FROM fact {which}", "facts are never deleted")
    store.close()


@pytest.mark.parametrize("how", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
@pytest.mark.parametrize("seq", [-1, 0, 1, 3, 6, 8, 100, "NULL"])
def test_a_fact_has_no_place_but_after_the_last(path: Path, how: str, seq: object) -> None:
    store = reopened(path)
    refused_by_the_file(store, f"{how} INTO fact {COPY.format(seq=seq)}", "a fact follows the last one")
    store.close()


def test_what_an_error_says_has_no_values_in_it(path: Path) -> None:
    # The text of an unforeseen error stands in its report.
    store = reopened(path)
    with pytest.raises(IntegrityError) as caught, store.transaction():
        store.connection.execute("INSERT INTO head VALUES (2, ?, ?)", ("LI-001", b"LI-001"))
    assert "LI-001" not in str(caught.value)
    store.close()


# Redaction

LATE = 'Åsa Öberg 呕吐 \\ "quoted"'


@pytest.mark.parametrize(
    "value",
    ["secret-17", "x" * 3000 + "secret", LATE * 900, ["secret", {"in": "side"}], 1234567890123, True],
    ids=["short", "a page", "many pages", "nested", "number", "yes"],
)
def test_what_was_redacted_is_nowhere_in_the_file(tmp_path: Path, value: Json) -> None:
    path = tmp_path / "s.studyday"
    line = chain.line_of(value)
    pieces = {line.encode(), line.encode()[-8:]} if len(line) > 8 else set()
    store = new(path)
    add(store, NewFact("note", {"kept": "before", "gone": value, "also": "after"}, 1))
    assert line.encode()[:300] in path.read_bytes()
    redact(store, 2, "gone")
    there = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert not [piece for piece in pieces if piece in there], "while it is open"
    fact = store.fact(2)
    assert fact is not None
    assert (dict(fact.fields), set(fact.redacted)) == ({"kept": "before", "also": "after"}, {"gone"})
    head = store.head()
    assert store.verify() == head
    store.close()
    assert beside(path) == []
    assert not [piece for piece in pieces if piece in path.read_bytes()]
    store = reopened(path)
    assert store.broken is None
    assert store.head() == head
    store.close()


def test_no_trace_is_left_when_pages_are_merged(tmp_path: Path) -> None:
    path = tmp_path / "s.studyday"
    store = new(path)
    sizes = [0, 40, 300, 900, 1500, 4000, 9000]
    add(store, *(NewFact("note", {"text": f"§{n}§" + "å" * sizes[n % 7], "b": f"kept {n}"}, 1) for n in range(2, 80)))
    gone = [*range(3, 80, 5), *range(78, 2, -4), *range(4, 70, 6)]
    for seq in dict.fromkeys(gone):
        redact(store, seq, "text")
    texts = {fact.seq: fact.text("text").split("§")[1:2] for fact in store.facts(kinds=("note",))}
    assert texts == {n: [] if n in gone else [f"{n}"] for n in range(2, 80)}
    assert [fact.text("b") for fact in store.facts(kinds=("note",))] == [f"kept {n}" for n in range(2, 80)]
    assert store.verify() == store.head()
    store.close()
    whole = path.read_bytes()
    assert [n for n in range(2, 80) if f"§{n}§".encode() in whole] == [n for n in range(2, 80) if n not in gone]


def test_a_digest_that_stays_tells_nothing_about_the_value(path: Path) -> None:
    # Only two values are likely; with the salt gone neither can be tried.
    store = reopened(path)
    redact(store, 6, "void")
    row = store.connection.execute("SELECT lines, salts, digests FROM fact WHERE seq = 6").fetchone()
    assert (row[0], row[1]) == ("", bytes(16))
    assert len(row[2]) == 32
    store.close()


def test_two_values_of_one_fact_one_after_the_other(path: Path) -> None:
    store = reopened(path)
    redact(store, 3, "note")
    redact(store, 3, "visit", "note")
    fact = store.fact(3)
    assert fact is not None
    assert (dict(fact.fields), set(fact.redacted)) == ({"on": "2026-11-30"}, {"visit", "note"})
    assert store.verify() == store.head()
    store.close()


def test_nothing_is_taken_out_before_a_redaction_says_so(path: Path) -> None:
    store = reopened(path)
    with pytest.raises(IntegrityError, match="facts are never changed"), store.transaction():
        store.redact(3, ["note"])
    assert store.facts()[2].fields["note"] == "kräks, 呕吐"
    store.close()


def test_equal_values_have_digests_of_their_own(path: Path) -> None:
    store = reopened(path)
    add(store, performed("A", "A"), performed("A", "A"))
    rows = store.connection.execute("SELECT digests FROM fact WHERE seq > 6").fetchall()
    assert len({one[i : i + 32] for (one,) in rows for i in (0, 32)}) == 4
    store.close()
