"""The clock and the time zone of where the work is done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.ward import Ward, nurse


def test_today_follows_the_zone(ward: Ward) -> None:
    """Half past eleven in the evening in Stockholm is the next day in Shanghai."""
    late = nurse(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    assert late.today() == date(2026, 11, 23)
    assert late.today("Asia/Shanghai") == date(2026, 11, 23) + timedelta(1)
    assert late.today("No/Where") == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "zone", "said"),
    [
        ("2026-11-23T23:15:00.000Z", "Europe/Stockholm", "2026-11-24T00:15:00+01:00"),
        ("2027-06-30T22:30:00.000Z", "Europe/Stockholm", "2027-07-01T00:30:00+02:00"),
        ("2026-11-23T23:15:00Z", "America/New_York", "2026-11-23T18:15:00-05:00"),
        ("2026-11-23T23:15:00Z", "No/Where", "2026-11-23T23:15:00+00:00"),
        ("2026-11-23T23:15:00", "Europe/Stockholm", "2026-11-23T23:15:00"),
        ("0001-01-01T00:00:00+23:00", "Europe/Stockholm", "0001-01-01T00:00:00+23:00"),
        ("no moment", "Europe/Stockholm", "no moment"),
        ("", "", ""),
    ],
)
def test_a_recorded_moment_by_the_clocks_of_a_place(moment: str, zone: str, said: str) -> None:
    assert nurse(datetime(2026, 11, 23, 9, tzinfo=UTC)).at_the_wall(moment, zone) == said
