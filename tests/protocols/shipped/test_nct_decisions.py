"""What decisions and stops do in NCT06873178 as it is shipped, worked out by hand.

Treatment with FFX in Sweden, where January to March 2027 have no holidays: day 1 of cycles 1 to 9 is on 30 November,
14 and 28 December, 11 and 25 January, 8 and 22 February, 8 and 22 March, all Mondays.
"""

from datetime import date, timedelta

import pytest

from app.domain.calendar.entries import Calendar
from app.domain.facts import planner_facts as f
from app.domain.refusal import Refused
from app.exchange.scenario import ScenarioSite
from tests.domain.stories import (
    booked,
    changed,
    chosen,
    decided,
    done,
    moved,
    problem_kinds,
    statuses,
    stopped,
    target,
    window,
    withdrawn,
)
from tests.protocols.shipped.stories import calendar, life

FIRST = date(2026, 11, 30)


def cycles(first: int, last: int) -> list[f.Fact]:
    """Day 1 of these cycles, given every 14 days."""
    keys = ["CJ-C01", *(f"CJ-C02#{number}" for number in range(2, 20))]
    return [done(keys[n - 1], str(FIRST + timedelta(14 * (n - 1)))) for n in range(first, last + 1)]


def evaluated(outcome: str) -> list[f.Fact]:
    """Four cycles, evaluated on Friday 22 January."""
    return [*cycles(1, 4), done("CJ-R02", "2027-01-22"), decided("CJ-R02", "2027-01-22", outcome)]


def story(*facts: f.Fact, today: str, regimen: str = "FFX", **choices: bool) -> Calendar:
    return calendar(*facts, today=today, protocol="nct06873178", country="SE", regimen=regimen, choices=choices)


def test_no_surgery_ends_the_way_to_the_operation_alone() -> None:
    found = story(*evaluated("no_surgery"), today="2027-01-22")
    assert statuses(found, "CJ-P01", "CJ-P02", "CJ-O01", "CJ-A01", "CJ-F02#3") == ["cancelled"] * 5
    # the end of treatment and the months after it have no day as long as treatment goes on
    assert statuses(found, "CJ-A03", "CJ-F01#1") == ["awaiting"] * 2
    assert [target(found.by_key[key]) for key in ("CJ-A03", "CJ-F01#1")] == [None] * 2
    # cancelled, the operation keeps its date: 4 weeks after the sixth cycle of 02-08
    assert target(found.by_key["CJ-P02"]) == "2027-03-08"
    # 4 cycles beyond the fourth; the eighth, from 03-08 to 03-22, is assessed in its last week
    assert [key for key in found.by_key if key.startswith("CJ-C02")][-1] == "CJ-C02#8"
    assert (target(found.by_key["CJ-R01#8"]), window(found.by_key["CJ-R01#8"])) == (
        "2027-03-18", "2027-03-15..2027-03-21",
    )  # fmt: skip


def test_treatment_without_surgery_ends_with_its_stop() -> None:
    facts = [*evaluated("no_surgery"), *cycles(5, 5), stopped("chemo", "2027-01-30")]
    found = story(*facts, today="2027-01-30")
    # the last dose on 01-25; cycle 8 was not begun, and nothing is given a new day
    assert [target(found.by_key[key]) for key in ("CJ-A03", "CJ-F01#1")] == ["2027-01-25", "2027-02-25"]
    assert statuses(found, "CJ-R01#8", "CJ-P02", "CJ-C02#6") == ["cancelled"] * 3
    # with cycle 8 begun its assessment stays on its day
    longer = story(*evaluated("no_surgery"), *cycles(5, 8), stopped("chemo", "2027-03-12"), today="2027-03-12")
    assert (target(longer.by_key["CJ-R01#8"]), statuses(longer, "CJ-R01#8", "CJ-R01#12")) == (
        "2027-03-18", ["planned", "cancelled"],
    )  # fmt: skip
    assert target(longer.by_key["CJ-A03"]) == "2027-03-08"


