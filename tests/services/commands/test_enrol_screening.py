"""Somebody who has consented and is not enrolled yet: the calendar from that day, and the inclusion that follows.

Consent on Monday 14 December 2026, six days before today: inclusion is expected on Monday 28 December, imaging 14 days
before it, cycle 1 seven days after it.
"""

from datetime import date

import pytest

from app.domain.facts.participant_record import Stage
from app.domain.refusal import Doubted, Refused
from app.services.commands import enrol
from app.services.queries.people import people
from tests.services.queries.test_scenario import check_rehearsed
from tests.services.ward import Ward

CONSENT = {"code": "LI-002", "on": "", "consented": "2026-12-14"}


def stage(ward: Ward, code: str = "LI-002") -> tuple[Stage, date | None]:
    row = next(row for row in people(ward.study) if row.code == code)
    return row.stage, row.enrolled_on


def refused(kind: str, work: object, *args: object, **fields: object) -> Refused:
    with pytest.raises(Refused) as caught:
        work(*args, **fields)  # type: ignore[operator]
    assert caught.value.kind == kind
    return caught.value


def test_the_calendar_begins_with_the_consent(ward: Ward) -> None:
    ward.enrol(**CONSENT)
    assert stage(ward) == (Stage.IN_SCREENING, None)
    entries = ward.calendar("LI-002").by_key
    assert str(entries["SP-S06"].target) == "2026-12-28"
    assert str(entries["SP-S02"].target) == "2026-12-14"
    assert str(entries["SP-C01"].target) == "2027-01-04"
    check_rehearsed(ward, "LI-002")


def test_the_inclusion_makes_the_day_of_enrolment(ward: Ward) -> None:
    ward.enrol(**CONSENT)
    ward.do("performed", "LI-002", visit="SP-S02", on="2026-12-15")
    ward.do("included", "LI-002", on="2026-12-18")
    assert stage(ward) == (Stage.ENROLLED, date(2026, 12, 18))
    entries = ward.calendar("LI-002").by_key
    assert (str(entries["SP-S06"].performed), entries["SP-S06"].window_result) == ("2026-12-18", 0)
    assert str(entries["SP-C01"].target) == "2026-12-25"
    check_rehearsed(ward, "LI-002")


def test_there_is_no_treatment_before_the_inclusion_and_no_inclusion_is_taken_back_after_it(ward: Ward) -> None:
    ward.enrol(**CONSENT)
    dose = {"visit": "SP-C01", "on": "2026-12-18"}
    refused("not_included", ward.do, "performed", "LI-002", **dose)
    number = ward.do("included", "LI-002", on="2026-12-18").command
    ward.do("performed", "LI-002", **dose)
    refused("facts_hang", ward.undo, number)
    assert stage(ward)[0] is Stage.ENROLLED


def test_an_inclusion_is_corrected(ward: Ward) -> None:
    ward.enrol(**CONSENT)
    seq = ward.do("included", "LI-002", on="2026-12-18").head.seq
    ward.correct(seq, on="2026-12-17")
    assert stage(ward) == (Stage.ENROLLED, date(2026, 12, 17))
    refused("consent_after_enrolment", ward.correct, seq, on="2026-12-11")
    assert str(ward.calendar("LI-002").by_key["SP-S06"].performed) == "2026-12-17"


def test_an_enrolment_by_mistake_becomes_a_consent_unless_treatment_was_given(ward: Ward) -> None:
    first = next(one.seq for one in ward.facts() if one.kind == "enrolled")
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    refused("not_included", ward.correct, first, consented="2026-11-23", on=None)
    assert stage(ward, "LI-001")[0] is Stage.ENROLLED


def test_a_failed_screening_keeps_somebody_from_being_included(ward: Ward) -> None:
    ward.enrol(**CONSENT)
    found = {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-18", "outcome": "failure", "reason": "lung lesion"}
    enrol.screen(ward.study, found, ward.today)
    assert stage(ward) == (Stage.SCREEN_FAILURE, None)
    refused("screen_failure", ward.do, "included", "LI-002", on="2026-12-18")


def test_an_inclusion_is_asked_about_like_an_enrolment(ward: Ward) -> None:
    """Age: ScanPan asks for 18 years and more; born in 2015, somebody is 11 years old at the most."""
    person = {**CONSENT, "protocol": "scanpan", "country": "SE", "regimen": "AG", "year_of_birth": 2015}
    enrol.enrol(ward.study, person, ward.today, sure=True)
    with pytest.raises(Doubted) as caught:
        ward.ask("included", "LI-002", on="2026-12-18")
    assert "age_outside" in {one.doubt_kind for one in caught.value.each}


def test_one_of_the_two_days_is_needed(ward: Ward) -> None:
    refused("no_consent", ward.enrol, code="LI-002", on="")
    refused("consent_after_enrolment", ward.enrol, code="LI-002", on="2026-12-10", consented="2026-12-11")
