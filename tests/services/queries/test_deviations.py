"""The deviation log: what is in it, and the reason that it gives."""

from pathlib import Path

import pytest

from app.services.queries.deviations import Deviation, deviations
from tests.services.ward import TODAY, Ward


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    """LI-001, enrolled on 23 November, with the first dose given on 30 November."""
    ward = Ward(tmp_path)
    ward.site()
    ward.enrol()
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    return ward


def of(ward: Ward, visit: str) -> Deviation | None:
    return next((one for one in deviations(ward.study, TODAY) if one.visit == visit), None)


@pytest.mark.parametrize(
    ("moved", "given", "reason"),
    [("neutrophils 1.1", "", "neutrophils 1.1"), ("neutrophils 1.1", "came late", "came late"), ("", "", "")],
)
def test_the_reason_of_a_move_is_that_of_the_deviation(ward: Ward, moved: str, given: str, reason: str) -> None:
    # day 8 of a 28-day cycle: 7 December, a day before to two days after
    if moved:
        ward.do("moved", visit="SP-C03#1.8", to="2026-12-11", reason=moved)
    ward.do("performed", visit="SP-C03#1.8", on="2026-12-11", reason=given)
    found = of(ward, "SP-C03#1.8")
    assert found is not None
    assert (found.what, found.days, found.reason) == ("late", 2, reason)


def test_a_provisional_result_is_no_deviation_yet(ward: Ward) -> None:
    # cycle 2 is expected on Monday 28 December; its bloods belong to 25 to 28 December
    ward.do("performed", visit="SP-C04#2.1", on="2026-12-18")
    assert of(ward, "SP-C04#2.1") is None


def test_a_decision_without_a_record_is_no_deviation(ward: Ward) -> None:
    ward.do("decided", visit="SP-R01", outcome="response", on="2026-12-18")
    ward.go_to("2027-03-01")
    assert "SP-R01" not in [one.visit for one in deviations(ward.study, ward.today)]


def test_a_booked_day_that_passed_is_no_deviation_while_the_window_is_open(ward: Ward) -> None:
    """Reassessment 1 is due until 13 February 2027."""
    ward.do("booked", visit="SP-R01", on="2027-02-01")
    ward.go_to("2027-02-13")
    assert ward.calendar().by_key["SP-R01"].status.value == "overdue"
    assert "SP-R01" not in [one.visit for one in deviations(ward.study, ward.today)]
    ward.go_to("2027-02-14")
    assert ("SP-R01", "unrecorded") in [(one.visit, one.what) for one in deviations(ward.study, ward.today)]
