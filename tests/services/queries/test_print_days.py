"""The days that a word means: the next open day follows the sites, a week ends on Sunday."""

from datetime import date

import pytest

from app.domain.calendar.entries import OPEN
from app.domain.calendar.print_days import PrintDays
from app.services.queries.agenda_filter import Filter
from app.services.queries.print_days import print_choices, print_days
from tests.services.ward import Ward, refused

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


def test_each_choice_has_its_days_and_the_visits_that_the_filter_leaves(ward: Ward) -> None:
    # Sunday 20 December: bloods for Monday and Wednesday, and the week after them
    everything = print_choices(ward.study, ward.today)
    found = {one.word: (str(one.first), str(one.last)) for one in everything.choices}
    assert found == {
        "today": ("2026-12-20", "2026-12-20"),
        "next-open": ("2026-12-21", "2026-12-21"),
        "this-week": ("2026-12-20", "2026-12-20"),
        "next-week": ("2026-12-21", "2026-12-27"),
    }
    assert everything.only == ""
    counts = {one.word: one.visits for one in everything.choices}
    planned = [
        entry.assumed
        for code in ("LI-001", "CJ-001")
        for entry in ward.calendar(code).entries
        if entry.status in OPEN and entry.assumed is not None
    ]
    assert counts["next-week"] == sum(str(on) in (f"2026-12-{day}" for day in range(21, 28)) for on in planned)
    assert counts["next-week"] >= counts["next-open"] >= 0
    one = print_choices(ward.study, ward.today, Filter(participant="LI-001"))
    assert one.only == "only LI-001"
    assert all(mine.visits <= every.visits for mine, every in zip(one.choices, everything.choices, strict=True))
    assert refused("no_participant", print_choices, ward.study, ward.today, Filter(participant="XX-9")) is not None
