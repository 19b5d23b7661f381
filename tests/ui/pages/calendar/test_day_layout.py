"""Where things are in a day."""

from datetime import date

import pytest
from PySide6.QtCore import QRect

from app.ui.pages.calendar.day_layout import Measures, line_rect, shown_lines, week_heights
from app.ui.pages.calendar.days import Day
from tests.ui.pages.calendar.test_days import TODAY, row

SIZES = Measures(head=20, line=18, strip=20, time=38, code=45, mark=10, gap=5)


def day(visits: int) -> Day:
    return Day(date(2026, 12, 3), [row(f"LI-{number:03}", 1, TODAY) for number in range(visits)])


@pytest.mark.parametrize(
    ("visits", "height", "strip", "shown"),
    [
        # Four lines of 18 and the head of 20 are 92, and 4 are left free.
        (4, 96, False, (4, False)),
        (5, 96, False, (3, True)),
        # With the strip two lines are left, and both are visits.
        (5, 96, True, (2, False)),
        (5, 60, False, (2, False)),
        (5, 42, False, (1, False)),
        (5, 20, False, (0, False)),
        (0, 96, False, (0, False)),
    ],
)
def test_what_has_no_room_is_counted_from_three_lines_on(
    visits: int, height: int, strip: bool, shown: tuple[int, bool]
) -> None:
    rect = QRect(0, 0, 150, height)
    assert shown_lines(day(visits), rect, SIZES, strip) == shown
    assert all(rect.contains(line_rect(number, rect, SIZES)) for number in range(shown[0] + shown[1]))


def test_a_week_has_what_it_needs_or_its_share_and_is_never_too_low() -> None:
    assert week_heights([50, 100], 40, 30, 200) == [75, 125]
    # Above 40 each wants 160 and 20; 100 are to be shared.
    assert week_heights([200, 60], 40, 30, 180) == [128, 52]
    assert week_heights([200, 200], 40, 30, 50) == [30, 30]
    assert week_heights([], 40, 30, 50) == []


def test_the_time_goes_before_the_code_after_the_name_or_away() -> None:
    assert SIZES.time_first(200)
    assert not SIZES.time_first(120)
    assert SIZES.time_last(130)
    assert not SIZES.time_last(100)
