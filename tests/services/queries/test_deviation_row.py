"""The days of a numbered row as a decision keeps them."""

from datetime import date

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, provisional
from app.services.queries.deviation_row import class_of, kept_days

DAYS: dict[str, Json] = {"days": -2, "on": "2026-12-04", "earliest": "2026-12-06", "latest": None}


@pytest.mark.parametrize(
    ("frozen", "expected"),
    [
        (DAYS, (-2, date(2026, 12, 4), date(2026, 12, 6), None)),
        ({}, (0, None, None, None)),
        ("odd", (0, None, None, None)),
        ({"days": "two", "on": "soon"}, (0, None, None, None)),
    ],
)
def test_kept_days_are_read_however_odd(frozen: Json, expected: tuple[object, ...]) -> None:
    assert kept_days(provisional(NewFact("deviation_classed", {"frozen": frozen}), 1)) == expected


def test_a_class_that_nobody_knows_is_none() -> None:
    assert class_of(None) is None
    assert class_of(provisional(NewFact("deviation_classed", {"class": "huge"}), 1)) is None
