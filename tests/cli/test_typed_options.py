"""Typed options as values of fields."""

from argparse import Namespace
from datetime import date

import pytest

from app.cli.typed_options import fields_of, optional_day, pair, settings, typed_value, weekdays
from app.domain.facts.kind import Field, Type
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused

TODAY = date(2026, 12, 20)


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
    assert fields_of(options, KINDS["booked"]) == {"visit": "SP-C01", "on": "2026-12-18"}


def test_an_empty_value_of_a_correction_removes_its_field() -> None:
    assert settings(KINDS["booked"], ["at=", "on=2026-12-18"]) == {"at": None, "on": "2026-12-18"}


@pytest.mark.parametrize(
    ("type_", "typed", "value"),
    [
        (Type.TEXT, "words", "words"),
        (Type.DAY, "+2", "+2"),
        (Type.TIME, "930", "930"),
        (Type.ANSWER, "staged", "staged"),
        (Type.YES_NO, "no", False),
        (Type.YES_NO, "perhaps", "perhaps"),
        (Type.WHOLE, "3", 3),
        (Type.WEEKDAYS, "5,x", [5, "x"]),
        (Type.ANSWERS, ["staged=yes", "arm=B"], {"staged": True, "arm": "B"}),
        (Type.TICKS, "I01=yes,E02=no", {"I01": True, "E02": False}),
    ],
)
def test_a_typed_value(type_: Type, typed: object, value: object) -> None:
    assert typed_value(Field("name", type_), typed) == value


def test_the_day_of_an_unscheduled_visit_is_typed_with_it() -> None:
    options = Namespace(field_reason="fever", field_on="t", field_at="14:00", field_visit="U#1")
    found = fields_of(options, KINDS["unscheduled"])
    assert found == {"reason": "fever", "on": "t", "at": "14:00"}
