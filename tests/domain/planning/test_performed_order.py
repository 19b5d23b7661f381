"""What speaks against the day of a performed visit. Everybody was enrolled on Monday 23 November 2026.

Days in November and December 2026: the 23rd, 30th, 7th, 14th, 21st and 28th are Mondays. mFOLFIRINOX keeps 12 days
between two doses; nab-paclitaxel 6 days between those of a cycle. Without other facts the operation is on 5 April.
"""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.calendar.entries import PERFORMED_PROBLEMS, Entry
from app.domain.facts import planner_facts as f
from tests.domain.stories import (
    booked,
    calendar,
    chosen,
    d,
    decided,
    done,
    life,
    missed,
    moved,
    omitted,
    stopped,
    withdrawn,
)

FIRST = done("SP-C01", "2026-11-30")


def against(entry: Entry) -> list[tuple[object, ...]]:
    """What speaks against the day of a performed visit: the kind, and the visit and the day that it goes by."""
    found = [one for one in entry.problems if one.kind in PERFORMED_PROBLEMS]
    return [(one.kind.removeprefix("performed_"), one.values.get("visit"), one.values.get("other")) for one in found]


def of(key: str, *facts: f.Fact, regimen: str = "MFFX", today: str = "2027-12-31") -> list[tuple[object, ...]]:
    """The same of one visit after these facts."""
    return against(calendar(*facts, today=today, regimen=regimen).by_key[key])


# Closed days


@pytest.mark.parametrize(
    ("visit", "on", "why"),
    [
        ("SP-C01", "2026-11-28", "weekday"),
        ("SP-C01", "2026-12-06", "weekday"),
        ("SP-S03", "2026-11-15", "weekday"),
        ("SP-C01", "2026-12-25", "holiday:Christmas Day"),
        ("SP-R01", "2027-01-30", "weekday"),
        ("U#1", "2027-01-01", "holiday:New Year's Day"),
        ("SP-C03#1.3", "2026-12-13", "weekday"),
    ],
)
def test_a_visit_on_a_closed_day_is_said_to_be(visit: str, on: str, why: str) -> None:
    problems = calendar(done(visit, on), today="2027-12-31").by_key[visit].problems
    found = [one for one in problems if one.kind == "performed_closed"]
    assert [(one.values["on"], str(one.values["why"]).split(":")[0]) for one in found] == [(d(on), why.split(":")[0])]


@pytest.mark.parametrize(("visit", "on"), [("SP-C01", "2026-11-30"), ("SP-R01", "2027-02-01"), ("U#1", "2026-12-28")])
def test_a_visit_on_an_open_day_is_not(visit: str, on: str) -> None:
    assert of(visit, done(visit, on)) == []


# The dose before


@pytest.mark.parametrize(
    ("on", "days"),
    [("2026-12-01", 1), ("2026-12-04", 4), ("2026-12-09", 9), ("2026-12-11", 11), ("2026-12-14", None)],
)
def test_a_dose_too_soon_after_the_one_before_says_by_how_much(on: str, days: int | None) -> None:
    entry = calendar(FIRST, done("SP-C02#2", on), today="2027-12-31").by_key["SP-C02#2"]
    found = [one.values for one in entry.problems if one.kind == "performed_too_near"]
    wanted = {"on": d(on), "visit": "SP-C01", "other": d("2026-11-30"), "days": days, "least": 12}
    assert found == ([wanted] if days is not None else [])


def test_the_gap_counts_from_the_last_dose_that_was_given() -> None:
    day_8, day_15 = omitted("SP-C03#1.8", "2026-12-07"), done("SP-C03#1.15", "2026-12-11")
    assert of("SP-C03#1.15", FIRST, day_8, day_15, regimen="AG") == []
    given = done("SP-C03#1.8", "2026-12-07")
    near = ("too_near", "SP-C03#1.8", date(2026, 12, 7))
    assert of("SP-C03#1.15", FIRST, given, day_15, regimen="AG") == [near]


