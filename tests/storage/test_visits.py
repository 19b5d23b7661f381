"""The derived visits: replaced, changed, asked for by days; made anew when they are not what they have to be."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.calendar.entry_codec import AT, COLUMNS, Row
from app.storage.sqlite.fact_store import StudyStore
from tests.storage.study_files import beside, filled, raw, reopened, told

EMPTY = {str: "", int: 0, list: None}


def row(subject: int, key: str, assumed: str = "", settled: str = "", anchor_day: str = "", **more: Any) -> Row:
    """A visit with nothing in it but what is asked for."""
    named = {"subject": subject, "key": key, "assumed": assumed, "settled": settled, "counts_from_day": anchor_day}
    return tuple({**{name: EMPTY[kind] for name, kind in COLUMNS.items()}, **named, **more}.values())


ONE = (
    row(1, "A", "2026-11-23", settled="performed"),
    row(1, "B", "2026-11-30", anchor_day="2026-11-23"),
    row(1, "C", "2026-12-07", anchor_day="2026-11-30"),
    row(1, "D"),
)
TWO = (
    row(2, "A", "2026-11-30", settled="missed", anchor_day="2026-11-01"),
    row(2, "B", "2026-12-01"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


def with_visits(path: Path) -> StudyStore:
    store = reopened(path)
    with store.transaction():
        store.visits.restart("plan 1", "2026-11-23", "2027-11-23")
        store.visits.replace(1, ONE)
        store.visits.replace(2, TWO)
    return store


def keys(rows: list[Row]) -> list[str]:
    return sorted(f"{one[0]}{one[1]}" for one in rows)


def test_a_new_study_has_no_derived_visits(path: Path) -> None:
    store = reopened(path)
    assert store.visits.made_by() == ("", "", "")
    assert store.visits.everything() == []
    store.close()


def test_begun_anew_everything_of_before_is_gone(path: Path) -> None:
    store = with_visits(path)
    assert store.visits.made_by() == ("plan 1", "2026-11-23", "2027-11-23")
    assert keys(store.visits.everything()) == ["1A", "1B", "1C", "1D", "2A", "2B"]
    with store.transaction():
        store.visits.restart("plan 2", "2026-12-01", "2027-12-01")
    assert store.visits.made_by() == ("plan 2", "2026-12-01", "2027-12-01")
    assert store.visits.everything() == []
    store.close()


def test_every_column_comes_back(path: Path) -> None:
    store = with_visits(path)
    made = {str: "text 呕", int: 7, list: [["booking_closed", {"on": {"day": "2026-12-24"}, "why": "呕"}]]}
    full = tuple(made[kind] for kind in COLUMNS.values())
    with store.transaction():
        store.visits.add([full])
    assert tuple(store.visits.of_subject(7)[0]) == full
    assert len(COLUMNS) == 28
    store.close()


def test_they_come_in_the_order_of_participants_and_keys(path: Path) -> None:
    store = reopened(path)
    with store.transaction():
        store.visits.replace(2, reversed([*TWO]))  # type: ignore[arg-type]
        store.visits.replace(1, [*reversed(ONE)])
    assert [(one[0], one[1]) for one in store.visits.everything()] == [
        (1, "A"),
        (1, "B"),
        (1, "C"),
        (1, "D"),
        (2, "A"),
        (2, "B"),
    ]
    store.close()


def test_replacing_touches_one_participant_only(path: Path) -> None:
    store = with_visits(path)
    with store.transaction():
        store.visits.replace(1, [row(1, "Z", "2026-12-24")])
    assert keys(store.visits.everything()) == ["1Z", "2A", "2B"]
    with store.transaction():
        store.visits.replace(2, [])
    assert keys(store.visits.everything()) == ["1Z"]
    store.close()


def test_changing_touches_the_named_visits_only(path: Path) -> None:
    store = with_visits(path)
    with store.transaction():
        store.visits.change(1, ["A", "B", "X"], [row(1, "B", "2026-12-02"), row(1, "E", "2026-12-03")])
    found = {f"{one[0]}{one[1]}": one[AT["assumed"]] for one in store.visits.everything()}
    assert found == {
        "1B": "2026-12-02",
        "1C": "2026-12-07",
        "1D": "",
        "1E": "2026-12-03",
        "2A": "2026-11-30",
        "2B": "2026-12-01",
    }
    with store.transaction():
        store.visits.change(1, iter(()), [])
    assert len(store.visits.everything()) == 6
    store.close()


@pytest.mark.parametrize(
    ("first", "last", "open_ones"),
    [
        ("2026-11-30", "2026-12-07", ["1B", "1C", "2B"]),
        ("2026-11-30", "2026-11-30", ["1B"]),
        ("2026-12-01", "2026-12-06", ["2B"]),
        ("2026-11-23", "2026-11-29", []),
        ("0001-01-01", "9999-12-31", ["1B", "1C", "2B"]),
        ("2026-12-07", "2026-11-30", []),
    ],
)
def test_visits_between_two_days_both_included(path: Path, first: str, last: str, open_ones: list[str]) -> None:
    store = with_visits(path)
    assert keys(store.visits.open_between(first, last)) == open_ones
    store.close()


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2026-11-23", ["1D"]),
        ("2026-11-24", ["1B", "1D"]),
        ("2026-12-01", ["1B", "1C", "1D"]),
    ],
)
def test_what_waits_has_no_day_or_counts_from_a_day_that_has_passed(path: Path, today: str, found: list[str]) -> None:
    store = with_visits(path)
    assert keys(store.visits.waiting(today)) == found
    store.close()


def test_a_question_about_days_is_answered_by_an_index(path: Path) -> None:
    store = with_visits(path)
    for question, index in (
        ("settled = '' AND assumed >= '2026-11-30' AND assumed <= '2026-12-07'", "visit_open_day"),
        ("settled = '' AND counts_from_day <> '' AND counts_from_day < '2026-12-07'", "visit_anchor"),
    ):
        plan = store.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT * FROM visit WHERE {question}").all()
        assert f"USING INDEX {index}" in plan[0][3]
    store.close()


def test_what_is_rolled_back_leaves_them_as_they_were(path: Path) -> None:
    def command(store: StudyStore) -> None:
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
        "DROP INDEX visit_open_day",
        "CREATE INDEX more ON visit (booked)",
        "CREATE INDEX visit_more ON derived (version)",
        "ALTER TABLE visit ADD COLUMN more TEXT",
        "ALTER TABLE visit DROP COLUMN due_at",
        "ALTER TABLE visit RENAME COLUMN assumed TO day_of",
        "ALTER TABLE derived ADD COLUMN more INTEGER",
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
