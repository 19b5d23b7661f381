"""A screening or an enrolment against the criteria is refused without a reason, and asked about with one."""

from typing import Any

import pytest

from app.domain.refusal import Doubted
from app.services.commands import enrol
from tests.services.ward import PERSON, TODAY, Ward, refused


def propose_screening(ward: Ward, **more: object) -> Any:
    fields = {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible", **more}
    return enrol.propose_screening(ward.study, fields, TODAY)


def screen(ward: Ward, **more: object) -> None:
    fields = {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible", **more}
    enrol.screen(ward.study, fields, TODAY, sure=True)


def propose_enrolment(ward: Ward, **more: object) -> Any:
    return enrol.propose_enrolment(ward.study, {**PERSON, "code": "LI-002", "on": "2026-12-02", **more}, TODAY)


def asked(doubt: Doubted | None) -> tuple[str, str]:
    assert doubt is not None
    return doubt.kind, doubt.place


@pytest.mark.parametrize(
    "against",
    [
        {"criteria": {"I03": False}},
        {"criteria": {"E02": True}},
        {"criteria": {"I09": "unknown"}},
        {"criteria": {"E02": "unknown", "I03": True}},
        {"criteria": {"i03": False}},
        {"year_of_birth": 2009},
        {"year_of_birth": 2020, "criteria": {"I03": True}},
    ],
)
def test_eligible_against_a_criterion_needs_a_reason_and_is_asked_about(ward: Ward, against: dict[str, object]) -> None:
    assert refused("eligible_reason", propose_screening, ward, **against).place == "reason"
    assert asked(propose_screening(ward, reason="the sponsor agreed", **against).doubt) == (
        "eligible_against",
        "outcome",
    )


@pytest.mark.parametrize(
    "fine",
    [
        {},
        {"criteria": {"I03": True, "E02": False}},
        {"year_of_birth": 2008},
        {"year_of_birth": 1940},
        {"outcome": "pending", "criteria": {"I03": False}},
        {"outcome": "failure", "reason": "I03", "criteria": {"I03": False}},
    ],
)
def test_what_contradicts_nothing_is_not_asked_about(ward: Ward, fine: dict[str, object]) -> None:
    assert propose_screening(ward, **fine).doubt is None


def test_an_outcome_is_not_corrected_into_eligible_against_a_criterion(ward: Ward) -> None:
    screen(ward, outcome="pending", criteria={"I03": False})
    number = ward.seq("screened")
    refused("eligible_reason", ward.correct, number, outcome="eligible")
    refused("eligible_against", ward.correct, number, outcome="eligible", reason="the sponsor agreed")
    ward.correct(number, outcome="eligible", criteria={"I03": True})
    refused("eligible_reason", ward.correct, number, criteria={"I03": "unknown"})
    refused("eligible_reason", ward.correct, number, year_of_birth=2010)
    ward.correct(number, sex="male")


def test_an_enrolment_says_that_no_eligible_screening_is_recorded(ward: Ward) -> None:
    proposal = propose_enrolment(ward)
    assert proposal.doubt is None
    assert asked(proposal.remark) == ("not_screened", "")
    screen(ward, outcome="pending")
    assert asked(propose_enrolment(ward).remark) == ("not_screened", "")
    enrol.screen(
        ward.study, {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-02", "outcome": "eligible"}, TODAY
    )
    assert propose_enrolment(ward).remark is None


@pytest.mark.parametrize(("born", "is_asked"), [(2009, True), (2008, False), (1957, False)])
def test_an_age_outside_the_limits_is_asked_about_at_enrolment(ward: Ward, born: int, is_asked: bool) -> None:
    doubt = propose_enrolment(ward, year_of_birth=born).doubt
    assert (doubt is not None and doubt.kind == "age_outside") is is_asked


def test_an_age_that_the_screening_was_asked_about_is_not_asked_about_again(ward: Ward) -> None:
    screen(ward, year_of_birth=2009, reason="the sponsor agreed")
    assert propose_enrolment(ward).doubt is None


def enrol_both(ward: Ward, sure: bool = False, **second: object) -> Any:
    rows = [
        {**PERSON, "code": "LI-002", "on": "2026-12-02"},
        {**PERSON, "code": "LI-003", "on": "2026-12-02", **second},
    ]
    return enrol.enrol_many(ward.study, rows, TODAY, sure=sure)


def test_several_are_enrolled_with_the_remarks_of_each(ward: Ward) -> None:
    screen(ward)
    remarks = enrol_both(ward).remarks
    assert [(one.kind, one.place) for one in remarks] == [("not_screened", "row 2")]


@pytest.mark.parametrize(
    ("second", "kind", "place"),
    [
        ({"year_of_birth": 2009}, "age_outside", "row 2.year_of_birth"),
        ({"on": "2025-06-02"}, "enrolled_long_ago", "row 2.on"),
        ({"year_of_birth": 2009, "on": "2025-06-02"}, "age_outside", "row 2.year_of_birth"),
    ],
)
def test_several_are_asked_about_as_one_is(ward: Ward, second: dict[str, object], kind: str, place: str) -> None:
    before = ward.study.head()
    assert refused(kind, enrol_both, ward, **second).place == place
    assert ward.study.head() == before, "nobody is enrolled"
    assert [fact.fields["code"] for fact in enrol_both(ward, sure=True, **second).facts] == ["LI-002", "LI-003"]


def test_one_enrolment_has_the_remark_of_its_proposal(ward: Ward) -> None:
    saved = enrol.enrol(ward.study, {**PERSON, "code": "LI-002", "on": "2026-12-02"}, TODAY)
    assert [one.kind for one in saved.remarks] == ["not_screened"]
