"""Days kept in few bytes."""

from datetime import date

import pytest

from app.storage.sqlite.days_codec import ordinals, packed

DAYS = [date(2026, 12, 31), date(1, 1, 1), date(9999, 12, 31), date(2026, 12, 31)]


def test_days_come_back_in_order_and_once() -> None:
    assert [date.fromordinal(one) for one in ordinals(packed(DAYS))] == [DAYS[1], DAYS[0], DAYS[2]]
    assert ordinals(packed([])) == ()


def test_the_bytes_are_the_same_on_every_machine() -> None:
    # The first of January of the year 1 has the number 1.
    assert packed([date(1, 1, 2), date(1, 9, 14)]) == b"\x02\x00\x00\x00\x01\x01\x00\x00"


@pytest.mark.parametrize("kept", [b"\x01", b"\x01\x00\x00\x00\x02", b""])
def test_bytes_that_are_cut_off_are_left_out(kept: bytes) -> None:
    assert ordinals(kept) == ((1,) if len(kept) > 4 else ())
