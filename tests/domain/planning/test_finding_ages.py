"""A scan that will be too old at a visit is a problem of that visit, until it was repeated in time.

Enrolled on Monday 23 November 2026: cycle 1 is expected on 30 November. ScanPan's CT may be 28 days old then, so it may
be of 2 November or later; the last reassessment may be 42 days old at the operation.
"""

from dataclasses import replace

import pytest

from app.domain.calendar.entries import Calendar
from app.domain.dates import Period
from app.domain.facts import planner_facts as f
from app.domain.facts.records import NewFact
from app.domain.planning.finding_ages import with_old_findings, without_repeated
from app.domain.protocol.finding_ages import FindingAge
from tests.domain.stories import booked, calendar, done, missed


def old(story: Calendar) -> list[tuple[str, str, int, str]]:
    """The visits whose finding is too old: with the finding, its age in days and the day from which to repeat it."""
    return [
        (entry.key, str(one.values["visit"]), int(str(one.values["days"])), str(one.values["first"]))
        for entry in story.entries
        for one in entry.problems
        if one.kind == "finding_old"
    ]


def test_a_scan_is_too_old_a_day_after_its_last_day() -> None:
    assert old(calendar(done("SP-S02", "2026-11-02"), today="2026-11-23")) == []
    story = calendar(done("SP-S02", "2026-11-01"), today="2026-11-23")
    assert old(story) == [("SP-C01", "SP-S02", 29, "2026-11-02")]


def test_it_becomes_too_old_with_the_day_of_the_dose() -> None:
    scan = done("SP-S02", "2026-11-09")
    assert old(calendar(scan, booked("SP-C01", "2026-12-07"), today="2026-11-23")) == []
    story = calendar(scan, booked("SP-C01", "2026-12-08"), today="2026-11-23")
    assert old(story) == [("SP-C01", "SP-S02", 29, "2026-11-10")]


@pytest.mark.parametrize(
    "facts",
    [(), (missed("SP-S02", "2026-11-20"),), (done("SP-S02", "2026-10-26"), done("SP-C01", "2026-11-30"))],
    ids=["none", "missed", "after the dose"],
)
def test_nothing_is_said_without_a_scan_or_after_the_dose(facts: tuple[f.Fact, ...]) -> None:
    assert old(calendar(*facts, today="2026-12-01")) == []


def test_of_several_the_youngest_counts() -> None:
    # 5 April less 42 days is 22 February; 1 February is 63 days before
    first, operation, today = done("SP-R01", "2027-02-01"), booked("SP-P03", "2027-04-05"), "2027-03-23"
    without = missed("SP-R02", "2027-03-22")
    assert old(calendar(first, without, operation, today=today)) == [("SP-P03", "SP-R01", 63, "2027-02-22")]
    assert old(calendar(first, done("SP-R02", "2027-02-22"), operation, today=today)) == []


def test_nothing_is_said_while_the_protocol_plans_the_next_scan_in_time() -> None:
    # the restaging is planned for 22 March, and the operation may follow it by 42 days: on 3 May, not on the 4th
    first = done("SP-R01", "2027-02-01")
    assert old(calendar(first, booked("SP-P03", "2027-05-03"), today="2027-02-02")) == []
    late = calendar(first, booked("SP-P03", "2027-05-04"), today="2027-02-02")
    assert old(late) == [("SP-P03", "SP-R01", 92, "2027-03-23")]
    # a restaging after the operation is none before it
    early = calendar(first, booked("SP-P03", "2027-03-19"), today="2027-02-02")
    assert old(early) == [("SP-P03", "SP-R01", 46, "2027-02-05")]


def test_no_day_of_the_calendar_changes_and_months_are_calendar_months() -> None:
    story = calendar(done("SP-S02", "2026-10-29"), booked("SP-C01", "2026-11-30"), today="2026-11-23")
    plain = replace(story, entries=tuple(replace(one, problems=()) for one in story.entries))
    # a month before 30 November is 30 October
    marked = with_old_findings(plain, [FindingAge("ct", ("SP-S02",), "SP-C01", Period(months=1))])
    assert old(marked) == [("SP-C01", "SP-S02", 32, "2026-10-30")]
    assert replace(marked, entries=tuple(replace(one, problems=()) for one in marked.entries)) == plain


@pytest.mark.parametrize(
    ("on", "repeats", "settled"),
    [("2026-12-02", "SP-S02", True), ("2026-12-01", "SP-S02", False), ("2026-12-02", "SP-S03", False),
     ("2026-12-02", None, False)],
)  # fmt: skip
def test_a_repeat_in_time_settles_it(on: str, repeats: str | None, settled: bool) -> None:
    # the first dose is booked for 30 December: the scan may be of 2 December or later
    scan, dose = done("SP-S02", "2026-11-09"), booked("SP-C01", "2026-12-30")
    story = calendar(scan, dose, done("U#1", on), today="2026-12-03")
    assert old(story) == [("SP-C01", "SP-S02", 51, "2026-12-02")]
    fact = NewFact("unscheduled", {"visit": "U#1", "reason": "scan too old", "repeats": repeats})
    assert (old(without_repeated(story, [fact])) == []) is settled
