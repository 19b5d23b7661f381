"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts.parsing import FIRST_DAY, LAST_DAY
from app.domain.facts.typed_days import typed_day
from app.domain.refusal import Refused

TODAY = date(2026, 4, 10)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-04-03", date(2026, 4, 3)),
        ("3/4/26", date(2026, 4, 3)),
        ("03/04/2026", date(2026, 4, 3)),
        ("3.4.2026", date(2026, 4, 3)),
        ("3/4", date(2026, 4, 3)),
        ("3 apr", date(2026, 4, 3)),
        ("3apr", date(2026, 4, 3)),
        ("3. April", date(2026, 4, 3)),
        ("3 April 2026", date(2026, 4, 3)),
        ("  3   APR  26 ", date(2026, 4, 3)),
        ("29 feb 2028", date(2028, 2, 29)),
        ("4月3日", date(2026, 4, 3)),
        ("2026年4月3日", date(2026, 4, 3)),
        ("t", TODAY),
        ("today", TODAY),
        ("y", date(2026, 4, 9)),
        ("+2", date(2026, 4, 12)),
        ("+ 7", date(2026, 4, 17)),
        ("-10", date(2026, 3, 31)),
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, meant: date) -> None:
    assert typed_day(text, "on", TODAY) == meant


@pytest.mark.parametrize(
    ("today", "text", "meant"),
    [
        (date(2026, 12, 30), "2 jan", date(2027, 1, 2)),
        (date(2027, 1, 2), "30 dec", date(2026, 12, 30)),
        (date(2026, 6, 30), "31 dec", date(2025, 12, 31)),
        (date(2026, 7, 2), "31 dec", date(2026, 12, 31)),
        (date(2027, 1, 15), "29 feb", date(2028, 2, 29)),
        (date(2028, 1, 15), "29 feb", date(2028, 2, 29)),
    ],
)
def test_without_a_year_the_nearest_is_meant(today: date, text: str, meant: date) -> None:
    """From 2 July the end of the year is 182 days ahead and 183 behind; of 2026 to 2028 only 2028 has a 29 February."""
    assert typed_day(text, "on", today) == meant


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("30/2/2026", "date_impossible"),
        ("29/2/2023", "date_impossible"),
        ("31 nov", "date_impossible"),
        ("4/13/2026", "date_impossible"),
        ("1/1/1926", "date_far"),
        ("٣/٤/٢٠٢٦", "date_form"),
        ("3 ma", "date_form"),
        ("3 aprilx", "date_form"),
        ("next week", "date_form"),
        ("", "date_form"),
        ("20260403", "date_form"),
        ("3/4/126", "date_form"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(text: str, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        typed_day(text, "on", TODAY)
    assert (caught.value.kind, caught.value.place) == (kind, "on")


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_every_way_of_writing_a_whole_date_gives_that_date(day: date) -> None:
    assert typed_day(day.isoformat(), "on", TODAY) == day
    assert typed_day(f"{day.day}/{day.month}/{day.year}", "on", TODAY) == day
    assert typed_day(f"{day.day} {day:%B} {day.year}", "on", TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_two_digits_are_a_year_of_this_century(day: date) -> None:
    assert typed_day(f"{day:%d/%m/%y}", "on", TODAY) == day
