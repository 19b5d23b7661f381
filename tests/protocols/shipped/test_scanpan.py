"""The ScanPan that the domain's tests have written by hand is the one that is shipped."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import pytest

from app.protocols.library import shipped_protocol
from app.services.study.holidays import holiday_years
from tests.domain.scanpan import SCANPAN, swedish_holidays

WORDS = frozenset(
    {
        "about", "activities", "centres", "condition", "doses", "events", "forms", "labels", "mark", "marks",
        "names", "note", "plain", "plains", "question", "short_title", "source", "title", "version", "waivers", "what",
    }
)  # fmt: skip
"""Fields that planning does not read."""
NAMED = frozenset({"Visit", "Course", "Regimen", "Epoch", "Procedure"})
"""Classes whose `name` is a word, too; that of a timing or a bound says what a visit waits for."""


def planned(value: object) -> object:
    """What planning reads of a part of a protocol, as plain values."""
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value).__name__
        left_out = WORDS | {"name"} if kind in NAMED else WORDS
        return kind, {one.name: planned(getattr(value, one.name)) for one in fields(value) if one.name not in left_out}
    if isinstance(value, tuple):
        return tuple(map(planned, value))
    if isinstance(value, Mapping):
        return [(key, planned(one)) for key, one in value.items()]
    return value


@pytest.mark.parametrize("name", [one.name for one in fields(SCANPAN) if one.name not in WORDS])
def test_every_field_that_planning_reads_is_the_same(name: str) -> None:
    assert planned(getattr(SCANPAN, name)) == planned(getattr(shipped_protocol("scanpan"), name))


def test_the_holidays_of_sweden_are_the_same() -> None:
    for year, known in holiday_years("SE", 2020, 2045).items():
        assert swedish_holidays(year).closed == known.closed
