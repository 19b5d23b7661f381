"""Stories whose visits lie in an order that cannot be: refused with the place, unless somebody is sure.

Everybody was enrolled on Monday 23 November 2026. Days in November and December 2026: the 30th, 7th, 14th, 21st and
28th are Mondays. In ScanPan the operation is on 5 April 2027, two weeks after the last dose of MFFX on 8 March.
"""

import json
from typing import Any

import pytest

from app.domain.refusal import Refused
from app.services.queries.rehearsal import Rehearsal, rehearse
from app.services.queries.scenario import scenario
from app.wording.refusals import refusal_text
from tests.services.queries.test_scenario import check_rehearsed
from tests.services.ward import Ward

TODAY = "2027-12-31"
Told = dict[str, Any]


def done(visit: str, on: str, **more: object) -> Told:
    return {"kind": "performed", "visit": visit, "on": on, **more}


def told(*facts: Told, protocol: str = "scanpan", today: str = TODAY, **person: object) -> Rehearsal:
    country = "SE" if protocol == "scanpan" else "CN"
    participant = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": country, "regimen": "MFFX", **person}
    story = {"protocol": protocol, "today": today, "participant": participant, "facts": list(facts)}
    return rehearse(json.dumps(story))


def refused(*facts: Told, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        told(*facts, **more)
    return caught.value


FIRST = done("SP-C01", "2026-11-30")
SURGERY = done("SP-P03", "2027-04-05")

IMPOSSIBLE: dict[str, tuple[str, list[Told], str]] = {
    "the next cycle before the one before": ("scanpan", [FIRST, done("SP-C02#2", "2026-11-27")], "2.on"),
    "the same, told the other way round": ("scanpan", [done("SP-C02#2", "2026-11-27"), FIRST], "2.on"),
    "a later cycle before an earlier one": (
        "scanpan",
        [FIRST, done("SP-C02#2", "2026-12-14"), done("SP-C02#3", "2026-12-11")],
        "3.on",
    ),
    "the end of an infusion before the infusion": ("scanpan", [FIRST, done("SP-C03#1.3", "2026-11-29")], "2.on"),
    "a lab value after the operation before it": ("scanpan", [SURGERY, done("SP-O02", "2027-04-03")], "2.on"),
    "the operation after a visit of day 14": ("scanpan", [done("SP-O05#14", "2027-04-01"), SURGERY], "2.on"),
    "follow-up before the operation": ("scanpan", [SURGERY, done("SP-F06", "2027-04-01")], "2.on"),
    "postoperative chemotherapy before the operation": ("scanpan", [SURGERY, done("SP-A01", "2027-03-29")], "2.on"),
    "a dose before one of the course before": (
        "scanpan",
        [FIRST, SURGERY, done("SP-A01", "2027-05-31"), done("SP-A02#2", "2027-05-30")],
        "4.on",
    ),
    "cycle 2 of the other trial": (
        "nct06873178",
        [done("CJ-C01", "2026-11-30"), done("CJ-C02#2", "2026-11-28")],
        "2.on",
    ),
    "the end of its infusion": (
        "nct06873178",
        [done("CJ-C01", "2026-11-30"), done("CJ-C03#1.3", "2026-11-28")],
        "2.on",
    ),
    "its day 30 before its operation": (
        "nct06873178",
        [done("CJ-P02", "2027-04-05"), done("CJ-O31#30", "2027-04-02")],
        "2.on",
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_order_that_cannot_be_is_refused_with_the_fact_and_the_remedy(name: str) -> None:
    protocol, facts, place = IMPOSSIBLE[name]
    found = refused(*facts, protocol=protocol)
    assert (found.kind, found.place) == ("impossible_order", place)
    said = refusal_text(found)
    assert said.startswith(f"fact {place[0]}, on: ")
    assert "Correct one of the days, or give the fact “sure”: true if both are right" in said


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_who_is_sure_gets_it_as_a_problem_and_in_the_log(name: str) -> None:
    protocol, facts, place = IMPOSSIBLE[name]
    facts = [*facts[: int(place[0]) - 1], {**facts[int(place[0]) - 1], "sure": True}]
    found = told(*facts, protocol=protocol)
    early = [one for entry in found.calendar.entries for one in entry.problems if one.kind == "performed_before"]
    assert [one.impossible for one in early] == [True] * len(early) != []
    assert "performed_before" in [one.what for one in found.deviations]


def test_the_refusal_names_both_visits_and_their_days() -> None:
    found = refused(FIRST, done("SP-C03#1.3", "2026-11-29"))
    assert refusal_text(found).startswith(
        "fact 2, on: SP-C03#1.3 on Sun 29 Nov 2026 lies before SP-C01 on Mon 30 Nov 2026, and it cannot"
    )


def test_being_sure_of_one_fact_is_not_being_sure_of_the_next() -> None:
    sure = done("SP-C03#1.3", "2026-11-29", sure=True)
    found = refused(FIRST, sure, done("SP-C02#2", "2026-11-28"))
    assert found.place == "3.on"


def test_a_fact_that_is_kept_is_not_asked_about() -> None:
    told(FIRST, done("SP-C03#1.3", "2026-11-29", unchecked=True))


def test_sure_is_yes_or_no() -> None:
    found = refused(done("SP-C01", "2026-11-30", sure="true"))
    assert (found.kind, found.place) == ("yes_no", "1.sure")


POSSIBLE: dict[str, list[Told]] = {
    "told in another order than it happened": [done("SP-C02#2", "2026-12-14"), FIRST],
    "two doses on one day": [FIRST, done("SP-C02#2", "2026-11-30")],
    "the pump ended on the day of the infusion": [FIRST, done("SP-C03#1.3", "2026-11-30")],
    "bloods after their dose": [FIRST, done("SP-C04#1.1", "2026-12-01")],
    "screening after the first dose": [FIRST, done("SP-S02", "2026-12-02")],
    "a visit of day 1 on the day of the operation": [SURGERY, done("SP-O01", "2027-04-05")],
    "day 14 before day 7": [SURGERY, done("SP-O05#14", "2027-04-10"), done("SP-O05#21", "2027-04-09")],
    "reassessment before a dose that was put off": [
        *(FIRST, done("SP-R02", "2027-03-01"), done("SP-C02#2", "2027-03-08")),
    ],
    "the operation is not told of": [done("SP-O05#14", "2027-03-01"), done("SP-F06", "2027-03-05")],
    "the infusion is not told of": [done("SP-C03#1.3", "2026-11-25")],
    "missed, and given after all": [
        FIRST,
        {"kind": "missed", "visit": "SP-O02", "on": "2027-04-08", "reason": "forgotten"},
        *(SURGERY, done("SP-O02", "2027-04-12")),
    ],
}


@pytest.mark.parametrize("name", POSSIBLE)
def test_what_can_be_is_taken_and_shown_as_a_problem_where_it_is_one(name: str) -> None:
    found = told(*POSSIBLE[name])
    assert not [one for entry in found.calendar.entries for one in entry.problems if one.impossible]


def test_a_case_of_recorded_dates_is_taken_as_it_is() -> None:
    facts = (done("CJ-P02", "2026-12-10"), done("CJ-O30", "2026-12-08"))
    told(*facts, protocol="nct06873178", choices={"cohort": "retrospective"})


# A study tells the same


def test_what_was_confirmed_at_the_terminal_is_sure_in_the_story(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-14")
    marks = [one.get("sure", False) for one in scenario(ward.study, "LI-001", ward.today)["facts"]]
    assert marks == [False, True, False]
    check_rehearsed(ward)


def test_the_operation_entered_later_is_the_one_that_is_sure(ward: Ward) -> None:
    ward.go_to("2027-06-01")
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("performed", visit="SP-O05#14", on="2027-04-01")
    ward.do("performed", visit="SP-P03", on="2027-04-05")
    marks = [one.get("sure", False) for one in scenario(ward.study, "LI-001", ward.today)["facts"]]
    assert marks == [False, False, True]
    check_rehearsed(ward)


def test_a_corrected_day_is_told_as_it_counts(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    ward.correct(ward.seq("performed", "SP-C03#1.8"), on="2026-12-07")
    assert not [one for one in scenario(ward.study, "LI-001", ward.today)["facts"] if "sure" in one]
    check_rehearsed(ward)
