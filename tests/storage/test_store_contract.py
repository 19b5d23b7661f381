"""The contract of `app.services.study.ports`, kept by every adapter: the study file and the store in memory."""

from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from app.domain.calendar.entry_codec import AT, COLUMNS, Row
from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.services.study.ports import FactStore
from tests.storage.memory_store import MemoryStore
from tests.storage.study_files import START, STORY, add, new, performed, stamp, told

EMPTY = {str: "", int: 0, list: None}


def in_file(folder: Path) -> FactStore:
    return new(folder / "liver.studyday")


def in_memory(_folder: Path) -> FactStore:
    """The same first fact as a new study file has."""
    store = MemoryStore()
    store.append(stamp(), 1, [NewFact("study_made", {"name": "ScanPan"})])
    return store


@pytest.fixture(params=[in_file, in_memory], ids=["file", "memory"])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[FactStore]:
    made: FactStore = request.param(tmp_path)
    yield made
    made.close()


@pytest.fixture
def filled(store: FactStore) -> FactStore:
    """Six facts in three commands, of one participant."""
    add(store, *STORY[:1])
    add(store, *STORY[1:])
    return store


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
def with_visits(store: FactStore) -> FactStore:
    with store.transaction():
        store.visits.restart("plan 1", "2026-11-23", "2027-11-23")
        store.visits.replace(1, ONE)
        store.visits.replace(2, TWO)
    return store


def keys(rows: list[Row]) -> list[str]:
    return sorted(f"{one[0]}{one[1]}" for one in rows)


# Facts


def test_a_new_study_has_one_fact_and_can_be_added_to(store: FactStore) -> None:
    assert told(store) == [(1, "study_made", {"name": "ScanPan"})]
    assert (store.head().seq, store.last()[0], store.last()[2]) == (1, 1, 0)
    assert (store.read_only, store.backup, store.recovered, store.broken) == (False, False, False, None)


def test_facts_come_back_in_their_order_as_they_were_recorded(filled: FactStore) -> None:
    expected = [(number, fact.kind, dict(fact.fields)) for number, fact in enumerate(STORY, start=2)]
    assert told(filled)[1:] == expected
    last = filled.facts()[-1]
    assert (last.command, last.subject, last.about) == (3, 1, 5)
    assert (last.who, last.workstation, last.zone, last.today) == ("Eva Ek", "WS-7", "Europe/Stockholm", "2026-11-23")
    assert last.recorded_at == "2026-11-23T08:01:00.000Z"
    assert filled.fact(3) == filled.facts()[2]
    assert (filled.fact(0), filled.fact(7)) == (None, None)


def test_who_recorded_something_comes_in_the_order_of_their_first_facts(filled: FactStore) -> None:
    with filled.transaction():
        for number, who in enumerate(("Bo Berg", "", "Adam", "Bo Berg"), start=4):
            filled.append(stamp(100 * number, who), number, [performed("SP-C01", "2026-11-30")])
    assert filled.recorders() == ["Eva Ek", "Bo Berg", "Adam"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"subject": 0}, [1]),
        ({"subject": 1}, [2, 3, 4, 5, 6]),
        ({"subject": 2}, []),
        ({"kinds": ("performed",)}, [3, 4]),
        ({"kinds": ("booked", "study_made")}, [1, 5]),
        ({"about": 5}, [6]),
        ({"after": 4}, [5, 6]),
        ({"after": 6}, []),
        ({"subjects": {0, 2}}, [1]),
        ({"subjects": [1, 0], "after": 5}, [6]),
        ({"subjects": ()}, []),
        ({"subject": 1, "kinds": ("performed", "correction"), "after": 3}, [4, 6]),
    ],
)
def test_facts_are_asked_for_by_subject_kind_what_they_are_about_and_place(
    filled: FactStore, asked: dict[str, Any], found: list[int]
) -> None:
    assert [one.seq for one in filled.facts(**asked)] == found


