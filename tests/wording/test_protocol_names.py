"""The names by which sentences in the window call visits, phases, outcomes and regimens."""

import json

import pytest

from app.domain.facts.records import NewFact, provisional
from app.domain.refusal import Refused
from app.services.queries.rehearsal import rehearse
from app.wording.fact_sentences import fact_text
from app.wording.protocol_names import NO_NAMES, Names, names_in, visits_in
from app.wording.refusals import refusal_text

PERSON = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"}
PLANNED = rehearse(json.dumps({"protocol": "scanpan", "today": "2026-12-20", "participant": PERSON, "facts": []}))
NAMES = names_in(PLANNED.calendar, PLANNED.protocol)
DAY_8, CYCLE_2 = "Preoperative cycle 1 day 8 infusion", "Preoperative cycle 2 day 1"
ON = {"on": "2026-12-07"}


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("performed", {"visit": "SP-C03#1.8", **ON}, f"{DAY_8} done on Mon 7 Dec 2026"),
        ("missed", {"visit": "SP-C02#2", **ON, "reason": "ill"}, f"{CYCLE_2} missed on Mon 7 Dec 2026: ill"),
        ("omitted", {"visit": "SP-C02#2", **ON, "reason": "ill"}, f"{CYCLE_2} omitted on Mon 7 Dec 2026: ill"),
        ("booked", {"visit": "SP-C02#2", **ON, "at": "09:30"}, f"booked {CYCLE_2} for Mon 7 Dec 2026, 09:30"),
        ("booking_cancelled", {"visit": "SP-C02#2"}, f"booking of {CYCLE_2} cancelled"),
        ("moved", {"visit": "SP-C02#2", "to": "2026-12-07", "reason": "x"}, f"{CYCLE_2} moved to Mon 7 Dec 2026: x"),
        (
            "decided",
            {"visit": "SP-R01", **ON, "outcome": "response"},
            "decided Response or stable disease at Reassessment 1 on Mon 7 Dec 2026",
        ),
        (
            "stopped",
            {"phase": "preop_chemo", **ON, "reason": "wish"},
            "treatment phase Preoperative chemotherapy stopped on Mon 7 Dec 2026: wish",
        ),
        ("regimen_changed", {**ON, "to": "GEM"}, "gemcitabine"),
        ("performed", {"visit": "SP-X99", **ON}, "SP-X99 done on Mon 7 Dec 2026"),
        ("performed", {"visit": "SP-O05#14@2", **ON}, "day 14 (SP-O05#14@2) done on Mon 7 Dec 2026"),
        (
            "specimen",
            {"visit": "SP-S02", **ON, "specimen": "metastasis_tissue", "taken": True},
            "specimen Tissue of a liver metastasis at Baseline CT taken on Mon 7 Dec 2026",
        ),
        (
            "questionnaire",
            {"visit": "SP-S08", **ON, "questionnaire": "eq5d", "done": True},
            "questionnaire EQ-5D 5L at Baseline EQ-5D done on Mon 7 Dec 2026",
        ),
        ("chosen", {"choice": "staged", "value": True, **ON}, "Is treatment planned in two operations: yes, from"),
        ("printed", {"what": "sheet", "visits": ["SP-S02", "SP-C02#2"], "head": "1:a"}, f"Baseline CT, {CYCLE_2}"),
        (
            "enrolled",
            {
                "code": "LI-001",
                "protocol": "scanpan",
                **ON,
                "country": "SE",
                "regimen": "AG",
                "cohort": "limited_liver",
            },
            "enrolled LI-001 in ScanPan on Mon 7 Dec 2026, regimen nab-paclitaxel + gemcitabine, Sweden, "
            "cohort Primary cohort, limited liver disease",
        ),
        ("enrolled", {"code": "LI-001", "protocol": "scanpan", **ON, "country": "QQ"}, ", QQ"),
        ("unscheduled", {"visit": "U#1", "reason": "fever", "repeats": "SP-C04"}, "Unscheduled visit 1 (U#1) added"),
    ],
)
def test_a_fact_is_said_with_names(kind: str, fields: dict[str, str], said: str) -> None:
    found = fact_text(provisional(NewFact(kind, dict(fields), 1), 1), NAMES)
    assert said.lower() in found.lower()


def test_without_names_the_key_is_said() -> None:
    fact = provisional(NewFact("performed", {"visit": "SP-C02#2", **ON}, 1), 1)
    assert fact_text(fact) == fact_text(fact, NO_NAMES) == "SP-C02#2 done on Mon 7 Dec 2026"


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (Refused("decided_twice", "", visit="SP-R01"), "Reassessment 1 was decided already"),
        (Refused("not_booked", "", visit="SP-C02#2"), f"{CYCLE_2} is not booked"),
        (Refused("stopped_twice", "", phase="preop_chemo"), "Preoperative chemotherapy was stopped already"),
        (Refused("unknown_visit", "", visit="SP-X99", near=""), "unknown visit “SP-X99”"),
    ],
)
def test_a_refusal_is_said_with_names(refused: Refused, said: str) -> None:
    assert refusal_text(refused, True, NAMES).startswith(said)


def test_the_names_of_visits_alone() -> None:
    found = visits_in(PLANNED.calendar)
    assert (found.visits["SP-C02#2"], dict(found.phases)) == (CYCLE_2, {})


def test_at_the_terminal_the_key_of_a_visit_follows_its_name() -> None:
    fact = provisional(NewFact("performed", {"visit": "SP-C02#2", **ON}, 1), 1)
    assert fact_text(fact, NAMES.with_keys()) == f"{CYCLE_2} (SP-C02#2) done on Mon 7 Dec 2026"


def test_somebody_who_is_not_known_by_a_code_is_another_participant() -> None:
    assert (Names(people={7: "LI-007"}).of_person(7), NO_NAMES.of_person(7)) == ("LI-007", "another participant")
