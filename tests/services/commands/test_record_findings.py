"""A scan that is too old for the first dose, repeated by an unscheduled visit, and the site's own limit.

LI-001 was enrolled on 23 November 2026; today is 20 December. The CT of 16 November may be 28 days old.
"""

import pytest

from app.domain.calendar.entries import ProblemKind
from app.domain.refusal import Refused
from app.services.commands import configure_site
from app.services.queries.agenda import agenda
from app.wording.agenda import remark_of
from tests.services.ward import TODAY, Ward


def problems(ward: Ward) -> list[ProblemKind]:
    return [one.kind for one in ward.calendar().by_key["SP-C01"].problems if one.kind == "finding_old"]


@pytest.fixture
def scanned(ward: Ward) -> Ward:
    ward.do("performed", visit="SP-S02", on="2026-11-23")
    # 23 December is 30 days after the scan
    ward.do("booked", visit="SP-C01", on="2026-12-23")
    return ward


def test_it_is_said_until_a_repeat_in_time_is_recorded(scanned: Ward) -> None:
    assert problems(scanned) == ["finding_old"]
    found = agenda(scanned.study, TODAY)
    rows = {row.entry.key: row.entry for row in (*found.rebooking, *found.pressing, *found.now, *found.coming)}
    assert remark_of(rows["SP-C01"]) == "SP-S02 will be too old"
    scanned.do("unscheduled", reason="CT too old", on="2026-12-18", repeats="sp-s02")
    assert problems(scanned) == []
    assert scanned.told()[-2:][0][1]["repeats"] == "SP-S02"


def test_the_limit_is_a_value_of_the_site(scanned: Ward) -> None:
    scanned.set_study(configure_site.value_facts(scanned.study, "", "ages.ct_at_first_dose", "P5W", "", TODAY))
    assert problems(scanned) == []


def test_a_visit_that_the_protocol_has_not_is_no_finding_to_repeat(scanned: Ward) -> None:
    with pytest.raises(Refused, match="unknown_visit"):
        scanned.do("unscheduled", reason="CT too old", on="2026-12-18", repeats="SP-X02")


def test_a_scan_repeated_between_consent_and_enrolment_is_entered_after_the_enrolment(ward: Ward) -> None:
    ward.enrol(code="LI-002", consented="2026-11-16")
    found = ward.do("unscheduled", code="LI-002", reason="CT too old", on="2026-11-18", repeats="SP-S02")
    assert [one.kind for one in found.facts] == ["unscheduled", "performed"]
    with pytest.raises(Refused, match="before_consent"):
        ward.do("unscheduled", code="LI-002", reason="CT too old", on="2026-11-13", repeats="SP-S02")
