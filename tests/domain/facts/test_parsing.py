"""National identity numbers are distinguished from study codes."""

import pytest

from app.domain.facts.parsing import is_identity_number


@pytest.mark.parametrize(
    "value",
    [
        *("19500101-1234", "500101-1234", "5001011234", "195001011234", "19500101+1234", "500101+1234"),
        *("010150-123A", "010101A123B", "31129912345".replace("12345", "-123F"), "11010519491231002X"),
        *("110105194912310021", "11010519491231002x", " 500101-1234 ", "500101 1234"),
    ],
)
def test_what_looks_like_an_identity_number_is_known(value: str) -> None:
    assert is_identity_number(value)


@pytest.mark.parametrize(
    "value",
    ["LI-001", "CJ-0001", "2026-001", "500101", "P-500101-1234", "500101-12345", "SE-2026-0001", "A500101-1234"],
)
def test_a_study_code_is_no_identity_number(value: str) -> None:
    assert not is_identity_number(value)
