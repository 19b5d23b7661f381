"""Days as they are kept in few bytes: their ordinal numbers, four bytes each, the first day first."""

import struct
from collections.abc import Iterable
from datetime import date

_EACH = 4
"""Bytes of a day."""


def packed(days: Iterable[date]) -> bytes:
    """Return these days as bytes."""
    numbers = sorted({day.toordinal() for day in days})
    return struct.pack(f"<{len(numbers)}I", *numbers)


def ordinals(kept: bytes) -> tuple[int, ...]:
    """Return the ordinal numbers of the days that were kept."""
    return struct.unpack(f"<{len(kept) // _EACH}I", kept[: len(kept) // _EACH * _EACH])
