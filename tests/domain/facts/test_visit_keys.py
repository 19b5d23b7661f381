"""What the key of a visit says."""

import pytest

from app.domain.facts.visit_keys import occurrence_of, visit_of


@pytest.mark.parametrize(
    ("key", "visit", "number"),
    [
        ("SP-C02#3", "SP-C02", 3), ("CJ-R01#4/2", "CJ-R01", 4), ("SP-C03#3.15", "SP-C03", 3), ("SP-P04@2", "SP-P04", 0),
        ("SP-O05#14@2", "SP-O05", 14), ("SP-P01/2", "SP-P01", 0), ("SP-C01", "SP-C01", 0), ("U#1", "U", 1),
        ("X#", "X", 0), ("X#²", "X", 0), ("X#٣", "X", 0), ("", "", 0),
    ],
)  # fmt: skip
def test_what_a_key_is_about(key: str, visit: str, number: int) -> None:
    assert (visit_of(key), occurrence_of(key)) == (visit, number)
