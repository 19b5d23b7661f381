"""The table of participants follows the facts, and what anybody else has changed in it is never believed."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.person import NAMING_KINDS, Person, persons_of
from app.domain.facts.records import NewFact
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import HOLDER, add, filled, raw, reopened, stamp

ANNA = Person(1, "LI-001", "", "", "", date(2026, 11, 23))
BEA = Person(2, "LI-002", "abc", "Lund", "SE", date(2026, 12, 1))
CAI = Person(3, "LI-003", "")


def enrolled(subject: int, code: str, **fields: Json) -> NewFact:
    return NewFact("enrolled", {"code": code, "on": "2026-12-01", **fields}, subject, protocol="p1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A study with one participant enrolled in full, one with little, and one who was only screened."""
    found = filled(tmp_path / "liver.studyday")
    store = reopened(found)
    add(store, enrolled(2, "LI-002", hash="abc", centre="Lund", country="SE"))
    add(store, NewFact("screened", {"code": "LI-003"}, 3))
    store.close()
    return found


def kept(path: Path) -> tuple[list[tuple[int, str]], int]:
    """Number and code of the rows, and the fact that they were made of."""
    with raw(path) as connection:
        rows = connection.execute("SELECT subject, code FROM person ORDER BY subject").fetchall()
        return rows, connection.execute("SELECT seq FROM person_seal").fetchone()[0]


def from_facts(store: SqliteStore) -> list[Person]:
    return persons_of(store.facts(kinds=NAMING_KINDS))


def read_without_facts(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """The participants while the store gives no fact."""
    monkeypatch.setattr(store.persons, "facts", lambda **_asked: [])
    return store.people()


def test_everybody_is_read_without_a_fact(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = reopened(path)
    assert store.people() == [ANNA, BEA, CAI]
    assert read_without_facts(store, monkeypatch) == [ANNA, BEA, CAI]
    store.close()


def test_what_names_nobody_leaves_the_table_alone(path: Path) -> None:
    before = kept(path)
    store = reopened(path)
    add(store, NewFact("note", {"text": "telephoned"}, 1), NewFact("correction", {"void": True}, 1, about=3))
    store.close()
    assert kept(path) == before == ([(1, "LI-001"), (2, "LI-002"), (3, "LI-003")], 8)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ([enrolled(4, "LI-004")], ["LI-001", "LI-002", "LI-003", "LI-004"]),
        ([enrolled(3, "LI-003")], ["LI-001", "LI-002", "LI-003"]),
        ([NewFact("correction", {"void": True}, 2, about=7)], ["LI-001", "LI-003"]),
        ([NewFact("correction", {"set.code": "LI-020"}, 2, about=7)], ["LI-001", "LI-020", "LI-003"]),
        ([NewFact("correction", {"set.centre": None}, 2, about=7)], ["LI-001", "LI-002", "LI-003"]),
        (
            [NewFact("correction", {"void": True}, 3, about=8), NewFact("correction", {"void": True}, 3, about=9)],
            ["LI-001", "LI-002", "LI-003"],
        ),
        ([NewFact("correction", {"void": True}, 1, about=2)], ["LI-002", "LI-003"]),
    ],
    ids=["enrolled", "screened before", "undone", "another code", "no centre", "undone and redone", "the first"],
)
def test_the_table_follows_what_is_recorded(path: Path, facts: list[NewFact], codes: list[str]) -> None:
    store = reopened(path)
    for number, fact in enumerate(facts):
        add(store, fact, seconds=100 + number)
        assert store.people() == from_facts(store)
    assert [person.code for person in store.people()] == codes
    store.close()
    assert [code for _subject, code in kept(path)[0]] == codes


def test_a_redacted_code_is_in_the_table_no_longer(path: Path) -> None:
    store = reopened(path)
    with store.transaction():
        store.append(stamp(90), 9, [NewFact("redaction", {"names": ["code"], "reason": "asked for"}, 3, about=8)])
        store.redact(8, ["code"])
    assert store.people()[-1] == Person(3, "(3)", "")
    store.close()
    assert b"LI-003" not in path.read_bytes()


ATTACKS: dict[str, str] = {
    "another code": "UPDATE person SET code = 'LI-009' WHERE subject = 2",
    "no protocol": "UPDATE person SET protocol = '' WHERE subject = 2",
    "another centre": "UPDATE person SET centre = 'Oslo' WHERE subject = 2",
    "another country": "UPDATE person SET country = 'NO' WHERE subject = 2",
    "another day": "UPDATE person SET enrolled_on = '2026-12-02' WHERE subject = 2",
    "no day at all": "UPDATE person SET enrolled_on = 'never' WHERE subject = 2",
    "another number": "UPDATE person SET subject = 9 WHERE subject = 2",
    "bytes that are no text": "UPDATE person SET code = CAST(x'ff41' AS TEXT) WHERE subject = 2",
    "one gone": "DELETE FROM person WHERE subject = 2",
    "all gone": "DELETE FROM person",
    "somebody more": "INSERT INTO person VALUES (4, 'LI-004', '', '', '', '')",
    "an earlier fact": "UPDATE person_seal SET seq = 2",
    "a later fact": "UPDATE person_seal SET seq = 100",
    "another seal": "UPDATE person_seal SET seal = zeroblob(32)",
    "no seal": "DELETE FROM person_seal",
    "the table gone": "DROP TABLE person",
    "the seal's table gone": "DROP TABLE person_seal",
    "a column more": "ALTER TABLE person ADD COLUMN more TEXT",
    "swapped": (
        "UPDATE person SET code = CASE subject WHEN 1 THEN 'LI-002' ELSE 'LI-001' END WHERE subject < 3"
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("writing", [True, False])
def test_what_another_program_has_changed_is_made_again(path: Path, attack: str, writing: bool) -> None:
    with raw(path) as connection:
        connection.execute(attack)
    store = open_study(path, HOLDER, stamp(), writing)
    assert store.broken is None
    assert store.people() == [ANNA, BEA, CAI]
    if writing:
        add(store, enrolled(4, "LI-004"))
        assert [person.code for person in store.people()] == ["LI-001", "LI-002", "LI-003", "LI-004"]
    store.close()
    if writing:
        assert kept(path) == ([(1, "LI-001"), (2, "LI-002"), (3, "LI-003"), (4, "LI-004")], 9)


def test_the_table_of_another_copy_is_not_believed(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.studyday"
    shutil.copyfile(path, other)
    for number, (where, code) in enumerate(((path, "LI-004"), (other, "LI-005"))):
        store = reopened(where)
        add(store, enrolled(4, code), seconds=200 + number)
        store.close()
    with raw(path) as connection:
        connection.execute("ATTACH ? AS other", (str(other),))
        for table in ("person", "person_seal"):
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")
    store = reopened(path)
    assert store.people()[-1].code == "LI-004"
    store.close()


def test_many_changed_at_once_are_read_with_everybody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.sqlite.person_table.MOST_TOUCHED", 1)
    store = reopened(path)
    add(store, enrolled(4, "LI-004"), enrolled(5, "LI-005"))
    assert [person.subject for person in store.people()] == [1, 2, 3, 4, 5]
    store.close()
    assert kept(path)[1] == 10
