"""The rule by which a class is proposed."""

import pytest

from app.domain.deviation_rule import DeviationKind, DeviationRule


@pytest.mark.parametrize(
    ("what", "days", "proposed"),
    [
        ("late", 7, "minor"),
        ("late", 8, "important"),
        ("early", -7, "minor"),
        ("early", -8, "important"),
        ("missed", 0, "minor"),
        ("omitted", 0, "minor"),
        ("unrecorded", 0, "minor"),
        ("unrecorded_before_end", 0, "minor"),
        ("performed_closed", 0, "allowed"),
        ("performed_too_near", 0, "important"),
        ("performed_before", 0, "important"),
        ("performed_after", 0, "important"),
        ("performed_before_result", 0, "important"),
        ("ineligible", 0, "important"),
        ("not_eligible_yet", 0, "important"),
        ("screened_late", 0, "important"),
    ],
)
def test_the_usual_rule(what: DeviationKind, days: int, proposed: str) -> None:
    assert DeviationRule().proposed(what, days) == proposed


def test_a_rule_of_a_protocol() -> None:
    rule = DeviationRule(0, ("omitted", "performed_closed"), "verified")
    assert rule.proposed("late", 1) == "important"
    assert rule.proposed("omitted", 0) == "important"
    assert rule.proposed("performed_closed", 0) == "important"
    assert rule.proposed("performed_too_near", 0) == "minor"
