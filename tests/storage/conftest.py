"""How often the loops of deaths die."""

import pytest

from tests.storage.killed import EVERY, SAMPLE


@pytest.fixture(params=[SAMPLE, pytest.param(EVERY, marks=pytest.mark.slow)], ids=["some steps", "every step"])
def stride(request: pytest.FixtureRequest) -> int:
    """How many steps lie between two deaths of a command."""
    return int(request.param)