def test_after_no_surgery_no_response_can_be_decided() -> None:
    facts = [*evaluated("no_surgery"), *cycles(5, 8), done("CJ-R01#8", "2027-03-18")]
    told = life(*facts, today="2027-03-19", protocol="nct06873178", country="SE", regimen="FFX")
    with pytest.raises(Refused) as caught:
        told.further(decided("CJ-R01#8", "2027-03-18", "response"))
    refused = caught.value
    assert (refused.kind, refused.values["other"], refused.values["was"]) == ("outcome_closed", "CJ-R02", "no_surgery")
    told.further(decided("CJ-R01#8", "2027-03-18", "continue"))
    # what was decided before is no contradiction
    told.further(decided("CJ-R01#8", "2027-01-21", "response"))


def test_after_no_surgery_progression_still_opens_another_regimen() -> None:
    facts = [*evaluated("no_surgery"), *cycles(5, 8), decided("CJ-R01#8", "2027-03-18", "progression")]
    facts += [changed("2027-03-22", "NAL"), done("CJ-D01", "2027-03-22")]
    found = story(*facts, today="2027-03-22")
    assert statuses(found, "CJ-P02", "CJ-A01", "CJ-A03", "CJ-F01#1") == ["cancelled"] * 2 + ["awaiting"] * 2
    # cycle 2 on 04-19 ends on 05-17; 4 days before
    assert target(found.by_key["CJ-R03#2"]) == "2027-05-13"
    over = story(*facts, stopped("adjusted", "2027-03-30"), today="2027-03-30")
    assert (target(over.by_key["CJ-A03"]), statuses(over, "CJ-R03#2")) == ("2027-03-22", ["cancelled"])
    # the stop of the first regimen says nothing of the second
    assert target(story(*facts, stopped("chemo", "2027-03-30"), today="2027-03-30").by_key["CJ-A03"]) is None


def test_an_assessment_of_a_cycle_that_was_not_begun_ends_with_the_stop_also_where_it_decided() -> None:
    facts = [*evaluated("progression"), changed("2027-01-25", "NAL"), done("CJ-D01", "2027-01-25")]
    facts += [done("CJ-D03#1.15", "2027-02-08"), stopped("adjusted", "2027-02-20")]
    # the last infusion on 02-08 + 14 d
    assert target(story(*facts, today="2027-02-22").by_key["CJ-R03#2"]) == "2027-02-22"
    told = decided("CJ-R03#2", "2027-02-22", "no_surgery")
    assert statuses(story(*facts, told, today="2027-02-22"), "CJ-R03#2", "CJ-P02") == ["cancelled"] * 2
    held = story(*facts, done("CJ-R03#2", "2027-02-22"), told, today="2027-02-22")
    assert statuses(held, "CJ-R03#2") == ["performed"]


def test_treatment_that_was_continued_is_assessed_two_weeks_after_its_stop() -> None:
    facts = [*evaluated("continue"), *cycles(5, 8), stopped("chemo", "2027-03-12")]
    found = story(*facts, today="2027-03-12")
    # 03-08 + 14 d; the assessment of cycle 12 is cancelled, and that of cycle 4, which nobody recorded, keeps its day
    seen = found.by_key["CJ-R01#8"]
    assert (target(seen), window(seen)) == ("2027-03-22", "2027-03-22..2027-04-05")
    assert (statuses(found, "CJ-R01#12"), target(found.by_key["CJ-R01#4"])) == (["cancelled"], "2027-01-21")
    # and decides: the later of 03-08 + 28 d = 04-05 and 03-24 + 10 d = 04-03
    facts += [done("CJ-R01#8", "2027-03-24"), decided("CJ-R01#8", "2027-03-24", "response")]
    assert target(story(*facts, today="2027-03-24").by_key["CJ-P02"]) == "2027-04-05"


def test_progression_without_another_regimen_ends_with_a_stop() -> None:
    facts = [*evaluated("progression"), stopped("chemo", "2027-01-30")]
    found = story(*facts, today="2027-01-30")
    assert [target(found.by_key[key]) for key in ("CJ-A03", "CJ-F01#1")] == ["2027-01-11", "2027-02-11"]
    assert statuses(found, "CJ-P02", "CJ-A01") == ["awaiting"] * 2
    again = story(*facts, changed("2027-02-01", "NAL"), today="2027-02-01")
    assert statuses(again, "CJ-A03", "CJ-F01#1") == ["awaiting"] * 2
    # an operation all the same: adjuvant treatment ends later, so that follow-up counts from its last dose
    operated = story(*facts, done("CJ-P02", "2027-03-01"), today="2027-03-01")
    last = max(key for key in operated.by_key if key.startswith("CJ-A02#") and len(key) == 8)
    assert target(operated.by_key["CJ-A03"]) == target(operated.by_key[last])


