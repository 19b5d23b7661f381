"""Stories of single participants; every expected day is worked out by hand from the protocol's own numbers."""

import gc
import weakref

import pytest

from app.domain.planning.planner import planner_of
from tests.domain.stories import (
    ENROLLED,
    SiteDays,
    calendar,
    d,
    done,
    life,
    moved,
    problem_kinds,
    proposed,
    reason_kinds,
    target,
    window,
)

# The example: ScanPan, Sweden, MFFX, enrolled on Monday 2026-11-23 and nothing recorded yet.


def test_all_visits_to_month_24_are_planned_on_the_day_of_enrolment() -> None:
    # 9 before treatment, 8 cycles of day 1, pump and bloods, 3 reassessments, operation with 2 visits before it,
    # 9 postoperative days, 4 more cycles of 3 with their end, 6 times follow-up: 9+24+3+3+9+13+6
    assert len(calendar(today=ENROLLED).entries) == 67


@pytest.mark.parametrize(
    ("key", "wanted", "opens_closes", "suggested", "why", "trouble"),
    [
        ("SP-C01", "2026-11-30", "2026-11-23..2026-12-14", "2026-11-30", ["enrolment"], []),
        # Sunday; Christmas Day and the weekend are closed: same-day bloods
        ("SP-C04#3.1", "2026-12-27", "2026-12-25..2026-12-28", "2026-12-28", ["before_dose", "closed"], []),
        ("SP-C03#3.3", "2026-12-30", "2026-12-30..2026-12-30", "2026-12-30", ["pump"], []),
        ("SP-R01", "2027-01-30", "2027-01-30..2027-02-13", "2027-02-01", ["counted_from", "closed"], []),
        ("SP-C02#8", "2027-03-08", "2027-03-08..2027-03-11", "2027-03-08", ["next_cycle"], []),
        ("SP-C02#3", "2026-12-28", "2026-12-28..2026-12-31", "2026-12-28", ["next_cycle"], []),
        # 03-08 + 14 d
        ("SP-R02", "2027-03-22", "2027-03-15..2027-03-29", "2027-03-22", ["last_dose"], []),
        ("SP-R04", "2027-03-25", "2027-03-25..2027-04-01", "2027-03-25", ["counted_from"], []),
        # Easter Monday; not before the conference
        ("SP-P01", "2027-03-29", "2027-03-25..2027-04-04", "2027-03-30", ["counted_from", "opens", "closed"], []),
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
    entry = calendar(today=ENROLLED).by_key[key]
    assert (target(entry), window(entry), proposed(entry)) == (wanted, opens_closes, suggested)
    assert (reason_kinds(entry), problem_kinds(entry)) == (why, trouble)


def test_a_plan_is_gone_with_its_last_use_and_is_no_work_for_the_collector() -> None:
    one = life(done("SP-C01", "2026-11-30"), today="2026-12-20")
    planner = planner_of(one.protocol, one.site, one.person, one.facts, one.today)
    gone = weakref.ref(planner)
    gc.disable()
    try:
        assert len(planner.calendar().entries) > 60
        del planner
        assert gone() is None
    finally:
        gc.enable()


def test_only_an_open_visit_whose_last_day_was_before_a_day_can_be_overdue_on_it() -> None:
    # SP-C01 was given; the window of SP-C03#1.8 is 6 to 9 December, that of SP-C02#2 14 to 17 December.
    one = life(done("SP-C01", "2026-11-30"), today="2026-12-20")
    planner = planner_of(one.protocol, one.site, one.person, one.facts, one.today)
    assert {"SP-C01", "SP-C02#2"}.isdisjoint(planner.keys_past(d("2026-12-17")))
    assert "SP-C02#2" in planner.keys_past(d("2026-12-18"))


# The site


def test_a_site_sets_its_own_window() -> None:
    entry = calendar(today=ENROLLED, site=SiteDays(values={"SP-R01.after": "P21D"})).by_key["SP-R01"]
    assert window(entry) == "2027-01-30..2027-02-20"


def test_a_site_closes_and_opens_days_of_its_own() -> None:
    # Monday 11-30 closed: Tuesday; Sunday 12-27 open: the bloods keep their day; opened wins over closed
    days = SiteDays(closed=(d("2026-11-30"), d("2026-12-27")), opened=(d("2026-12-27"),))
    found = calendar(moved("SP-C02#3", "2026-12-28"), today=ENROLLED, site=days).by_key
    assert (proposed(found["SP-C01"]), reason_kinds(found["SP-C01"])) == ("2026-12-01", ["enrolment", "closed"])
    assert found["SP-C01"].reasons[1].values["why"] == "site"
    assert proposed(found["SP-C04#3.1"]) == "2026-12-27"


def test_a_clinic_open_on_mondays_only_has_problems_with_other_weekdays() -> None:
    # R01: Saturday 01-30 to 02-13, Mondays 02-01 and 02-08; pump on Wednesday keeps its day
    mondays = SiteDays(closed_weekdays=frozenset({1, 2, 3, 4, 5, 6}))
    found = calendar(today=ENROLLED, site=mondays).by_key
    assert proposed(found["SP-R01"]) == "2027-02-01"
    assert problem_kinds(found["SP-C03#1.3"]) == ["closed_day"]
