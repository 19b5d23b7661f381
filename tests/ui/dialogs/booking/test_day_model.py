"""The model of the grid of days."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.services.queries.booking_days import BookingDay
from app.ui.dialogs.booking.day_model import DayGridModel
from tests.ui.timeline import stories

WEDNESDAY, SATURDAY = date(2026, 12, 30), date(2027, 1, 2)
DAYS = [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), date(2027, 1, 4)]


@pytest.fixture
def model() -> DayGridModel:
    """Six days, from a Wednesday to the next Monday, around a visit on 31 December with a day to either side."""
    entry = stories.on(stories.example().calendar.by_key[stories.BOOKED], "X", date(2026, 12, 31))
    found = DayGridModel()
    found.show_days({day: BookingDay(day, (), int(day == SATURDAY) * 3) for day in DAYS}, entry, WEDNESDAY)
    return found


def test_weeks_are_complete(model: DayGridModel) -> None:
    assert (model.rowCount(), model.columnCount()) == (2, 7)
    assert model.day_at(model.index(0, 0)) == date(2026, 12, 28)
    assert model.day_at(model.index(1, 6)) == date(2027, 1, 10)


def test_each_known_day_has_its_cell(model: DayGridModel) -> None:
    assert [model.day_at(model.index_of(day)) for day in DAYS] == DAYS
    assert not model.index_of(date(2026, 12, 29)).isValid()


def test_only_known_days_can_be_chosen(model: DayGridModel) -> None:
    selectable = Qt.ItemFlag.ItemIsSelectable
    assert not model.flags(model.index(0, 0)) & selectable
    assert model.flags(model.index_of(SATURDAY)) & selectable


def test_a_month_is_named_where_it_begins(model: DayGridModel) -> None:
    assert [model.number(day) for day in DAYS] == ["30 Dec", "31", "1 Jan", "2", "3", "4"]


def test_a_day_is_described(model: DayGridModel) -> None:
    model.choose(SATURDAY)
    assert model.description(WEDNESDAY) == "Wed 30 Dec 2026: can be had, today"
    assert model.description(date(2026, 12, 31)) == "Thu 31 Dec 2026: can be had, the target"
    assert model.description(SATURDAY) == "Sat 2 Jan 2027: can be had, 3 visits, chosen"


def test_the_times_that_are_taken_are_said(model: DayGridModel) -> None:
    times = ("08:45", "10:00", "10:00")
    assert model.entry is not None
    model.show_days({SATURDAY: BookingDay(SATURDAY, (), 4, times)}, model.entry, WEDNESDAY)
    assert model.description(SATURDAY) == "Sat 2 Jan 2027: can be had, 4 visits, booked 08:45, 10:00 (2)"


def test_the_window_is_a_day_to_either_side(model: DayGridModel) -> None:
    assert [day for day in DAYS if model.in_window(day)] == DAYS[:3]


def test_weekdays_are_above_and_week_numbers_at_the_left(model: DayGridModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [model.headerData(number, across) for number in range(7)] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    ]
    assert [model.headerData(number, down) for number in range(2)] == ["w 53", "w 1"]