def test_a_delayed_first_dose_makes_the_second_too_near() -> None:
    assert of("SP-C02#2", done("SP-C02#2", "2026-12-14"), done("SP-C01", "2026-12-04")) == [
        ("too_near", "SP-C01", date(2026, 12, 4))
    ]


# Order


@pytest.mark.parametrize(
    ("facts", "key", "other", "held"),
    [
        ([done("SP-C02#2", "2026-11-30")], "SP-C02#2", "SP-C01", "2026-11-30"),
        ([done("SP-C02#2", "2026-11-27")], "SP-C02#2", "SP-C01", "2026-11-30"),
        ([done("SP-C03#1.3", "2026-11-30")], "SP-C03#1.3", "SP-C01", "2026-11-30"),
        ([done("SP-C02#2", "2026-12-16"), done("SP-C02#3", "2026-12-15")], "SP-C02#3", "SP-C02#2", "2026-12-16"),
        ([moved("SP-C02#2", "2026-12-30"), done("SP-C02#3", "2026-12-28")], "SP-C02#3", "SP-C02#2", "2026-12-30"),
        ([done("SP-R01", "2026-11-26")], "SP-R01", "SP-C01", "2026-11-30"),
        ([done("SP-R02", "2027-02-08")], "SP-R02", "SP-C02#8", "2027-03-08"),
        ([done("SP-O05#14", "2027-03-01")], "SP-O05#14", "SP-P03", "2027-04-05"),
        ([done("SP-P03", "2027-04-06"), done("SP-O01", "2027-04-06")], "SP-O01", "SP-P03", "2027-04-06"),
        ([done("SP-O02", "2027-04-05"), done("SP-P03", "2027-04-06")], "SP-O02", "SP-P03", "2027-04-06"),
    ],
)
def test_a_visit_before_the_one_that_it_follows_is_out_of_order(
    facts: list[f.Fact], key: str, other: str, held: str
) -> None:
    today = "2027-03-02" if key == "SP-O05#14" else "2027-12-31"
    assert ("before", other, d(held)) in of(key, FIRST, *facts, today=today)


@pytest.mark.parametrize(
    ("first", "later", "found"),
    [
        ("2027-08-06", "2027-08-02", [("before", "SP-F03", date(2027, 8, 6))]),
        ("2027-08-02", "2027-08-02", [("before", "SP-F03", date(2027, 8, 2))]),
        ("2027-05-03", "2027-08-02", []),
    ],
)
def test_follow_up_is_in_the_order_of_its_months(first: str, later: str, found: list[tuple[object, ...]]) -> None:
    operation = done("SP-P03", "2027-02-01")
    assert of("SP-F06", operation, done("SP-F06", later), done("SP-F03", first)) == found


def test_the_occurrences_of_a_series_are_in_the_order_of_their_numbers() -> None:
    operation = done("SP-P03", "2027-02-01")
    first, later = done("SP-O05#14", "2027-02-24"), done("SP-O05#21", "2027-02-23")
    assert of("SP-O05#21", operation, first, later) == [("before", "SP-O05#14", date(2027, 2, 24))]
    assert of("SP-O05#14", operation, first, later) == []


def test_a_later_dose_of_a_cycle_before_an_earlier_one_is_out_of_order() -> None:
    facts = [FIRST, done("SP-C03#1.8", "2026-12-15"), done("SP-C03#1.15", "2026-12-14")]
    assert of("SP-C03#1.15", *facts, regimen="AG") == [("before", "SP-C03#1.8", date(2026, 12, 15))]


def test_the_operation_recorded_or_corrected_later_decides() -> None:
    visit = done("SP-O05#14", "2027-03-01")
    assert of("SP-O05#14", visit, done("SP-P03", "2027-02-15")) == []
    assert of("SP-O05#14", visit, done("SP-P03", "2027-03-02")) == [("before", "SP-P03", date(2027, 3, 2))]
    assert of("SP-O05#14", done("SP-P03", "2027-03-01"), visit) == [("before", "SP-P03", date(2027, 3, 1))]


