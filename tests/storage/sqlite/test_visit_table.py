"""The cached visits: replaced, changed, asked for by days; made again when they are not as they have to be."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.storage.sqlite.fact_store import SqliteStore
from tests.storage.study_files import beside, filled, raw, reopened, told
from tests.storage.test_store_contract import ONE, TWO, keys, row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


def with_visits(path: Path) -> SqliteStore:
    store = reopened(path)
    with store.transaction():
        store.visits.restart("plan 1", "2026-11-23", "2027-11-23")
        store.visits.replace(1, ONE)
        store.visits.replace(2, TWO)
    return store


def test_each_question_of_a_morning_is_answered_by_an_index(path: Path) -> None:
    store = with_visits(path)
    visits = store.visits
    driver: Any = store.connection
    questions: tuple[tuple[Callable[[], object], list[str]], ...] = (
        (partial(visits.open_between, "2026-11-30", "2026-12-07"), ["visit_open_day"]),
        (partial(visits.questioned_after, "2026-12-07"), ["visit_questioned"]),
        (partial(visits.waiting, "2026-12-07"), ["visit_open_day", "visit_suspended", "visit_anchor"]),
        (visits.to_check, ["visit_to_check"]),
    )
    for last in ("visit_open_day", "visit_questioned", "visit_suspended"):
        # SQLite takes the one that was made last where two are as good.
        sql = driver.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (last,)).fetchone()[0]
        driver.execute(f"DROP INDEX {last}")
        driver.execute(sql)
        for ask, indexes in questions:
            asked: list[str] = []
            driver.set_trace_callback(asked.append)
            ask()
            driver.set_trace_callback(None)
            plans = [driver.execute(f"EXPLAIN QUERY PLAN {one}").fetchall()[0][3] for one in asked]
            assert [plan.split("USING INDEX ")[1].split(" ")[0] for plan in plans] == indexes
    store.close()


def test_what_is_rolled_back_leaves_them_as_they_were(path: Path) -> None:
    def command(store: SqliteStore) -> None:
        with store.transaction():
            store.visits.restart("plan 2", "2026-12-01", "2027-12-01")
            store.visits.replace(1, [row(1, "Z", "2026-12-24")])
            raise LookupError

    store = with_visits(path)
    before = path.read_bytes()
    with pytest.raises(LookupError):
        command(store)
    assert path.read_bytes() == before
    assert store.visits.made_by() == ("plan 1", "2026-11-23", "2027-11-23")
    assert keys(store.visits.everything()) == ["1A", "1B", "1C", "1D", "2A", "2B"]
    store.close()


def test_they_are_kept_when_the_study_is_opened_again(path: Path) -> None:
    with_visits(path).close()
    before = path.read_bytes()
    store = reopened(path)
    assert store.visits.made_by()[0] == "plan 1"
    assert len(store.visits.everything()) == 6
    store.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE visit",
        "DROP TABLE derived",
        "ALTER TABLE visit ADD COLUMN more TEXT",
        "ALTER TABLE visit DROP COLUMN due_at",
        "ALTER TABLE visit RENAME COLUMN assumed TO day_of",
    ],
)
def test_others_than_they_have_to_be_are_made_anew_and_the_facts_stay(path: Path, change: str) -> None:
    store = with_visits(path)
    facts, head = told(store), store.head()
    store.close()
    with raw(path) as connection:
        connection.execute(change)
    store = reopened(path)
    assert (told(store), store.verify(), store.broken) == (facts, head, None)
    assert store.visits.made_by() == ("", "", "")
    assert store.visits.everything() == []
    with store.transaction():
        store.visits.restart("plan 1", "2026-11-23", "2027-11-23")
        store.visits.replace(1, ONE)
    store.close()
    before = path.read_bytes()
    store = reopened(path)
    assert keys(store.visits.everything()) == ["1A", "1B", "1C", "1D"]
    store.close()
    assert path.read_bytes() == before, "now they are as they have to be"
    assert beside(path) == []


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX visit_open_day",
        "CREATE INDEX more ON visit (booked)",
        "CREATE INDEX visit_more ON derived (version)",
        "ALTER TABLE derived ADD COLUMN more INTEGER",
    ],
)
def test_where_the_visits_are_as_they_were_written_they_are_put_into_the_new_table(path: Path, change: str) -> None:
    store = with_visits(path)
    facts, visits = told(store), store.visits.everything()
    store.close()
    with raw(path) as connection:
        connection.execute(change)
    store = reopened(path)
    assert (told(store), store.broken) == (facts, None)
    assert store.visits.made_by()[0] == "plan 1"
    assert store.visits.hold()
    assert store.visits.everything() == visits
    store.close()
    before = path.read_bytes()
    reopened(path).close()
    assert path.read_bytes() == before, "now they are as they have to be"
