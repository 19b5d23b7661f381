"""A new study of what can be read of a damaged one: each fact keeps its number; the damaged file is not written."""

from pathlib import Path

import pytest

from app.domain.facts.records import NewFact
from app.storage.sqlite.open_file import open_study, open_to_rescue
from app.storage.sqlite.rescue import rescue
from tests.storage.study_files import (
    HOLDER,
    PAGE,
    add,
    filled,
    large,
    refused,
    reopened,
    snapshot,
    stamp,
    tampering,
    told,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


def rescued(path: Path) -> Path:
    target = path.with_name("again.studyday")
    before = path.read_bytes()
    source = open_to_rescue(path)
    rescue(source, target, stamp(600))
    source.close()
    assert path.read_bytes() == before
    return target


def test_a_fact_that_was_changed_is_told_under_its_number_and_the_others_stay(path: Path) -> None:
    good = reopened(path)
    facts, digest = good.facts(), good.digest_of(3)
    good.close()
    with tampering(path) as connection:
        connection.execute("UPDATE fact SET lines = '\"x\"' WHERE seq = 4")
    store = reopened(rescued(path))
    assert (store.broken, store.lost, store.read_only) == (None, (), False)
    found = store.facts()
    assert [one for one in found if one.seq != 4][:5] == [one for one in facts if one.seq != 4]
    assert told(store)[3] == (4, "fact_lost", {"why": "changed_since", "kind": "performed"})
    head = f"6 · {facts and str(good_head(path))}"
    assert told(store)[6][1:] == (
        "rescued", {"file": "liver.studyday", "head": head, "facts": 5, "lost": 1},
    )  # fmt: skip
    assert store.digest_of(3) == digest, "before the lost fact, the chain is the one that pages and backups know"
    assert store.facts()[-1].command == 4
    add(store, NewFact("note", {"text": "again"}, 1), seconds=700)
    assert store.verify() == store.head()
    store.close()


def good_head(path: Path) -> str:
    """The digits of the head of the damaged file, as its row still has them."""
    store = open_study(path, HOLDER, stamp(), writing=False)
    digits = str(store.head()).split(" · ")[1]
    store.close()
    return digits


def test_redacted_values_stay_redacted(path: Path) -> None:
    store = reopened(path)
    with store.transaction():
        store.append(stamp(60), 4, [NewFact("redaction", {"names": ["note"], "reason": "a name"}, 1, 3)])
        store.redact(3, ["note"])
    store.close()
    with tampering(path) as connection:
        connection.execute("DELETE FROM fact WHERE seq = 5")
    again = reopened(rescued(path))
    fact = again.fact(3)
    assert fact is not None
    assert (dict(fact.fields), fact.redacted) == ({"visit": "SP-C01", "on": "2026-11-30"}, frozenset({"note"}))
    assert [one.seq for one in again.facts() if one.kind == "fact_lost"] == [5]
    again.close()


def test_a_whole_file_is_taken_as_it_is(path: Path) -> None:
    good = reopened(path)
    facts, head = good.facts(), good.head()
    good.close()
    store = reopened(rescued(path))
    assert store.facts()[:6] == facts
    assert store.digest_of(6) == head.digest
    assert store.facts()[6].fields == {"file": "liver.studyday", "head": str(head), "facts": 6, "lost": 0}
    store.close()


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_a_file_that_was_cut_short_gives_what_is_left(tmp_path: Path, pages: int) -> None:
    path = large(tmp_path / "liver.studyday")
    good = reopened(path)
    facts = told(good)
    good.close()
    path.write_bytes(path.read_bytes()[: -pages * PAGE])
    refused("damaged", lambda: reopened(path))
    store = reopened(rescued(path))
    kept = [one for one in told(store) if one[1] == "performed"]
    assert kept
    assert set(map(str, kept)) <= set(map(str, facts))
    store.close()


def test_a_schema_with_anything_else_in_it_gives_its_facts(path: Path) -> None:
    with tampering(path) as connection:
        connection.execute("CREATE TABLE more (x)")
    refused("strange_schema", lambda: reopened(path))
    store = reopened(rescued(path))
    assert len(store.facts()) == 7
    store.close()


def test_what_exists_is_not_written_over(path: Path) -> None:
    target = path.with_name("again.studyday")
    target.write_text("a letter")
    source = open_to_rescue(path)
    refused("exists", lambda: rescue(source, target, stamp()))
    source.close()
    assert target.read_text() == "a letter"


def test_a_file_in_which_nothing_can_be_read_leaves_nothing(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:PAGE] + bytes(len(whole) - PAGE))
    before = snapshot(path.parent)
    refused("damaged", lambda: open_to_rescue(path))
    assert snapshot(path.parent) == before
