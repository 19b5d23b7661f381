"""Calendars of NCT06873178 as it is shipped, worked out by hand."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from app.domain.dates import ClosedDays, HolidayYear
from app.domain.facts import planner_facts as f
from app.domain.refusal import Refused
from tests.domain.stories import (
    ENROLLED,
    booked,
    changed,
    chosen,
    decided,
    died,
    done,
    judged,
    problem_kinds,
    proposed,
    reason_kinds,
    statuses,
    stopped,
    target,
    window,
    withdrawn,
)
from tests.protocols.shipped.stories import calendar, life

NCT = "nct06873178"


FFX = [done("CJ-C01", "2026-11-30"), done("CJ-C02#2", "2026-12-14")]


FOUR = [*FFX, done("CJ-C02#3", "2026-12-28"), done("CJ-C02#4", "2027-01-11")]


PROGRESSION = [*FOUR, done("CJ-R02", "2027-01-25"), decided("CJ-R02", "2027-01-25", "progression")]


ADJUSTED = [*PROGRESSION, changed("2027-02-01", "NAL"), done("CJ-D01", "2027-02-01"), done("CJ-D03#1.15", "2027-02-15")]


def test_stopped_before_cycle_4_the_evaluation_comes_two_weeks_after_the_last_dose() -> None:
    # 12-14 + 14 d, open until 14 days later; operation the later of 12-14 + 28 d and 12-28 + 10 d
    story = calendar(*FFX, stopped("chemo", "2026-12-20"), today="2026-12-20", protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-C02#3", "CJ-R01#4") == ["cancelled", "cancelled"]
    seen = story.by_key["CJ-R02"]
    assert (target(seen), window(seen)) == ("2026-12-28", "2026-12-28..2027-01-11")
    assert target(story.by_key["CJ-P02"]) == "2027-01-11"
    # 12 cycles of 14 days in all, two of them given
    assert [key for key in story.by_key if key.startswith("CJ-A02")][-1] == "CJ-A02#10"


def test_stopped_in_cycle_4_the_evaluation_stays_at_its_end() -> None:
    # cycle 4 began on 01-11 and ends on 01-25: assessed 4 days before, evaluated 1 day before, which is a Sunday;
    # operation the later of 02-08 and 01-25 + 10 d
    story = calendar(*FOUR, stopped("chemo", "2027-01-20"), today="2027-01-20", protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-C02#5", "CJ-R01#4", "CJ-R02") == ["cancelled", "due", "planned"]
    assert [target(story.by_key[key]) for key in ("CJ-R01#4", "CJ-R02", "CJ-P02")] == [
        "2027-01-21",
        "2027-01-24",
        "2027-02-08",
    ]
    assert [key for key in story.by_key if key.startswith("CJ-A02")][-1] == "CJ-A02#8"


def test_stopped_before_any_dose_of_the_other_trial() -> None:
    story = calendar(stopped("chemo", ENROLLED), today=ENROLLED, protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-C01", "CJ-R01#4") == ["cancelled", "cancelled"]
    assert statuses(story, "CJ-R02", "CJ-P02", "CJ-A01", "CJ-A03", "CJ-F01#1") == ["awaiting"] * 5


def test_progression_cancels_the_old_regimen_and_the_operation_waits() -> None:
    story = calendar(*PROGRESSION, today="2027-01-25", protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-C02#5", "CJ-C04#5.1", "CJ-C02#6") == ["cancelled"] * 3
    assert statuses(story, "CJ-R01#4") == ["overdue"], "cycle 4 was begun"
    assert statuses(story, "CJ-P02", "CJ-A01", "CJ-A03", "CJ-F01#1", "CJ-F02#3") == ["awaiting"] * 5
    assert "CJ-D01" not in story.by_key


def test_progression_before_cycle_4_leaves_the_evaluation_on_its_day() -> None:
    # one dose given; the evaluation stays 1 d before the end of cycle 4, 01-25 (a place without Chinese holidays), from
    # 2 days before to two cycles after it
    facts = [done("CJ-C01", "2026-11-30"), decided("CJ-R02", "2027-01-25", "progression")]
    story = calendar(*facts, today="2027-01-25", protocol=NCT, regimen="FFX", country="SE")
    assert (target(story.by_key["CJ-R02"]), window(story.by_key["CJ-R02"])) == ("2027-01-24", "2027-01-22..2027-02-21")
    assert statuses(story, "CJ-R02", "CJ-R01#4", "CJ-C02#2") == ["due", "cancelled", "cancelled"]


def test_an_operation_leaves_the_dates_of_the_evaluation_that_it_cancels() -> None:
    # stopped after 12-14: evaluation 12-28, operation 01-11; the operation on 02-15 cancels the evaluation, whose
    # dates stay, and so does the operation's own target
    facts = [*FFX, stopped("chemo", "2026-12-20"), done("CJ-P02", "2027-02-15")]
    story = calendar(*facts, today="2027-02-15", protocol=NCT, regimen="FFX", country="SE")
    assert statuses(story, "CJ-R02", "CJ-P02") == ["cancelled", "performed"]
    assert [target(story.by_key[key]) for key in ("CJ-R02", "CJ-P02")] == ["2026-12-28", "2027-01-11"]


def test_the_new_regimen_starts_on_its_day_and_is_assessed_every_two_cycles() -> None:
    found = calendar(*PROGRESSION, changed("2027-02-01", "NAL"), today="2027-02-01", protocol=NCT, regimen="FFX").by_key
    first = found["CJ-D01"]
    assert (target(first), window(first), first.basis) == ("2027-02-01", "2027-02-01..2027-02-15", "recorded")
    assert [key for key in found if key.startswith("CJ-D02")] == ["CJ-D02#2", "CJ-D02#3", "CJ-D02#4"]
    assert {"CJ-D03#1.3", "CJ-D03#1.15", "CJ-D03#1.17"} <= found.keys()
    # cycle 2 on 03-01 ends on 03-29, cycle 4 on 04-26 ends on 05-24; 4 days before
    assert [target(found[key]) for key in ("CJ-R03#2", "CJ-R03#4")] == ["2027-03-25", "2027-05-20"]


def test_a_response_to_the_new_regimen_leads_to_the_operation_and_two_cycles_after_it() -> None:
    facts = [*ADJUSTED, done("CJ-D02#2", "2027-03-01"), done("CJ-D03#2.15", "2027-03-15")]
    facts += [done("CJ-R03#2", "2027-03-29"), decided("CJ-R03#2", "2027-03-29", "response")]
    story = calendar(*facts, today="2027-03-29", protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-D02#3", "CJ-R03#4") == ["cancelled", "cancelled"]
    # last dose 03-15 + 28 d = 04-12, assessment 03-29 + 10 d = 04-08; then 42 days, and 2 cycles of NAL
    assert [target(story.by_key[key]) for key in ("CJ-P02", "CJ-A01")] == ["2027-04-12", "2027-05-24"]
    assert [key for key in story.by_key if key.startswith("CJ-A02")] == ["CJ-A02#2"]
    assert "CJ-A04#1.17" in story.by_key


def test_the_new_regimen_stopped_is_assessed_two_weeks_after_its_last_dose() -> None:
    story = calendar(*ADJUSTED, stopped("adjusted", "2027-02-20"), today="2027-02-20", protocol=NCT, regimen="FFX")
    assert target(story.by_key["CJ-R03#2"]) == "2027-03-01"
    assert statuses(story, "CJ-R03#4", "CJ-D02#2") == ["cancelled", "cancelled"]


def test_going_on_in_the_other_trial_is_assessed_every_four_cycles() -> None:
    facts = [*FOUR, done("CJ-R02", "2027-01-25"), decided("CJ-R02", "2027-01-25", "continue")]
    story = calendar(*facts, today="2027-01-25", protocol=NCT, regimen="FFX", country="SE")
    # at a place without a spring festival: 4 cycles beyond the fourth, the eighth from 03-08 to 03-22, and the
    # assessment 4 days before its end
    assert [key for key in story.by_key if key.startswith("CJ-C02")][-1] == "CJ-C02#8"
    assert (target(story.by_key["CJ-R01#8"]), statuses(story, "CJ-P02")) == ("2027-03-18", ["awaiting"])


def test_months_of_follow_up_count_from_the_last_dose_when_there_is_no_operation() -> None:
    # last dose 2026-12-14; three months from 2029-01-01 is 04-01: month 27 (03-14), not month 28 (04-14)
    facts = [*FFX, decided("CJ-R02", "2026-12-20", "no_surgery"), stopped("chemo", "2026-12-21")]
    story = calendar(*facts, today="2029-01-01", protocol=NCT, regimen="FFX")
    contacts = [key for key in story.by_key if key.startswith("CJ-F01")]
    assert (len(contacts), contacts[-1]) == (27, "CJ-F01#27")
    assert [target(story.by_key[key]) for key in ("CJ-A03", "CJ-F01#1", "CJ-F01#27")] == [
        "2026-12-14",
        "2027-01-14",
        "2029-03-14",
    ]
    assert statuses(story, "CJ-F02#3") == ["cancelled"]


def test_a_retrospective_case_shows_what_was_recorded_and_promises_nothing() -> None:
    story = calendar(
        done("CJ-C01", "2026-11-30"),
        today="2026-12-01",
        protocol=NCT,
        regimen="FFX",
        choices={"cohort": "retrospective"},
    )
    assert sorted(story.by_key) == ["CJ-C01", "CJ-S00", "CJ-S01"]
    entry = story.by_key["CJ-C01"]
    assert [target(entry), window(entry), proposed(entry), judged(entry), entry.window_result] == [None] * 5
    assert problem_kinds(entry) == []


def test_a_retrospective_case_has_as_many_cycles_as_were_given() -> None:
    dates = [f"2026-0{month}-{day:02d}" for month in (1, 2, 3, 4) for day in (5, 19)]
    first = [done("CJ-C01", dates[0]), *(done(f"CJ-C02#{n}", on) for n, on in enumerate(dates[1:], start=2))]
    # the protocol plans 6 cycles before the operation, and 12 less those after it, but at least 4
    before = [
        *first,
        done("CJ-C04#9.1", "2026-05-03"),
        done("CJ-C02#9", "2026-05-04"),
        done("CJ-C03#9.3", "2026-05-06"),
    ]
    after = [done("CJ-A01", "2026-07-13"), *(done(f"CJ-A02#{n}", f"2026-0{n + 5}-27") for n in (2, 3, 4))]
    facts = [
        *before,
        done("CJ-R01#8", "2026-04-30"),
        done("CJ-P02", "2026-06-01"),
        *after,
        done("CJ-A02#5", "2026-09-28"),
    ]
    case = partial(
        life,
        today="2026-10-19",
        enrolled="2026-10-05",
        protocol=NCT,
        regimen="FFX",
        choices={"cohort": "retrospective"},
    )
    found = case(*facts).calendar()
    assert {"CJ-C04#9.1", "CJ-C02#9", "CJ-C03#9.3", "CJ-R01#8", "CJ-A02#5"} <= found.by_key.keys()
    # what nobody has given is neither shown nor counted from
    assert "CJ-C02#10" not in found.by_key
    assert case(*facts, done("CJ-F01#1", "2026-10-19")).calendar().by_key["CJ-F01#1"].basis == "recorded"
    for facts in ([*first[:2], done("CJ-C02#12", "2026-05-04")], [done("CJ-A02#20", "2026-05-04")]):
        with pytest.raises(Refused) as refused:
            case(*facts)
        assert refused.value.kind == "off_path"


def test_a_repeat_of_bloods_can_be_recorded_of_a_retrospective_case_also_after_its_dose() -> None:
    # cycle 1 on Monday 11-30, cycle 2 due on 12-14: bloods from 12-11 on, so those of 12-05 were taken too early
    facts = [done("CJ-C01", "2026-11-30"), done("CJ-C04#2.1", "2026-12-05")]
    for given in ((), (done("CJ-C02#2", "2026-12-14"),)):
        again = done("CJ-C04#2.1/2", "2026-12-12")
        story = calendar(
            *facts, *given, again, today="2026-12-14", protocol=NCT, regimen="FFX", choices={"cohort": "retrospective"}
        )
        assert "CJ-C04#2.1/2" in story.by_key


def test_a_chinese_weekend_on_which_is_worked_is_open() -> None:
    # enrolled on Saturday 2026-10-03: cycle 1 on Saturday 2026-10-10, a working day after the National Day holidays
    story = calendar(today="2026-10-03", enrolled="2026-10-03", protocol=NCT, regimen="FFX")
    entry = story.by_key["CJ-C01"]
    assert (target(entry), proposed(entry), reason_kinds(entry)) == ("2026-10-10", "2026-10-10", ["enrolment"])
    # in Sweden it is a Saturday like any other
    assert proposed(calendar(today="2026-10-03", enrolled="2026-10-03").by_key["SP-C01"]) == "2026-10-12"


def test_a_chinese_year_without_an_official_list_is_told_and_its_days_count_as_closed() -> None:
    story = life(today=ENROLLED, protocol=NCT, regimen="FFX")
    known = story.site.closed.holidays[2026]
    unofficial = HolidayYear("CN", 2027, {date(2027, 1, 11): "Invented Day"}, frozenset(), official=False)
    closed = ClosedDays(holidays={**story.site.closed.holidays, 2026: known, 2027: unofficial})
    found = replace(story, site=replace(story.site, closed=closed)).calendar()
    assert known.official
    told = [(problem.key, problem.kind) for problem in found.problems]
    assert ("CN-2027", "holidays_unofficial") in told
    assert ("CN-2026", "holidays_unofficial") not in told
    # cycle 4 would be on Monday 2027-01-11
    assert proposed(found.by_key["CJ-C02#4"]) == "2027-01-12"


# Facts that are refused

TODAY = "2027-04-05"
PROGRESSED = decided("CJ-R02", "2027-02-01", "progression")


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ([changed(TODAY, "AG")], "regimen_before_turn"),
        ([decided("CJ-R02", "2027-02-01", "continue"), changed(TODAY, "AG")], "regimen_before_turn"),
        ([PROGRESSED, changed(TODAY, "AG"), changed(TODAY, "NAL")], "regimen_too_often"),
        ([PROGRESSED, changed(TODAY, "GEM")], "regimen"),
        ([decided("CJ-R01#4", TODAY, "response")], "no_decision"),
        ([decided("CJ-R01#8", TODAY, "response")], "off_path"),
        ([done("CJ-D01", TODAY)], "off_path"),
        ([done("CJ-R03#2", TODAY)], "off_path"),
        ([chosen("cohort", "other", TODAY)], "choice_value"),
        ([chosen("cohort", True, TODAY)], "choice_value"),
    ],
)
def test_what_is_refused(facts: list[f.Fact], kind: str) -> None:
    with pytest.raises(Refused) as refused:
        life(today=TODAY, protocol=NCT, regimen="FFX").told(facts)
    assert (refused.value.kind, refused.value.place) == (kind, str(len(facts)))


NO_SURGERY_AFTER_ONE = [
    done("CJ-C01", "2026-11-30"),
    decided("CJ-R02", "2026-12-01", "no_surgery"),
    stopped("chemo", "2026-12-02"),
]


def test_months_of_follow_up_go_on_until_three_months_from_today() -> None:
    # end of treatment 2026-11-30; on 2029-02-28 three months on is 05-28: month 29 (04-30), not month 30 (05-30)
    story = calendar(*NO_SURGERY_AFTER_ONE, today="2029-02-28", protocol=NCT, regimen="FFX")
    assert [key for key in story.by_key if key.startswith("CJ-F01")][-1] == "CJ-F01#29"


def test_death_ends_the_months_of_follow_up() -> None:
    facts = [*NO_SURGERY_AFTER_ONE, died("2028-12-31")]
    story = calendar(*facts, today="2030-01-01", protocol=NCT, regimen="FFX")
    months = [entry for key, entry in story.by_key.items() if key.startswith("CJ-F01")]
    # three months after the death, 2029-03-31, is past month 28 (03-30)
    assert months[-1].key == "CJ-F01#28"
    # month 24 (11-30) closed on 12-07, month 25 (12-30) was still open on the day of death
    assert [(entry.number, entry.status.value) for entry in months[23:]] == [
        (24, "overdue"),
        (25, "cancelled"),
        (26, "cancelled"),
        (27, "cancelled"),
        (28, "cancelled"),
    ]


def test_the_ends_of_participation_rule_out_what_lies_after_them() -> None:
    first, pump = done("CJ-C01", "2026-11-30"), done("CJ-C03#1.3", "2026-12-02")
    start = life(first, protocol=NCT, regimen="FFX", today="2027-01-29")
    start.further(withdrawn("all", "2026-12-01", "2026-11-30"), pump)
    treatment = start.further(withdrawn("treatment", "2026-12-01", "2026-11-30"), pump, done("CJ-F01#1", "2027-01-04"))
    with pytest.raises(Refused) as caught:
        treatment.further(booked("CJ-P02", "2027-02-01"))
    assert caught.value.kind == "after_treatment"


def test_a_decision_before_its_first_occurrence_is_refused_with_where_it_is_taken() -> None:
    with pytest.raises(Refused) as refused:
        life(today=TODAY, protocol=NCT, regimen="FFX").told([decided("CJ-R01#4", TODAY, "response")])
    assert refused.value.values["offered"] == "CJ-R02, CJ-R01#8…, CJ-R03"
