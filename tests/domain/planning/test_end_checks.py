"""Facts on the day before an end, on its day and on the day after it, for every end and every kind of fact."""

from collections.abc import Callable, Mapping

import pytest

from app.domain.facts import planner_facts as f
from app.domain.planning.end_checks import day_of
from app.domain.refusal import Refused
from tests.domain.stories import (
    booked,
    changed,
    chosen,
    d,
    decided,
    died,
    done,
    found_again,
    life,
    lost,
    missed,
    moved,
    omitted,
    stopped,
    withdrawn,
)

BEFORE, ON, AFTER, TODAY = "2026-11-30", "2026-12-01", "2026-12-02", "2027-01-29"
FIRST_DOSE = done("SP-C01", "2026-11-30")
ENDS: Mapping[str, f.Fact] = {
    "after_death": died(ON),
    "after_withdrawal": withdrawn("all", ON),
    "after_lost": lost(ON),
    "after_treatment": withdrawn("treatment", ON),
    "after_stop": stopped("preop_chemo", ON),
}
STUDY = {"after_death", "after_withdrawal", "after_lost"}
TREATMENT = STUDY | {"after_treatment"}
EVERY = TREATMENT | {"after_stop"}

# What is told on a day, and the ends that rule it out on a later day.
TOLD: Mapping[str, tuple[Callable[[str], f.Fact], set[str]]] = {
    "infusion performed": (lambda on: done("SP-C02#2", on), EVERY),
    "infusion booked": (lambda on: booked("SP-C02#2", on), EVERY),
    "infusion moved": (lambda on: moved("SP-C02#3", on), EVERY),
    "bloods performed": (lambda on: done("SP-C04#2.1", on), EVERY),
    "bloods booked": (lambda on: booked("SP-C04#3.1", on), EVERY),
    "pump of a given dose disconnected": (lambda on: done("SP-C03#1.3", on), {"after_death"}),
    "disconnection of a given dose booked": (lambda on: booked("SP-C03#1.3", on), {"after_death"}),
    "disconnection of a given dose moved": (lambda on: moved("SP-C03#1.3", on), {"after_death"}),
    "pump of a dose not given disconnected": (lambda on: done("SP-C03#2.3", on), EVERY),
    "operation performed": (lambda on: done("SP-P03", on), TREATMENT),
    "operation booked": (lambda on: booked("SP-P03", on), TREATMENT),
    "operation moved": (lambda on: moved("SP-P03", on), TREATMENT),
    "screening performed": (lambda on: done("SP-S02", on), STUDY),
    "screening booked": (lambda on: booked("SP-S02", on), STUDY),
    "follow-up moved": (lambda on: moved("SP-F03", on), STUDY),
    "postoperative chemotherapy performed": (lambda on: done("SP-A01", on), TREATMENT),
    "unscheduled performed": (lambda on: done("U#1", on), STUDY),
    "unscheduled booked": (lambda on: booked("U#1", on), STUDY),
    "reassessment performed": (lambda on: done("SP-R01", on), STUDY),
    "decided": (lambda on: decided("SP-R01", on, "response"), TREATMENT),
    "regimen changed": (lambda on: changed(on, "AG"), TREATMENT),
    "dose missed": (lambda on: missed("SP-C02#2", on), EVERY),
    "dose omitted": (lambda on: omitted("SP-C02#2", on), EVERY),
    "disconnection of a given dose missed": (lambda on: missed("SP-C03#1.3", on), {"after_death"}),
    "operation missed": (lambda on: missed("SP-P03", on), TREATMENT),
    "follow-up missed": (lambda on: missed("SP-F03", on), STUDY),
    "chosen": (lambda on: chosen("eortc", True, on), STUDY),
}


def told(*facts: f.Fact) -> Refused | None:
    """How these facts, told in this order, are refused; None when all are accepted."""
    try:
        life(today=TODAY).told(facts)
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("on", [BEFORE, ON, AFTER])
def test_a_fact_after_an_end_is_refused_and_others_are_not(name: str, end: str, on: str) -> None:
    fact, ruled_out = TOLD[name]
    refused = told(FIRST_DOSE, ENDS[end], fact(on))
    if on == AFTER and end in ruled_out:
        assert refused is not None
        assert (refused.kind, refused.place, refused.values["on"]) == (end, "3", d(AFTER))
    else:
        assert refused is None


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("on", [BEFORE, ON, AFTER])
def test_an_end_before_a_performed_visit_that_it_would_end_is_refused(name: str, end: str, on: str) -> None:
    fact, ruled_out = TOLD[name]
    refused = told(FIRST_DOSE, fact(on), ENDS[end])
    if on == AFTER and end in ruled_out and isinstance(fact(on), f.Performed):
        assert refused is not None
        assert (refused.kind, refused.place) == ("end_before_visit", "3")
        assert (refused.values["on"], refused.values["ended"]) == (d(AFTER), d(ON))
    else:
        assert refused is None, "what was arranged or decided before the end was known is no contradiction"


