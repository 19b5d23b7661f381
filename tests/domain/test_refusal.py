"""Values that are refused are said back as they were written."""

import pytest

from app.domain.refusal import quoted


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (1.5, "1.5"),
        ("None", "None"),
        ([None, "x", [True]], '[null, "x", [true]]'),
        ({"on": None, "x": {}}, '{"on": null, "x": {}}'),
    ],
)
def test_a_value_is_said_back_as_it_was_written(value: object, said: str) -> None:
    assert quoted(value) == said


def test_a_value_nested_as_deeply_as_can_be_read_is_said_back() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    assert quoted(value) == "[[[[[[[[…]]]]]]]]"


@pytest.mark.parametrize("value", ["x" * 3000, ["x"] * 3000, 10**3000])
def test_only_the_beginning_of_a_long_value_is_said_back(value: object) -> None:
    assert len(quoted(value)) == 40
