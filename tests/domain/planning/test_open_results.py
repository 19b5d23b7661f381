"""Doses before the result of an assessment. LI-001 was enrolled on Monday 23 November 2026, for mFOLFIRINOX.

The doses are on 30 November, 14 and 28 December, 11 and 25 January, 8 and 22 February and 8 March. Reassessment 1 is
due from 30 January (two months after the first dose) to 13 February and proposed for Monday 1 February. The restaging
is two weeks after the last dose: 22 March, from 15 to 29 March.
"""

import pytest

from app.domain.facts import planner_facts as f
from tests.domain.stories import booked, calendar, d, decided, done, missed, moved, omitted, problem_kinds, stopped

DAYS = ("2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08", "2027-02-22", "2027-03-08")


def given(count: int) -> list[f.Fact]:
    """The first doses, each on its day."""
    return [done("SP-C01" if n == 1 else f"SP-C02#{n}", on) for n, on in enumerate(DAYS[:count], start=1)]


def before_results(*facts: f.Fact, today: str) -> list[tuple[str, object, object]]:
    """The doses that come before a result, each with the assessment and the day since when that is due."""
    problems = [one for entry in calendar(*facts, today=today).entries for one in entry.problems]
    return [(one.key, one.values["visit"], one.values["due"]) for one in problems if one.kind == "before_result"]


SIXTH = [("SP-C02#6", "SP-R01", d("2027-01-30"))]


@pytest.mark.parametrize(
    ("facts", "today", "found"),
    [
        # The next dose, counted from the one given before: from the day on which the scan is due.
        (given(5), "2027-01-29", []),
        (given(5), "2027-01-30", SIXTH),
        (given(5), "2027-02-13", SIXTH),
        (given(5), "2027-02-20", SIXTH),
        # The dose before it is not recorded: the next one is a forecast.
        (given(4), "2027-02-02", []),
        # Booked, it is no forecast any more.
        ([*given(4), booked("SP-C02#6", "2027-02-09")], "2027-02-02", SIXTH),
        ([*given(4), booked("SP-C02#6", "2027-02-09")], "2027-01-29", []),
        ([*given(4), moved("SP-C02#6", "2027-02-09")], "2027-02-02", []),
        # Given, it stays said.
        (given(6), "2027-02-10", SIXTH),
        (given(7), "2027-02-24", SIXTH),
        # A dose booked on the day of the scan is the first one on or after it.
        ([*given(4), booked("SP-C02#5", "2027-02-01")], "2027-02-01", [("SP-C02#5", "SP-R01", d("2027-01-30"))]),
        # The scan is booked later, so the sixth dose comes before it and the seventh after it.
        ([*given(6), booked("SP-R01", "2027-02-12")], "2027-02-10", [("SP-C02#7", "SP-R01", d("2027-01-30"))]),
        # A scan booked before its window opens is overdue on the day after its day.
        ([*given(4), booked("SP-R01", "2027-01-20")], "2027-01-21", [("SP-C02#5", "SP-R01", d("2027-01-21"))]),
        # The result, the outcome alone, or a scan that was missed: nothing is waited for.
        ([*given(5), done("SP-R01", "2027-02-01")], "2027-02-02", []),
        ([*given(5), decided("SP-R01", "2027-02-01", "response")], "2027-02-02", []),
        ([*given(5), missed("SP-R01", "2027-02-01")], "2027-02-02", []),
        # An omitted dose is not given: the next one counts.
        ([*given(5), stopped("preop_chemo", "2027-01-28")], "2027-02-02", []),
    ],
)
def test_the_first_dose_after_an_assessment_without_a_result(
    facts: list[f.Fact], today: str, found: list[tuple[str, object, object]]
) -> None:
    assert before_results(*facts, today=today) == found


def test_an_omitted_dose_is_passed_over() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-C03#1.8", "2026-12-07"), done("SP-C03#1.15", "2026-12-14")]
    facts += [done("SP-C02#2", "2026-12-28"), done("SP-C03#2.8", "2027-01-04"), done("SP-C03#2.15", "2027-01-11")]
    facts += [done("SP-C02#3", "2027-01-25")]
    problems = calendar(*facts, today="2027-01-30", regimen="AG").by_key["SP-C03#3.8"].problems
    assert "before_result" in [one.kind for one in problems]
    left_out = calendar(*facts, omitted("SP-C03#3.8", "2027-02-01"), today="2027-02-01", regimen="AG")
    assert problem_kinds(left_out.by_key["SP-C03#3.8"]) == []
    assert "before_result" not in problem_kinds(left_out.by_key["SP-C02#4"])
    # Day 15 is counted from day 1 of the cycle, which was given.
    assert "before_result" in problem_kinds(left_out.by_key["SP-C03#3.15"])


def test_a_restaging_in_its_window_concerns_no_dose_that_is_far_off() -> None:
    facts = [*given(8), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "response")]
    assert before_results(*facts, today="2027-03-22") == []


def test_the_problem_is_the_last_of_a_booked_dose() -> None:
    facts = [*given(5), booked("SP-C02#6", "2027-02-06")]
    assert problem_kinds(calendar(*facts, today="2027-02-01").by_key["SP-C02#6"]) == [
        "booking_closed",
        "booking_outside",
        "before_result",
    ]
