# ruff: noqa: RUF001 - signs as a Chinese input method types them
"""Typed text in one form."""

import pytest

from app.domain.facts.typed_text import plain_text


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  3   APR ", "3 apr"),
        ("3\u00a0apr\t26", "3 apr 26"),
        ("２０２６／１１", "2026/11"),
        ("9：30", "9:30"),
        ("2026\u20111\u22122", "2026-1-2"),
        ("\u200e3\u200b apr\ufeff", "3 apr"),
        ("3\x1b apr", "3 apr"),
    ],
)
def test_blanks_dashes_digits_and_hidden_signs(typed: str, plain: str) -> None:
    assert plain_text(typed) == plain
