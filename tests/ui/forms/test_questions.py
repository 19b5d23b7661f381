"""What a form asks: as many questions as the kind has fields that a person types, with the protocol's own options."""

import pytest

from app.domain.facts.kind import Subject, Type
from app.domain.facts.kinds import KINDS
from app.services.queries.participant import ParticipantView
from app.ui.forms.questions import TODAY, Question, questions_of
from tests.ui.forms.conftest import TODAY as DAY

VISIT = "SP-C02#2"


def names(kind: str, look: ParticipantView | None, visit: str = "") -> list[str]:
    return [one.field.name for one in questions_of(kind, look, visit)]


def question(kind: str, name: str, look: ParticipantView, visit: str = "") -> Question:
    return next(one for one in questions_of(kind, look, visit) if one.field.name == name)


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if kind.subject is Subject.PARTICIPANT])
def test_no_internal_field_is_asked_and_the_visit_only_where_none_is_given(kind: str, look: ParticipantView) -> None:
    internal = {field.name for field in KINDS[kind].fields if field.internal or field.type is Type.PLAIN}
    assert not internal & set(names(kind, look))
    assert "visit" not in names(kind, look, VISIT)
    has_visit = KINDS[kind].field("visit") is not None and kind != "unscheduled"
    assert ("visit" in names(kind, look)) is has_visit
    assert all(one.label and one.label[0] == one.label[0].upper() for one in questions_of(kind, look))


@pytest.mark.parametrize(
    ("kind", "visit", "expected"),
    [
        ("booked", VISIT, ["on", "at", "reason"]),
        ("moved", VISIT, ["to", "reason"]),
        ("performed", VISIT, ["on", "at", "reason"]),
        ("decided", "SP-R01", ["outcome", "on", "reason"]),
        ("unscheduled", "", ["on", "at", "reason"]),
        ("chosen", "", ["choice", "value", "on", "reason"]),
        ("died", "", ["on", "cause"]),
        ("note", VISIT, ["text"]),
    ],
)
def test_the_questions_of_a_kind(kind: str, visit: str, expected: list[str], look: ParticipantView) -> None:
    assert names(kind, look, visit) == expected


def test_an_enrolled_participant_is_not_asked_for_code_and_protocol(look: ParticipantView) -> None:
    assert {"code", "protocol"} <= set(names("screened", None))
    assert not {"code", "protocol"} & set(names("screened", look))


def test_outcomes_are_those_of_the_visit_by_the_protocol_s_labels(look: ParticipantView) -> None:
    assert question("decided", "outcome", look, "SP-R04").options == (
        ("surgery", "Surgery or ablation"),
        ("no_surgery", "No surgery"),
    )
    first = dict(question("decided", "outcome", look, "SP-R01").options)
    assert first["continue"] == "Continue chemotherapy"
    assert "surgery" not in first


def test_an_occurrence_has_the_outcomes_of_its_row(looks: dict[str, ParticipantView]) -> None:
    cj = looks["CJ-001"]
    found = dict(question("decided", "outcome", cj, "CJ-R01#8").options)
    assert found["response"] == "Good response"


def test_the_regimen_in_use_is_not_offered_again(look: ParticipantView) -> None:
    found = dict(question("regimen_changed", "to", look).options)
    assert "AG" not in found
    assert set(found) == {"MFFX", "FFX", "NAL", "GEMCAP", "GEM"}
    assert found["GEM"] == look.protocol.regimens["GEM"].name


def test_phases_are_courses_by_name(look: ParticipantView) -> None:
    assert question("stopped", "phase", look).options == tuple((one.id, one.name) for one in look.protocol.courses)


def test_answers_belong_to_their_choice_and_say_which_counts_now(look: ParticipantView) -> None:
    found = dict(question("chosen", "value", look).options)
    assert found["staged", False] == "No (as now)"
    assert found["staged", True] == "Yes"
    assert found["pancreatic_resection", True] == "Yes (as now)"


def test_specimens_and_questionnaires_of_the_visit(look: ParticipantView) -> None:
    assert dict(question("specimen", "specimen", look, "SP-P03").options) == {
        "blood_biomarkers": "Blood for biomarkers",
        "metastasis_tissue": "Tissue of a liver metastasis",
    }
    assert question("specimen", "specimen", look, "SP-C01").options == ()
    # The EORTC forms are not in use unless the protocol's question says so.
    assert dict(question("questionnaire", "questionnaire", look, "SP-S08").options) == {"eq5d": "EQ-5D 5L"}
    assert question("questionnaire", "questionnaire", look, "SP-S09").options == ()


def test_visits_to_choose_are_those_that_the_fact_can_be_about(look: ParticipantView) -> None:
    assert [key for key, _words in question("decided", "visit", look).options] == ["SP-R01", "SP-R02", "SP-R04"]
    doses = [str(key) for key, _words in question("treatment", "visit", look).options]
    assert doses
    assert all(key.startswith(("SP-C01", "SP-C02", "SP-C03", "SP-A")) for key in doses), doses


@pytest.mark.parametrize("kind", ["booked", "moved", "performed", "missed", "stopped", "withdrawn"])
def test_common_reasons_are_offered_and_none_stands_there(kind: str, look: ParticipantView) -> None:
    reason = question(kind, "reason", look, VISIT if KINDS[kind].field("visit") else "")
    assert ("participant request", "Participant request") in reason.options
    assert len(reason.options) == 8
    assert reason.free
    assert reason.default is None


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("performed", TODAY),
        ("contact", TODAY),
        ("withdrawn", TODAY),
        ("booked", None),
        ("unscheduled", None),
        ("died", None),
        ("complication", None),
        ("adverse_event", None),
        ("progression", None),
    ],
)
def test_today_stands_there_only_for_what_happens_today(kind: str, default: object, look: ParticipantView) -> None:
    assert question(kind, "on", look, VISIT).default == default


def test_a_missed_visit_was_missed_on_its_day(look: ParticipantView) -> None:
    past = look.calendar.by_key["SP-C01"]
    assert past.assumed is not None
    assert past.assumed < DAY
    assert question("missed", "on", look, "SP-C01").default == past.assumed


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if kind.subject is Subject.PARTICIPANT])
def test_nothing_clinical_is_answered_beforehand(kind: str, look: ParticipantView) -> None:
    given = {one.field.name for one in questions_of(kind, look) if one.default is not None}
    assert given <= {"on"}


def test_the_month_opens_where_the_visit_stands(look: ParticipantView) -> None:
    assert question("moved", "to", look, VISIT).start == look.calendar.by_key[VISIT].assumed
