"""The window by which a performed visit is judged, while what it is counted from has no result and afterwards."""

from dataclasses import replace

import pytest

from app.domain.protocol.site_values import with_values
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import (
    RETURNS,
    SiteDays,
    booked,
    calendar,
    changed,
    chosen,
    d,
    done,
    judged,
    life,
    missed,
    moved,
    omitted,
    problem_kinds,
    span,
    stopped,
)

# Bloods before the dose of Monday 30 November: target the day before, from two days before that to one day after it.
BLOODS = done("SP-C04#1.1", "2026-11-27")


def result(
    *facts: object, key: str, today: str = "2027-12-31", regimen: str = "MFFX", site: SiteDays | None = None
) -> tuple[str | None, int | None, bool]:
    """The window by which a visit is judged, its result, and whether that is provisional."""
    entry = calendar(*facts, today=today, regimen=regimen, site=site).by_key[key]  # type: ignore[arg-type]
    return judged(entry), entry.window_result, entry.provisional


def test_bloods_are_judged_provisionally_until_the_dose() -> None:
    assert result(done("SP-C04#1.1", "2026-11-27"), key="SP-C04#1.1") == ("2026-11-27..2026-11-30", 0, True)


@pytest.mark.parametrize(
    ("given", "window", "days"),
    [
        ("2026-11-27", "2026-11-24..2026-11-27", 0),
        ("2026-11-30", "2026-11-27..2026-11-30", 0),
        ("2026-12-01", "2026-11-28..2026-12-01", -1),
        ("2026-12-04", "2026-12-01..2026-12-04", -4),
        ("2026-11-25", "2026-11-22..2026-11-25", 2),
    ],
)
def test_the_day_of_the_dose_decides(given: str, window: str, days: int) -> None:
    assert result(BLOODS, done("SP-C01", given), key="SP-C04#1.1") == (window, days, False)


def test_a_booking_of_the_dose_moves_the_provisional_window() -> None:
    facts = [BLOODS, booked("SP-C01", "2026-11-28")]
    assert result(*facts, key="SP-C04#1.1") == ("2026-11-25..2026-11-28", 0, True)


def test_bloods_recorded_after_the_dose_are_judged_for_good() -> None:
    facts = [done("SP-C01", "2026-12-01"), BLOODS]
    assert result(*facts, key="SP-C04#1.1") == ("2026-11-28..2026-12-01", -1, False)


@pytest.mark.parametrize(("left_out", "provisional"), [(missed("SP-C01", "2026-12-02"), False), (None, True)])
def test_a_missed_dose_is_a_result_too(left_out: object, provisional: bool) -> None:
    facts = [BLOODS, *([left_out] if left_out else [])]
    assert result(*facts, key="SP-C04#1.1") == ("2026-11-27..2026-11-30", 0, provisional)


def test_a_missed_dose_that_is_given_after_all_decides_anew() -> None:
    facts = [BLOODS, missed("SP-C01", "2026-11-30"), done("SP-C01", "2026-12-02")]
    assert result(*facts, key="SP-C04#1.1") == ("2026-11-29..2026-12-02", -2, False)


def test_a_calendar_month_is_counted_from_the_day_that_happened() -> None:
    # two months after 31 December are 28 February, after 30 December as well: the window does not move by a day
    facts = [moved("SP-C01", "2026-12-31"), done("SP-R01", "2027-02-28"), done("SP-C01", "2026-12-30")]
    assert result(*facts, key="SP-R01") == ("2027-02-28..2027-03-14", 0, False)


def test_an_operation_after_the_last_dose_is_judged_by_the_day_of_that_dose() -> None:
    # the last of eight doses, expected on 8 March, is omitted; the one before was given on 22 February
    given = [done("SP-C01", "2026-11-30"), *(done(f"SP-C02#{n}", day) for n, day in ((7, "2027-02-22"),))]
    facts = [*given, done("SP-R02", "2027-03-08"), omitted("SP-C02#8", "2027-03-08")]
    # 14 days after 22 February, a week before to a week after
    assert result(*facts, key="SP-R02") == ("2027-03-01..2027-03-15", 0, False)


def test_a_stop_makes_the_last_dose_given_the_one_that_decides() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-R02", "2027-01-04"), stopped("preop_chemo", "2027-01-05")]
    assert result(*facts, key="SP-R02") == ("2026-12-07..2026-12-21", 14, False)


# Cycle 3 on 28 December, two weeks after cycle 2, which is expected on Monday 14 December and not recorded.
THIRD = (done("SP-C01", "2026-11-30"), done("SP-C02#3", "2026-12-28"))


