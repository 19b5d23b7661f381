"""The window of the chosen visit over the days that are shown."""

from datetime import date, timedelta

from app.domain.dates import Window
from app.ui.pages.calendar.days import Day
from app.ui.pages.calendar.window_bracket import Span, spans

MONDAY = date(2026, 11, 30)
WEEKS = [[Day(MONDAY + timedelta(7 * week + day)) for day in range(7)] for week in range(2)]


def test_a_window_within_a_week_begins_and_ends_there() -> None:
    window = Window(MONDAY, MONDAY + timedelta(3))
    assert list(spans(window, MONDAY + timedelta(1), WEEKS)) == [Span(0, 0, 3, True, True, 1)]


def test_a_window_over_two_weeks_goes_on_in_the_next() -> None:
    window = Window(MONDAY + timedelta(5), MONDAY + timedelta(8))
    assert list(spans(window, MONDAY + timedelta(7), WEEKS)) == [
        Span(0, 5, 6, True, False, None),
        Span(1, 0, 1, False, True, 0),
    ]


def test_a_window_may_be_outside_or_around_the_days_and_its_target_elsewhere() -> None:
    around = Window(MONDAY - timedelta(9), MONDAY + timedelta(99))
    assert list(spans(around, MONDAY - timedelta(2), WEEKS)) == [
        Span(0, 0, 6, False, False, None),
        Span(1, 0, 6, False, False, None),
    ]
    assert list(spans(Window(MONDAY - timedelta(9), MONDAY - timedelta(1)), None, WEEKS)) == []
    assert list(spans(None, MONDAY, WEEKS)) == []
