"""The chain of facts in a study file: its clock, what is digested, and that every value comes back."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts.chain_head import Broken
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Stamp
from app.storage import chain
from app.storage.chain import EMPTY
from app.storage.sqlite.fact_store import SqliteStore
from tests.storage.study_files import START, add, filled, new, performed, reopened


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


@given(st.tuples(*[st.text(st.characters(), max_size=20)] * 5))
def test_what_is_digested_can_be_read_in_one_way_only(texts: tuple[str, ...]) -> None:
    who, workstation, zone, program, protocol = texts
    digested, kept = circumstances(given_by(who, workstation, zone, program), protocol)
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
    assert circumstances(given_by(*one))[0] != circumstances(given_by(*other))[0]


@pytest.mark.parametrize(
    "character", ["\x00", "\n", "\r", "\x1b", "\x1e", "\x1f", "\x7f", "\x85", "\u2028", "\u202e", "\ud800"]
)
def test_control_characters_in_a_name_are_kept_written_out(tmp_path: Path, character: str) -> None:
    store = new(tmp_path / "s.studyday")
    with store.transaction():
        given = given_by(f"Ev{character}a 李", f"{character}WS{character}")
        store.append(given, 2, [performed("V", f"line{character if character != chr(0xD800) else ''}end")])
    fact = store.facts()[-1]
    written = f"\\u{ord(character):04x}"
    assert (fact.who, fact.workstation) == (f"Ev{written}a 李", f"{written}WS{written}")
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


def test_facts_of_one_command_follow_each_other(tmp_path: Path) -> None:
    store = reopened(filled(tmp_path / "liver.studyday"))
    assert [(fact.seq, fact.command) for fact in store.facts()] == [(1, 1), (2, 2), (3, 3), (4, 3), (5, 3), (6, 3)]
    assert add(store).seq == 6, "no facts, no change"
    assert add(store, performed("V", "2026-12-24")).seq == 7
    assert store.last() == (4, "2026-11-23T08:01:00.000Z", 1)
    assert datetime.fromisoformat(store.last()[1]) == START.astimezone(UTC) + timedelta(seconds=60)
    store.close()


def added_at(store: SqliteStore, moment: datetime, facts: int = 1) -> None:
    with store.transaction():
        given = Stamp(moment, "Europe/Stockholm", date(2026, 11, 23), "Eva", "WS", "s 1")
        store.append(given, store.last()[0] + 1, [performed("V", "2026-11-23")] * facts)


def circumstances(given: Stamp, protocol: str = "") -> tuple[str, list[str]]:
    """What is digested of a fact's circumstances, and the circumstances one by one as they are kept."""
    (row,) = chain.rows_of(EMPTY, "", 1, given, [NewFact("note", {"text": "x"}, 1, protocol=protocol)])
    kept = [str(row[name]) for name in chain.COLUMNS[: chain.COLUMNS.index("lines")]]
    return "\x1f".join(kept), kept


def given_by(who: str, workstation: str, zone: str = "", program: str = "") -> Stamp:
    return Stamp(START, zone, date(2026, 11, 23), who, workstation, program)
