"""Entries made by name: the same as those of the constructor, and as little to be changed."""

from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from app.domain.calendar.entries import Entry
from app.domain.calendar.entry_maker import make_entry
from tests.domain.stories import ENROLLED, calendar


@pytest.fixture
def values() -> dict[str, Any]:
    """Every field of an entry of a calendar, by name."""
    entry = calendar(today=ENROLLED).by_key["SP-C02#2"]
    return {one.name: getattr(entry, one.name) for one in fields(Entry)}


def test_it_is_an_entry_with_these_values(values: dict[str, Any]) -> None:
    made, given = make_entry(**values), Entry(**values)
    assert type(made) is Entry
    assert (made, hash(made.key), made.order) == (given, hash(given.key), given.order)
    assert {name: getattr(made, name) for name in values} == values
    assert replace(made, cycle=7).cycle == 7


def test_nothing_of_it_can_be_changed(values: dict[str, Any]) -> None:
    made: Any = make_entry(**values)
    with pytest.raises(FrozenInstanceError):
        made.cycle = 7
    with pytest.raises((AttributeError, TypeError)):
        made.another = 7


def test_what_has_a_default_may_be_left_out_and_nothing_else(values: dict[str, Any]) -> None:
    needed = ("key", "problems")
    least = {name: value for name, value in values.items() if name not in ("pump_at", "place", "after")}
    assert (make_entry(**least).pump_at, make_entry(**least).place) == ("", 0)
    for name in needed:
        with pytest.raises(TypeError, match=name):
            make_entry(**{one: value for one, value in least.items() if one != name})
    with pytest.raises(TypeError, match="colour"):
        make_entry(**{**values, "colour": "red"})