def test_the_facts_of_a_command_are_found_by_its_number(filled: FactStore) -> None:
    for command in (9, 9, 12):
        with filled.transaction():
            filled.append(stamp(120), command, [performed(f"SP-C{command}", "2026-12-21")])
    numbers = (-1, 0, 1, 2, 3, 4, 8, 9, 10, 12, 13)
    found = {command: [one.seq for one in filled.of_command(command)] for command in numbers}
    known = {1: [1], 2: [2], 3: [3, 4, 5, 6], 9: [7, 8], 12: [9]}
    assert found == {command: known.get(command, []) for command in numbers}


def test_each_fact_carries_the_chain_on(filled: FactStore) -> None:
    head = filled.head()
    assert (head.seq, head.digest) == (6, filled.digest_of(6))
    assert len({filled.digest_of(seq) for seq in range(1, 7)}) == 6
    assert (filled.digest_of(0), filled.digest_of(7)) == (b"", b"")
    assert filled.verify() == head
    assert filled.last() == (3, "2026-11-23T08:01:00.000Z", 1)
    with filled.transaction():
        assert filled.append(stamp(120), 4, []) == head
        after = filled.append(stamp(120), 4, [performed("SP-C04", "2026-12-21", subject=8)])
    assert (after.seq, filled.last()[0], filled.last()[2]) == (7, 4, 8)


def test_verifying_holds_the_chain_against_what_is_known_from_elsewhere(filled: FactStore) -> None:
    assert filled.verify({3: filled.digest_of(3), 6: filled.digest_of(6)}) == filled.head()
    assert filled.verify({3: filled.digest_of(4)}) == Broken(3, "other_chain")
    assert filled.verify({9: filled.digest_of(3)}) == Broken(7, "cut_off")


def test_verifying_says_how_far_it_is(filled: FactStore) -> None:
    seen: list[tuple[int, int]] = []
    filled.verify(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(6, 6)]


def test_a_clock_that_went_back_is_marked_once_a_command(store: FactStore) -> None:
    add(store, performed("SP-C01", "2026-11-30"), seconds=600)
    add(store, performed("SP-C02", "2026-11-30"), performed("SP-C03", "2026-11-30"), seconds=0)
    assert [one.clock for one in store.facts()] == ["", "", "back 600 s", ""]


def test_what_was_redacted_is_gone_and_the_chain_holds(filled: FactStore) -> None:
    head = filled.head()
    with filled.transaction():
        fact = NewFact("redaction", {"names": ["note"], "reason": "a name"}, 1, 3)
        after = filled.append(stamp(120), 4, [fact])
        filled.redact(3, ["note"])
    found = filled.fact(3)
    assert found is not None
    assert (dict(found.fields), found.redacted) == ({"visit": "SP-C01", "on": "2026-11-30"}, frozenset({"note"}))
    assert filled.digest_of(6) == head.digest
    assert filled.verify() == after == Head(7, filled.digest_of(7))


# Transactions


def fails(store: FactStore, work: Callable[[], object]) -> None:
    with store.transaction():
        work()
        raise LookupError


def test_a_command_that_fails_leaves_facts_and_visits_as_they_were(with_visits: FactStore) -> None:
    store = with_visits
    facts, head = told(store), store.head()

    def work() -> None:
        store.append(stamp(60), 2, STORY)
        store.visits.restart("plan 2", "2026-12-01", "2027-12-01")
        store.visits.replace(1, [row(1, "Z", "2026-12-24")])

    with pytest.raises(LookupError):
        fails(store, work)
    assert (told(store), store.head(), store.verify()) == (facts, head, head)
    assert store.visits.made_by() == ("plan 1", "2026-11-23", "2027-11-23")
    assert keys(store.visits.everything()) == ["1A", "1B", "1C", "1D", "2A", "2B"]
    add(store, *STORY)
    assert store.head().seq == 6


