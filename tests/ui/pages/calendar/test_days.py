"""The days of a month or a week."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.calendar.agenda import AgendaRow
from app.services.queries.visits_of_days import ClosedDay, VisitsOfDays
from app.ui.pages.calendar.days import (
    chosen_of,
    days_of_month,
    days_of_week,
    months_on,
    spoken_day,
    summary,
    weeks_of,
)
from tests.documents.calendars import dose

FIRST = date(2026, 11, 30)
TODAY = date(2026, 12, 3)


def row(code: str, number: int, on: date, **changes: Any) -> AgendaRow:
    return AgendaRow.of(code, "scanpan", dose(number, on, **changes), TODAY)


def found(*rows: AgendaRow, last: date = date(2027, 1, 3)) -> VisitsOfDays:
    closed = {date(2026, 12, 24): ClosedDay("Christmas Eve", True)}
    return VisitsOfDays(TODAY, FIRST, last, rows, closed)


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 12, 15), date(2026, 11, 30), date(2027, 1, 3)),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2027, 7, 26), date(2027, 9, 5)),
    ],
)
def test_a_month_is_shown_in_complete_weeks(on: date, first: date, last: date) -> None:
    assert days_of_month(on) == (first, last)


def test_a_week_begins_on_monday_and_months_end_where_they_end() -> None:
    assert days_of_week(date(2026, 12, 6)) == (date(2026, 11, 30), date(2026, 12, 6))
    assert months_on(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_on(date(2027, 1, 31), -2) == date(2026, 11, 30)
    assert months_on(date(2026, 12, 5), 13) == date(2028, 1, 5)


def test_each_day_has_its_visits_and_says_whether_it_is_of_the_month() -> None:
    one, other = row("LI-001", 1, TODAY), row("LI-002", 2, TODAY)
    weeks = weeks_of(found(one, other), date(2026, 12, 1))
    assert [len(week) for week in weeks] == [7] * 5
    days = {day.on: day for week in weeks for day in week}
    assert days[TODAY].rows == [one, other]
    assert days[TODAY].place_of(chosen_of(other)) == 1
    assert days[TODAY].place_of(("LI-003", "DOSE#1")) is None
    assert [days[on].outside for on in (FIRST, TODAY, date(2027, 1, 1))] == [True, False, True]
    assert days[date(2026, 12, 24)].closed == ClosedDay("Christmas Eve", True)
    assert not any(day.outside for week in weeks_of(found(last=FIRST + timedelta(6)), None) for day in week)


def test_a_day_is_read_out_with_everything_on_it() -> None:
    booked = row("LI-001", 3, TODAY, booked=TODAY, booked_at="13:00")
    days = {day.on: day for week in weeks_of(found(booked), TODAY) for day in week}
    said = spoken_day(days[TODAY], TODAY)
    assert said.startswith("Thursday 3 December 2026, 1 visit; 13:00, LI-001, Cycle 3 day 1, ")
    assert spoken_day(days[date(2026, 12, 24)], TODAY) == (
        "Thursday 24 December 2026, closed: Christmas Eve, no visits"
    )


def test_the_summary_counts_what_is_booked() -> None:
    rows = [row("LI-001", 1, TODAY, booked=TODAY), row("LI-002", 2, TODAY)]
    assert summary(rows) == "2 visits · 1 booked"
    assert summary(rows[1:]) == "1 visit"
    assert summary([]) == "0 visits"
