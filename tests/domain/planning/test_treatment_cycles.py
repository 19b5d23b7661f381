"""Cycles of treatment: day 1 after day 1, gaps between doses, pumps, and the number of cycles."""

import pytest

from tests.domain.stories import (
    ENROLLED,
    RETURNS,
    SiteDays,
    booked,
    calendar,
    changed,
    d,
    decided,
    done,
    missed,
    moved,
    omitted,
    problem_kinds,
    proposed,
    reason_kinds,
    statuses,
    target,
    window,
)


def test_ag_does_not_go_six_days_back_to_its_weekday() -> None:
    # cycle 1 on a Tuesday, cycle 2 on Monday 2027-01-11: base Monday 2027-02-08, the Tuesday before is 6 days back
    story = calendar(
        done("SP-C01", "2026-12-01"), done("SP-C02#2", "2027-01-11"), today="2027-01-11", regimen="AG", site=RETURNS
    )
    assert target(story.by_key["SP-C02#3"]) == "2027-02-08"
    assert "preferred_weekday" not in reason_kinds(story.by_key["SP-C02#3"])


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
    story = calendar(done("SP-C01", "2026-12-01"), done("SP-C02#2", second), today="2026-12-21", site=RETURNS)
    assert target(story.by_key["SP-C02#3"]) == third


def test_three_days_back_need_the_last_infusion_of_the_cycle_left_out() -> None:
    # AG, cycle 2 on Friday 01-08: base Friday 02-05; day 15 on 01-22 is 11 days before Tuesday 02-02
    facts = [done("SP-C01", "2026-12-01"), done("SP-C02#2", "2027-01-08")]
    assert target(calendar(*facts, today="2027-01-22", regimen="AG", site=RETURNS).by_key["SP-C02#3"]) == "2027-02-05"
    # without it the last infusion is day 8 on 01-15, 18 days before
    facts_without = [*facts, omitted("SP-C03#2.15", "2027-01-22")]
    entry = calendar(*facts_without, today="2027-01-22", regimen="AG", site=RETURNS).by_key["SP-C02#3"]
    assert (target(entry), reason_kinds(entry)) == ("2027-02-02", ["next_cycle", "preferred_weekday"])


def test_no_cycle_returns_to_its_weekday_unless_the_site_says_so() -> None:
    facts = [done("SP-C01", "2026-12-01"), done("SP-C02#2", "2026-12-17")]
    for site in (None, SiteDays(values={"return_to_weekday": False})):
        assert target(calendar(*facts, today="2026-12-21", site=site).by_key["SP-C02#3"]) == "2026-12-31"


def test_a_weekday_on_which_the_site_is_closed_is_never_returned_to() -> None:
    # cycle 1 on Tuesday 1 December, when the site was open on Tuesdays; it no longer is: Thursday 31 December stays
    facts = [done("SP-C01", "2026-12-01"), done("SP-C02#2", "2026-12-17")]
    site = SiteDays(closed_weekdays=frozenset({1, 5, 6}), values={"return_to_weekday": True})
    entry = calendar(*facts, today="2026-12-21", site=site).by_key["SP-C02#3"]
    # (New Year's Eve is closed in Sweden, so the proposed day is another)
    assert (target(entry), reason_kinds(entry)) == ("2026-12-31", ["next_cycle", "closed"])
    # a single closed Tuesday is another thing: the cycle returns to it, and the day is moved on
    site = SiteDays(closed=(d("2026-12-29"),), values={"return_to_weekday": True})
    entry = calendar(*facts, today="2026-12-21", site=site).by_key["SP-C02#3"]
    assert (target(entry), str(entry.proposed)) == ("2026-12-29", "2026-12-30")


def test_a_delay_carries_all_later_cycles_and_the_operation_with_it() -> None:
    # day 1 of cycle 2 a week later, on 12-21: cycle 3 on 01-04, cycle 8 on 03-15, last dose + 28 d = 04-12
    found = calendar(moved("SP-C02#2", "2026-12-21"), today=ENROLLED).by_key
    assert target(found["SP-C02#2"]) == "2026-12-14"
    assert [target(found[key]) for key in ("SP-C02#3", "SP-C02#8", "SP-P03")] == [
        "2027-01-04",
        "2027-03-15",
        "2027-04-12",
    ]
    # the first reassessment is counted from cycle 1 and stays
    assert target(found["SP-R01"]) == "2027-01-30"


def test_a_late_day_8_keeps_its_distance_to_day_15_and_moves_no_cycle() -> None:
    # day 8 on Friday 12-11 instead of Monday 12-07: day 15 (12-14, until 12-16) not before 6 days later, 12-17
    found = calendar(done("SP-C01", "2026-11-30"), moved("SP-C03#1.8", "2026-12-11"), today="2026-12-01", regimen="AG")
    late = found.by_key["SP-C03#1.15"]
    assert (target(late), window(late), proposed(late)) == ("2026-12-14", "2026-12-13..2026-12-16", "2026-12-17")
    assert (reason_kinds(late), problem_kinds(late)) == (["regimen_day", "gap"], ["outside_window"])
    assert target(found.by_key["SP-C02#2"]) == "2026-12-28"


def test_a_booking_too_near_the_last_dose_stays_and_is_reported() -> None:
    facts = [done("SP-C01", "2026-11-30"), moved("SP-C03#1.8", "2026-12-11"), booked("SP-C03#1.15", "2026-12-16")]
    entry = calendar(*facts, today="2026-12-01", regimen="AG").by_key["SP-C03#1.15"]
    assert (entry.assumed, problem_kinds(entry)) == (d("2026-12-16"), ["too_near"])


