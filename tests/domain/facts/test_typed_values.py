"""Answers, numbers and site values as people type them."""

import pytest

from app.domain.facts.typed_values import answer, number, site_value


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("SP-R01.after", "P21D", "P21D"),
        ("SP-R01.after", "21 days", "P21D"),
        ("SP-R01.offset", "-2 w", "-P2W"),
        ("ages.ct", "1 month", "P1M"),
        ("SP-R01.after", "soon", "soon"),
        ("AG.cycle_days", "14", 14),
        ("safety.report_hours", "48", 48),
        ("CJ-R01.every", "two", "two"),
        ("cycles.preop", "6", 6),
        ("choices.interim_scan", "2 days", "2 days"),
        ("SP-C01.bring", "no", "no"),
        ("return_to_weekday", "Yes", True),
        ("open_pump_day", "false", False),
    ],
)
def test_a_site_value_is_read_as_its_key_takes_it(key: str, typed: str, value: object) -> None:
    assert site_value(key, typed) == value


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("NO", False), (" true ", True), ("palliative", "palliative"), ("1", "1")]
)
def test_yes_and_no_are_answers(text: str, value: object) -> None:
    found = answer(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("twelve", "twelve"),
        ("8_0", "8_0"),
        ("1_0.5", "1_0.5"),
        ("_", "_"),
        ("80,5", 80.5),
        ("1 200", 1200),
        ("\uff18\uff10", 80),
        ("\u0663", "\u0663"),
        ("1.000,5", "1.000,5"),
        ("nan", "nan"),
        ("1e3", "1e3"),
        ("9" * 20, 10**20 - 1),
    ],
)
def test_a_number_is_read_where_it_is_one(text: str, value: object) -> None:
    assert number(text) == value
    assert type(number(text)) is type(value)
