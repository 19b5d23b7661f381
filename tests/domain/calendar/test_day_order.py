"""The order of the visits of one day."""

import pytest

from app.domain.facts import planner_facts as f
from tests.domain.stories import booked, calendar, done, moved

DAY = "2026-11-30"


def of_day(day: str, *facts: f.Fact, today: str = "2026-11-23") -> list[str]:
    """The visits of one day, in the order of the calendar."""
    return [entry.key for entry in calendar(*facts, today=today).entries if str(entry.assumed) == day]


@pytest.mark.parametrize(
    ("facts", "order"),
    [
        # bloods are counted back from the dose
        ([moved("SP-C04#1.1", DAY)], ["SP-C04#1.1", "SP-C01"]),
        # an hour of their own, later than that of the dose, does not change that
        ([booked("SP-C04#1.1", DAY, "11:00"), booked("SP-C01", DAY, "09:30")], ["SP-C04#1.1", "SP-C01"]),
        ([booked("SP-C04#1.1", DAY, "08:00"), booked("SP-C01", DAY, "09:30")], ["SP-C04#1.1", "SP-C01"]),
        # visits with an hour are by hour
        ([booked("SP-S02", DAY, "11:00"), booked("SP-S03", DAY, "08:15")], ["SP-S03", "SP-C01", "SP-S02"]),
        # one without an hour comes at the usual one: a scan at 9:30, an infusion at 10:30
        ([moved("SP-S02", DAY)], ["SP-S02", "SP-C01"]),
        ([moved("SP-S02", DAY), booked("SP-C01", DAY, "08:30")], ["SP-C01", "SP-S02"]),
        ([moved("SP-S02", DAY), moved("SP-S03", DAY)], ["SP-S02", "SP-S03", "SP-C01"]),
        # questionnaire, bloods, visit, scan, conference, infusion
        (
            [moved(key, DAY) for key in ("SP-S01", "SP-S02", "SP-S05", "SP-S07", "SP-S08")],
            ["SP-S08", "SP-S07", "SP-S05", "SP-S02", "SP-S01", "SP-C01"],
        ),
        # a booking that a move has replaced has no hour any more
        ([booked("SP-S02", "2026-12-01", "23:00"), moved("SP-S02", DAY)], ["SP-S02", "SP-C01"]),
        # 46 hours after cycle 1 the pump comes off, after the scan of that day
        ([moved("SP-C01", "2026-11-28"), moved("SP-S02", DAY)], ["SP-S02", "SP-C03#1.3"]),
        # a dose on the next day takes its bloods to this one
        ([moved("SP-C01", "2026-12-01")], ["SP-C04#1.1"]),
    ],
)
def test_the_order_of_a_day(facts: list[f.Fact], order: list[str]) -> None:
    assert of_day(DAY, *facts) == order


def test_what_happened_is_by_the_hour_of_the_record() -> None:
    facts = [done("SP-S02", DAY, "13:00"), done("SP-C01", DAY, "09:00"), done("SP-S03", DAY)]
    # the scan without an hour comes at half past nine
    assert of_day(DAY, *facts, today=DAY) == ["SP-C01", "SP-S03", "SP-S02"]


def test_places_count_from_nought_each_day_and_do_not_make_entries_differ() -> None:
    one = calendar(moved("SP-S02", DAY), today="2026-11-23")
    other = calendar(moved("SP-S02", DAY), moved("SP-S03", DAY), today="2026-11-23")
    assert [(e.key, e.place, e.hour) for e in other.entries if str(e.assumed) == DAY] == [
        ("SP-S02", 0, "09:30"),
        ("SP-S03", 1, "09:30"),
        ("SP-C01", 2, "10:30"),
    ]
    assert one.by_key["SP-C01"].place == 1
    assert one.by_key["SP-C01"] == other.by_key["SP-C01"]


def test_visits_without_a_day_come_last_by_key() -> None:
    keys = [entry.key for entry in calendar(today="2026-11-23", choices={"staged": True}).entries]
    assert keys[-1] == "SP-P04"


def test_screening_on_the_day_of_inclusion_comes_before_the_inclusion() -> None:
    # scans and bloods are counted back from it, the questionnaire is not; the other screening was two weeks before
    facts = [done(key, "2026-11-23") for key in ("SP-S02", "SP-S03", "SP-S07", "SP-S08")]
    order = [key for key in of_day("2026-11-23", *facts, done("SP-S04", "2026-11-20")) if key != "SP-S00"]
    assert order == ["SP-S08", "SP-S07", "SP-S02", "SP-S03", "SP-S06"]
