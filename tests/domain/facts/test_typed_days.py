"""Days as people type them."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts.parsing import FIRST_DAY, LAST_DAY
from app.domain.facts.typed_days import Aim, TypedDay, read_day, typed_day
from app.domain.refusal import Refused
from tests.domain.facts.typed_forms import COMING, FROM_PLANNED, PAST, PLANNED, REFUSED, TODAY


@pytest.mark.parametrize(("text", "meant"), [*COMING, *FROM_PLANNED])
def test_a_day_to_come_is_read_as_it_is_meant(text: str, meant: str) -> None:
    assert typed_day(text, "on", TODAY, Aim.COMING, PLANNED) == date.fromisoformat(meant)


@pytest.mark.parametrize(("text", "meant"), PAST)
def test_a_day_that_has_been_is_read_as_it_is_meant(text: str, meant: str) -> None:
    assert typed_day(text, "on", TODAY, Aim.PAST) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("today", "text", "meant"),
    [
        (date(2026, 12, 30), "2 jan", date(2027, 1, 2)),
        (date(2027, 1, 2), "30 dec", date(2026, 12, 30)),
        (date(2026, 6, 30), "31 dec", date(2025, 12, 31)),
        (date(2026, 7, 2), "31 dec", date(2026, 12, 31)),
        (date(2027, 1, 15), "29 feb", date(2028, 2, 29)),
        (date(2028, 1, 15), "29 feb", date(2028, 2, 29)),
        (date(2025, 12, 1), "29 feb", date(2024, 2, 29)),
    ],
)
def test_without_a_year_the_nearest_is_meant(today: date, text: str, meant: date) -> None:
    """From 2 July the end of the year is 182 days ahead and 183 behind; of 2024 to 2028 two years have 29 February."""
    assert typed_day(text, "on", today) == meant


def test_what_happened_is_not_put_into_the_year_before_for_a_week() -> None:
    """30 November is a week ahead: a typing error to be refused as a day to come, rather than a day of last year."""
    assert typed_day("30 nov", "on", TODAY, Aim.PAST) == date(2026, 11, 30)


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_its_place(text: str, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        typed_day(text, "on", TODAY, Aim.COMING)
    assert (caught.value.kind, caught.value.place) == (kind, "on")


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("05-06", date(2027, 6, 5), date(2027, 5, 6)),
        ("3-4-26", date(2026, 4, 3), date(2003, 4, 26)),
        ("mon", date(2026, 11, 23), date(2026, 11, 30)),
    ],
)
def test_two_readings_are_both_named(text: str, one: date, other: date) -> None:
    with pytest.raises(Refused) as caught:
        typed_day(text, "on", TODAY, Aim.COMING)
    assert (caught.value.values["one"], caught.value.values["other"]) == (one, other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+7", TypedDay(date(2026, 11, 30), "today", 7)),
        ("-1w", TypedDay(date(2026, 11, 16), "today", -7)),
        ("p+7", TypedDay(date(2026, 12, 21), "planned", 7)),
        ("30 nov", TypedDay(date(2026, 11, 30))),
        ("Mon 30 Nov 2026, 09:30", TypedDay(date(2026, 11, 30), time="09:30")),
        ("2026-11-30T09:30", TypedDay(date(2026, 11, 30), time="09:30")),
        ("2026-11-30 9:30:00", TypedDay(date(2026, 11, 30), time="09:30")),
        ("30.11. at 9:30", TypedDay(date(2026, 11, 30), time="09:30")),
    ],
)
def test_a_reading_says_from_where_it_was_counted_and_its_time(text: str, found: TypedDay) -> None:
    assert read_day(text, "on", TODAY, Aim.BOTH, PLANNED) == found


@pytest.mark.parametrize(
    ("text", "today", "planned", "kind"),
    [
        ("2026-11-30 09:30", TODAY, None, "date_with_time"),
        ("p+7", TODAY, None, "date_no_planned"),
        ("+7", None, None, "date_no_today"),
        ("30 nov", None, None, "date_no_today"),
        ("thu", None, None, "date_no_today"),
        ("15", None, None, "date_no_today"),
    ],
)
def test_what_has_nothing_to_count_from_is_refused(
    text: str, today: date | None, planned: date | None, kind: str
) -> None:
    with pytest.raises(Refused) as caught:
        typed_day(text, "on", today, Aim.BOTH, planned)
    assert (caught.value.kind, caught.value.place) == (kind, "on")


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_every_way_of_writing_a_complete_date_gives_that_date(day: date) -> None:
    forms = (f"{day.day}/{day.month}/{day.year}", f"{day.day} {day:%B} {day.year}", f"{day.day}-{day.month}-{day.year}",
             f"{day:%b} {day.day}, {day.year}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}")  # fmt: skip
    for text in (day.isoformat(), *forms):
        assert typed_day(text, "on", TODAY) == day


@given(st.dates(date(2010, 1, 1), date(2099, 12, 31)))
def test_two_digits_are_a_year_of_this_century(day: date) -> None:
    assert typed_day(f"{day:%d/%m/%y}", "on", TODAY) == day
    assert typed_day(f"{day:%y-%m-%d}", "on", TODAY) == day


@given(st.text(max_size=70), st.sampled_from(list(Aim)))
def test_any_text_is_a_day_of_the_calendar_or_refused(text: str, aim: Aim) -> None:
    with contextlib.suppress(Refused):
        assert FIRST_DAY <= read_day(text, "on", TODAY, aim, PLANNED).day <= LAST_DAY


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(1, 31))
def test_a_bare_number_is_the_next_or_the_last_such_day(today: date, number: int) -> None:
    """Day by day: no such day lies between today and the one that is read."""
    for aim, step in ((Aim.COMING, 1), (Aim.PAST, -1)):
        day = today
        while day.day != number:
            day += timedelta(step)
        assert typed_day(str(number), "on", today, aim) == day