def test_a_change_of_regimen_moves_the_provisional_window_of_the_next_cycle() -> None:
    assert result(*THIRD, key="SP-C02#3") == ("2026-12-28..2026-12-31", 0, True)
    facts = [*THIRD, changed("2026-12-29", "AG")]
    # cycle 2, not begun by the change, now has 28 days: 14 December and 28 days
    assert result(*facts, key="SP-C02#3") == ("2027-01-11..2027-01-14", -14, True)
    # recorded for 14 December it keeps the old regimen
    assert result(*facts, done("SP-C02#2", "2026-12-14"), key="SP-C02#3") == ("2026-12-28..2026-12-31", 0, False)
    # begun on Wednesday 30 December it has the new one: Wednesday 27 January, brought back to Monday, 12 days after its
    # last dose on 13 January
    begun = done("SP-C02#2", "2026-12-30")
    assert result(*facts, begun, key="SP-C02#3", site=RETURNS) == ("2027-01-25..2027-01-28", -28, False)


def test_a_change_of_regimen_after_both_days_judges_nothing_again() -> None:
    facts = [*THIRD, done("SP-C02#2", "2026-12-14"), changed("2026-12-29", "AG")]
    assert result(*facts, key="SP-C02#3") == ("2026-12-28..2026-12-31", 0, False)


def test_a_change_of_regimen_does_not_concern_a_cycle_that_turns_out_to_be_earlier() -> None:
    # from 12-20 on cycles last 28 days, so that cycle 3 is expected 28 days after cycle 2, which is not recorded;
    # given on 12-14, cycle 2 is one of 14 days, and cycle 3 was due from 12-28 to 12-31
    facts = [done("SP-C01", "2026-11-30"), changed("2026-12-20", "AG"), done("SP-C02#3", "2027-01-11")]
    assert result(*facts, key="SP-C02#3") == ("2027-01-11..2027-01-14", 0, True)
    earlier = [*facts, done("SP-C02#2", "2026-12-14")]
    assert result(*earlier, key="SP-C02#3") == ("2026-12-28..2026-12-31", 11, False)
    # given on the 21st it is a cycle of 28 days
    later = [*facts, done("SP-C02#2", "2026-12-21")]
    assert result(*later, key="SP-C02#3") == ("2027-01-18..2027-01-21", -7, False)


def test_a_change_of_regimen_gives_a_day_within_the_cycle_the_window_of_its_new_row() -> None:
    # NAL, day 15 of the cycle expected on 28 December: 11 January and up to 3 days later; GEM: a day before to 2 after
    facts = [done("SP-C01", "2026-11-30"), done("SP-C03#2.15", "2027-01-14")]
    assert result(*facts, key="SP-C03#2.15", regimen="NAL") == ("2027-01-11..2027-01-14", 0, True)
    other = [*facts, changed("2027-01-15", "GEM")]
    assert result(*other, key="SP-C03#2.15", regimen="NAL") == ("2027-01-10..2027-01-13", 1, True)


def test_a_cycle_that_returns_to_its_weekday_is_judged_by_that_day() -> None:
    # cycle 2 on Wednesday 16 December: cycle 3 is due on Wednesday 30 December, brought back to Monday the 28th
    facts = [*THIRD, done("SP-C02#2", "2026-12-16")]
    assert result(*facts, key="SP-C02#3", site=RETURNS) == ("2026-12-28..2026-12-31", 0, False)


def test_a_series_of_months_is_counted_from_the_day_that_happened() -> None:
    # 36 months after 29 February 2028 and after the 28th are both 28 February 2031, 60 days before to 60 days after
    facts = [chosen("long_term", True, "2026-11-24"), moved("SP-P03", "2028-02-29"), done("SP-L01#36", "2031-02-28")]
    found = result(*facts, done("SP-P03", "2028-02-28"), key="SP-L01#36", today="2031-03-01")
    assert found == ("2030-12-30..2031-04-29", 0, False)


def test_a_site_value_changes_nothing_that_was_done() -> None:
    told = life(BLOODS, done("SP-C01", "2026-11-30"), today="2026-12-01")
    other = replace(told, protocol=with_values(SCANPAN, {"SP-C04.before": "P0D", "SP-C04.after": "P0D"}))
    entry = other.calendar().by_key["SP-C04#1.1"]
    assert (judged(entry), entry.window_result) == ("2026-11-27..2026-11-30", 0)
    assert (entry.earliest, entry.latest) == (d("2026-11-29"), d("2026-11-29"))


def test_a_second_operation_changes_nothing_in_what_was_judged() -> None:
    # first dose afterwards 56 days after 5 April, 28 days either way; it is given after four weeks
    facts = [done("SP-P03", "2027-04-05"), done("SP-A01", "2027-05-03"), chosen("staged", True, "2027-05-06")]
    before = result(*facts, key="SP-A01")
    assert before == ("2027-05-03..2027-06-28", 0, False)
    assert result(*facts, booked("SP-P04", "2027-06-01"), key="SP-A01") == before
    assert result(*facts, done("SP-P04", "2027-06-01"), key="SP-A01") == before


