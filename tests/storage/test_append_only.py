"""Facts are only ever added; what a redaction takes out is gone; what a command carries cannot pass for another."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.domain.facts.chain_head import Broken
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Stamp
from app.storage import chain
from app.storage.chain import EMPTY
from app.storage.sqlite.fact_store import SqliteStore
from tests.storage.study_files import START, add, beside, filled, new, performed, reopened, stamp, told

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
        store.connection.exec_driver_sql(statement)
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
        store.connection.exec_driver_sql("INSERT INTO head VALUES (2, ?, ?)", ("LI-001", b"LI-001"))
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
    row = store.connection.exec_driver_sql("SELECT lines, salts, digests FROM fact WHERE seq = 6").one()
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
    rows = store.connection.exec_driver_sql("SELECT digests FROM fact WHERE seq > 6").scalars().all()
    assert len({one[i : i + 32] for one in rows for i in (0, 32)}) == 4
    store.close()


# The clock, and who gave the command


def added_at(store: SqliteStore, moment: datetime, facts: int = 1) -> None:
    with store.transaction():
        given = Stamp(moment, "Europe/Stockholm", date(2026, 11, 23), "Eva", "WS", "s 1")
        store.append(given, store.last()[0] + 1, [performed("V", "2026-11-23")] * facts)


@pytest.mark.parametrize(
    ("seconds", "mark"),
    [
        (60, ""),
        (0, ""),
        (-1.5, ""),
        (-2, ""),
        (-3, "back 3 s"),
        (-3600, "back 3600 s"),
        (-400 * 86400, "back 34560000 s"),
    ],
)
def test_a_clock_set_back_is_marked(tmp_path: Path, seconds: float, mark: str) -> None:
    store = new(tmp_path / "s.studyday")
    added_at(store, START + timedelta(seconds=seconds), facts=2)
    assert [fact.clock for fact in store.facts()] == ["", mark, ""], "once for each command"
    assert store.verify() == store.head()
    store.close()


def test_the_order_is_that_of_recording_whatever_the_clock_says(tmp_path: Path) -> None:
    store = new(tmp_path / "s.studyday")
    for hours in (5, 1, 3):
        added_at(store, START + timedelta(hours=hours))
    assert [(fact.seq, fact.recorded_at[11:16], fact.clock) for fact in store.facts()] == [
        (1, "08:00", ""),
        (2, "13:00", ""),
        (3, "09:00", "back 14400 s"),
        (4, "11:00", ""),
    ]
    store.close()


def test_moments_are_kept_in_utc_to_the_millisecond(tmp_path: Path) -> None:
    store = new(tmp_path / "s.studyday")
    added_at(store, datetime(2026, 11, 24, 0, 30, 1, 234_999, tzinfo=timezone(timedelta(hours=1))))
    assert store.facts()[-1].recorded_at == "2026-11-23T23:30:01.234Z"
    store.close()


def environment(given: Stamp, protocol: str = "") -> tuple[str, list[str]]:
    """What is digested of a fact's circumstances, and the circumstances one by one as they are kept."""
    (row,) = chain.rows_of(EMPTY, "", 1, given, [NewFact("note", {"text": "x"}, 1, protocol=protocol)])
    kept = [str(row[name]) for name in chain.COLUMNS[: chain.COLUMNS.index("lines")]]
    return "\x1f".join(kept), kept


def given_by(who: str, workstation: str, zone: str = "", program: str = "") -> Stamp:
    return Stamp(START, zone, date(2026, 11, 23), who, workstation, program)


@given(st.tuples(*[st.text(st.characters(), max_size=20)] * 5))
def test_what_is_digested_can_be_read_in_one_way_only(texts: tuple[str, ...]) -> None:
    who, workstation, zone, program, protocol = texts
    digested, kept = environment(given_by(who, workstation, zone, program), protocol)
    assert digested.split("\x1f") == kept
    assert len(kept) == 14
    digested.encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Eva\x1fWS-7", ""), ("Eva", "WS-7")),
        (("EvaWS", "7"), ("Eva", "WS7")),
        (("Eva\x1f", "WS"), ("Eva", "\x1fWS ")),
    ],
)
def test_two_different_circumstances_never_read_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert environment(given_by(*one))[0] != environment(given_by(*other))[0]


@pytest.mark.parametrize(
    "character", ["\x00", "\n", "\r", "\x1b", "\x1e", "\x1f", "\x7f", "\x85", "\u2028", "\u202e", "\ud800"]
)
def test_control_characters_in_a_name_are_not_kept(tmp_path: Path, character: str) -> None:
    store = new(tmp_path / "s.studyday")
    with store.transaction():
        given = given_by(f"Ev{character}a 李", f"{character}WS{character}")
        store.append(given, 2, [performed("V", f"line{character if character != chr(0xD800) else ''}end")])
    fact = store.facts()[-1]
    assert (fact.who, fact.workstation) == ("Eva 李", "WS")
    assert store.verify() == store.head()
    store.close()


def test_a_name_is_kept_up_to_200_characters(tmp_path: Path) -> None:
    store = new(tmp_path / "s.studyday")
    with store.transaction():
        store.append(given_by("é" * 201, "w" * 200), 2, [performed("V", "2026-11-23")])
    assert (store.facts()[-1].who, store.facts()[-1].workstation) == ("é" * 200, "w" * 200)
    store.close()


def test_every_value_comes_back_as_it_was_given(tmp_path: Path) -> None:
    fields: dict[str, Json] = {
        "text": "two\nlines\x1f\x00 \u2028 'quoted' \"twice\" 李é😀",
        "empty": "",
        "none": None,
        "yes": True,
        "number": 1.5,
        "whole": -(10**15),
        "list": ["a", 1, None, {"b": []}],
    }
    store = new(tmp_path / "s.studyday")
    add(store, NewFact("note", fields, 3))
    fact = store.facts()[-1]
    assert fact.fields == fields
    assert list(fact.fields) == list(fields)
    assert fact.redacted == frozenset()
    assert not isinstance(store.verify(), Broken)
    store.close()


def test_facts_of_one_command_follow_each_other(path: Path) -> None:
    store = reopened(path)
    assert [(fact.seq, fact.command) for fact in store.facts()] == [(1, 1), (2, 2), (3, 3), (4, 3), (5, 3), (6, 3)]
    assert add(store).seq == 6, "no facts, no change"
    assert add(store, performed("V", "2026-12-24")).seq == 7
    assert store.last() == (4, "2026-11-23T08:01:00.000Z", 1)
    assert datetime.fromisoformat(store.last()[1]) == START.astimezone(UTC) + timedelta(seconds=60)
    store.close()