def test_withdrawal_from_treatment_ends_surgery_and_the_assessments_of_cycles_to_come() -> None:
    facts = [*cycles(1, 2), withdrawn("treatment", "2026-12-20", "2026-12-14")]
    found = story(*facts, today="2026-12-20")
    assert statuses(found, "CJ-P02", "CJ-C02#3", "CJ-R01#4", "CJ-R02") == ["cancelled"] * 4
    assert [target(found.by_key[key]) for key in ("CJ-A03", "CJ-F01#1")] == ["2026-12-14", "2027-01-14"]
    with pytest.raises(Refused) as caught:
        life(*facts, today="2026-12-21", protocol="nct06873178", country="SE", regimen="FFX").further(
            decided("CJ-R02", "2026-12-21", "response")
        )
    assert caught.value.kind == "outcome_withdrawn"


def test_a_withdrawal_from_treatment_ends_what_a_decision_had_ended_before() -> None:
    facts = [*evaluated("progression"), changed("2027-01-25", "FFX"), done("CJ-D01", "2027-01-25")]
    facts += [done("CJ-D02#2", "2027-02-08"), decided("CJ-R03#2", "2027-02-18", "response")]
    # the operation comes 4 weeks after 02-08, and treatment ends after it
    assert target(story(*facts, today="2027-02-20").by_key["CJ-P02"]) == "2027-03-08"
    found = story(*facts, withdrawn("treatment", "2027-02-20", "2027-02-08"), today="2027-02-20")
    assert [target(found.by_key[key]) for key in ("CJ-A03", "CJ-F01#1")] == ["2027-02-08", "2027-03-08"]


def test_a_withdrawal_after_a_stop_leaves_the_operation_its_day() -> None:
    # stopped after one cycle: evaluation from 12-14 on, operation on 12-28, the visit before it on 12-21
    facts = [*cycles(1, 1), stopped("chemo", "2026-12-01"), done("CJ-R02", "2026-12-14")]
    facts += [decided("CJ-R02", "2026-12-14", "response"), done("CJ-P01", "2026-12-21")]
    found = story(*facts, withdrawn("treatment", "2026-12-21", "2026-11-30"), today="2026-12-21")
    assert (target(found.by_key["CJ-P02"]), statuses(found, "CJ-P02")) == ("2026-12-28", ["cancelled"])
    assert (problem_kinds(found.by_key["CJ-P01"]), "CJ-P01/2" in found.by_key) == ([], False)


def test_the_end_of_treatment_has_a_day_as_soon_as_the_last_dose_has_one() -> None:
    # 8 cycles after an operation that waits; the seventh is held on a Monday, the eighth follows it on 09-20
    facts = [*evaluated("progression"), moved("CJ-A02#7", "2027-09-06")]
    found = story(*facts, today="2027-01-25")
    assert [target(found.by_key[key]) for key in ("CJ-A02#6", "CJ-A02#8", "CJ-A03")] == [
        None,
        "2027-09-20",
        "2027-09-20",
    ]


def test_a_case_of_recorded_dates_keeps_the_window_of_the_recording() -> None:
    # 30 days after the operation forecast for 03-08
    facts = [*cycles(1, 4), done("CJ-R02", "2027-01-22"), done("CJ-O30", "2027-04-07"), booked("CJ-P02", "2027-05-03")]
    planned = story(*facts, today="2027-04-10").by_key["CJ-O30"]
    assert (str(planned.judged and planned.judged.earliest), planned.provisional) == ("2027-05-30", True)
    found = story(*facts, chosen("cohort", "retrospective", "2027-04-10"), today="2027-04-10").by_key["CJ-O30"]
    assert found.judged is not None
    assert (str(found.judged.earliest), str(found.judged.latest)) == ("2027-04-04", "2027-04-14")
    assert (found.window_result, found.provisional) == (0, False)


def test_the_evaluation_may_be_after_cycle_6() -> None:
    # cycle 4 ends on 01-25: from 01-22 to 01-24 + 28 d; with cycles of 28 days the fourth ends on 03-22
    assert window(story(today="2026-11-23").by_key["CJ-R02"]) == "2027-01-22..2027-02-21"
    assert window(story(today="2026-11-23", regimen="AG").by_key["CJ-R02"]) == "2027-03-19..2027-05-16"
    held = story(*cycles(1, 6), done("CJ-R02", "2027-02-19"), today="2027-02-19").by_key["CJ-R02"]
    assert held.window_result == 0


