"""Somebody who has consented and is not enrolled yet: the calendar from that day, and the inclusion that follows.

Consent on Monday 14 December 2026, six days before today: inclusion is expected on Monday 28 December, imaging 14 days
before it, cycle 1 seven days after it.
"""

from datetime import date

import pytest

from app.domain.calendar.entry_codec import entry_of, row_of
from app.domain.facts.participant_record import Stage
from app.domain.facts.records import provisional
from app.domain.refusal import Doubted, Refused
from app.services.commands import enrol
from app.services.commands.consent_forms import identified_not_screened
from app.services.commands.record import change
from app.services.queries.identified import identified
from app.services.queries.participant import participant_view
from app.services.queries.people import people
from app.wording.fact_sentences import fact_text
from app.wording.names import status_text, visit_name
from tests.services.queries.test_scenario import check_rehearsed
from tests.services.ward import Ward

CASES = ("CJ-001", "CJ-002", "CJ-003")
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
    refused("facts_depend", ward.undo, number)
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


FAILED = {
    "code": "LI-002", "protocol": "scanpan", "on": "2026-12-18", "outcome": "failure", "reason": "a lesion in the lung",
    "failed_for": "criteria",
}  # fmt: skip


def test_a_failed_screening_cancels_what_is_open_until_somebody_is_screened_again(ward: Ward) -> None:
    ward.enrol(**CONSENT)
    ward.do("performed", "LI-002", visit="SP-S02", on="2026-12-15")
    enrol.screen(ward.study, FAILED, ward.today)
    kept = {one.key for one in ward.calendar("LI-002").entries if one.status != "cancelled"}
    assert {"SP-S00", "SP-S02"} <= kept
    assert not kept & {"SP-S06", "SP-S08", "SP-C01", "SP-F24"}
    check_rehearsed(ward, "LI-002")
    enrol.screen(
        ward.study, {**FAILED, "on": "2026-12-19", "outcome": "eligible", "failed_for": ""}, ward.today, sure=True
    )
    assert stage(ward) == (Stage.IN_SCREENING, None)
    assert ward.calendar("LI-002").by_key["SP-C01"].status == "planned"


def test_a_screening_cannot_have_failed_before_a_visit_that_took_place(ward: Ward) -> None:
    ward.enrol(**CONSENT)
    ward.do("performed", "LI-002", visit="SP-S02", on="2026-12-19")
    refused("end_before_visit", enrol.screen, ward.study, FAILED, ward.today)


def test_a_number_beyond_a_limit_needs_a_reason_and_is_asked_about_with_the_investigator(ward: Ward) -> None:
    found = {"code": "LI-009", "protocol": "scanpan", "on": "2026-12-18", "outcome": "eligible", "metastases": 5}
    refused("eligible_reason", enrol.screen, ward.study, found, ward.today)
    found["reason"] = "one of them is scar tissue"
    with pytest.raises(Doubted) as caught:
        enrol.screen(ward.study, found, ward.today)
    assert {one.doubt_kind for one in caught.value.each} == {"eligible_against", "eligible_unsigned"}
    with pytest.raises(Doubted) as caught:
        enrol.screen(ward.study, {**found, "investigator": "Dr N. N."}, ward.today)
    assert {one.doubt_kind for one in caught.value.each} == {"eligible_against"}


def test_the_operation_is_compared_with_the_screening(ward: Ward) -> None:
    found = {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible", "metastases": 2}
    enrol.screen(ward.study, found, ward.today)
    ward.enrol(code="LI-002", on="2026-12-02")
    operation = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "none", "liver": "ablation", "largest_mm": 25}
    with pytest.raises(Doubted) as caught:
        ward.ask("operation", "LI-002", **operation, lesions=3)
    said = next(one for one in caught.value.each if one.doubt_kind == "screening_differs")
    assert said.values["what"] == (
        "the screening says 2 metastases in the liver, the operation 3; I06 allows at most 20 (size of the largest "
        "lesion (mm)), and 25 is recorded"
    )


def test_everybody_who_was_identified_is_counted(ward: Ward) -> None:
    for count, why in ((3, "declined"), (2, "declined"), (4, "not_eligible")):
        fields = {"on": "2026-12-18", "count": count, "failed_for": why}
        ward.set_study(identified_not_screened(ward.study, fields, "scanpan", ward.today))
    ward.enrol(**CONSENT)
    enrol.screen(ward.study, FAILED, ward.today)
    enrol.screen(ward.study, {**FAILED, "code": "LI-003", "failed_for": "unfit"}, ward.today)
    ward.enrol(code="LI-004", on="", consented="2026-12-14")
    assert [(one.what, one.why, one.count) for one in identified(ward.study) if one.protocol == "scanpan"] == [
        ("identified_not_screened", "declined", 5),
        ("identified_not_screened", "not_eligible", 4),
        ("screened", "", 2),
        ("failure", "criteria", 1),
        ("failure", "unfit", 1),
        ("in_screening", "", 1),
        ("enrolled", "", 1),
    ]


def test_what_the_operation_found_otherwise_is_said_until_one_of_them_is_corrected(ward: Ward) -> None:
    found = {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible", "metastases": 4}
    enrol.screen(ward.study, found, ward.today)
    ward.enrol(code="LI-002", on="2026-12-02")
    operation = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "none", "liver": "resection"}
    change(ward.study, "LI-002", "operation", {**operation, "lesions": 1}, ward.today, sure=True)

    def noticed() -> list[tuple[str, str]]:
        notices = participant_view(ward.study, "LI-002", ward.today).notices
        return [(one.about, one.text) for one in notices if "screening" in one.text]

    assert noticed() == [("SP-P03", "the screening says 4 metastases in the liver, the operation 1")]
    ward.correct(ward.seq("operation"), lesions=4)
    assert noticed() == []


def test_a_case_of_the_past_is_registered_and_neither_consented_nor_enrolled_that_day(ward: Ward) -> None:
    ward.enrol_cn(code="CJ-002", on="2026-03-02", cohort="retrospective", sure=True)
    ward.enrol_cn(code="CJ-003", on="2026-03-02", consented="2026-02-20", cohort="retrospective", sure=True)
    said = {code: [(visit_name(one), status_text(one)) for one in ward.calendar(code).entries] for code in CASES}
    assert said == {
        "CJ-001": said["CJ-001"],
        "CJ-002": [("Registration (no day of consent)", "registered"), ("Registration", "registered")],
        "CJ-003": [("Informed consent", "done"), ("Registration", "registered")],
    }
    assert ("Informed consent", "done") in said["CJ-001"]
    protocol, kept = ward.study.protocol(ward.study.enrolled("CJ-002")), ward.calendar("CJ-002").entries
    listed = [entry_of(row_of(2, one), protocol, ward.today).registered for one in kept]
    assert listed == ["consent", "enrolment"]
    assert [one["name"] for one in ward.document("CJ-002")["entries"]] == ["Informed consent", "Enrolment"]


def test_the_sentence_of_a_case_of_the_past_says_registered(ward: Ward) -> None:
    saved = ward.enrol_cn(code="CJ-004", on="2026-03-02", cohort="retrospective", sure=True)
    said = fact_text(provisional(saved.facts[0], 0), saved.names)
    assert said.startswith("registered CJ-004 in NCT06873178 on Mon 2 Mar 2026")
    other = ward.enrol_cn(code="CJ-005", cohort="prospective")
    assert fact_text(provisional(other.facts[0], 0), other.names).startswith("enrolled CJ-005 in NCT06873178")
