"""How many cycles a course has, and by which regimen each is given."""

from dataclasses import replace

import pytest

from app.domain.facts import planner_facts as f
from app.domain.planning.cycle_count import (
    day_one_key,
    last_performed_cycle,
    least_number,
    over_from,
    planned_number,
    regimen_of,
)
from app.domain.planning.planner import Planner
from app.domain.protocol.anchors import Bound, VisitDay
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import Course, Cycles
from tests.domain.scanpan import SCANPAN, months
from tests.domain.stories import changed, d, decided, done, life

TODAY = "2027-04-05"
COURSE = SCANPAN.course("preop_chemo")
GIVEN = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), done("SP-C02#3", "2026-12-28")]


def planner(*facts: f.Fact, regimen: str = "MFFX") -> Planner:
    told = life(*facts, today=TODAY, regimen=regimen)
    return Planner(told.protocol, told.site, told.person, told.facts, told.today)


def with_cycles(cycles: Cycles) -> Course:
    return replace(COURSE, cycles=cycles)


def test_cycle_1_has_a_visit_of_its_own() -> None:
    assert [day_one_key(COURSE, cycle) for cycle in (1, 2, 10)] == ["SP-C01", "SP-C02#2", "SP-C02#10"]


@pytest.mark.parametrize(
    ("cycles", "regimen", "number"),
    [
        (Cycles(fill=112), "MFFX", None),
        (Cycles(fill=112, fixed=5), "MFFX", 5),
        (Cycles(count={14: 8, 28: 4}), "MFFX", 8),
        (Cycles(count={14: 8, 28: 4}), "AG", 4),
        (Cycles(open_ended=3), "MFFX", 3),
    ],
)
def test_the_number_of_cycles(cycles: Cycles, regimen: str, number: int | None) -> None:
    assert planned_number(planner(regimen=regimen), with_cycles(cycles)) == number


@pytest.mark.parametrize(("total", "least", "left"), [(12, 1, 4), (9, 1, 1), (8, 1, 1), (9, 3, 3)])
def test_the_cycles_of_an_earlier_course_are_subtracted(total: int, least: int, left: int) -> None:
    # 8 cycles of 14 days fill the 112 days before the operation
    cycles = Cycles(count={14: total}, less="preop_chemo", at_least={14: least})
    assert planned_number(planner(), with_cycles(cycles)) == left


def test_a_course_that_goes_on_has_some_cycles_beyond_the_last_given() -> None:
    extended = planner(*GIVEN, decided("SP-R01", "2027-02-01", "continue"))
    assert (last_performed_cycle(extended, COURSE), least_number(extended, COURSE)) == (3, 7)
    assert least_number(planner(*GIVEN), COURSE) == 3


def test_no_cycle_was_given_yet() -> None:
    assert last_performed_cycle(planner(), COURSE) == 0


def test_a_change_counts_from_the_cycle_after() -> None:
    # changed on 12-14, the day of cycle 2
    told = planner(*GIVEN[:2], changed("2026-12-14", "AG"))
    assert [regimen_of(told, COURSE, cycle).id for cycle in (1, 2, 3)] == ["MFFX", "MFFX", "AG"]


@pytest.mark.parametrize(("rule", "regimen"), [("initial", "MFFX"), ("changed", "AG"), ("NAL", "NAL")])
def test_a_course_may_name_its_regimen(rule: str, regimen: str) -> None:
    told = planner(changed("2026-12-14", "AG"))
    assert regimen_of(told, replace(COURSE, regimen=rule), 1).id == regimen


def test_a_course_is_over_on_a_day_counted_from_an_anchor() -> None:
    until = Bound("start", VisitDay("SP-S06"), months(6))
    # 6 months after Monday 2026-11-23
    assert str(over_from(planner(), with_cycles(Cycles(fill=112, until=until)))) == "2027-05-23"
    assert over_from(planner(), COURSE) is None


EIGHT = [done("SP-C01", "2026-11-30"), *(done(f"SP-C02#{n}", f"2027-0{1 + n // 4}-0{n}") for n in range(2, 9))]


@pytest.mark.parametrize("number", [1, 2, 6, 7])
def test_cycles_that_were_given_stay_cycles_when_a_site_sets_fewer(number: int) -> None:
    told = life(*EIGHT, today=TODAY)
    fewer = replace(told, protocol=with_values(SCANPAN, {"cycles.preop_chemo": number}))
    calendar = fewer.calendar()
    assert [problem.key for problem in calendar.problems] == []
    assert calendar.by_key["SP-C02#8"].performed == d("2027-03-08")
    assert "SP-C02#9" not in calendar.by_key
    # the restaging goes on counting from the last dose given: 8 March + 14 days
    assert calendar.by_key["SP-R02"].target == d("2027-03-22")


@pytest.mark.parametrize(("key", "on", "cycles"), [("SP-C03#7.3", "2027-02-24", 7), ("SP-C04#7.1", "2027-02-21", 6)])
def test_a_day_within_a_cycle_makes_it_a_cycle_and_bloods_do_not(key: str, on: str, cycles: int) -> None:
    told = life(done("SP-C01", "2026-11-30"), done(key, on), today=TODAY)
    fewer = replace(told, protocol=with_values(SCANPAN, {"cycles.preop_chemo": 6})).calendar()
    assert max(entry.cycle for entry in fewer.entries if entry.visit.id == "SP-C02") == cycles


def test_a_site_may_set_more_cycles_than_were_given() -> None:
    told = life(*EIGHT, today=TODAY)
    assert "SP-C02#9" in replace(told, protocol=with_values(SCANPAN, {"cycles.preop_chemo": 9})).calendar().by_key
