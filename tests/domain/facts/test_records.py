"""Which facts count: chains of corrections, undos of undos, and what a redaction leaves."""

from collections.abc import Mapping
from datetime import date
from itertools import count

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, current_facts, effect_of_corrections, provisional


def facts(*rows: tuple[str, int, Mapping[str, Json]]) -> list[Recorded]:
    """Facts numbered from 1: kind, the fact that it is about, and fields."""
    return [
        provisional(NewFact(kind, fields, 1, about), seq)
        for seq, (kind, about, fields) in zip(count(1), rows, strict=False)
    ]


def undo(of: int) -> tuple[str, int, Mapping[str, Json]]:
    return "correction", of, {"void": True}


def correct(of: int, **fields: Json) -> tuple[str, int, Mapping[str, Json]]:
    return "correction", of, {"void": False, **{f"set.{name}": value for name, value in fields.items()}, "reason": "x"}


NOTE: tuple[str, int, Mapping[str, Json]] = ("note", 0, {"text": "a", "visit": "V"})


def told(records: list[Recorded]) -> list[tuple[int, dict[str, Json]]]:
    return [(one.seq, dict(one.fields)) for one in current_facts(records)]


A: dict[str, Json] = {"text": "a", "visit": "V"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([NOTE], [(1, A)]),
        ([NOTE, undo(1)], []),
        ([NOTE, undo(1), undo(2)], [(1, A)]),
        ([NOTE, undo(1), undo(2), undo(3)], []),
        ([NOTE, undo(1), undo(2), undo(1)], []),
        ([NOTE, undo(1), undo(1), undo(2)], []),
        ([NOTE, correct(1, text="b")], [(1, {**A, "text": "b"})]),
        ([NOTE, correct(1, text="b"), correct(1, text="c")], [(1, {**A, "text": "c"})]),
        ([NOTE, correct(1, text="b"), correct(1, visit="W")], [(1, {"text": "b", "visit": "W"})]),
        ([NOTE, correct(1, text="b"), correct(1, text="c"), undo(3)], [(1, {**A, "text": "b"})]),
        ([NOTE, correct(1, text="b"), correct(1, text="c"), undo(2)], [(1, {**A, "text": "c"})]),
        ([NOTE, correct(1, text="b"), undo(2)], [(1, A)]),
        ([NOTE, correct(1, text="b"), undo(2), undo(3)], [(1, {**A, "text": "b"})]),
        ([NOTE, correct(1, visit=None)], [(1, {"text": "a"})]),
        ([NOTE, correct(1, visit=None), correct(1, visit="X")], [(1, {"text": "a", "visit": "X"})]),
        ([NOTE, correct(1, text="b"), undo(1)], []),
        ([NOTE, correct(1, text="b"), undo(1), undo(3)], [(1, {**A, "text": "b"})]),
        ([NOTE, NOTE, undo(1)], [(2, A)]),
        ([NOTE, ("redaction", 1, {"names": ["text"], "reason": "x"})], [(1, A)]),
    ],
)
def test_facts_count_as_the_corrections_that_count_say(
    rows: list[tuple[str, int, Mapping[str, Json]]], expected: list[tuple[int, dict[str, Json]]]
) -> None:
    assert told(facts(*rows)) == expected


def test_what_no_longer_counts_and_what_changes_it() -> None:
    records = facts(NOTE, correct(1, text="b"), NOTE, undo(3), correct(1, text="c"), undo(5))
    void, changes = effect_of_corrections(records)
    assert void == {3, 5}
    assert {about: [one.seq for one in found] for about, found in changes.items()} == {1: [2]}


def test_the_order_in_which_facts_are_given_says_nothing() -> None:
    records = facts(NOTE, correct(1, text="b"), correct(1, text="c"), undo(3))
    assert effect_of_corrections(reversed(records)) == effect_of_corrections(records)


def redacted(record: Recorded, *names: str) -> Recorded:
    """The fact after these values were taken out."""
    left = {name: value for name, value in record.fields.items() if name not in names}
    return Recorded(record.seq, 0, record.kind, 1, record.about, "", "", "", "", "", "", "", "", left, frozenset(names))


def test_a_value_that_was_taken_out_stays_out_until_it_is_corrected() -> None:
    first, second = facts(NOTE, correct(1, text="b"))
    (found,) = current_facts([redacted(first, "text")])
    assert dict(found.fields) == {"visit": "V"}
    assert found.redacted == {"text"}
    (found,) = current_facts([redacted(first, "text"), second])
    assert (dict(found.fields), found.redacted) == ({"visit": "V", "text": "b"}, frozenset())


def test_a_value_that_was_taken_out_of_a_correction_does_not_fall_back_to_the_old_one() -> None:
    first, second, third = facts(NOTE, correct(1, text="b"), correct(1, text="c"))
    (found,) = current_facts([first, redacted(second, "set.text")])
    assert dict(found.fields) == {"visit": "V"}
    assert found.redacted == {"text"}
    (found,) = current_facts([first, redacted(second, "set.text"), third])
    assert (found.fields["text"], found.redacted) == ("c", frozenset())


def test_a_field_is_read_as_text_and_as_a_day() -> None:
    (one,) = facts(("performed", 0, {"visit": "V", "on": "2026-11-30", "number": 3}))
    assert (one.text("visit"), one.text("number"), one.text("none")) == ("V", "3", "")
    assert (one.day("on"), one.day("none"), one.day("number")) == (date(2026, 11, 30), None, None)
