"""A calendar as JSON."""

import json
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from app.domain.calendar.entries import Reason
from app.domain.dates import Period, Value
from app.exchange.calendar_json import calendar_document, entry_document, reason_document
from tests.domain.stories import Life, booked, calendar, d
from tests.protocols.shipped.stories import lives

TODAY = "2026-12-20"

few = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


def all_dates(value: Any, name: str = "") -> list[str]:
    """Every text in a document that a field of days holds."""
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in all_dates(item, key)]
    if isinstance(value, list):
        return [text for item in value for text in all_dates(item, name)]
    days = {"today", "target", "earliest", "latest", "proposed", "booked", "moved", "performed", "on", "base", "first"}
    return [value] if name in days and isinstance(value, str) else []


@few
@given(lives())
def test_a_calendar_as_json_reads_back_as_it_was_and_every_day_in_it_exists(life: Life) -> None:
    document = calendar_document(life.calendar())
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    found = all_dates(document)
    assert [date.fromisoformat(text).isoformat() for text in found] == found
    assert len(document["entries"]) == len(life.calendar().entries)
    assert all(text.endswith(".") for entry in document["entries"] for text in [*entry["why"], *entry["problems"]])


def test_the_name_of_a_milestone_is_part_of_the_kind_of_its_reason() -> None:
    values: dict[str, Value] = {
        "visit": "",
        "on": date(2027, 2, 1),
        "offset": Period(6),
        "recorded": True,
        "milestone": "no_operation",
    }
    assert reason_document(Reason("milestone", values)) == {
        "kind": "turn_no_operation", "visit": "", "on": "2027-02-01", "offset": "P6M", "recorded": True,
    }  # fmt: skip


def test_days_are_written_in_one_way_or_are_null() -> None:
    found = calendar(booked("SP-C01", "2026-12-21"), today=TODAY)
    entry = entry_document(found.by_key["SP-C01"], found)
    assert (entry["booked"], entry["booked_at"], entry["moved"], entry["performed"]) == ("2026-12-21", None, None, None)


def test_problems_are_gathered_with_the_key_of_their_visit() -> None:
    found = calendar(booked("SP-C01", "2026-12-21"), today=TODAY)
    document = calendar_document(found)
    assert len(document["problems"]) == len(found.problems) + sum(len(one.problems) for one in found.entries)
    assert any(text.startswith("SP-C01: ") for text in document["problems"])


def test_the_parameters_of_a_reason_are_plain() -> None:
    reason = Reason("rolled", {"on": d(TODAY), "step": Period(days=14), "visit": "V1", "n": 3, "none": None})
    assert reason_document(reason) == {
        "kind": "rolled", "on": TODAY, "step": "P14D", "visit": "V1", "n": 3, "none": None,
    }  # fmt: skip