def test_a_visit_recorded_before_its_operation_is_judged_by_it_and_not_by_the_second() -> None:
    staged = chosen("staged", True, "2026-11-24")
    facts = [staged, done("SP-A01", "2027-05-05"), done("SP-P03", "2027-04-03"), done("SP-P04", "2027-06-01")]
    # 56 days after 3 April are 29 May, 28 days either way
    assert result(*facts, key="SP-A01") == ("2027-05-01..2027-06-26", 0, False)


def test_a_repeat_entered_after_the_dose_leaves_the_bloods_the_result_that_it_gave_them() -> None:
    # the dose is held until 12-07, a repeat is booked, and the dose is given on Saturday 11-28 instead: its bloods are
    # from 11-25 to 11-28. A repeat of 12-01, entered before the dose, leaves them the window of the day expected then.
    held = [BLOODS, moved("SP-C01", "2026-12-07"), booked("SP-C04#1.1/2", "2026-12-04"), booked("SP-C01", "2026-11-28")]
    dose, repeat = done("SP-C01", "2026-11-28"), done("SP-C04#1.1/2", "2026-12-01")
    for facts, window in (
        ([dose], "2026-11-25..2026-11-28"),
        ([dose, repeat], "2026-11-25..2026-11-28"),
        ([repeat, dose], "2026-11-27..2026-11-30"),
    ):
        assert result(*held, *facts, key="SP-C04#1.1") == (window, 0, False)


def test_outdated_bloods_keep_their_result_also_when_the_dose_moves_back() -> None:
    away = [BLOODS, moved("SP-C01", "2026-12-07")]
    assert result(*away, key="SP-C04#1.1") == ("2026-11-27..2026-11-30", 0, False)
    back = [*away, done("SP-C04#1.1/2", "2026-12-04"), done("SP-C01", "2026-12-07")]
    assert result(*back, key="SP-C04#1.1") == ("2026-11-27..2026-11-30", 0, False)
    again = [*away, done("SP-C04#1.1/2", "2026-12-04"), moved("SP-C01", "2026-11-30")]
    story = calendar(*again, today="2026-12-04")
    first, repeat = story.by_key["SP-C04#1.1"], story.by_key["SP-C04#1.1/2"]
    assert (first.outdated, problem_kinds(first), first.provisional) == (True, ["repeated"], False)
    assert (repeat.outdated, repeat.window_result, repeat.provisional) == (False, 4, True)


def test_a_missed_visit_keeps_the_window_in_which_it_did_not_happen() -> None:
    facts = [missed("SP-C02#2", "2026-12-14"), done("SP-C01", "2026-12-03")]
    entry = calendar(*facts, today="2026-12-14").by_key["SP-C02#2"]
    assert (judged(entry), entry.window_result) == ("2026-12-14..2026-12-17", None)


# The visit before the operation is due 7 days before it, from 14 days to 1 day before, and not before the conference,
# which is expected on 25 March, three days after the scan. Operated on 31 March, the visit was due from 17 to 30 March.
BEFORE_OPERATION = (done("SP-R02", "2027-03-22"), done("SP-P01", "2027-03-24"))
OPERATION, CONFERENCE = done("SP-P03", "2027-03-31"), done("SP-R04", "2027-03-26")


@pytest.mark.parametrize(
    ("facts", "window", "days"),
    [
        ([CONFERENCE, OPERATION], "2027-03-26..2027-03-30", -2),
        # the operation cancels a conference that nobody has recorded, whatever is recorded of it afterwards
        ([OPERATION], "2027-03-17..2027-03-30", 0),
        ([OPERATION, CONFERENCE], "2027-03-17..2027-03-30", 0),
        ([OPERATION, missed("SP-R04", "2027-03-25")], "2027-03-17..2027-03-30", 0),
        # a missed one keeps its day until it turns out to have met
        ([missed("SP-R04", "2027-03-25"), OPERATION], "2027-03-25..2027-03-30", -1),
        ([missed("SP-R04", "2027-03-25"), OPERATION, CONFERENCE], "2027-03-25..2027-03-30", -1),
        ([missed("SP-R04", "2027-03-25"), CONFERENCE, OPERATION], "2027-03-26..2027-03-30", -2),
    ],
)
def test_a_conference_recorded_after_the_operation_judges_nothing_again(
    facts: list[object], window: str, days: int
) -> None:
    assert result(*BEFORE_OPERATION, *facts, key="SP-P01") == (window, days, False)


def test_the_window_itself_follows_from_what_is_known_today() -> None:
    entry = calendar(*BEFORE_OPERATION, OPERATION, CONFERENCE, today="2027-12-31").by_key["SP-P01"]
    assert (entry.target, entry.window) == (d("2027-03-24"), span("2027-03-26..2027-03-30"))