@pytest.mark.parametrize(("on", "found"), [("2027-05-14", ["too_near"]), ("2027-05-17", [])])
def test_a_booking_without_a_target_keeps_its_distance_from_the_last_dose_too(on: str, found: list[str]) -> None:
    # continued at the scan: 4 cycles beyond the 8 given, the 12th on 03-08 + 4 x 14 d = 05-03; 12 days later is 05-15.
    # The operation has no day, so the dose after it has no target.
    days = ["2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08", "2027-02-22", "2027-03-08"]
    given = [done("SP-C01", "2026-11-30"), *(done(f"SP-C02#{n}", day) for n, day in enumerate(days, start=2))]
    goes_on = [done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "continue")]
    entry = calendar(*given, *goes_on, booked("SP-A01", on), today="2027-03-09").by_key["SP-A01"]
    assert (target(entry), entry.assumed, problem_kinds(entry)) == (None, d(on), found)


def test_the_gap_is_kept_from_one_phase_to_the_next() -> None:
    # an operation soon after the last of 8 cycles, then 56 days: the first postoperative dose is booked before it all
    facts = [booked("SP-C02#8", "2027-05-25"), booked("SP-P03", "2027-04-05")]
    entry = calendar(*facts, today=ENROLLED).by_key["SP-A01"]
    # target 04-05 + 56 d = 05-31; last infusion 05-25 + 12 d = Sunday 06-06, so Monday 06-07
    assert (target(entry), proposed(entry), reason_kinds(entry)) == (
        "2027-05-31",
        "2027-06-07",
        ["counted_from", "gap"],
    )


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
    found = calendar(today=ENROLLED, regimen="GEMCAP").by_key
    assert [key for key in found if key.startswith("SP-C03#1.")] == ["SP-C03#1.8", "SP-C03#1.15"]


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
    assert (target(following), problem_kinds(following)) == ("2026-12-14", ["counted_from_missed"])


def test_another_regimen_fills_the_days_that_are_left() -> None:
    # three cycles of 14 d begun, then 28 d: 42 + 28 + 28 + 28 = 126 is the first sum of at least 112
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), done("SP-C02#3", "2026-12-28")]
    found = calendar(*facts, changed("2026-12-28", "AG"), today="2026-12-28").by_key
    assert {"SP-C03#3.3", "SP-C03#4.8", "SP-C02#6", "SP-A02#2"} <= found.keys()
    assert not {"SP-C03#3.8", "SP-C03#4.3", "SP-C02#7", "SP-A02#3"} & found.keys()
    assert [target(found[key]) for key in ("SP-C02#4", "SP-C02#5")] == ["2027-01-11", "2027-02-08"]


def test_a_site_sets_its_own_number_of_cycles() -> None:
    found = calendar(today=ENROLLED, site=SiteDays(values={"cycles.preop_chemo": 6, "cycles.postop_chemo": 1})).by_key
    assert [key for key in found if key.startswith(("SP-C02", "SP-A02"))][-1] == "SP-C02#6"
    # last dose 02-08 + 28 d
    assert target(found["SP-P03"]) == "2027-03-08"


def test_a_day_whose_pump_comes_off_on_an_open_day_is_preferred_where_the_site_wants_it() -> None:
    # operated on Thursday 04-08: due on Thursday 06-03, whose pump comes off on Saturday, from 05-06 to 07-01
    operated = done("SP-P03", "2027-04-08")
    assert proposed(calendar(operated, today="2027-04-08").by_key["SP-A01"]) == "2027-06-03"
    wanted = SiteDays(values={"open_pump_day": True})
    entry = calendar(operated, today="2027-04-08", site=wanted).by_key["SP-A01"]
    # Friday's pump comes off on Sunday, Monday's on Wednesday; the target stays
    assert (target(entry), proposed(entry), reason_kinds(entry)) == (
        "2027-06-03", "2027-06-07", ["counted_from", "open_pump_day"],
    )  # fmt: skip
    # no day from Thursday 12-17 to Sunday 12-20 is better; without a pump there is nothing to prefer
    first = done("SP-C01", "2026-12-03")
    assert proposed(calendar(first, today="2026-12-03", site=wanted).by_key["SP-C02#2"]) == "2026-12-17"
    assert proposed(calendar(operated, today="2027-04-08", site=wanted, regimen="AG").by_key["SP-A01"]) == "2027-06-03"
    # what is booked stays on its day
    booking = booked("SP-A01", "2027-06-03")
    assert str(calendar(operated, booking, today="2027-04-08", site=wanted).by_key["SP-A01"].assumed) == "2027-06-03"


@pytest.mark.parametrize(
    ("day", "late"),
    # due on 12-14: more than 14 days and more than 28 days later
    [
        ("2026-12-28", None),
        ("2026-12-29", (15, 14, False)),
        ("2027-01-11", (28, 14, False)),
        ("2027-01-12", (29, 28, True)),
    ],
)
def test_a_long_delay_is_a_problem_before_and_after_the_dose(day: str, late: tuple[int, int, bool] | None) -> None:
    first = done("SP-C01", "2026-11-30")
    for fact in (moved("SP-C02#2", day), booked("SP-C02#2", day), done("SP-C02#2", day)):
        entry = calendar(first, fact, today="2027-01-12").by_key["SP-C02#2"]
        found = [one.values for one in entry.problems if one.kind == "delayed"]
        assert [(one["days"], one["limit"], one["off_protocol"]) for one in found] == ([late] if late else []), fact
