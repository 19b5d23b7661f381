"""Who is screened and enrolled: codes that are nearly another's or look like a person, and names on no list."""

import pytest

from app.domain.refusal import Doubted, Refused
from app.services.commands import enrol as enrolment
from app.wording.refusals import refusal_text
from tests.services.ward import PERSON, Ward

NEAR = ("LI001", "LI-1", "li 01", "LI-0001", "LIOO1", "L-I001", "LI_0-01")


def asked(work: object, ward: Ward, **fields: object) -> list[tuple[str, str]]:
    """The kinds and places of what is asked about; everything that is asked about can be confirmed."""
    before = ward.last
    given = {**PERSON, **fields}
    if work is enrolment.screen:
        given = {name: one for name, one in given.items() if name not in ("country", "regimen")} | {
            "outcome": "pending"
        }
    do = enrolment.screen if work is enrolment.screen else enrolment.enrol
    try:
        do(ward.study, given, ward.today)
    except Doubted as doubted:
        assert ward.last == before
        do(ward.study, given, ward.today, sure=True)
        return [(one.kind, one.place) for one in doubted.each]
    return []


@pytest.mark.parametrize("work", [enrolment.screen, enrolment.enrol], ids=["screen", "enrol"])
@pytest.mark.parametrize("code", NEAR)
def test_a_code_that_is_nearly_another_one_is_asked_about(ward: Ward, work: object, code: str) -> None:
    assert asked(work, ward, code=code) == [("code_near", "code")]


@pytest.mark.parametrize("code", ["LI-002", "LI-010", "LI-100", "IL-001", "LI-001-2", "L-001", "SI-001"])
def test_another_code_is_not_asked_about(ward: Ward, code: str) -> None:
    assert asked(enrolment.enrol, ward, code=code) == []


def test_the_known_code_is_named(ward: Ward) -> None:
    with pytest.raises(Doubted) as doubted:
        ward.enrol(code="LI001")
    assert "“LI001” differs from “LI-001”, which is another participant's" in refusal_text(doubted.value)


def test_two_of_one_command_are_compared_as_well(ward: Ward) -> None:
    rows = [{**PERSON, "code": "LI-002"}, {**PERSON, "code": "LI2"}]
    with pytest.raises(Doubted) as doubted:
        enrolment.enrol_many(ward.study, rows, ward.today)
    assert (doubted.value.kind, doubted.value.place) == ("code_near", "row 2.code")
    enrolment.enrol_many(ward.study, rows, ward.today, sure=True)


def test_who_was_asked_about_at_the_screening_is_not_asked_about_once_more(ward: Ward) -> None:
    assert asked(enrolment.screen, ward, code="LI-1") == [("code_near", "code")]
    assert asked(enrolment.enrol, ward, code="LI-1") == []
    ward.correct(ward.seq("enrolled"), regimen="GEM")


@pytest.mark.parametrize("work", [enrolment.screen, enrolment.enrol], ids=["screen", "enrol"])
@pytest.mark.parametrize("code", ["Anna Svensson", "1957-03-12", "LI-570312-1234", "MRN 482913", "\u738b\u82b3"])
def test_a_code_that_looks_like_a_person_is_asked_about(ward: Ward, work: object, code: str) -> None:
    assert asked(work, ward, code=code) == [("code_personal", "code")]


def test_a_national_number_alone_is_refused_as_a_code(ward: Ward) -> None:
    for code in ("570312-1234", "120357-123A", "11010519570312002X"):
        with pytest.raises(Refused) as refused:
            ward.enrol(code=code)
        assert refused.value.kind == "identity_number"


def test_a_code_is_corrected_to_no_near_nor_personal_one_unasked(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    for code, kind in (("LI1", "code_near"), ("Svensson", "code_personal")):
        with pytest.raises(Doubted) as doubted:
            ward.correct(ward.seq("enrolled"), code=code)
        assert doubted.value.kind == kind
    ward.correct(ward.seq("enrolled"), code="LI-003")


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"centre": "Linkoping"}, ["centre"]),
        ({"centre": "linköping"}, []),
        ({"centre": "Oulu", "country": "FI"}, []),
        ({"country": "DE"}, ["country"]),
        ({"centre": "Gothenburg", "country": "DE"}, ["country", "centre"]),
    ],
)
def test_a_centre_or_a_country_on_no_list_is_asked_about(ward: Ward, fields: dict[str, str], places: list[str]) -> None:
    assert asked(enrolment.enrol, ward, code="LI-002", **fields) == [("not_listed", place) for place in places]


def test_a_drug_is_one_of_the_regimen(ward: Ward) -> None:
    dose = {"visit": "SP-C01", "on": "2026-11-30", "given": "reduced", "percent": 75, "reason": "fever"}
    for drug, near in (("gemcitabien", "Gemcitabine"), ("oxaliplatin", "")):
        with pytest.raises(Doubted) as doubted:
            ward.ask("treatment", drug=drug, **dose)
        assert (doubted.value.kind, doubted.value.values["near"]) == ("not_listed", near)
    ward.ask("treatment", drug="GEMCITABINE", **dose)
    assert next(fields for kind, fields in ward.told() if kind == "treatment")["drug"] == "Gemcitabine"


@pytest.mark.parametrize("drug", ["5-FU", "fluorouracil pump", "oxaliplatin"])
def test_a_drug_may_be_called_as_the_day_of_the_regimen_does(ward: Ward, drug: str) -> None:
    ward.enrol(code="LI-002", regimen="MFFX")
    dose = {"visit": "SP-C01", "on": "2026-11-30", "given": "reduced", "percent": 75, "reason": "fever"}
    ward.ask("treatment", "LI-002", drug=drug, **dose)


def test_a_personal_number_in_a_text_is_asked_about_wherever_it_is_typed(ward: Ward) -> None:
    number = "570312-1234"
    for kind, fields in (
        ("note", {"text": f"called {number}"}),
        ("missed", {"visit": "SP-S03", "on": "2026-12-01", "reason": number}),
        ("adverse_event", {"term": "Nausea", "grade": 1, "serious": False, "on": "2026-12-01", "detail": number}),
    ):
        with pytest.raises(Doubted) as doubted:
            ward.ask(kind, **fields)
        assert "text_personal" in [one.kind for one in doubted.value.each]
        ward.do(kind, **fields)
    with pytest.raises(Doubted):
        ward.correct(ward.seq("note"), text=f"of {number}")
    with pytest.raises(Doubted):
        ward.correct(ward.seq("note"), why=number, text="called")
    ward.correct(ward.seq("note"), text="called")
