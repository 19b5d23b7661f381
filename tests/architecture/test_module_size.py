"""A module fits into one reading."""

from tests.architecture.imports import app_sources

LONGEST = 400
"""Lines, counting docstrings and blank ones."""
KNOWN: frozenset[str] = frozenset()
"""Modules that are still longer. The test fails when one of them no longer is, so that the list only shrinks."""


def test_no_module_is_longer_than_400_lines() -> None:
    long = {name for name, source in app_sources().items() if len(source.splitlines()) > LONGEST}
    assert long - KNOWN == set()
    assert long >= KNOWN, "take out of KNOWN what is short by now"
