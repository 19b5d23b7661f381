"""The clock and the time zone of where the work is done."""

from datetime import UTC, date, datetime, timedelta

from tests.services.ward import Ward, nurse


def test_today_follows_the_zone(ward: Ward) -> None:
    """Half past eleven in the evening in Stockholm is the next day in Shanghai."""
    late = nurse(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    assert late.today() == date(2026, 11, 23)
    assert late.today("Asia/Shanghai") == date(2026, 11, 23) + timedelta(1)
    assert late.today("No/Where") == date(2026, 11, 23)
