"""Where a participant is in the trial: epoch, day and cycle of treatment, and the next visit."""

import pytest

from app.domain.calendar.progress import position_of
from app.domain.facts import planner_facts as f
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import ENROLLED, calendar, d, done

CYCLES = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14")]


def position(*facts: f.Fact, today: str) -> tuple[str, int | None, int, str, int, int]:
    found = position_of(SCANPAN, calendar(*facts, today=today), d(ENROLLED))
    return found.epoch, found.day, found.since, found.course, found.cycle, found.cycles


def test_enrolled_and_not_yet_treated() -> None:
    assert position(today="2026-11-25") == ("screening", None, 2, "", 0, 0)


def test_the_first_day_of_treatment_is_day_1() -> None:
    assert position(CYCLES[0], today="2026-11-30") == ("preop_chemo", 1, 7, "preop_chemo", 1, 8)


def test_days_are_counted_from_the_first_cycle_and_cycles_to_the_last_begun() -> None:
    # 112 days in cycles of 14 are 8; from Monday 11-30 to Friday 12-18 are 19 days, both included
    assert position(*CYCLES, today="2026-12-18") == ("preop_chemo", 19, 25, "preop_chemo", 2, 8)


def test_the_next_visit_is_the_first_open_one_with_a_day() -> None:
    found = position_of(SCANPAN, calendar(*CYCLES, today="2026-12-18"), d(ENROLLED)).next
    assert found is not None
    # nothing of the screening is recorded; of what was proposed for Monday 11-09 the tissue comes before the scans
    assert found.key == "SP-S05"


@pytest.mark.parametrize(("conference", "operation"), [("", ""), ("15:00", ""), ("15:00", "08:00"), ("08:00", "10:00")])
def test_the_later_step_of_one_day_counts(conference: str, operation: str) -> None:
    facts = [*CYCLES, done("SP-R04", "2027-04-05", conference), done("SP-P03", "2027-04-05", operation)]
    found = position_of(SCANPAN, calendar(*facts, today="2027-04-05"), d(ENROLLED))
    assert found.epoch == "surgery"
