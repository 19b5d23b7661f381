"""Rows of the morning's list in words."""

from datetime import date

import pytest

from app.wording.dates import day_narrow, day_short, window_short

TODAY = date(2026, 12, 20)


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
    assert day_short(on, TODAY, at) == said


@pytest.mark.parametrize(
    ("on", "at", "said"),
    [
        (date(2026, 12, 21), "", "Mon 21 Dec"),
        (date(2027, 1, 4), "", "4 Jan 2027"),
        (date(2025, 12, 31), "08:00", "31 Dec 2025, 08:00"),
    ],
)
def test_days_in_narrow_columns_have_the_year_or_the_weekday(on: date, at: str, said: str) -> None:
    assert day_narrow(on, TODAY, at) == said


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
    assert window_short(earliest, latest, TODAY) == said