def test_a_visit_after_an_operation_without_a_day_is_out_of_order() -> None:
    facts = [booked("SP-P03", "2027-02-15"), done("SP-O01", "2027-02-16"), missed("SP-P03", "2027-02-15")]
    assert of("SP-O01", *facts) == [("before", "SP-P03", None)]


def test_a_second_operation_takes_nothing_from_what_followed_the_first() -> None:
    facts = [chosen("staged", True, "2026-11-23"), done("SP-P03", "2027-02-01"), done("SP-A01", "2027-03-31")]
    assert of("SP-A01", *facts, booked("SP-P04", "2027-05-03"), today="2027-04-10") == []
    assert of("SP-A01", *facts, done("SP-P04", "2027-05-03")) == []


def test_a_stopped_course_makes_the_end_of_treatment_right() -> None:
    end = done("SP-R02", "2027-01-04")
    assert of("SP-R02", FIRST, end) == [("before", "SP-C02#8", date(2027, 3, 8))]
    assert of("SP-R02", FIRST, end, stopped("preop_chemo", "2027-01-04")) == []


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2026-12-11", []),
        ("2026-12-14", []),
        ("2026-12-15", [("after", "SP-C02#2", date(2026, 12, 14))]),
        ("2026-12-21", [("after", "SP-C02#2", date(2026, 12, 14))]),
    ],
)
def test_bloods_after_their_dose_are_out_of_order(on: str, found: list[tuple[object, ...]]) -> None:
    assert of("SP-C04#2.1", FIRST, done("SP-C02#2", "2026-12-14"), done("SP-C04#2.1", on)) == found


def test_a_dose_recorded_before_the_one_before_it_is_in_order_where_the_days_are() -> None:
    assert of("SP-C02#2", done("SP-C02#2", "2026-12-14"), today="2026-12-20") == []
    assert of("SP-C02#2", done("SP-C02#2", "2026-12-14"), FIRST) == []


def test_a_dose_that_an_end_has_cancelled_does_not_hide_the_one_before_it() -> None:
    # Days 1, 8 and 15 of a 28-day cycle; day 15 was never given when the participant withdrew. The least is 13 days.
    facts = [FIRST, done("SP-C03#1.8", "2026-12-07"), done("SP-C02#2", "2026-12-15")]
    assert of("SP-C02#2", *facts, withdrawn("all", "2026-12-15"), regimen="AG", today="2026-12-15") == [
        ("too_near", "SP-C03#1.8", d("2026-12-07")),
    ]


# Against a decision


@pytest.mark.parametrize(
    ("outcomes", "visit"),
    [
        ([("SP-R02", "response"), ("SP-R04", "surgery")], ""),
        ([("SP-R02", "response"), ("SP-R04", "no_surgery")], "SP-R04"),
        ([("SP-R01", "palliative")], "SP-R01"),
        # the operation ends the reassessments, and that is no decision against it
        ([], ""),
    ],
)
def test_an_operation_against_a_decision_is_told_as_what_follows_it_stays_cancelled(
    outcomes: list[tuple[str, str]], visit: str
) -> None:
    decisions = [decided(key, "2027-03-25", outcome) for key, outcome in outcomes]
    found = calendar(*decisions, done("SP-P03", "2027-04-26"), today="2027-04-26").by_key
    told = [one.values for one in found["SP-P03"].problems if one.kind == "against_decision"]
    assert told == ([{"visit": visit, "on": d("2027-03-25")}] if visit else [])
    assert found["SP-O08"].status == ("cancelled" if visit else "planned")


def test_a_visit_whose_window_opens_before_the_other_one_may_precede_it() -> None:
    # consent on 11-23, inclusion booked for Monday 12-14: EQ-5D from two weeks before it, 11-30, to 12-21
    facts = (booked("SP-S06", "2026-12-14"), done("SP-S08", "2026-11-24"))
    told = life(today="2026-12-10")
    screened = replace(told, person=replace(told.person, enrolled_on=None, consented_on=d("2026-11-23"))).told(facts)
    entry = screened.calendar().by_key["SP-S08"]
    assert (entry.target, entry.earliest, entry.window_result) == (d("2026-12-14"), d("2026-11-30"), -6)
    assert against(entry) == []
