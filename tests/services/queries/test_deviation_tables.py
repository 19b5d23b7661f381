"""The deviation log at the terminal and in the answer to a story."""

import json
from datetime import date

from app.services.queries.deviation_tables import deviation_document, deviations_text
from app.services.queries.rehearsal import rehearse

STORY = {
    "protocol": "scanpan",
    "today": "2026-12-20",
    "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"},
    "site": {"closed": ["2026-12-14", "2026-12-15", "2026-12-16"]},
}
C01 = {"kind": "performed", "visit": "SP-C01", "on": "2026-11-30"}


def told(*facts: dict[str, str]) -> list[tuple[str, str, int, str, str]]:
    """Visit, kind, days, reason and class of the departures of a story, without the baseline."""
    found = [deviation_document(one) for one in rehearse(json.dumps({**STORY, "facts": [C01, *facts]})).deviations]
    rows = [(one["visit"], one["what"], one["days"], one["reason"], one["class"]) for one in found]
    return [row for row in rows if row[0].startswith("SP-C03#1")]


def test_a_story_says_the_reason_of_a_move() -> None:
    # Day 8 belongs to 6 to 9 December.
    assert told(
        {"kind": "moved", "visit": "SP-C03#1.8", "to": "2026-12-11", "reason": "neutrophils 1.1"},
        {"kind": "performed", "visit": "SP-C03#1.8", "on": "2026-12-11"},
    )[0] == ("SP-C03#1.8", "late", 2, "neutrophils 1.1", "minor")


def test_a_story_says_what_a_closed_clinic_made() -> None:
    # Day 15 belongs to 13 to 16 December: a Sunday, and three days that the site has closed.
    assert told(
        {"kind": "performed", "visit": "SP-C03#1.8", "on": "2026-12-07"},
        {"kind": "performed", "visit": "SP-C03#1.15", "on": "2026-12-17"},
    ) == [
        ("SP-C03#1.15", "late", 1, "Mon 14 Dec 2026 was closed: a day that the site has closed", "allowed")
    ]  # fmt: skip


def test_what_was_missed_and_omitted_in_a_story() -> None:
    assert told(
        {"kind": "missed", "visit": "SP-C03#1.8", "on": "2026-12-07", "reason": "influenza"},
        {"kind": "omitted", "visit": "SP-C03#1.15", "on": "2026-12-14", "reason": "platelets 40"},
    ) == [
        ("SP-C03#1.8", "missed", 0, "influenza", "minor"),
        ("SP-C03#1.15", "omitted", 0, "platelets 40", "minor"),
    ]  # fmt: skip


def test_the_document_of_a_row() -> None:
    facts = [C01, {"kind": "missed", "visit": "SP-C03#1.8", "on": "2026-12-07", "reason": "influenza"}]
    found = rehearse(json.dumps({**STORY, "facts": facts})).deviations
    [row] = [one for one in found if one.visit == "SP-C03#1.8"]
    document = deviation_document(row)
    document.pop("name")
    assert document == {
        "participant": "LI-001", "visit": "SP-C03#1.8", "what": "missed", "days": 0, "on": "2026-12-07",
        "earliest": "2026-12-06", "latest": "2026-12-09", "reason": "influenza", "detail": None, "fact": 2,
        "class": "minor", "proposed": "minor", "decided": None, "decide_again": False,
    }  # fmt: skip
    lines = deviations_text([row])
    assert lines[0] == "1 deviation"
    assert lines[1].split()[-2:] == ["missed:", "influenza"]
    assert lines[2].strip() == "minor (proposed)"
    assert lines[3].startswith("Proposed by the rule of ScanPan: up to 7 days outside the window")
    assert row.on == date(2026, 12, 7)
    assert deviations_text([]) == ["No deviation."]
