"""The days that a word means: the next open day follows the sites, a week ends on Sunday."""

from datetime import date

import pytest

from app.domain.calendar.print_days import PrintDays
from app.services.queries.print_days import print_days
from tests.services.ward import Ward

FRIDAY, SUNDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 29), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("asked", "today", "first", "last"),
    [
        ("today", FRIDAY, FRIDAY, FRIDAY),
        ("next-open", FRIDAY, MONDAY, MONDAY),
        ("next-open", MONDAY, date(2026, 12, 1), date(2026, 12, 1)),
        ("this-week", FRIDAY, FRIDAY, SUNDAY),
        ("this-week", MONDAY, MONDAY, date(2026, 12, 6)),
        ("this-week", SUNDAY, SUNDAY, SUNDAY),
        ("next-week", FRIDAY, MONDAY, date(2026, 12, 6)),
        ("next-week", MONDAY, date(2026, 12, 7), date(2026, 12, 13)),
        ("next-week", SUNDAY, MONDAY, date(2026, 12, 6)),
    ],
)
def test_the_days_that_a_word_means(ward: Ward, asked: PrintDays, today: date, first: date, last: date) -> None:
    assert print_days(ward.study, asked, today) == (first, last)


def test_the_next_open_day_is_one_on_which_a_site_is_open(ward: Ward) -> None:
    ward.close_day("2026-11-30", "2026-12-01", reason="no staff")
    wednesday = date(2026, 12, 2)
    assert print_days(ward.study, "next-open", FRIDAY) == (wednesday, wednesday)


def test_a_weekend_is_no_holiday_where_the_site_is_open_on_saturdays(ward: Ward) -> None:
    ward.site(closed_weekdays=[6])
    saturday = date(2026, 11, 28)
    assert print_days(ward.study, "next-open", FRIDAY) == (saturday, saturday)


def test_a_holiday_of_one_country_is_open_in_another(ward: Ward) -> None:
    # Epiphany, a Wednesday, is a holiday in Sweden and not in China.
    tuesday, epiphany = date(2027, 1, 5), date(2027, 1, 6)
    assert print_days(ward.study, "next-open", tuesday) == (epiphany, epiphany)


def test_a_study_without_anybody_is_open_on_working_days() -> None:
    found = print_days(Ward.in_memory().study, "next-open", FRIDAY)
    assert found == (MONDAY, MONDAY)