def test_a_scan_at_eight_weeks_where_it_is_chosen_and_cycles_have_28_days() -> None:
    # 11-30 + 53 d, in the last week of the second cycle
    found = story(today="2026-11-23", regimen="AG", interim_scan=True)
    assert (target(found.by_key["CJ-R04"]), window(found.by_key["CJ-R04"])) == (
        "2027-01-22", "2027-01-18..2027-01-24",
    )  # fmt: skip
    assert "CJ-R04" not in story(today="2026-11-23", regimen="AG").by_key
    assert "CJ-R04" not in story(today="2026-11-23", interim_scan=True).by_key
    first = done("CJ-C01", "2026-11-30")
    for end in (
        stopped("chemo", "2026-12-10"),
        decided("CJ-R02", "2026-12-10", "progression"),
        done("CJ-P02", "2026-12-10"),
        withdrawn("treatment", "2026-12-10", "2026-11-30"),
        withdrawn("all", "2026-12-10", "2026-11-30"),
    ):
        ended = story(first, end, today="2026-12-10", regimen="AG", interim_scan=True)
        assert statuses(ended, "CJ-R04") == ["cancelled"], end
    goes_on = [first, decided("CJ-R02", "2026-12-10", "no_surgery")]
    assert statuses(story(*goes_on, today="2026-12-10", regimen="AG", interim_scan=True), "CJ-R04") == ["planned"]


def test_an_operation_before_the_evaluation_is_a_problem() -> None:
    # the evaluation is expected on Monday 01-25
    early = story(*cycles(1, 4), booked("CJ-P02", "2027-01-20"), today="2027-01-12").by_key["CJ-P02"]
    assert "before_evaluation" in problem_kinds(early)
    known = [*cycles(1, 4), done("CJ-R02", "2027-01-22"), booked("CJ-P02", "2027-01-20")]
    assert "before_evaluation" not in problem_kinds(story(*known, today="2027-01-22").by_key["CJ-P02"])
    assert problem_kinds(story(today="2026-11-23").by_key["CJ-P02"]) == []


def test_a_site_reads_four_cycles_in_its_own_way() -> None:
    site = ScenarioSite(values={"CJ-R01.first": 2, "CJ-R01.every": 2, "choices.interim_scan": True})
    found = calendar(today="2026-11-23", protocol="nct06873178", country="SE", regimen="AG", site=site).by_key
    # cycles of 28 days from 11-30: the second ends on 01-25, the fourth on 03-22
    assert {key: target(entry) for key, entry in found.items() if key.startswith("CJ-R01")} == {
        "CJ-R01#2": "2027-01-21", "CJ-R01#4": "2027-03-18",
    }  # fmt: skip
    assert target(found["CJ-R04"]) == "2027-01-22"
    with pytest.raises(Refused) as caught:
        calendar(today="2026-11-23", protocol="nct06873178", site=ScenarioSite(values={"FFX.cycle_days": 21}))
    assert caught.value.values["wanted"] == "one of 14, 28, for which the protocol says how many cycles there are"
    floor = ScenarioSite(values={"CJ-P02.not_before": "P60D"})
    # evaluated on Monday 01-25
    later = calendar(today="2026-11-23", protocol="nct06873178", country="SE", regimen="FFX", site=floor).by_key
    assert target(later["CJ-P02"]) == "2027-03-26"


def test_a_withdrawal_names_the_last_medication() -> None:
    told = life(*cycles(1, 2), today="2026-12-20", protocol="nct06873178", country="SE", regimen="FFX")
    with pytest.raises(Refused) as caught:
        told.further(withdrawn("all", "2026-12-20"))
    assert (caught.value.kind, caught.value.values["last"]) == ("last_medication", date(2026, 12, 14))

    def problems(last: str) -> list[str]:
        found = story(*cycles(1, 2), withdrawn("all", "2026-12-20", last), today="2026-12-20")
        return [one.kind for one in found.problems if one.key == "withdrawn"]

    assert problems("2026-12-14") == problems("none") == []
    assert problems("2026-12-15") == ["medication_differs"]
