"""Labels and values of fields in words; no value is too odd."""

from typing import Any

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.wording.fact_sentences import details, fact_text
from app.wording.fact_values import field_name, value_text
from tests.wording.samples import ALL_FIELDS, recorded

ODD: list[Any] = [
    None,
    "",
    "\x00",
    "2026-02-30",
    "2026-13-45T99",
    "P99999D",
    "\ud800",
    "{value} {0} %s",
    "x" * 10_000,
    True,
    0,
    -1,
    10**6000,
    float("nan"),
    float("inf"),
    [],
    {},
    [[]],
    [[[["deep"]]]],
    [None, 3, "2026-11-30"],
    [["name", "text"], [], [1, 2], "loose"],
    {"a": {"b": ["c"]}, "2026-12-25": None},
    ["2026-11-30", "never"],
    ["2026-12-30", "2026-11-30"],
    [7, -1, True, "Monday"],
    list(range(500)),
]


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("year_of_birth", "", "year of birth"),
        ("set.year_of_birth", "", "year of birth"),
        ("grade", "complication", "Clavien-Dindo grade"),
        ("set.grade", "adverse_event", "CTCAE grade"),
        ("grade", "", "grade"),
        ("cci", "", "CCI as typed"),
        ("popf", "complication", "pancreatic fistula (POPF)"),
        ("mg", "", "weight, mg"),
        ("from_later\nprogram", "", "from later program"),
    ],
)
def test_labels(name: str, kind: str, text: str) -> None:
    assert field_name(name, kind) == text


@pytest.mark.parametrize(
    ("kind", "name", "value", "text"),
    [
        ("booked", "on", "2026-11-30", "Mon 30 Nov 2026"),
        ("booked", "on", "soon", "soon"),
        ("booked", "at", "09:30", "09:30"),
        ("booked", "reason", "snake_case stays", "snake_case stays"),
        ("decided", "outcome", "no_surgery", "no surgery"),
        ("adverse_event", "serious", False, "no"),
        ("complication", "popf", "biochemical_leak", "biochemical leak"),
        ("complication", "popf", "new_grade", "new grade"),
        ("complication", "cci", 26.0, "26"),
        ("complication", "cci", 0.1 + 0.2, "0.3"),
        ("specimen", "mg", 99999.125, "99999.125"),
        ("restored", "facts", 123456789, "123456789"),
        ("screened", "criteria", {"I01": True, "E03": False}, "I01 yes, E03 no"),
        ("screened", "criteria", {}, "none"),
        ("enrolled", "choices", {"staged": True, "eortc": False, "arm": "early_start"},
         "staged: yes; eortc: no; arm: early start"),
        ("performed", "judged", ["2027-02-08", "2027-02-11"], "Mon 8 – Thu 11 Feb 2027"),
        ("site_set", "closed_weekdays", [0, 6], "Monday, Sunday"),
        ("site_set", "closed_weekdays", [], "none"),
        ("protocol_taken", "files", [["scanpan.yaml", "a: 1\n"], ["regimens.yaml", "b: 2\n"]],
         "scanpan.yaml, regimens.yaml"),
        ("holidays_taken", "closed", {f"2027-01-{n:02}": "x" for n in range(1, 15)}, "14 days"),
        ("holidays_taken", "working", ["2027-02-20"], "1 day"),
        ("holidays_taken", "official", True, "yes"),
        ("value_set", "value", "-P14D", "−14 days"),
        ("value_set", "value", True, "yes"),
        ("value_set", "value", "Monday", "Monday"),
        ("printed", "visits", [f"V#{n}" for n in range(1, 15)],
         "V#1, V#2, V#3, V#4, V#5, V#6, V#7, V#8, V#9, V#10, V#11, V#12 and 2 more"),
        ("redaction", "names", ["set.popf", "reason"], "pancreatic fistula (POPF), reason"),
    ],
)  # fmt: skip
def test_a_value_in_words(kind: str, name: str, value: Json, text: str) -> None:
    assert value_text(KINDS[kind].field(name), value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "none"),
        (True, "yes"),
        (2.5, "2.5"),
        ("a\tb", "a b"),
        (["a", 1, ["deep"]], "a, 1, …"),
        ({"a": False, "b": {}}, "a: no; b: …"),
        ([], "none"),
        ({}, "none"),
        (["y" * 200], "y" * 79 + "…"),
    ],
)
def test_a_value_without_a_field(value: Json, text: str) -> None:
    assert value_text(None, value) == text


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_no_value_is_too_odd(value: Any) -> None:
    for kind, field in ALL_FIELDS:
        assert isinstance(value_text(field, value), str)
        record = recorded(kind, (), 12, **{field.name: value, f"set.{field.name}": value, "further": value})
        assert "\n" not in fact_text(record)
        assert all(label for label, _text in details(record))
    assert isinstance(value_text(None, value), str)


def test_a_number_that_python_does_not_write_is_said_to_be_too_long() -> None:
    assert value_text(None, 10**6000) == "a number too long to show"


def test_a_value_nested_without_end_is_left_out() -> None:
    value: list[Json] = []
    for _ in range(100_000):
        value = [value]
    assert value_text(KINDS["value_set"].field("value"), value) == "…"