def test_a_refusal_inside_comes_out_as_it_is(store: FactStore) -> None:
    def work() -> None:
        raise Refused("not_booked", visit="SP-C01")

    with pytest.raises(Refused) as caught:
        fails(store, work)
    assert caught.value.kind == "not_booked"
    assert store.head().seq == 1


def test_the_stamp_is_kept_in_utc(store: FactStore) -> None:
    assert START.tzinfo is UTC
    assert store.facts()[0].recorded_at == "2026-11-23T08:00:00.000Z"


# Cached visits


def test_a_new_study_has_no_cached_visits(store: FactStore) -> None:
    assert store.visits.made_by() == ("", "", "")
    assert store.visits.everything() == []


def test_after_a_restart_everything_of_before_is_gone(with_visits: FactStore) -> None:
    store = with_visits
    assert store.visits.made_by() == ("plan 1", "2026-11-23", "2027-11-23")
    assert keys(store.visits.everything()) == ["1A", "1B", "1C", "1D", "2A", "2B"]
    with store.transaction():
        store.visits.restart("plan 2", "2026-12-01", "2027-12-01")
    assert store.visits.made_by() == ("plan 2", "2026-12-01", "2027-12-01")
    assert store.visits.everything() == []


def test_every_column_comes_back(with_visits: FactStore) -> None:
    store = with_visits
    made = {str: "text 呕", int: 7, list: [["booking_closed", {"on": {"day": "2026-12-24"}, "why": "呕"}]]}
    full = tuple(made[kind] for kind in COLUMNS.values())
    with store.transaction():
        store.visits.add([full])
    assert tuple(store.visits.of_subject(7)[0]) == full
    assert len(COLUMNS) == 40


def test_visits_come_in_the_order_of_participants_and_keys(store: FactStore) -> None:
    with store.transaction():
        store.visits.restart("plan 1", "2026-11-23", "2027-11-23")
        store.visits.replace(2, [*reversed(TWO)])
        store.visits.replace(1, [*reversed(ONE)])
    found = [(one[0], one[1]) for one in store.visits.everything()]
    assert found == [(1, "A"), (1, "B"), (1, "C"), (1, "D"), (2, "A"), (2, "B")]


def test_replacing_touches_one_participant_only(with_visits: FactStore) -> None:
    store = with_visits
    with store.transaction():
        store.visits.replace(1, [row(1, "Z", "2026-12-24")])
    assert keys(store.visits.everything()) == ["1Z", "2A", "2B"]
    with store.transaction():
        store.visits.replace(2, [])
    assert keys(store.visits.everything()) == ["1Z"]


def test_changing_touches_the_named_visits_only(with_visits: FactStore) -> None:
    store = with_visits
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


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-11-30", "2026-12-07", ["1B", "1C", "2B"]),
        ("2026-11-30", "2026-11-30", ["1B"]),
        ("2026-12-01", "2026-12-06", ["2B"]),
        ("2026-11-23", "2026-11-29", []),
        ("0001-01-01", "9999-12-31", ["1B", "1C", "2B"]),
        ("2026-12-07", "2026-11-30", []),
    ],
)
def test_open_visits_between_two_days_both_included(
    with_visits: FactStore, first: str, last: str, found: list[str]
) -> None:
    assert keys(with_visits.visits.open_between(first, last)) == found


def test_later_bookings_are_found_where_something_has_to_be_looked_at(with_visits: FactStore) -> None:
    problem = [["booking_closed", {"on": {"day": "2026-12-24"}, "why": "holiday"}]]
    with with_visits.transaction():
        with_visits.visits.add(
            [
                row(1, "E", "2026-12-24", booked="2026-12-24", problems=problem),
                row(1, "F", "2026-12-24", booked="2026-12-24"),
                row(1, "G", "2026-12-24", problems=problem),
                row(1, "H", "2026-12-24", "missed", booked="2026-12-24", problems=problem),
            ]
        )
    assert keys(with_visits.visits.questioned_after("2026-12-23")) == ["1E"]
    assert keys(with_visits.visits.questioned_after("2026-12-24")) == []


