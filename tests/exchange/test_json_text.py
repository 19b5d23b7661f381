"""A text that is no JSON is refused with the line and the column at which it is to be mended."""

import pytest

from app.domain.refusal import Refused
from app.exchange.json_text import read_json
from app.wording.refusals import refusal_text


def told(text: str) -> str:
    with pytest.raises(Refused) as raised:
        read_json(text)
    return refusal_text(raised.value)


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('{"a": 1,\n "b": NaN}', "line 2, column 7", "NaN is no number"),
        ('["NaN", {"b":\n -Infinity}]', "line 2, column 2", "-Infinity is no number"),
        ('{"a": [1,\n\n  1e400]}', "line 3, column 3", "a number is too large"),
        ('{"a": "9e999",\n"b": -9.5e+999}', "line 2, column 6", "a number is too large"),
        ('{"a": 1,\n "b": ' + "7" * 5000 + "}", "line 2, column 7", "a number is too long"),
        ('[\n "[[", ' + "[" * 5000 + "]" * 5000 + "]", "line 2, column 107", "nested too deeply"),
        ('{"a": 1\n "b": 2}', "line 2, column 2", "a comma is missing"),
        ('{"a": 1,\n}', "line 2, column 1", "the name of a field in double quotes is missing"),
        ("{'a': 1}", "line 1, column 2", "the name of a field in double quotes is missing"),
        ('{"a" 1}', "line 1, column 6", "a colon is missing"),
        ('{"a":\n }', "line 2, column 2", "a value is missing"),
        ('{"a": True}', "line 1, column 7", "a value is missing, or is no text"),
        ('{}\n{"a": 1}', "line 2, column 1", "something follows after the end"),
        ('{"a": "b}', "line 1, column 7", "has no closing quote"),
        ('{"a": "b\nc"}', "line 1, column 9", "a line break"),
        ('{"a": "C:\\studies"}', "line 1, column 10", "the backslash means nothing there"),
        ('{"a": "\\u00"}', "line 1, column 9", "the backslash means nothing there"),
        ("", "line 1, column 1", "a value is missing"),
    ],
)
def test_what_is_no_json_is_refused_at_its_place(text: str, place: str, problem: str) -> None:
    said = told(text)
    assert said.startswith(f"this is no JSON: {place}: "), said
    assert problem in said
    assert said.endswith(". Correct it there")


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ('{"a": 1,\n "b": 2, "a": 3}', "line 2, column 10", "a"),
        ('{"a": {"a": [{"a": 1}]}, "b": "a",\n"\\u0062": 3}', "line 2, column 1", "b"),
        ('[{"x": 1}, {"x": 1,\n\n"x": 1}]', "line 3, column 1", "x"),
        ('{"": 1, "": 2}', "line 1, column 9", ""),
        ('{"say \\"a\\":": 1,\n"say \\"a\\":": 2}', "line 2, column 1", 'say "a":'),
    ],
)
def test_a_name_that_is_there_twice_is_refused_at_the_second(text: str, place: str, name: str) -> None:
    assert told(text) == f"{place}: the field “{name}” is there twice. Keep one"


def test_what_is_json_is_read() -> None:
    text = '{"a": [1, -2.5, 1e3, "NaN", "{", "a", true, null], "b": {"a": {"a": "\\"a\\": "}}}'
    assert read_json(text) == {
        "a": [1, -2.5, 1000.0, "NaN", "{", "a", True, None],
        "b": {"a": {"a": '"a": '}},
    }
