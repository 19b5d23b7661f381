"""Typed options as values of fields."""

from argparse import Namespace
from datetime import date

import pytest

from app.cli.typed_options import answer, fields_of, number, optional_day, pair, settings, weekdays
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused

TODAY = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("NO", False), (" true ", True), ("palliative", "palliative"), ("1", "1")]
)
def test_yes_and_no_are_answers(text: str, value: object) -> None:
    assert answer(text) is value or answer(text) == value


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("-3", -3), ("1.5", 1.5), ("twelve", "twelve")])
def test_a_number_is_read_where_it_is_one(text: str, value: object) -> None:
    assert number(text) == value
    assert type(number(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "days"), [("sat,sun", [5, 6]), ("Saturday", [5]), ("5, 6", [5, 6]), ("none", []), ("", []), ("x", ["x"])]
)
def test_weekdays_count_from_monday(text: str, days: list[object]) -> None:
    assert weekdays(text) == days


def test_a_pair_needs_a_name_and_an_equals_sign() -> None:
    assert pair(" at = 09:30 ") == ("at", "09:30")
    for text in ("at", "=09:30", ""):
        with pytest.raises(Refused) as refused:
            pair(text)
        assert refused.value.kind == "pair"


def test_a_day_is_optional() -> None:
    assert optional_day("", "--from", TODAY) is None
    assert optional_day("+2", "--from", TODAY) == date(2026, 12, 22)


def test_only_given_fields_are_taken() -> None:
    options = Namespace(field_visit="SP-C01", field_on="2026-12-18", field_at=None, field_reason=None)
    assert fields_of(options, KINDS["booked"], TODAY) == {"visit": "SP-C01", "on": date(2026, 12, 18)}


def test_an_empty_value_of_a_correction_removes_its_field() -> None:
    assert settings(KINDS["booked"], ["at=", "on=2026-12-18"], TODAY) == {"at": None, "on": date(2026, 12, 18)}
