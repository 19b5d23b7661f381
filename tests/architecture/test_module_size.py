"""A module fits into one reading."""

from tests.architecture.imports import app_sources

LONGEST = 400
"""Lines, counting docstrings and blank ones."""


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {name: len(source.splitlines()) for name, source in app_sources().items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
