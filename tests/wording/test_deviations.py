"""The rows of the deviation log in words."""

from datetime import date

import pytest

from app.domain.calendar.entries import Calendar, Reason
from app.domain.deviation_rule import DEVIATION_CLASSES, DEVIATION_KINDS, DeviationKind, DeviationRule
from app.wording.deviations import cause_text, changed_row_text, class_text, deviation_text, rule_text
from app.wording.field_catalogue import OPTION_WORDS

NOBODY = Calendar("p", "1", "LI-001", date(2026, 12, 20), (), ())
MONDAY, SATURDAY = date(2026, 12, 14), date(2026, 12, 12)


@pytest.mark.parametrize(
    ("what", "days", "text"),
    [
        ("early", 2, "2 days early"),
        ("early", -1, "1 day early"),
        ("late", 3, "3 days late"),
        ("late", 1, "1 day late"),
        ("missed", 0, "missed"),
        ("omitted", 0, "omitted"),
        ("unrecorded", 4, "not recorded, window has passed"),
        ("unrecorded_before_end", 0, "not recorded before the end"),
    ],
)
def test_a_deviation(what: DeviationKind, days: int, text: str) -> None:
    assert deviation_text(what, days) == text


def test_a_detail_follows() -> None:
    assert deviation_text("ineligible", 0, "I1 is unknown") == "eligible against the criteria: I1 is unknown"


def test_every_kind_and_class_has_words() -> None:
    assert {*DEVIATION_KINDS, *DEVIATION_CLASSES} <= OPTION_WORDS.keys()


def test_a_class_says_where_it_comes_from() -> None:
    assert class_text("minor") == "minor (proposed)"
    assert class_text("minor", "important", "anna") == "important (decided by anna)"
    assert class_text("minor", "allowed", "an\u202ena") == r"allowed by protocol (decided by an\u202ena)"
    assert changed_row_text("minor") == "decided as minor when the row read otherwise: decide again"


@pytest.mark.parametrize(
    ("on", "why", "closed_for", "text"),
    [
        (MONDAY, "site", {MONDAY: "staff training"}, "Mon 14 Dec 2026 was closed: staff training"),
        (MONDAY, "site", {}, "Mon 14 Dec 2026 was closed: a day that the site has closed"),
        (MONDAY, "holiday:Lucia", {}, "Mon 14 Dec 2026 was closed: Lucia"),
        (SATURDAY, "weekday", {MONDAY: "staff training"}, "Sat 12 Dec 2026 was closed: a Saturday"),
    ],
)
def test_a_closed_day_as_the_cause(on: date, why: str, closed_for: dict[date, str], text: str) -> None:
    assert cause_text(Reason("closed", {"on": on, "why": why, "proposed": MONDAY}), NOBODY, closed_for) == text


def test_a_gap_as_the_cause() -> None:
    gap = Reason("gap", {"visit": "C1", "on": SATURDAY, "first": MONDAY, "proposed": MONDAY})
    assert cause_text(gap, NOBODY, {}) == (
        "not before Mon 14 Dec 2026, as the last dose is C1 (Sat 12 Dec 2026), so Mon 14 Dec 2026 is proposed"
    )


def test_the_rule() -> None:
    assert rule_text(DeviationRule(1, ("performed_too_near",), "assumed")) == (
        "up to 1 day outside the window is proposed as minor, more as important; "
        "always important: done too near the last dose; assumed"
    )
    assert rule_text(DeviationRule(3, (), "verified")) == (
        "up to 3 days outside the window are proposed as minor, more as important"
    )
