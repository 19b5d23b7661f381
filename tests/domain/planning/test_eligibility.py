"""What speaks against eligibility: answers to criteria, and an age that cannot be inside a limit."""

from dataclasses import replace

import pytest

from app.domain.facts.kind import Json
from app.domain.planning.eligibility import contradictions, criteria_of
from tests.domain.scanpan import SCANPAN

CRITERIA = {
    "inclusion": [
        {"id": "I1", "text": "Age 40 to 60", "age": {"least": 40, "most": 60}},
        {"id": "I2", "text": "Consent", "age": None},
    ],
    "exclusion": [{"id": "E1", "text": "Pregnant"}],
}
NUMBERS = {
    "inclusion": [
        {"id": "N1", "text": "At most four", "cohorts": ["limited"], "numbers": [{"of": "metastases", "most": 4.0}]},
        {"id": "N2", "text": "Small", "numbers": [
            {"of": "largest_mm", "least": 5.0, "most": 50.0},
            {"of": "largest_mm", "most": 20.0, "procedure": "ablation"},
        ]},
        {"id": "N3", "text": "Seen", "confirmed_by": ["histology", "cytology"]},
    ],
    "exclusion": [],
}  # fmt: skip
PROTOCOL = replace(SCANPAN, about={"criteria": CRITERIA})


def found(**fields: Json) -> list[tuple[str, str]]:
    return [(one.kind, one.criterion.id) for one in contradictions(PROTOCOL, {"on": "2026-11-23", **fields})]


def test_the_criteria_of_a_protocol() -> None:
    assert [(one.id, one.excludes, one.least, one.most) for one in criteria_of(PROTOCOL)] == [
        ("I1", False, 40, 60),
        ("I2", False, None, None),
        ("E1", True, None, None),
    ]
    assert criteria_of(replace(SCANPAN, about={})) == ()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"I1": True, "I2": True, "E1": False}, []),
        ({"I2": False}, [("inclusion_no", "I2")]),
        ({"E1": True}, [("exclusion_yes", "E1")]),
        ({"I2": "unknown"}, [("unknown", "I2")]),
        ({"E1": "unknown"}, [("unknown", "E1")]),
        ({"E1": True, "I1": False}, [("inclusion_no", "I1"), ("exclusion_yes", "E1")]),
        ({"X9": False}, []),
    ],
)
def test_answers(answers: dict[str, Json], expected: list[tuple[str, str]]) -> None:
    assert found(criteria=answers) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        # On 23 November 2026: born in 1986 somebody is 39 or 40, born in 1987 38 or 39.
        (1986, []),
        (1987, [("too_young", "I1")]),
        # Born in 1965: 60 or 61; born in 1964: 61 or 62.
        (1965, []),
        (1964, [("too_old", "I1")]),
        (1975, []),
        (None, []),
    ],
)
def test_ages(born: int | None, expected: list[tuple[str, str]]) -> None:
    assert found(year_of_birth=born) == expected


def test_an_age_is_told_as_what_it_is_for_certain() -> None:
    [young] = contradictions(PROTOCOL, {"on": "2026-11-23", "year_of_birth": 1990})
    [old] = contradictions(PROTOCOL, {"on": "2026-11-23", "year_of_birth": 1950})
    assert (young.age, young.limit) == (36, 40)
    assert (old.age, old.limit) == (75, 60)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"metastases": 4}, []),
        ({"metastases": 5}, [("number_above", "N1", 4, 5)]),
        ({"metastases": 5, "cohort": "limited"}, [("number_above", "N1", 4, 5)]),
        ({"metastases": 5, "cohort": "extended"}, []),
        ({"criteria": {"N1": False}}, [("inclusion_no", "N1", 0, None)]),
        ({"criteria": {"N1": False}, "cohort": "limited"}, [("inclusion_no", "N1", 0, None)]),
        ({"criteria": {"N1": False}, "cohort": "extended"}, []),
        ({"criteria": {"N1": "unknown", "N2": False}, "cohort": "extended"}, [("inclusion_no", "N2", 0, None)]),
        ({"largest_mm": 50}, []),
        ({"largest_mm": 50.5}, [("number_above", "N2", 50, 50.5)]),
        ({"largest_mm": 4.5}, [("number_below", "N2", 5, 4.5)]),
        ({"largest_mm": 21, "liver": "ablation"}, [("number_above", "N2", 20, 21)]),
        ({"largest_mm": 21, "liver": "resection"}, []),
        ({"confirmed_by": "cytology"}, []),
        ({"confirmed_by": "radiology_and_markers"}, [("not_confirmed", "N3", 0, "radiology_and_markers")]),
    ],
)
def test_numbers_and_confirmation(fields: dict[str, Json], expected: list[object]) -> None:
    protocol = replace(SCANPAN, about={"criteria": NUMBERS})
    found = contradictions(protocol, {"on": "2026-11-23", **fields})
    assert [(one.kind, one.criterion.id, one.limit, one.value) for one in found] == expected
