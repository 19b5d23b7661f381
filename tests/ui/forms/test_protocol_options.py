"""The answers that a form offers: the protocol's own, and the reasons that are often given."""

import pytest

from app.domain.facts.kinds import KINDS
from app.services.queries.participant import ParticipantView
from tests.ui.forms.asking import VISIT, question


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
    offered = [one for one, _words in reason.options]
    assert ("drug supply" in offered) == (kind in ("booked", "moved", "performed"))
    assert ("side effects" in offered) == (kind in ("stopped", "withdrawn"))
    assert ("moved away" in offered) == (kind == "withdrawn")
    assert reason.free
    assert reason.default is None
