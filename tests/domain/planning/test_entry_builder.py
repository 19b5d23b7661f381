"""Status, problems and results of finished visits."""

from dataclasses import replace

import pytest

from app.domain.calendar.entries import Status
from app.domain.facts import planner_facts as f
from tests.domain.stories import (
    ENROLLED,
    booked,
    calendar,
    chosen,
    d,
    decided,
    died,
    done,
    life,
    missed,
    problem_kinds,
    span,
    statuses,
    target,
    window,
)


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


def test_a_missed_visit_may_be_performed_after_all() -> None:
    story = calendar(missed("SP-C01", "2026-11-30"), done("SP-C01", "2026-12-02", "10:15"), today="2026-12-02")
    assert statuses(story, "SP-C01", "SP-C03#1.3") == ["performed", "planned"]
    assert (target(story.by_key["SP-C03#1.3"]), target(story.by_key["SP-C02#2"])) == ("2026-12-04", "2026-12-16")


def test_unscheduled_visits_stand_in_the_calendar_by_their_number() -> None:
    story = calendar(done("U#1", "2026-11-25"), booked("U#2", "2026-12-03", "09:30"), today="2026-11-25")
    assert statuses(story, "U#1", "U#2") == ["performed", "planned"]
    assert (story.by_key["U#2"].booked_at, target(story.by_key["U#2"])) == ("09:30", None)


def test_a_visit_with_facts_that_leaves_the_pathway_stays_as_a_problem() -> None:
    facts = [booked("SP-S09", "2026-11-24"), chosen("eortc", False, ENROLLED)]
    story = calendar(*facts, today=ENROLLED, choices={"eortc": True})
    assert "SP-S09" not in story.by_key
    assert [(problem.key, problem.kind) for problem in story.problems] == [("SP-S09", "off_path")]


def test_a_booking_on_a_closed_day_outside_its_window_is_never_moved() -> None:
    # Christmas Day is closed and 8 days after 12-14..12-17 has closed
    entry = calendar(booked("SP-C02#2", "2026-12-25"), today=ENROLLED).by_key["SP-C02#2"]
    assert (entry.assumed, sorted(problem_kinds(entry))) == (d("2026-12-25"), ["booking_closed", "booking_outside"])


def test_a_result_is_judged_by_the_window_of_the_day_on_which_it_was_recorded() -> None:
    # cycle 2 done on 12-14 inside 12-14..12-17; afterwards cycle 1 is corrected to have been two days later
    story = life(done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), today="2026-12-14")
    corrected = replace(story, facts=(done("SP-C01", "2026-12-02"), *story.facts[1:]))
    entry = corrected.calendar().by_key["SP-C02#2"]
    assert (entry.judged, entry.window_result, entry.provisional) == (span("2026-12-14..2026-12-17"), 0, False)
    assert (target(entry), window(entry)) == ("2026-12-16", "2026-12-16..2026-12-19")


@pytest.mark.parametrize(("on", "days"), [("2026-11-23", 0), ("2026-12-14", 0), ("2026-12-17", 3)])
def test_early_and_late_are_counted_from_the_nearer_end_of_the_window(on: str, days: int) -> None:
    assert calendar(done("SP-C01", on), today="2026-12-17").by_key["SP-C01"].window_result == days


def test_a_visit_before_its_window_is_early_by_the_days_to_its_first_day() -> None:
    """Cycle 2 of a first dose on 30 November has the window 14 to 17 December."""
    found = calendar(done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-11"), today="2026-12-17")
    assert found.by_key["SP-C02#2"].window_result == -3


# A death whose day is not known

PALLIATIVE = [done("SP-C01", "2026-11-30"), decided("SP-R01", "2027-02-01", "palliative")]


def test_a_death_without_its_day_suspends_every_open_contact() -> None:
    # contacts at 6 months, 2027-08-01 and 30 days either way, and 12; the safety contact closed on 2027-02-08
    told = f.Contacted(d("2027-09-10"), "no")
    before = calendar(*PALLIATIVE, today="2027-09-15")
    assert statuses(before, "SP-N02", "SP-N01#6", "SP-N01#12") == ["overdue", "overdue", "planned"]
    found = calendar(*PALLIATIVE, told, today="2027-09-15")
    assert statuses(found, "SP-N02", "SP-N01#6", "SP-N01#12") == ["awaiting"] * 3
    entry = found.by_key["SP-N01#6"]
    assert (entry.suspended, problem_kinds(entry), target(entry)) == (True, ["death_undated"], "2027-08-01")
    assert [(one.key, one.kind) for one in found.problems if one.key == "died"] == [("died", "death_undated")]
    # what should have been held before is as it was
    assert statuses(found, "SP-C03#1.3") == statuses(before, "SP-C03#1.3") == ["overdue"]


def test_a_death_without_its_day_suspends_every_visit_to_come() -> None:
    found = calendar(done("SP-C01", "2026-11-30"), f.Contacted(d("2026-12-10"), "no"), today="2026-12-11")
    assert statuses(found, "SP-C02#2", "SP-P03", "SP-F24", "SP-C04#1.1") == ["awaiting"] * 3 + ["overdue"]


def test_the_day_of_death_or_a_sign_of_life_ends_the_suspension() -> None:
    told = f.Contacted(d("2027-09-10"), "no")
    alive = calendar(*PALLIATIVE, told, f.Contacted(d("2027-09-12"), "yes"), today="2027-09-15")
    assert statuses(alive, "SP-N01#6") == ["overdue"]
    still = calendar(*PALLIATIVE, told, f.Contacted(d("2027-09-12"), "unknown"), today="2027-09-15")
    assert statuses(still, "SP-N01#6") == ["awaiting"]
    # died on 2027-07-20, in the window of the contact at 6 months
    known = calendar(*PALLIATIVE, told, died("2027-07-20"), today="2027-09-15")
    assert statuses(known, "SP-N02", "SP-N01#6", "SP-N01#12") == ["overdue", "cancelled", "cancelled"]
    assert not [one for one in known.problems if one.kind == "death_undated"]
