"""What is read of a damaged file: of one changed fact only that one is given up, and it is named by its number."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.facts.records import NewFact
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import (
    HOLDER,
    PAGE,
    add,
    filled,
    large,
    new,
    performed,
    raw,
    refused,
    reopened,
    snapshot,
    stamp,
    tampering,
    told,
)

Change = Callable[[Any], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


def changed(path: Path, change: Change) -> SqliteStore:
    """The file after that, opened to be worked in; it stays as it is."""
    with tampering(path) as connection:
        change(connection)
    before = snapshot(path.parent)
    store = reopened(path)
    store.close()
    assert {name: one for name, one in snapshot(path.parent).items() if not name.endswith(".open")} == before
    return store


def lost(store: SqliteStore) -> list[tuple[int, str, int, str | None]]:
    """The facts that cannot be read: number, why, participant and what it was."""
    return [(one.seq, one.text("why"), one.subject, one.text("kind") or None) for one in store.lost]


LINES = "'\"SP-C01\"' || char(10) || '\"2026-11-30\"' || char(10) || '\"annat\"'"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (f"UPDATE fact SET lines = {LINES} WHERE seq = 3", [(3, "changed_since", 1, "performed")]),
        ("UPDATE fact SET lines = '{' WHERE seq = 3", [(3, "changed_since", 1, "performed")]),
        ("UPDATE fact SET lines = '' WHERE seq = 3", [(3, "changed_since", 1, "performed")]),
        ("UPDATE fact SET salts = zeroblob(48) WHERE seq = 4", [(4, "changed_since", 1, "performed")]),
        ("UPDATE fact SET salts = x'' WHERE seq = 4", [(4, "changed_since", 1, "performed")]),
        ("UPDATE fact SET digests = zeroblob(96) WHERE seq = 4", [(4, "changed_since", 1, "performed")]),
        ("UPDATE fact SET who = 'Mallory' WHERE seq = 4", [(4, "changed_since", 1, "performed")]),
        ("UPDATE fact SET recorded_at = '' WHERE seq = 6", [(6, "changed_since", 1, "correction")]),
        ("UPDATE fact SET names = 'on visit note' WHERE seq = 3", [(3, "changed_since", 1, "performed")]),
        ("UPDATE fact SET kind = 'missed' WHERE seq = 3", [(3, "changed_since", 1, "missed")]),
        ("UPDATE fact SET kind = 'nonsense' WHERE seq = 3", [(3, "changed_since", 1, None)]),
        ("UPDATE fact SET subject = 0 WHERE seq = 3", [(3, "changed_since", 1, "performed")]),
        ("UPDATE fact SET about = 2 WHERE seq = 6", [(6, "changed_since", 1, "correction")]),
        ("DELETE FROM fact WHERE seq = 3", [(3, "fact_missing", 0, None)]),
        ("DELETE FROM fact WHERE seq IN (1, 5)", [(1, "fact_missing", 0, None), (5, "fact_missing", 0, None)]),
        ("DELETE FROM fact WHERE seq > 4", [(5, "fact_missing", 0, None), (6, "fact_missing", 0, None)]),
        # Only the digest itself: the next fact proves what it should have been, so nothing is lost.
        ("UPDATE fact SET digest = zeroblob(32) WHERE seq = 3", []),
        ("UPDATE head SET seq = 4", []),
        ("UPDATE head SET digest = zeroblob(32)", []),
        ("DELETE FROM head", []),
    ],
)
def test_only_what_was_changed_is_given_up(path: Path, statement: str, expected: list[object]) -> None:
    good = reopened(path)
    facts = told(good)
    good.close()
    store = changed(path, lambda connection: connection.execute(statement))
    assert store.broken is not None
    assert store.read_only
    assert lost(store) == expected
    gone = {one.seq for one in store.lost}
    assert [one for one in told(store) if one[0] not in gone] == [one for one in facts if one[0] not in gone]
    assert [one.seq for one in store.facts()] == [1, 2, 3, 4, 5, 6]
    refused("chain_broken", lambda: store.transaction().__enter__())


def test_two_facts_that_changed_places_are_both_given_up(path: Path) -> None:
    def swap(connection: Any) -> None:
        for before, after in ((3, 103), (4, 3), (103, 4)):
            connection.execute("UPDATE fact SET seq = ? WHERE seq = ?", (after, before))

    store = changed(path, swap)
    assert lost(store) == [(3, "changed_since", 1, "performed"), (4, "changed_since", 1, "performed")]


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (NewFact("hearsay", {"on": "2026-11-30"}, 1), "unknown_kind"),
        (performed("SP-C09", "2026-02-30"), "impossible_value"),
        (performed("SP-C09", "tomorrow"), "impossible_value"),
        (NewFact("performed", {"visit": 7, "on": "2026-11-30"}, 1), "impossible_value"),
        (NewFact("performed", {"visit": "SP-C09"}, 1), "impossible_value"),
        (NewFact("performed", {"visit": "SP-C09", "on": "2026-11-30", "at": "25:00"}, 1), "impossible_value"),
        (NewFact("performed", {"visit": "SP-C09", "on": "2026-11-30", "judged": ["2026-13-01", "x"]}, 1),
         "impossible_value"),
        (NewFact("day_closed", {"on": "2026-11-31"}), "impossible_value"),
        (NewFact("protocol_taken", {"protocol": "x", "files": {"a": 1}}), "impossible_value"),
        (NewFact("holidays_taken", {"country": "SE", "year": 2026, "closed": {"2026-06-31": "x"}}), "impossible_value"),
        (NewFact("correction", {"void": True}, 1), "impossible_value"),
    ],
)  # fmt: skip
def test_a_chain_that_holds_with_a_fact_that_cannot_be_is_opened_for_reading_alone(
    tmp_path: Path, fact: NewFact, why: str
) -> None:
    store = new(tmp_path / "liver.studyday")
    add(store, performed("SP-C01", "2026-11-30"))
    add(store, fact)
    add(store, performed("SP-C02", "2026-12-07"))
    store.close()
    opened = reopened(store.path)
    assert opened.broken is not None
    assert (opened.broken.seq, opened.broken.what, opened.read_only) == (3, "unreadable", True)
    assert [(one.seq, one.text("why"), one.subject) for one in opened.lost] == [(3, why, fact.subject)]
    assert [one[0] for one in told(opened) if one[1] == "performed"] == [2, 4]
    opened.close()


def test_the_participant_whom_a_fact_was_taken_from_is_known(tmp_path: Path) -> None:
    store = new(tmp_path / "liver.studyday")
    add(store, performed("SP-C01", "2026-11-30", 1), performed("SP-C01", "2026-11-30", 2))
    store.close()
    opened = changed(store.path, lambda connection: connection.execute("UPDATE fact SET subject = 2 WHERE seq = 2"))
    assert lost(opened) == [(2, "changed_since", 2, "performed")], "participant 1 has no fact that names them"
    add(reopen := new(tmp_path / "other.studyday"), performed("A", "2026-11-30", 1), performed("B", "2026-11-30", 1),
        performed("A", "2026-11-30", 2))  # fmt: skip
    reopen.close()
    opened = changed(reopen.path, lambda connection: connection.execute("UPDATE fact SET subject = 2 WHERE seq = 2"))
    assert lost(opened) == [(2, "changed_since", 1, "performed")]


def test_a_page_of_facts_that_is_gone_takes_only_its_facts(tmp_path: Path) -> None:
    path = large(tmp_path / "liver.studyday")
    good = reopened(path)
    facts = told(good)
    good.close()
    whole = path.read_bytes()
    seen = set()
    for start in range(PAGE, len(whole), PAGE):
        path.write_bytes(whole[:start] + b"\xaa" * PAGE + whole[start + PAGE :])
        try:
            store = open_study(path, HOLDER, stamp(), writing=False)
        except Exception as error:  # noqa: BLE001 - its kind is what is asked for
            seen.add(getattr(error, "kind", repr(error)))
            continue
        gone = {one.seq for one in store.lost}
        assert [one for one in told(store) if one[0] not in gone] == [one for one in facts if one[0] not in gone]
        assert store.broken is not None
        seen.add("some" if 0 < len(gone) < len(facts) else f"{len(gone)}")
        store.close()
    assert "some" in seen
    assert "0" in seen, "a page of an index, or of what can be made again"
    assert seen <= {"some", "0", "damaged", "61"}, "61: the page from which all others are found"


def test_pages_of_planned_visits_are_made_again(path: Path) -> None:
    with raw(path) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'visit'").fetchone()[0]
    whole = path.read_bytes()
    start = (page - 1) * PAGE
    path.write_bytes(whole[:start] + b"\xaa" * PAGE + whole[start + PAGE :])
    reading = open_study(path, HOLDER, stamp(), writing=False)
    assert (reading.lost, reading.read_only) == ((), True)
    reading.close()
    store = reopened(path)
    assert (store.broken, store.read_only, store.mended) == (None, False, True)
    add(store, performed("SP-C09", "2027-01-04"))
    assert store.verify() == store.head()
    store.close()
    again = reopened(path)
    assert (again.broken, again.mended) == (None, False)
    again.close()