def test_each_participants_first_open_and_last_performed_visit_is_found(with_visits: FactStore) -> None:
    problem = [["booking_closed", {"on": {"day": "2026-12-24"}, "why": "holiday"}]]
    with with_visits.transaction():
        with_visits.visits.add(
            [
                row(7, "A", "2026-12-01", "performed", performed="2026-12-01"),
                row(7, "B", "2026-12-08", "performed", performed="2026-12-08"),
                row(7, "C", "2026-12-10", booked="2026-12-10", latest="2026-12-30"),
                row(7, "D", "2026-12-09", suspended=1),
                row(7, "E", "2026-12-20", latest="2026-12-22", problems=problem),
                row(7, "F", "2026-12-12", latest="2026-12-15", counts_from_day="2026-12-14"),
            ]
        )
    assert [one for one in keys(with_visits.visits.first_open()) if one[0] == "7"] == ["7C"]
    assert [one for one in keys(with_visits.visits.last_performed()) if one[0] == "7"] == ["7B"]
    # On the 16th C is past its booking and F its window; E has a problem, F is counted from a day that has passed.
    assert {one[0]: tuple(one) for one in with_visits.visits.counts("2026-12-16")}[7] == (7, 2, 2)
    assert {one[0]: tuple(one) for one in with_visits.visits.counts("2026-12-05")}[7] == (7, 0, 1)


def test_visits_between_two_days_are_open_or_settled(with_visits: FactStore) -> None:
    everything = [row for row in with_visits.visits.everything() if row[AT["assumed"]]]
    first = min(row[AT["assumed"]] for row in everything)
    of_first = {(row[0], row[1]) for row in everything if row[AT["assumed"]] == first}
    assert {(row[0], row[1]) for row in with_visits.visits.between(first, first)} == of_first
    between = with_visits.visits.between("0001-01-01", "9999-12-31")
    assert {(row[0], row[1]) for row in between} == {(row[0], row[1]) for row in everything}
    assert any(row[AT["settled"]] for row in between)
    assert with_visits.visits.between("2026-12-07", "2026-11-30") == []


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2026-11-23", ["1D"]),
        ("2026-11-24", ["1B", "1D"]),
        ("2026-12-01", ["1B", "1C", "1D"]),
    ],
)
def test_what_waits_has_no_day_or_counts_from_a_day_that_has_passed(
    with_visits: FactStore, today: str, found: list[str]
) -> None:
    assert keys(with_visits.visits.waiting(today)) == found


def test_what_is_to_be_checked_was_performed_without_its_outcome_or_on_a_day_to_look_at(with_visits: FactStore) -> None:
    def done(key: str, settled: str = "performed", **more: Any) -> Row:
        return row(1, key, "2026-11-30", settled, **more)

    with with_visits.transaction():
        with_visits.visits.add(
            [
                done("E"),
                done("F", undecided=1),
                done("G", unclassed="performed_before performed_closed"),
                done("H", undecided=1, settled="missed"),
            ]
        )
    assert keys(with_visits.visits.to_check()) == ["1F", "1G"]


def test_what_is_remembered_is_kept_with_its_transaction_and_no_fact_knows_of_it(filled: FactStore) -> None:
    head = filled.head()
    assert filled.remembered("seen") == ""
    with filled.transaction():
        filled.remember("seen", "2026-11-23")
    assert (filled.remembered("seen"), filled.remembered("other")) == ("2026-11-23", "")
    with pytest.raises(LookupError):
        fails(filled, lambda: filled.remember("seen", "2026-11-24"))
    assert filled.remembered("seen") == "2026-11-23"
    with filled.transaction():
        filled.remember("seen", "")
    assert (filled.remembered("seen"), filled.verify()) == ("", head)
