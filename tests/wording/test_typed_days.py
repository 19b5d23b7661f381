"""What was understood of a typed day, in words, and that every printed day reads back."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts.typed_days import Aim, TypedDay, read_day
from app.wording import dates
from app.wording.typed_days import distance_words, planned_instead, understood
from tests.domain.facts.typed_forms import PLANNED, TODAY

_FIRST = date(2024, 1, 1)
_SIX_YEARS = [_FIRST + timedelta(number) for number in range(6 * 365 + 2)]


def printed(on: date, today: date) -> list[str]:
    """Return a day in every form in which the program prints one."""
    return [
        dates.day(on),
        dates.day_long(on),
        dates.day_short(on, today),
        dates.day_narrow(on, today),
        dates.day_at(on, ""),
        dates.window(on, on),
        dates.window_short(on, on, today),
        understood(TypedDay(on), today),
        understood(TypedDay(on, "today", (on - today).days), today, PLANNED),
        understood(TypedDay(on, "planned", (on - PLANNED).days), today, PLANNED),
    ]


@pytest.mark.parametrize("aim", list(Aim))
def test_every_day_of_six_years_reads_back_from_every_printed_form(aim: Aim) -> None:
    """Also without its year: the weekday tells which of the years near today is meant."""
    for on in _SIX_YEARS:
        for text in printed(on, TODAY):
            assert read_day(text, "on", TODAY, aim, PLANNED).day == on, text


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back_whatever_day_it_is(on: date, today: date) -> None:
    for text in printed(on, today):
        assert read_day(text, "on", today, Aim.COMING, PLANNED).day == on, text
        assert read_day(text.replace(" ", "\u00a0"), "on", today, Aim.PAST, PLANNED).day == on, text


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.times())
def test_a_day_with_its_time_reads_back_with_both(on: date, at: time) -> None:
    clock = f"{at:%H:%M}"
    for text in (
        dates.instant(datetime.combine(on, at)),
        dates.day_at(on, clock),
        dates.day_short(on, TODAY, clock),
        dates.day_narrow(on, TODAY, clock),
        understood(TypedDay(on, time=clock), TODAY),
    ):
        found = read_day(text, "on", TODAY)
        assert (found.day, found.time) == (on, clock), text


@pytest.mark.parametrize(
    ("found", "planned", "words", "instead"),
    [
        (TypedDay(date(2026, 11, 30), "today", 7), None, "Monday 30 November 2026, in 7 days", ("", "")),
        (
            TypedDay(date(2026, 11, 30), "today", 7),
            PLANNED,
            "Monday 30 November 2026, 7 days from today",
            ("p+7", "7 days from the planned day: Mon 21 Dec 2026"),
        ),
        (
            TypedDay(date(2026, 11, 22), "today", -1),
            PLANNED,
            "Sunday 22 November 2026, 1 day before today",
            ("p-1", "1 day before the planned day: Sun 13 Dec 2026"),
        ),
        (
            TypedDay(date(2026, 12, 15), "planned", 1),
            PLANNED,
            "Tuesday 15 December 2026, 1 day from the planned day",
            ("", ""),
        ),
        (TypedDay(PLANNED, "planned"), PLANNED, "Monday 14 December 2026, the planned day", ("", "")),
        (TypedDay(TODAY, "today"), PLANNED, "Monday 23 November 2026, today", ("", "")),
        (TypedDay(date(2026, 11, 24)), PLANNED, "Tuesday 24 November 2026, tomorrow", ("", "")),
    ],
)
def test_a_distance_names_the_day_that_it_was_counted_from(
    found: TypedDay, planned: date | None, words: str, instead: tuple[str, str]
) -> None:
    assert understood(found, TODAY, planned) == words
    assert planned_instead(found, planned) == instead


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-3, "3 days ago")],
)
def test_distances(days: int, words: str) -> None:
    assert distance_words(days) == words
