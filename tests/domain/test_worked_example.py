"""Stories of single participants; every expected day is worked out by hand from the protocol's own numbers."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.calendar.entries import Calendar, Status
from app.domain.dates import ClosedDays, HolidayYear
from app.exchange.scenario import ScenarioSite
from tests.domain.stories import (
    because,
    booked,
    calendar,
    changed,
    chosen,
    d,
    decided,
    died,
    done,
    found_again,
    judged,
    life,
    lost,
    missed,
    moved,
    omitted,
    proposed,
    span,
    stopped,
    target,
    troubles,
    window,
    withdrawn,
)

NCT = "nct06873178"
START = "2026-11-23"


def statuses(calendar: Calendar, *keys: str) -> list[str]:
    """The statuses of these visits."""
    return [calendar.by_key[key].status.value for key in keys]


# The example: ScanPan, Sweden, MFFX, enrolled on Monday 2026-11-23 and nothing recorded yet.


def test_the_whole_way_to_month_24_is_there_on_the_day_of_enrolment() -> None:
    # 8 before treatment, 8 cycles of day 1, pump and bloods, 3 reassessments, operation with 2 visits before it,
    # 9 postoperative days, 4 more cycles of 3 with their end, 6 times follow-up: 8+24+3+3+9+13+6
    assert len(calendar(today=START).entries) == 66


@pytest.mark.parametrize(
    ("key", "wanted", "opens_closes", "suggested", "why", "trouble"),
    [
        ("SP-C01", "2026-11-30", "2026-11-23..2026-12-14", "2026-11-30", ["enrolment"], []),
        # Sunday; Christmas Day and the weekend are closed: same-day bloods
        ("SP-C04#3.1", "2026-12-27", "2026-12-25..2026-12-28", "2026-12-28", ["before_dose", "closed"], []),
        ("SP-C03#3.3", "2026-12-30", "2026-12-30..2026-12-30", "2026-12-30", ["pump"], []),
        ("SP-R01", "2027-01-30", "2027-01-30..2027-02-13", "2027-02-01", ["counted_from", "closed"], []),
        ("SP-C02#8", "2027-03-08", "2027-03-08..2027-03-11", "2027-03-08", ["next_cycle"], []),
        ("SP-R04", "2027-03-29", "2027-03-22..2027-04-05", "2027-03-30", ["counted_from", "closed"], []),
        ("SP-P03", "2027-04-05", "2027-03-29..2027-05-03", "2027-04-05", ["last_dose"], []),
        # inpatient: a Saturday stays, and is reported
        ("SP-O03", "2027-04-10", "2027-04-10..2027-04-11", "2027-04-10", ["counted_from"], ["closed_day"]),
        ("SP-O08", "2027-07-04", "2027-07-04..2027-07-18", "2027-07-05", ["counted_from", "closed"], []),
        ("SP-F24", "2029-04-05", "2029-03-06..2029-05-05", "2029-04-05", ["counted_from"], []),
    ],
)
def test_the_worked_example(
    key: str, wanted: str, opens_closes: str, suggested: str, why: list[str], trouble: list[str]
) -> None:
    entry = calendar(today=START).by_key[key]
    assert (target(entry), window(entry), proposed(entry)) == (wanted, opens_closes, suggested)
    assert (because(entry), troubles(entry)) == (why, trouble)


def test_consent_counts_as_done_and_what_hangs_on_it_as_recorded() -> None:
    found = calendar(today=START).by_key
    consent = found["SP-S06"]
    assert (consent.status, consent.window_result, consent.basis) == (Status.PERFORMED, 0, "recorded")
    assert (found["SP-C01"].basis, found["SP-C02#2"].basis, found["SP-F24"].basis) == ("recorded",) + ("forecast",) * 2


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-12-27", Status.PLANNED),
        ("2026-12-28", Status.DUE),
        ("2026-12-31", Status.DUE),
        ("2027-01-01", Status.OVERDUE),
    ],
)
def test_the_first_and_the_last_day_of_a_window_are_due(today: str, status: Status) -> None:
    # cycle 3 is open from 28 to 31 December
    assert calendar(today=today).by_key["SP-C02#3"].status is status


# Cycles


def test_ag_does_not_go_six_days_back_to_its_weekday() -> None:
    # cycle 1 on a Tuesday, cycle 2 on Monday 2027-01-11: base Monday 2027-02-08, the Tuesday before is 6 days back
    story = calendar(done("SP-C01", "2026-12-01"), done("SP-C02#2", "2027-01-11"), today="2027-01-11", regimen="AG")
    assert target(story.by_key["SP-C02#3"]) == "2027-02-08"
    assert "preferred_weekday" not in because(story.by_key["SP-C02#3"])


@pytest.mark.parametrize(
    ("second", "third"),
    [
        ("2026-12-15", "2026-12-29"),  # Tuesday again: nothing to return to
        ("2026-12-16", "2026-12-29"),  # Wednesday: base 12-30, one day back is 13 days after the dose
        ("2026-12-17", "2026-12-29"),  # Thursday: base 12-31, two days back is 12 days after the dose, just enough
        ("2026-12-18", "2027-01-01"),  # Friday: base 01-01, three days back is 11 days after the dose, too near
        ("2026-12-21", "2027-01-04"),  # Monday: base 01-04, the Tuesday before is 6 days back
    ],
)
def test_a_cycle_returns_to_its_weekday_where_that_is_near_and_late_enough(second: str, third: str) -> None:
    story = calendar(done("SP-C01", "2026-12-01"), done("SP-C02#2", second), today="2026-12-21")
    assert target(story.by_key["SP-C02#3"]) == third


def test_three_days_back_need_the_last_infusion_of_the_cycle_left_out() -> None:
    # AG, cycle 2 on Friday 01-08: base Friday 02-05; day 15 on 01-22 is 11 days before Tuesday 02-02
    facts = [done("SP-C01", "2026-12-01"), done("SP-C02#2", "2027-01-08")]
    assert target(calendar(*facts, today="2027-01-22", regimen="AG").by_key["SP-C02#3"]) == "2027-02-05"
    # without it the last infusion is day 8 on 01-15, 18 days before
    facts_without = [*facts, omitted("SP-C03#2.15", "2027-01-22")]
    entry = calendar(*facts_without, today="2027-01-22", regimen="AG").by_key["SP-C02#3"]
    assert (target(entry), because(entry)) == ("2027-02-02", ["next_cycle", "preferred_weekday"])


def test_a_site_may_switch_the_return_to_the_weekday_off() -> None:
    facts = [done("SP-C01", "2026-12-01"), done("SP-C02#2", "2026-12-17")]
    off = calendar(*facts, today="2026-12-21", site=ScenarioSite(values={"return_to_weekday": False}))
    assert target(off.by_key["SP-C02#3"]) == "2026-12-31"


def test_a_delay_carries_all_later_cycles_and_the_operation_with_it() -> None:
    # day 1 of cycle 2 a week later, on 12-21: cycle 3 on 01-04, cycle 8 on 03-15, last dose + 28 d = 04-12
    found = calendar(moved("SP-C02#2", "2026-12-21"), today=START).by_key
    assert target(found["SP-C02#2"]) == "2026-12-14"
    assert [target(found[key]) for key in ("SP-C02#3", "SP-C02#8", "SP-P03")] == [
        "2027-01-04",
        "2027-03-15",
        "2027-04-12",
    ]
    # the first reassessment hangs on cycle 1 and stays
    assert target(found["SP-R01"]) == "2027-01-30"


def test_a_late_day_8_keeps_its_distance_to_day_15_and_moves_no_cycle() -> None:
    # day 8 on Friday 12-11 instead of Monday 12-07: day 15 (12-14, until 12-16) not before 6 days later, 12-17
    found = calendar(done("SP-C01", "2026-11-30"), moved("SP-C03#1.8", "2026-12-11"), today="2026-12-01", regimen="AG")
    late = found.by_key["SP-C03#1.15"]
    assert (target(late), window(late), proposed(late)) == ("2026-12-14", "2026-12-13..2026-12-16", "2026-12-17")
    assert (because(late), troubles(late)) == (["regimen_day", "gap"], ["outside_window"])
    assert target(found.by_key["SP-C02#2"]) == "2026-12-28"


def test_a_booking_too_near_the_last_dose_stays_and_is_reported() -> None:
    facts = [done("SP-C01", "2026-11-30"), moved("SP-C03#1.8", "2026-12-11"), booked("SP-C03#1.15", "2026-12-16")]
    entry = calendar(*facts, today="2026-12-01", regimen="AG").by_key["SP-C03#1.15"]
    assert (entry.assumed, troubles(entry)) == (d("2026-12-16"), ["too_near"])


def test_the_gap_is_kept_from_one_phase_to_the_next() -> None:
    # an operation soon after the last of 8 cycles, then 56 days: the first postoperative dose is booked before it all
    facts = [booked("SP-C02#8", "2027-05-25"), booked("SP-P03", "2027-04-05")]
    entry = calendar(*facts, today=START).by_key["SP-A01"]
    # target 04-05 + 56 d = 05-31; last infusion 05-25 + 12 d = Sunday 06-06, so Monday 06-07
    assert (target(entry), proposed(entry), because(entry)) == ("2027-05-31", "2027-06-07", ["counted_from", "gap"])


def test_nal_counts_its_second_pump_from_day_15_and_its_rolls_are_forward() -> None:
    # enrolled 11-23, day 1 on 11-30, day 15 on 12-14 given a day late: its pump comes off two days after it
    facts = [done("SP-C01", "2026-11-30"), done("SP-C03#1.15", "2026-12-15")]
    found = calendar(*facts, today="2026-12-15", regimen="NAL").by_key
    assert (target(found["SP-C03#1.15"]), window(found["SP-C03#1.15"])) == ("2026-12-14", "2026-12-14..2026-12-17")
    assert (target(found["SP-C03#1.3"]), target(found["SP-C03#1.17"])) == ("2026-12-02", "2026-12-17")
    # 4 cycles of 28 days fill 112 days, 2 fill 56
    assert [key for key in found if key.startswith(("SP-C02", "SP-A02"))] == [
        "SP-C02#2",
        "SP-C02#3",
        "SP-C02#4",
        "SP-A02#2",
    ]


def test_tablets_are_no_entries() -> None:
    found = calendar(today=START, regimen="GEMCAP").by_key
    assert [key for key in found if key.startswith("SP-C03#1.")] == ["SP-C03#1.8", "SP-C03#1.15"]


# Bloods and visits before an operation


def test_bloods_are_outdated_when_their_dose_moves_and_a_repeat_appears() -> None:
    # drawn on Friday 11-27 for Monday 11-30; the dose goes to 12-07, whose bloods are from 12-04 to 12-07
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07")]
    found = calendar(*facts, today="2026-11-28").by_key
    first, second = found["SP-C04#1.1"], found["SP-C04#1.1/2"]
    assert (judged(first), first.window_result, first.outdated) == ("2026-11-27..2026-11-30", 0, True)
    assert (window(first), troubles(first)) == ("2026-12-04..2026-12-07", ["outdated"])
    assert (target(second), proposed(second), second.status) == ("2026-12-06", "2026-12-04", Status.PLANNED)
    assert troubles(found["SP-C01"]) == ["outdated_before"], "never shown as ready on outdated bloods"


def test_bloods_are_good_again_when_the_dose_goes_back() -> None:
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07"), moved("SP-C01", "2026-11-30")]
    found = calendar(*facts, today="2026-11-28").by_key
    assert (found["SP-C04#1.1"].outdated, "SP-C04#1.1/2" in found) == (False, False)


def test_outdated_twice_gives_a_third_draw() -> None:
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07"), done("SP-C04#1.1/2", "2026-12-04")]
    found = calendar(*facts, moved("SP-C01", "2026-12-14"), today="2026-12-05").by_key
    assert [found[key].outdated for key in ("SP-C04#1.1", "SP-C04#1.1/2")] == [True, True]
    # for 12-14: the day before, from two days before that to the day itself
    assert window(found["SP-C04#1.1/3"]) == "2026-12-11..2026-12-14"


def test_bloods_entered_after_their_dose_was_recorded_are_not_outdated() -> None:
    # the dose was expected on Monday 12-14 (bloods 12-11 to 12-14) and given on Friday 12-11; the bloods of 12-10
    # are entered last: they were never too old for a dose still to come
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-11"), done("SP-C04#2.1", "2026-12-10")]
    found = calendar(*facts, today="2026-12-11").by_key
    assert (found["SP-C04#2.1"].outdated, "SP-C04#2.1/2" in found) == (False, False)


def test_an_earlier_dose_entered_late_makes_no_bloods_of_a_given_dose_outdated() -> None:
    # AG: bloods on Friday 12-11 for day 15 (12-14), given a day late on 12-15; day 8, of 12-11, is entered only then.
    # Day 15 would not have been proposed before 12-17, but it was given: nothing is left to draw blood for.
    facts = [done("SP-C01", "2026-11-30"), done("SP-C04#1.15", "2026-12-11"), done("SP-C03#1.15", "2026-12-15")]
    found = calendar(*facts, done("SP-C03#1.8", "2026-12-11"), today="2026-12-16", regimen="AG").by_key
    assert (found["SP-C04#1.15"].outdated, "SP-C04#1.15/2" in found) == (False, False)


def test_a_palliative_decision_makes_no_bloods_outdated() -> None:
    # day 1 of cycle 2, held until Thursday 12-17, was left out; cycle 3 returns to Monday 12-28, three days before its
    # base, as the last infusion given was on 11-30. Its bloods are from 12-25 to 12-28.
    facts = [done("SP-C01", "2026-11-30"), moved("SP-C02#2", "2026-12-17"), omitted("SP-C02#2", "2026-12-17")]
    facts.append(done("SP-C04#3.1", "2026-12-26"))
    before = calendar(*facts, today="2026-12-26").by_key["SP-C04#3.1"]
    after = calendar(*facts, decided("SP-R01", "2026-12-26", "palliative"), today="2026-12-26").by_key["SP-C04#3.1"]
    assert (target(before), before.window_result, before.outdated) == ("2026-12-27", 0, False)
    assert (target(after), after.window_result, after.outdated) == ("2026-12-27", 0, False)


def test_the_preoperative_visit_is_repeated_when_the_operation_moves_on() -> None:
    # both on 03-24; the operation goes from 04-05 to 04-12: visit 03-29 to 04-11, questionnaire 03-15 to 04-12
    facts = [done("SP-P01", "2027-03-24"), done("SP-P02", "2027-03-24"), moved("SP-P03", "2027-04-12")]
    found = calendar(*facts, today="2027-03-30").by_key
    assert (found["SP-P01"].outdated, found["SP-P02"].outdated) == (True, False)
    assert (target(found["SP-P01/2"]), window(found["SP-P01/2"])) == ("2027-04-05", "2027-03-29..2027-04-11")
    assert "SP-P02/2" not in found


# Left out and missed


def test_an_omitted_dose_takes_its_bloods_along_and_moves_nothing() -> None:
    facts = [done("SP-C01", "2026-11-30"), omitted("SP-C03#1.8", "2026-12-07")]
    found = calendar(*facts, today="2026-12-07", regimen="AG").by_key
    assert statuses(calendar(*facts, today="2026-12-07", regimen="AG"), "SP-C03#1.8", "SP-C04#1.8", "SP-C04#1.15") == [
        "omitted",
        "cancelled",
        "planned",
    ]
    assert (proposed(found["SP-C03#1.15"]), target(found["SP-C02#2"])) == ("2026-12-14", "2026-12-28")


def test_a_missed_first_day_takes_its_pump_along_and_the_chain_goes_on_with_a_warning() -> None:
    story = calendar(missed("SP-C01", "2026-11-30"), today="2026-12-01")
    assert statuses(story, "SP-C01", "SP-C03#1.3", "SP-C04#1.1") == ["missed", "cancelled", "cancelled"]
    following = story.by_key["SP-C02#2"]
    assert (target(following), troubles(following)) == ("2026-12-14", ["counted_from_missed"])


def test_who_missed_a_visit_may_come_after_all() -> None:
    story = calendar(missed("SP-C01", "2026-11-30"), done("SP-C01", "2026-12-02", "10:15"), today="2026-12-02")
    assert statuses(story, "SP-C01", "SP-C03#1.3") == ["performed", "planned"]
    assert (target(story.by_key["SP-C03#1.3"]), target(story.by_key["SP-C02#2"])) == ("2026-12-04", "2026-12-16")


def test_the_last_dose_is_the_last_one_that_was_not_left_out() -> None:
    # cycle 8 omitted: the last dose is cycle 7 on 02-22; restaging 03-08, operation the later of 03-22 and 03-18
    found = calendar(omitted("SP-C02#8", "2027-03-08"), today="2027-03-08").by_key
    assert [target(found[key]) for key in ("SP-R02", "SP-R04", "SP-P03")] == ["2027-03-08", "2027-03-15", "2027-03-22"]


def test_a_later_restaging_holds_the_operation_back() -> None:
    # last dose 03-08: 04-05; restaging on Tuesday 03-30 + 10 d: 04-09
    found = calendar(booked("SP-R02", "2027-03-30"), today=START).by_key
    assert (target(found["SP-P03"]), because(found["SP-P03"])) == ("2027-04-09", ["counted_from"])


# Two operations


def test_the_second_operation_waits_until_somebody_gives_it_a_day() -> None:
    story = calendar(done("SP-P03", "2027-04-05"), today="2027-04-05", choices={"staged": True})
    second = story.by_key["SP-P04"]
    assert (second.status, target(second)) == (Status.AWAITING, None)
    assert not any(key.endswith("@2") for key in story.by_key)
    assert target(story.by_key["SP-O08"]) == "2027-07-04"


def test_after_the_second_operation_everything_later_counts_from_it() -> None:
    facts = [done("SP-P03", "2027-04-05"), booked("SP-P04", "2027-06-07")]
    found = calendar(*facts, today="2027-04-05", choices={"staged": True}).by_key
    # 06-07 + 1, 14 and 21 days again, beside those of the first operation
    assert [target(found[key]) for key in ("SP-O01@2", "SP-O05#14@2", "SP-O05#21@2", "SP-O06@2")] == [
        "2027-06-08",
        "2027-06-21",
        "2027-06-28",
        "2027-06-28",
    ]
    assert target(found["SP-O01"]) == "2027-04-06"
    # 30 and 90 days (the latter a Sunday), 56 days, 24 months after it
    assert [target(found[key]) for key in ("SP-O07", "SP-O08", "SP-A01", "SP-F24")] == [
        "2027-07-07",
        "2027-09-05",
        "2027-08-02",
        "2029-06-07",
    ]
    assert proposed(found["SP-O08"]) == "2027-09-06"
    assert not {"SP-O07@2", "SP-O08@2"} & found.keys()


def test_a_missed_second_operation_waits_again_and_the_first_counts_again() -> None:
    facts = [done("SP-P03", "2027-04-05"), booked("SP-P04", "2027-06-07"), missed("SP-P04", "2027-06-07")]
    story = calendar(*facts, today="2027-06-07", choices={"staged": True})
    assert statuses(story, "SP-P04") == ["awaiting"]
    assert (target(story.by_key["SP-F24"]), "SP-O01@2" in story.by_key) == ("2029-04-05", False)
    again = calendar(*facts, booked("SP-P04", "2027-06-14"), today="2027-06-07", choices={"staged": True})
    assert target(again.by_key["SP-O01@2"]) == "2027-06-15"


def test_a_missed_operation_leaves_all_after_it_waiting() -> None:
    story = calendar(booked("SP-P03", "2027-04-06"), missed("SP-P03", "2027-04-06"), today="2027-04-06")
    assert statuses(story, "SP-P03", "SP-P01", "SP-O08", "SP-A01", "SP-F24") == ["awaiting"] * 5
    assert troubles(story.by_key["SP-P03"]) == ["operation_missed"]


# Treatment that ends before its time


def test_stopped_treatment_is_restaged_two_weeks_after_the_last_dose() -> None:
    # last dose 12-14: restaging 12-28, operation the later of 01-11 and 01-07; SP-R01 (01-30) lies after 12-28
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), stopped("preop_chemo", "2026-12-20")]
    story = calendar(*facts, today="2026-12-20")
    assert statuses(story, "SP-C02#3", "SP-C04#3.1", "SP-C03#2.3", "SP-R01") == [
        "cancelled",
        "cancelled",
        "overdue",
        "cancelled",
    ]
    assert [target(story.by_key[key]) for key in ("SP-R02", "SP-P03")] == ["2026-12-28", "2027-01-11"]
    assert target(story.by_key["SP-C02#3"]) == "2026-12-28", "a cancelled visit keeps its dates"


def test_stopped_late_the_first_reassessment_stays() -> None:
    # last dose 01-25 + 14 d = 02-08, after SP-R01 (01-30)
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#5", "2027-01-25"), stopped("preop_chemo", "2027-01-26")]
    assert statuses(calendar(*facts, today="2027-01-26"), "SP-R01", "SP-R02") == ["planned", "planned"]


def test_stopped_before_any_dose_leaves_all_that_hangs_on_treatment_waiting() -> None:
    story = calendar(stopped("preop_chemo", START), today=START)
    assert statuses(story, "SP-C01", "SP-C02#2", "SP-C04#1.1") == ["cancelled"] * 3
    assert statuses(story, "SP-R01", "SP-R02", "SP-R04", "SP-P03", "SP-A01", "SP-F24") == ["awaiting"] * 6
    # an operation booked while it waits gives days to all that hangs on it
    story = calendar(stopped("preop_chemo", START), booked("SP-P03", "2027-01-11"), today=START)
    assert (target(story.by_key["SP-P03"]), target(story.by_key["SP-F24"])) == (None, "2029-01-11")


def test_stopped_after_the_operation_keeps_the_visit_at_the_end_only_if_a_dose_was_given() -> None:
    operated = [done("SP-C01", "2026-11-30"), done("SP-P03", "2027-04-05")]
    none = calendar(*operated, stopped("postop_chemo", "2027-04-20"), today="2027-04-20")
    assert statuses(none, "SP-A01", "SP-A03", "SP-F24") == ["cancelled", "cancelled", "planned"]
    # 05-31 + 28 d
    one = calendar(*operated, done("SP-A01", "2027-05-31"), stopped("postop_chemo", "2027-06-10"), today="2027-06-10")
    assert statuses(one, "SP-A02#2", "SP-A03") == ["cancelled", "planned"]
    assert target(one.by_key["SP-A03"]) == "2027-06-28"


FFX = [done("CJ-C01", "2026-11-30"), done("CJ-C02#2", "2026-12-14")]
FOUR = [*FFX, done("CJ-C02#3", "2026-12-28"), done("CJ-C02#4", "2027-01-11")]


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
    # cycle 4 began on 01-11 and ends on 01-25; operation the later of 02-08 and 02-04
    story = calendar(*FOUR, stopped("chemo", "2027-01-20"), today="2027-01-20", protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-C02#5", "CJ-R01#4", "CJ-R02") == ["cancelled", "due", "planned"]
    assert [target(story.by_key[key]) for key in ("CJ-R01#4", "CJ-R02", "CJ-P02")] == [
        "2027-01-25",
        "2027-01-25",
        "2027-02-08",
    ]
    assert [key for key in story.by_key if key.startswith("CJ-A02")][-1] == "CJ-A02#8"


def test_stopped_before_any_dose_of_the_other_trial() -> None:
    story = calendar(stopped("chemo", START), today=START, protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-C01", "CJ-R01#4") == ["cancelled", "cancelled"]
    assert statuses(story, "CJ-R02", "CJ-P02", "CJ-A01", "CJ-A03", "CJ-F01#1") == ["awaiting"] * 5


def test_an_operation_ends_the_treatment_before_it() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), done("SP-P03", "2027-04-06")]
    story = calendar(*facts, today="2027-04-06")
    assert statuses(story, "SP-C02#2", "SP-C04#2.1", "SP-R01", "SP-R02", "SP-R04") == [
        "cancelled",
        "cancelled",
        "performed",
        "cancelled",
        "cancelled",
    ]
    # what belongs to the dose that was given stays open; judged by the window of the forecast
    assert statuses(story, "SP-C04#1.1", "SP-C03#1.3") == ["overdue", "overdue"]
    assert judged(story.by_key["SP-P03"]) == "2027-03-29..2027-05-03"


# Decisions

GOING_ON = [
    done("SP-C01", "2026-11-30"),
    done("SP-C02#5", "2027-01-25"),
    done("SP-R01", "2027-02-01"),
    decided("SP-R01", "2027-02-01", "continue"),
]


def test_continuing_treatment_goes_on_and_the_operation_waits() -> None:
    story = calendar(*GOING_ON, today="2027-02-01")
    assert "SP-R02" not in story.by_key
    assert statuses(story, "SP-R04", "SP-P01", "SP-P03", "SP-O08", "SP-A01", "SP-F24") == ["awaiting"] * 6
    # 4 cycles beyond the fifth
    assert [key for key in story.by_key if key.startswith("SP-C02")][-1] == "SP-C02#9"
    again = story.by_key["SP-R03#1"]
    assert (target(again), window(again), again.basis) == ("2027-04-01", "2027-03-25..2027-04-15", "recorded")


def test_reassessed_every_two_months_until_there_is_a_response() -> None:
    facts = [
        *GOING_ON,
        done("SP-R03#1", "2027-04-01"),
        decided("SP-R03#1", "2027-04-01", "continue"),
        done("SP-C02#9", "2027-05-17"),
    ]
    story = calendar(*facts, today="2027-05-17")
    assert target(story.by_key["SP-R03#2"]) == "2027-06-01"
    assert [key for key in story.by_key if key.startswith("SP-C02")][-1] == "SP-C02#13"
    facts += [done("SP-R03#2", "2027-06-01"), decided("SP-R03#2", "2027-06-01", "response")]
    story = calendar(*facts, today="2027-06-01")
    # last dose 05-17 + 28 d = 06-14, reassessment 06-01 + 10 d = 06-11; conference a week after the reassessment
    assert statuses(story, "SP-C02#10") == ["cancelled"]
    assert [target(story.by_key[key]) for key in ("SP-R04", "SP-P03")] == ["2027-06-08", "2027-06-14"]
    assert "SP-R03#3" not in story.by_key


def test_palliative_care_ends_the_way_to_surgery_and_keeps_contact() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "palliative")]
    story = calendar(*facts, today="2027-02-01")
    assert statuses(story, "SP-C02#2", "SP-R02", "SP-P03", "SP-O08", "SP-A01", "SP-F24") == ["cancelled"] * 6
    # screening stays, and so do the bloods and the pump of the dose that was given
    assert statuses(story, "SP-S08", "SP-C04#1.1", "SP-C03#1.3") == ["overdue"] * 3
    contacts = {key: entry for key, entry in story.by_key.items() if key.startswith("SP-N01")}
    assert [(key, target(entry)) for key, entry in contacts.items()] == [
        ("SP-N01#6", "2027-08-01"),
        ("SP-N01#12", "2028-02-01"),
        ("SP-N01#18", "2028-08-01"),
        ("SP-N01#24", "2029-02-01"),
    ]
    # 2027-08-01 is a Sunday; 30 days either way
    first = contacts["SP-N01#6"]
    assert (window(first), proposed(first)) == ("2027-07-02..2027-08-31", "2027-08-02")


def test_the_visit_at_which_surgery_was_given_up_stays_to_be_recorded() -> None:
    story = calendar(decided("SP-R04", "2027-03-30", "no_surgery"), today="2027-03-30")
    assert statuses(story, "SP-R04", "SP-R02", "SP-P03") == ["due", "cancelled", "cancelled"]


def test_another_regimen_fills_what_is_left_of_the_days() -> None:
    # three cycles of 14 d begun, then 28 d: 42 + 28 + 28 + 28 = 126 is the first sum of at least 112
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), done("SP-C02#3", "2026-12-28")]
    found = calendar(*facts, changed("2026-12-28", "AG"), today="2026-12-28").by_key
    assert {"SP-C03#3.3", "SP-C03#4.8", "SP-C02#6", "SP-A02#2"} <= found.keys()
    assert not {"SP-C03#3.8", "SP-C03#4.3", "SP-C02#7", "SP-A02#3"} & found.keys()
    assert [target(found[key]) for key in ("SP-C02#4", "SP-C02#5")] == ["2027-01-11", "2027-02-08"]


PROGRESSION = [*FOUR, done("CJ-R02", "2027-01-25"), decided("CJ-R02", "2027-01-25", "progression")]
ADJUSTED = [*PROGRESSION, changed("2027-02-01", "NAL"), done("CJ-D01", "2027-02-01"), done("CJ-D03#1.15", "2027-02-15")]


def test_progression_cancels_the_old_regimen_and_the_operation_waits() -> None:
    story = calendar(*PROGRESSION, today="2027-01-25", protocol=NCT, regimen="FFX")
    assert statuses(story, "CJ-C02#5", "CJ-C04#5.1", "CJ-C02#6") == ["cancelled"] * 3
    assert statuses(story, "CJ-R01#4") == ["due"], "cycle 4 was begun"
    assert statuses(story, "CJ-P02", "CJ-A01", "CJ-A03", "CJ-F01#1", "CJ-F02#3") == ["awaiting"] * 5
    assert "CJ-D01" not in story.by_key


def test_progression_before_cycle_4_leaves_the_evaluation_on_its_day() -> None:
    # one dose given; the evaluation stays at the end of cycle 4, 01-25 (at a place without Chinese holidays)
    facts = [done("CJ-C01", "2026-11-30"), decided("CJ-R02", "2027-01-25", "progression")]
    story = calendar(*facts, today="2027-01-25", protocol=NCT, regimen="FFX", country="SE")
    assert (target(story.by_key["CJ-R02"]), window(story.by_key["CJ-R02"])) == ("2027-01-25", "2027-01-25..2027-02-08")
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
    # cycle 2 on 03-01 ends on 03-29, cycle 4 on 04-26 ends on 05-24
    assert [target(found[key]) for key in ("CJ-R03#2", "CJ-R03#4")] == ["2027-03-29", "2027-05-24"]


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
    # at a place without a spring festival: 4 cycles beyond the fourth, the eighth from 03-08 to 03-22
    assert [key for key in story.by_key if key.startswith("CJ-C02")][-1] == "CJ-C02#8"
    assert (target(story.by_key["CJ-R01#8"]), statuses(story, "CJ-P02")) == ("2027-03-22", ["awaiting"])


def test_months_of_follow_up_count_from_the_last_dose_when_there_is_no_operation() -> None:
    # last dose 2026-12-14; three months from 2029-01-01 is 04-01: month 27 (03-14), not month 28 (04-14)
    story = calendar(
        *FFX, decided("CJ-R02", "2026-12-20", "no_surgery"), today="2029-01-01", protocol=NCT, regimen="FFX"
    )
    contacts = [key for key in story.by_key if key.startswith("CJ-F01")]
    assert (len(contacts), contacts[-1]) == (27, "CJ-F01#27")
    assert [target(story.by_key[key]) for key in ("CJ-A03", "CJ-F01#1", "CJ-F01#27")] == [
        "2026-12-14",
        "2027-01-14",
        "2029-03-14",
    ]
    assert statuses(story, "CJ-F02#3") == ["cancelled"]


# Leaving


def test_withdrawal_from_treatment_before_the_operation_is_a_decision_against_it() -> None:
    story = calendar(done("SP-C01", "2026-11-30"), withdrawn("treatment", "2026-12-05"), today="2026-12-05")
    assert statuses(story, "SP-C02#2", "SP-R01", "SP-P03", "SP-F24") == ["cancelled"] * 4
    assert target(story.by_key["SP-N01#6"]) == "2027-06-05"


def test_withdrawal_from_treatment_after_the_operation_keeps_follow_up() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-P03", "2027-04-05"), withdrawn("treatment", "2027-04-20")]
    story = calendar(*facts, today="2027-04-20")
    assert statuses(story, "SP-A01", "SP-A03", "SP-F24") == ["cancelled", "cancelled", "planned"]
    assert "SP-N01#6" not in story.by_key


def test_withdrawal_from_all_cancels_what_had_not_closed() -> None:
    # SP-S01 closed on 11-23 and stays to be resolved; SP-S08 closes on 11-30, the day of the withdrawal
    story = calendar(done("SP-C01", "2026-11-30"), withdrawn("all", "2026-11-30"), today="2026-12-05")
    assert statuses(story, "SP-S01", "SP-S08", "SP-C02#2", "SP-F24") == ["overdue"] + ["cancelled"] * 3
    # the pump of a dose that was given has to come off
    assert statuses(story, "SP-C03#1.3") == ["overdue"]


def test_only_death_cancels_the_disconnection_of_a_running_pump() -> None:
    story = calendar(done("SP-C01", "2026-11-30"), died("2026-11-30"), today="2026-12-05")
    assert statuses(story, "SP-C03#1.3", "SP-F24") == ["cancelled", "cancelled"]
    assert statuses(story, "SP-S01", "SP-C01") == ["overdue", "performed"]


def test_being_found_again_takes_being_lost_back() -> None:
    given = done("SP-C01", "2026-11-30")
    away = calendar(given, lost("2026-12-01"), today="2026-12-05")
    assert statuses(away, "SP-C02#2", "SP-F24") == ["cancelled", "cancelled"]
    back = calendar(given, lost("2026-12-01"), found_again("2026-12-04"), today="2026-12-05")
    assert back == calendar(given, today="2026-12-05")


def test_a_retrospective_case_shows_what_was_recorded_and_promises_nothing() -> None:
    story = calendar(
        done("CJ-C01", "2026-11-30"),
        today="2026-12-01",
        protocol=NCT,
        regimen="FFX",
        choices={"cohort": "retrospective"},
    )
    assert sorted(story.by_key) == ["CJ-C01", "CJ-S01"]
    entry = story.by_key["CJ-C01"]
    assert [target(entry), window(entry), proposed(entry), judged(entry), entry.window_result] == [None] * 5
    assert troubles(entry) == []


def test_unscheduled_visits_stand_in_the_calendar_by_their_number() -> None:
    story = calendar(done("U#1", "2026-11-25"), booked("U#2", "2026-12-03", "09:30"), today="2026-11-25")
    assert statuses(story, "U#1", "U#2") == ["performed", "planned"]
    assert (story.by_key["U#2"].booked_at, target(story.by_key["U#2"])) == ("09:30", None)


def test_what_a_later_fact_takes_off_the_path_stays_as_a_problem() -> None:
    facts = [booked("SP-S09", "2026-11-24"), chosen("eortc", False, START)]
    story = calendar(*facts, today=START, choices={"eortc": True})
    assert "SP-S09" not in story.by_key
    assert [(problem.key, problem.kind) for problem in story.problems] == [("SP-S09", "off_path")]


# The site


def test_a_site_sets_its_own_window() -> None:
    entry = calendar(today=START, site=ScenarioSite(values={"SP-R01.after": "P21D"})).by_key["SP-R01"]
    assert window(entry) == "2027-01-30..2027-02-20"


def test_a_site_sets_its_own_number_of_cycles() -> None:
    found = calendar(today=START, site=ScenarioSite(values={"cycles.preop_chemo": 6, "cycles.postop_chemo": 1})).by_key
    assert [key for key in found if key.startswith(("SP-C02", "SP-A02"))][-1] == "SP-C02#6"
    # last dose 02-08 + 28 d
    assert target(found["SP-P03"]) == "2027-03-08"


def test_a_site_closes_and_opens_days_of_its_own() -> None:
    # Monday 11-30 closed: Tuesday; Sunday 12-27 open: the bloods keep their day; opened wins over closed
    days = ScenarioSite(closed=(d("2026-11-30"), d("2026-12-27")), opened=(d("2026-12-27"),))
    found = calendar(moved("SP-C02#3", "2026-12-28"), today=START, site=days).by_key
    assert (proposed(found["SP-C01"]), because(found["SP-C01"])) == ("2026-12-01", ["enrolment", "closed"])
    assert found["SP-C01"].reasons[1].values["why"] == "site"
    assert proposed(found["SP-C04#3.1"]) == "2026-12-27"


def test_a_clinic_open_on_mondays_only_says_what_cannot_be_had() -> None:
    # R01: Saturday 01-30 to 02-13, Mondays 02-01 and 02-08; pump on Wednesday keeps its day
    mondays = ScenarioSite(closed_weekdays=frozenset({1, 2, 3, 4, 5, 6}))
    found = calendar(today=START, site=mondays).by_key
    assert proposed(found["SP-R01"]) == "2027-02-01"
    assert troubles(found["SP-C03#1.3"]) == ["closed_day"]


def test_a_booking_on_a_closed_day_outside_its_window_is_never_moved() -> None:
    # Christmas Day is closed and 8 days after 12-14..12-17 has closed
    entry = calendar(booked("SP-C02#2", "2026-12-25"), today=START).by_key["SP-C02#2"]
    assert (entry.assumed, sorted(troubles(entry))) == (d("2026-12-25"), ["booking_closed", "booking_outside"])


def test_a_chinese_weekend_on_which_is_worked_is_open() -> None:
    # enrolled on Saturday 2026-10-03: cycle 1 on Saturday 2026-10-10, a working day after the National Day holidays
    story = calendar(today="2026-10-03", enrolled="2026-10-03", protocol=NCT, regimen="FFX")
    entry = story.by_key["CJ-C01"]
    assert (target(entry), proposed(entry), because(entry)) == ("2026-10-10", "2026-10-10", ["enrolment"])
    # in Sweden it is a Saturday like any other
    assert proposed(calendar(today="2026-10-03", enrolled="2026-10-03").by_key["SP-C01"]) == "2026-10-12"


def test_a_chinese_year_without_an_official_list_is_told_and_its_days_count_as_closed() -> None:
    story = life(today=START, protocol=NCT, regimen="FFX")
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


# Clock and calendar


@pytest.mark.parametrize(
    ("on", "at", "due"),
    [
        ("2026-11-30", "10:15", "2026-12-02T08:15:00+01:00"),
        # summer time begins on 2027-03-28 at 02:00: 46 hours after 10:15 the clock shows an hour more
        ("2027-03-26", "10:15", "2027-03-28T09:15:00+02:00"),
        # and ends on 2027-10-31 at 03:00: an hour less
        ("2027-10-29", "10:15", "2027-10-31T07:15:00+01:00"),
        # just before the change: 04:00 + 46 h = 02:00, an hour that this night does not have
        ("2027-03-26", "04:00", "2027-03-28T03:00:00+02:00"),
    ],
)
def test_a_pump_comes_off_46_hours_after_its_start_whatever_the_clock_does(on: str, at: str, due: str) -> None:
    story = calendar(done("SP-C01", on, at), today=on, enrolled="2026-11-23" if on < "2027" else "2027-03-19")
    entry = story.by_key["SP-C03#1.3"]
    assert entry.due_at is not None
    assert entry.due_at.isoformat() == due


def test_without_a_start_time_a_pump_has_a_day_and_no_hour() -> None:
    assert calendar(done("SP-C01", "2026-11-30"), today="2026-11-30").by_key["SP-C03#1.3"].due_at is None


def test_an_operation_on_a_leap_day_is_followed_up_on_the_last_of_february() -> None:
    found = calendar(done("SP-P03", "2028-02-29"), today="2028-02-29").by_key
    assert [target(found[key]) for key in ("SP-F03", "SP-F12", "SP-F24")] == ["2028-05-29", "2029-02-28", "2030-02-28"]


def test_months_are_counted_from_the_operation_each_time_and_clipped_at_the_end() -> None:
    # 31 August: + 3 months 30 November, + 6 months 29 February of a leap year, + 9 months 31 May again
    found = calendar(done("SP-P03", "2027-08-31"), today="2027-08-31").by_key
    assert [target(found[f"SP-F{month:02d}"]) for month in (3, 6, 9, 12, 18, 24)] == [
        "2027-11-30",
        "2028-02-29",
        "2028-05-31",
        "2028-08-31",
        "2029-02-28",
        "2029-08-31",
    ]


# Judged once


def test_a_result_is_judged_by_the_window_of_the_day_on_which_it_was_recorded() -> None:
    # cycle 2 done on 12-14 inside 12-14..12-17; afterwards cycle 1 is corrected to have been two days later
    facts = [done("SP-C02#2", "2026-12-14"), done("SP-C01", "2026-12-02")]
    entry = calendar(*facts, today="2026-12-14").by_key["SP-C02#2"]
    assert (entry.judged, entry.window_result) == (span("2026-12-14..2026-12-17"), 0)
    assert (target(entry), window(entry)) == ("2026-12-16", "2026-12-16..2026-12-19")


@pytest.mark.parametrize(("on", "days"), [("2026-11-20", -3), ("2026-11-23", 0), ("2026-12-14", 0), ("2026-12-17", 3)])
def test_early_and_late_are_counted_from_the_nearer_end_of_the_window(on: str, days: int) -> None:
    assert calendar(done("SP-C01", on), today="2026-12-17").by_key["SP-C01"].window_result == days
