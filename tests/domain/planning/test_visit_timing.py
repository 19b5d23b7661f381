"""Targets, and visits that wait for a day."""

from app.domain.calendar.entries import Status
from tests.domain.stories import (
    ENROLLED,
    booked,
    calendar,
    done,
    missed,
    problem_kinds,
    reason_kinds,
    statuses,
    target,
)


def test_a_later_restaging_holds_the_operation_back() -> None:
    # last dose 03-08: 04-05; restaging on Tuesday 03-30 + 10 d: 04-09
    found = calendar(booked("SP-R02", "2027-03-30"), today=ENROLLED).by_key
    assert (target(found["SP-P03"]), reason_kinds(found["SP-P03"])) == ("2027-04-09", ["counted_from"])


def test_the_second_operation_waits_until_somebody_gives_it_a_day() -> None:
    story = calendar(done("SP-P03", "2027-04-05"), today="2027-04-05", choices={"staged": True})
    second = story.by_key["SP-P04"]
    assert (second.status, target(second)) == (Status.AWAITING, None)
    assert not any(key.endswith("@2") for key in story.by_key)
    assert target(story.by_key["SP-O08"]) == "2027-07-04"


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
    assert problem_kinds(story.by_key["SP-P03"]) == ["operation_missed"]
