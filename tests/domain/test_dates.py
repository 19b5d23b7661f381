"""Date arithmetic and proposed days, with expected days read off a printed calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import ClosedDays, HolidayYear, Outcome, Period, Roll, Window, iso, propose

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
WEEKENDS = ClosedDays()


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2026, 8, 31), "P6M", date(2027, 2, 28)),
        (date(2027, 8, 31), "P6M", date(2028, 2, 29)),
        (date(2028, 2, 29), "P12M", date(2029, 2, 28)),
        (date(2028, 2, 29), "P1Y", date(2029, 2, 28)),
        (date(2027, 1, 31), "P1M", date(2027, 2, 28)),
        (date(2026, 12, 31), "P2W", date(2027, 1, 14)),
        (date(2026, 11, 23), "-P14D", date(2026, 11, 9)),
        (date(2026, 1, 31), "P1M1D", date(2026, 3, 1)),
        (date(2028, 3, 31), "-P1M", date(2028, 2, 29)),
    ],
)
def test_periods_count_calendar_months_clipped_at_the_end_and_then_days(start: date, period: str, end: date) -> None:
    assert Period.parse(period).after(start) == end


@pytest.mark.parametrize(
    "text", ["", "P", "14D", "P14", "PT5H", "P-14D", "P1.5M", "p14d", "P\u0661D", "P999999D", "+P1D"]
)
def test_another_text_than_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Period.parse(text)


@given(st.integers(-1200, 1200), st.integers(0, 36525))
def test_a_period_reads_back_what_it_writes(months: int, days: int) -> None:
    period = Period(months, days if months >= 0 else -days)
    assert Period.parse(str(period)) == period


@given(DAYS, st.integers(-400, 400))
def test_days_go_forth_and_back(day: date, days: int) -> None:
    assert Period(days=days).before(Period(days=days).after(day)) == day


def test_days_out_count_from_the_nearer_end() -> None:
    window = Window(date(2027, 3, 8), date(2027, 3, 11))
    assert [window.days_out(date(2027, 3, day)) for day in (6, 7, 8, 11, 12, 15)] == [-2, -1, 0, 0, 1, 4]


# Friday 30 April 2027; Saturday 1 and Sunday 2 May follow.
@pytest.mark.parametrize(
    ("roll", "target", "before", "after", "expected", "outcome"),
    [
        (Roll.NONE, date(2027, 5, 1), 0, 1, date(2027, 5, 1), Outcome.PROBLEM),
        (Roll.NONE, date(2027, 4, 30), 0, 1, date(2027, 4, 30), Outcome.FINE),
        (Roll.FORWARD, date(2027, 5, 1), 0, 3, date(2027, 5, 3), Outcome.FINE),
        (Roll.FORWARD, date(2027, 5, 1), 0, 1, date(2027, 5, 3), Outcome.PROBLEM),
        (Roll.BACKWARD, date(2027, 5, 1), 2, 1, date(2027, 4, 30), Outcome.FINE),
        (Roll.BACKWARD, date(2027, 5, 2), 0, 1, date(2027, 5, 3), Outcome.NOTICE),
        (Roll.BACKWARD, date(2027, 5, 1), 0, 1, date(2027, 4, 30), Outcome.PROBLEM),
        (Roll.NEAREST, date(2027, 5, 1), 7, 7, date(2027, 4, 30), Outcome.FINE),
        (Roll.NEAREST, date(2027, 5, 2), 7, 7, date(2027, 5, 3), Outcome.FINE),
        (Roll.NEAREST, date(2027, 5, 1), 0, 14, date(2027, 5, 3), Outcome.FINE),
        (Roll.NEAREST, date(2027, 5, 1), 0, 1, date(2027, 4, 30), Outcome.PROBLEM),
    ],
)
def test_each_roll_finds_its_day(
    roll: Roll, target: date, before: int, after: int, expected: date, outcome: Outcome
) -> None:
    window = Window(target - timedelta(before), target + timedelta(after))
    assert propose(target, window, roll, WEEKENDS) == (expected, outcome)


def test_a_tie_goes_to_the_later_day() -> None:
    wednesday_closed = ClosedDays(frozenset({2}))
    target = date(2027, 3, 10)
    window = Window(target - timedelta(2), target + timedelta(2))
    assert propose(target, window, Roll.NEAREST, wednesday_closed)[0] == date(2027, 3, 11)


def test_the_gap_to_the_last_dose_is_kept_even_beyond_the_window() -> None:
    target = date(2027, 3, 10)
    window = Window(target - timedelta(1), target + timedelta(2))
    assert propose(target, window, Roll.NEAREST, WEEKENDS, date(2027, 3, 11)) == (date(2027, 3, 11), Outcome.FINE)
    assert propose(target, window, Roll.NEAREST, WEEKENDS, date(2027, 3, 13)) == (date(2027, 3, 15), Outcome.PROBLEM)
    assert propose(target, window, Roll.FORWARD, WEEKENDS, date(2027, 3, 13)) == (date(2027, 3, 15), Outcome.PROBLEM)


def test_a_day_is_closed_or_opened_by_rules_in_this_order() -> None:
    year = HolidayYear("CN", 2026, {date(2026, 10, 1): "National Day"}, frozenset({date(2026, 10, 10)}))
    closed = ClosedDays(
        holidays={2026: year},
        closed={date(2026, 9, 29): "", date(2026, 10, 10): ""},
        opened=frozenset({date(2026, 10, 3)}),
    )
    assert closed.reason(date(2026, 10, 1)) == "holiday:National Day"
    assert closed.reason(date(2026, 10, 4)) == "weekday"
    assert closed.reason(date(2026, 10, 3)) == ""
    assert closed.reason(date(2026, 9, 29)) == "site"
    assert closed.reason(date(2026, 10, 10)) == "site", "the site's own closed day beats a working weekend"
    assert ClosedDays(holidays={2026: year}).reason(date(2026, 10, 10)) == ""


@given(
    DAYS, st.integers(0, 20), st.integers(0, 20), st.sampled_from(list(Roll)), st.sets(st.integers(0, 6), max_size=6)
)
def test_a_fine_proposal_is_open_and_inside(day: date, before: int, after: int, roll: Roll, weekdays: set[int]) -> None:
    closed = ClosedDays(frozenset(weekdays))
    window = Window(day - timedelta(before), day + timedelta(after))
    proposed, outcome = propose(day, window, roll, closed)
    if outcome is not Outcome.PROBLEM:
        assert not closed.reason(proposed)
        assert window.days_out(proposed) == 0
    elif roll is not Roll.NONE:
        assert not closed.reason(proposed)
        reach = {Roll.FORWARD: range(after + 1)}.get(roll, range(-before, after + 1))
        assert all(closed.reason(day + timedelta(step)) for step in reach), "an open day was overlooked"


def test_a_site_that_never_opens_does_not_hang() -> None:
    never = ClosedDays(frozenset(range(7)))
    day = date(2027, 3, 10)
    for roll in Roll:
        assert propose(day, Window(day, day), roll, never) == (day, Outcome.PROBLEM)


def test_a_day_for_other_programs_is_iso_8601() -> None:
    assert iso(date(2026, 12, 3)) == "2026-12-03"
    assert iso(None) is None
