"""A number as people write it: its digits, and never as a power of ten."""

from decimal import Decimal


def plain_number(value: int | float) -> str:
    """Return the number with its digits: ``0.000001``, ``123456789``, ``-30.5``; ``5.0`` is ``5``.

    A number with a fraction has up to 12 of them: ``0.1 + 0.2`` is ``0.3``.

    Raises:
        ValueError: it has more digits than Python writes out.
    """
    if isinstance(value, int):
        return str(value)
    text = format(Decimal(f"{value:.12g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
