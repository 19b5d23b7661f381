"""The words for the days of a printed list."""

from datetime import date

from app.domain.calendar.print_days import PRINT_DAYS
from app.wording.print_days import DAY_NAMES, days_and_count, filter_line, sheets_title

FRIDAY = date(2026, 11, 27)


def test_days_have_their_dates_and_the_number_of_visits() -> None:
    monday = date(2026, 11, 30)
    assert days_and_count(monday, monday, 8, FRIDAY) == "Mon 30 Nov, 8 visits"
    assert days_and_count(monday, date(2026, 12, 6), 1, FRIDAY) == "30 Nov – 6 Dec, 1 visit"


def test_tomorrow_is_called_so_only_when_it_is() -> None:
    assert sheets_title(date(2026, 11, 28), FRIDAY) == "Tomorrow's sheets"
    assert sheets_title(date(2026, 11, 30), FRIDAY) == "Sheets of the next open day"


def test_the_filter_is_always_named() -> None:
    assert filter_line("") == "Filter: all visits"
    assert filter_line("only ScanPan, chemotherapy") == "Filter: only ScanPan, chemotherapy"


def test_every_word_has_a_name() -> None:
    assert DAY_NAMES.keys() == set(PRINT_DAYS)
