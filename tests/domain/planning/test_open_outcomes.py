"""What goes on although the outcome of a visit at which something is decided is not recorded.

LI-001 was enrolled on Monday 23 November 2026, for mFOLFIRINOX: doses every two weeks from 30 November to 8 March,
reassessment 1 on 1 February, the restaging on 22 March, the conference a week after it, the operation on 5 April.
"""

import pytest

from app.domain.facts import planner_facts as f
from tests.domain.stories import booked, calendar, decided, done, moved, stopped

DAYS = ("2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08", "2027-02-22", "2027-03-08")


def given(count: int) -> list[f.Fact]:
    """The first doses, each on its day."""
    return [done("SP-C01" if n == 1 else f"SP-C02#{n}", on) for n, on in enumerate(DAYS[:count], start=1)]


def undecided(*facts: f.Fact, today: str) -> dict[str, object]:
    """The visits that go on without an outcome, each with the visit that lacks it."""
    problems = [one for entry in calendar(*facts, today=today).entries for one in entry.problems]
    return {one.key: one.values["visit"] for one in problems if one.kind == "outcome_missing"}


def test_the_next_cycles_the_restaging_and_the_operation_wait_for_reassessment_1() -> None:
    found = undecided(*given(5), done("SP-R01", "2027-02-01"), today="2027-02-02")
    assert found == dict.fromkeys(["SP-C02#6", "SP-C02#7", "SP-C02#8", "SP-R02", "SP-P03"], "SP-R01")


def test_with_its_outcome_nothing_waits() -> None:
    facts = [*given(5), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "response")]
    assert undecided(*facts, today="2027-02-02") == {}


def test_a_dose_given_without_the_outcome_stays_said_until_it_is_decided() -> None:
    facts = [*given(5), done("SP-R01", "2027-02-01"), done("SP-C02#6", "2027-02-08")]
    assert undecided(*facts, today="2027-02-10")["SP-C02#6"] == "SP-R01"
    assert "SP-C02#5" not in undecided(*facts, today="2027-02-10")
    assert undecided(*facts, decided("SP-R01", "2027-02-10", "response"), today="2027-02-10") == {}


def test_an_operation_done_without_the_outcome_of_its_conference_is_said() -> None:
    past = [*given(8), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "response")]
    past += [done("SP-R02", "2027-03-22"), decided("SP-R02", "2027-03-22", "response")]
    held = [*past, done("SP-R04", "2027-03-29")]
    assert undecided(*held, today="2027-03-30")["SP-P03"] == "SP-R04"
    operated = [*held, done("SP-P03", "2027-04-05")]
    assert undecided(*operated, today="2027-04-06")["SP-P03"] == "SP-R04"
    assert undecided(*operated, decided("SP-R04", "2027-04-06", "surgery"), today="2027-04-06") == {}


def test_postoperative_cycles_go_on_without_the_outcome_of_the_conference() -> None:
    held = [done("SP-R04", "2027-03-29"), done("SP-P03", "2027-04-05")]
    found = undecided(*held, today="2027-04-06")
    assert {key for key in found if key.startswith("SP-A0")} == {"SP-A01", "SP-A02#2", "SP-A02#3", "SP-A02#4"}


def test_the_restaging_decides_on_the_conference_that_is_counted_from_it() -> None:
    found = undecided(*given(8), done("SP-R02", "2027-03-22"), today="2027-03-23")
    assert (found["SP-R04"], found["SP-P03"]) == ("SP-R02", "SP-R02")


@pytest.mark.parametrize(
    ("facts", "said"),
    [([], False), ([booked("SP-F03", "2027-07-05")], True), ([moved("SP-F03", "2027-07-05")], True)],
)
def test_follow_up_is_said_once_a_day_is_arranged_for_it(facts: list[f.Fact], said: bool) -> None:
    found = undecided(*given(5), done("SP-R01", "2027-02-01"), *facts, today="2027-02-02")
    assert ("SP-F03" in found) is said


def test_what_was_due_before_the_visit_does_not_wait_for_it() -> None:
    found = undecided(*given(3), done("SP-R01", "2027-02-01"), today="2027-02-02")
    assert {"SP-C02#4", "SP-C02#5"}.isdisjoint(found)


def test_a_stopped_course_waits_for_nothing() -> None:
    facts = [*given(5), done("SP-R01", "2027-02-01"), stopped("preop_chemo", "2027-02-01")]
    assert not [key for key in undecided(*facts, today="2027-02-02") if key.startswith("SP-C")]


def test_a_repeat_reassessment_lets_the_cycles_go_on() -> None:
    facts = [*given(6), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "continue")]
    found = undecided(*facts, done("SP-R03#1", "2027-04-01"), today="2027-04-02")
    assert found["SP-P03"] == "SP-R03#1"
    cycles = calendar(*facts, done("SP-R03#1", "2027-04-01"), today="2027-04-02").entries
    later = {one.key for one in cycles if one.key.startswith("SP-C02#") and str(one.assumed) >= "2027-04-01"}
    assert later
    assert later <= found.keys()


def test_two_open_outcomes_are_both_said() -> None:
    facts = [*given(8), done("SP-R01", "2027-02-01"), done("SP-R02", "2027-03-22")]
    operation = calendar(*facts, today="2027-03-23").by_key["SP-P03"]
    missing = [one.values["visit"] for one in operation.problems if one.kind == "outcome_missing"]
    assert missing == ["SP-R01", "SP-R02"]