@pytest.mark.parametrize(
    "end",
    [
        died,
        lost,
        lambda on: withdrawn("all", on),
        lambda on: withdrawn("treatment", on),
        lambda on: stopped("preop_chemo", on),
    ],
)
def test_an_end_before_the_enrolment_is_refused(end: Callable[[str], f.Fact]) -> None:
    refused = told(end("2026-11-22"))
    assert refused is not None
    assert refused.kind == "end_before_enrolment"
    assert told(end("2026-11-23")) is None


@pytest.mark.parametrize(
    "end", [withdrawn("all", AFTER), withdrawn("treatment", AFTER), lost(AFTER), stopped("preop_chemo", AFTER)]
)
def test_no_end_follows_death(end: f.Fact) -> None:
    refused = told(died(ON), end)
    assert refused is not None
    assert refused.kind == "ended_after_death"
    assert told(died(AFTER), end) is None, "the day of death itself is possible"


def test_death_may_follow_every_other_end() -> None:
    for name, end in ENDS.items():
        if name != "after_death":
            assert told(end, died("2027-01-05")) is None


def test_a_participant_who_was_found_again_is_no_longer_lost() -> None:
    assert told(lost(ON), found_again("2027-01-10"), done("SP-S02", AFTER), booked("SP-R01", "2027-02-01")) is None
    refused = told(lost(ON), found_again("2026-11-30"))
    assert refused is not None
    assert refused.kind == "found_before_lost"
    refused = told(lost(ON), found_again("2027-01-10"), lost("2027-01-12"), done("SP-S02", "2027-01-13"))
    assert refused is not None
    assert refused.values["ended"] == d("2027-01-12")


def test_a_stop_ends_its_own_course_alone() -> None:
    assert told(stopped("postop_chemo", ON), done("SP-C02#2", AFTER)) is None
    refused = told(stopped("postop_chemo", ON), booked("SP-A01", "2027-06-01"))
    assert refused is not None
    assert refused.values["phase"] == "postop_chemo"


def test_the_earliest_told_end_that_rules_a_fact_out_is_named() -> None:
    refused = told(withdrawn("treatment", ON), withdrawn("all", "2026-12-10"), booked("SP-R01", "2026-12-11"))
    assert refused is not None
    assert refused.kind == "after_withdrawal", "a reassessment is no treatment, but belongs to the study"


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_had_closed_before_an_end_can_be_called_missed_after_it(end: f.Fact) -> None:
    # SP-C04#1.1 closes on 1 December, one day after the first dose was expected; SP-S04 closed at the enrolment.
    assert told(end, missed("SP-S04", AFTER)) is None
    assert told(end, missed("SP-S04", "2026-12-20")) is None


def test_the_day_of_a_move_is_the_new_day() -> None:
    assert (day_of(moved("SP-R01", AFTER)), day_of(died(ON))) == (d(AFTER), d(ON))


@pytest.mark.parametrize(
    ("alive", "on", "refusals"),
    [
        ("yes", AFTER, ("after_death", "end_before_visit")),
        ("yes", ON, ("", "")),
        # who tells of the death may do so later, and who reached nobody says nothing
        ("no", AFTER, ("", "")),
        ("unknown", AFTER, ("", "")),
    ],
)
def test_nobody_is_alive_after_death(alive: str, on: str, refusals: tuple[str, str]) -> None:
    contact, death = f.Contacted(d(on), alive), died(ON)
    for facts, refusal in zip(((death, contact), (contact, death)), refusals, strict=True):
        if refusal:
            with pytest.raises(Refused) as caught:
                life(*facts, today=TODAY)
            assert (caught.value.kind, caught.value.values["event"]) == (refusal, "contact")
        else:
            life(*facts, today=TODAY)
