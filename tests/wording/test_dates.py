from datetime import date, datetime

import pytest

from app.domain.dates import Period, Window
from app.wording import dates

LIST_DAY = date(2026, 12, 20)


def test_a_day_has_its_weekday_and_year() -> None:
    assert dates.day(date(2027, 2, 8)) == "Mon 8 Feb 2027"
    assert dates.day_long(date(2027, 2, 8)) == "Monday 8 February 2027"
    assert dates.month_long(date(2027, 5, 31)) == "May 2027"


def test_a_time_follows_its_day() -> None:
    assert dates.day_at(date(2027, 2, 8), "09:30") == "Mon 8 Feb 2027, 09:30"
    assert dates.day_at(date(2027, 2, 8), "") == "Mon 8 Feb 2027"
    assert dates.instant(datetime(2027, 2, 10, 8, 5)) == "Wed 10 Feb 2027, 08:05"


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        (date(2027, 2, 8), date(2027, 2, 8), "Mon 8 Feb 2027"),
        (date(2027, 2, 8), date(2027, 2, 11), "Mon 8 – Thu 11 Feb 2027"),
        (date(2027, 1, 30), date(2027, 2, 13), "Sat 30 Jan – Sat 13 Feb 2027"),
        (date(2027, 3, 29), date(2027, 5, 3), "29 Mar – 3 May 2027"),
        (date(2027, 4, 1), date(2027, 4, 30), "1 – 30 Apr 2027"),
        (date(2026, 12, 28), date(2027, 1, 4), "Mon 28 Dec 2026 – Mon 4 Jan 2027"),
        (date(2026, 11, 2), date(2027, 11, 2), "2 Nov 2026 – 2 Nov 2027"),
    ],
)
def test_a_window_says_nothing_twice(earliest: date, latest: date, text: str) -> None:
    assert dates.window(earliest, latest) == text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        ("P14D", "14 days"),
        ("P1D", "1 day"),
        ("P0D", "0 days"),
        ("P1W", "7 days"),
        ("P2M", "2 months"),
        ("P1M", "1 month"),
        ("P1M3D", "1 month and 3 days"),
        ("-P14D", "−14 days"),
        (Period(months=24), "24 months"),
    ],
)
def test_a_length_of_time(length: str | Period, text: str) -> None:
    assert dates.period(length) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(5, "5 days left"), (1, "1 day left"), (0, "last day"), (-1, "closed 1 day ago"), (-4, "closed 4 days ago")],
)
def test_days_left(count: int, text: str) -> None:
    assert dates.days_left(count) == text


@pytest.mark.parametrize(
    ("on", "at", "said"),
    [
        (date(2026, 12, 21), "", "Mon 21 Dec"),
        (date(2026, 12, 21), "09:30", "Mon 21 Dec, 09:30"),
        (date(2027, 1, 4), "", "Mon 4 Jan 2027"),
        (date(2025, 12, 31), "08:00", "Wed 31 Dec 2025, 08:00"),
    ],
)
def test_days_in_lists_have_the_year_only_where_it_is_another(on: date, at: str, said: str) -> None:
    assert dates.day_short(on, LIST_DAY, at) == said


@pytest.mark.parametrize(
    ("on", "at", "said"),
    [
        (date(2026, 12, 21), "", "Mon 21 Dec"),
        (date(2027, 1, 4), "", "4 Jan 2027"),
        (date(2025, 12, 31), "08:00", "31 Dec 2025, 08:00"),
    ],
)
def test_days_in_narrow_columns_have_the_year_or_the_weekday(on: date, at: str, said: str) -> None:
    assert dates.day_narrow(on, LIST_DAY, at) == said


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        (date(2026, 12, 15), date(2026, 12, 18), "15 – 18 Dec"),
        (date(2026, 11, 28), date(2026, 12, 4), "28 Nov – 4 Dec"),
        (date(2026, 12, 28), date(2027, 1, 4), "28 Dec – 4 Jan"),
        (date(2026, 12, 18), date(2026, 12, 18), "Fri 18 Dec"),
        (date(2028, 3, 1), date(2028, 3, 9), "1 – 9 Mar 2028"),
        (date(2025, 12, 28), date(2026, 1, 4), "28 Dec – 4 Jan 2026"),
    ],
)
def test_windows_in_lists_are_short(earliest: date, latest: date, said: str) -> None:
    assert dates.window_short(earliest, latest, LIST_DAY) == said


def test_a_visit_without_a_window_has_other_words_or_none() -> None:
    assert dates.optional_window(Window(date(2027, 2, 8), date(2027, 2, 11)), "none") == "Mon 8 – Thu 11 Feb 2027"
    assert dates.optional_window(None) == ""
    assert dates.optional_window(None, "none") == "none"


def test_days_and_months_for_narrow_places() -> None:
    assert dates.day_and_month(date(2027, 2, 8)) == "8 Feb"
    assert dates.month_short(date(2027, 2, 8)) == "Feb 2027"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1 – 30 Apr 2027", "01 – 30 Apr 2027"),
        ("1 – 9 Apr 2027", "01 – 09 Apr 2027"),
        ("Mon 8 – Thu 11 Feb 2027", "Mon 08 – Thu 11 Feb 2027"),
        ("29 Mar – 3 May 2027", "29 Mar – 03 May 2027"),
        ("cycle 1 day 1 (Mon 8 Feb 2027)", "cycle 1 day 1 (Mon 08 Feb 2027)"),
        ("1 – 5 tablets", "1 – 5 tablets"),
        ("12 – 14 Jan", "12 – 14 Jan"),
    ],
)
def test_days_of_worksheets_have_two_figures(text: str, shown: str) -> None:
    assert dates.two_figures(text) == shown
