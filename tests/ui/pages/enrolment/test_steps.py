"""What is recorded of the answers, by the step at which one stops."""

from app.domain.facts.participant_record import Stage
from app.domain.refusal import Refused
from app.services.queries.intake_state import IntakeState
from app.ui.pages.enrolment.steps import in_form, intake_of, needed, not_recorded

WHO = {"protocol": "scanpan", "code": " LI-031 ", "country": "se", "regimen": "AG", "year_of_birth": 1961}
CONSENT = {"consented": "2026-12-16", "version": "2.0", "language": "Swedish", "copy": True, "consent_at": "09:30"}
SCREENING = {"screened_on": "2026-12-17", "metastases": 2, "outcome": "eligible"}
EVERYTHING = {**WHO, **CONSENT, **SCREENING, "on": "2026-12-18", "timing": "synchronous"}


def test_each_step_adds_its_own_facts() -> None:
    assert not_recorded(intake_of(EVERYTHING, "who")).startswith("There is nothing")
    consented = intake_of(EVERYTHING, "consent")
    assert (consented.code, consented.screening) == ("LI-031", {})
    assert consented.enrolment == {**WHO, "country": "SE", "consented": "2026-12-16"}
    assert consented.consent == {
        "answer": "given", "on": "2026-12-16", "at": "09:30", "version": "2.0", "language": "Swedish", "copy": True,
    }  # fmt: skip
    screened = intake_of(EVERYTHING, "screening")
    assert (screened.screening["on"], screened.screening["year_of_birth"]) == ("2026-12-17", 1961)
    assert "on" not in screened.enrolment
    assert intake_of(EVERYTHING, "inclusion").enrolment["on"] == "2026-12-18"
    assert intake_of({**WHO, **SCREENING, "on": "2026-12-18"}, "screening").enrolment == {}


def test_a_failed_screening_enrols_nobody_and_comes_after_the_consent() -> None:
    failed = {**WHO, **SCREENING, "outcome": "failure", "reason": "ECOG 3", "on": "2026-12-18"}
    assert (intake_of(failed, "inclusion").enrolment, not_recorded(intake_of(failed, "inclusion"))) == ({}, "")
    assert "consent first" in not_recorded(intake_of({**failed, **CONSENT}, "inclusion"))


def test_somebody_in_screening_is_included_by_the_day_alone() -> None:
    known = IntakeState("LI-031", Stage.IN_SCREENING, {}, {"protocol": "scanpan", "sex": "male"}, True)
    found = intake_of({**known.given, "on": "2026-12-18"}, "inclusion", known)
    assert (found.enrolment, found.inclusion, found.further[0].kind) == ({}, {"on": "2026-12-18"}, "included")


def test_what_a_step_needs_is_named_in_the_order_of_the_steps() -> None:
    typed = {"code": "LI-031", "consented": "t", "version": "2.0", "metastases": 2, "on": "t"}
    assert needed(intake_of(typed, "consent"), typed, "consent") == (
        "protocol", "code", "country", "regimen", "language", "copy",
    )  # fmt: skip
    assert needed(intake_of(typed, "inclusion"), typed, "inclusion")[-1] == "outcome"
    assert needed(intake_of({}, "inclusion"), {}, "inclusion") == ("protocol", "code", "on")


def test_a_refusal_of_one_fact_is_shown_at_its_field_of_the_form() -> None:
    assert [in_form(Refused("future", place)).place for place in ("on", "screened.on", "consent.on", "consent.at")] == [
        "on", "screened_on", "consented", "consent_at",
    ]  # fmt: skip
    assert in_form(Refused("field_missing", "consent.copy", name="copy")).values["name"] == "copy"
    assert in_form(Refused("eligible_reason", "screened.reason")).place == "reason"
