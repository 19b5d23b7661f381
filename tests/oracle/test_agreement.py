"""The program's planner and the naive one agree on random lives of both trials."""

import os
import random
from typing import Any

import pytest

from .compare import differences
from .lives import life
from .naive import reckon

# Of the first 220 lives of each trial, those that together reach the most branches of the rules
# with the fewest facts; and a few later ones, of which the two once said different things.
EVERY_RUN = {
    "scanpan": (
        *(0, 21, 36, 39, 44, 47, 48, 49, 65, 68, 77, 90, 100, 107, 108, 112),
        *(113, 114, 116, 118, 136, 137, 150, 157, 176, 181, 182, 198, 199, 201, 209, 219),
        *(1087, 1704, 1731, 1787, 1796, 1922),
    ),
    "nct06873178": (
        *(0, 1, 8, 11, 17, 30, 32, 44, 75, 78, 84, 93, 105, 107, 116, 120),
        *(125, 126, 127, 128, 136, 139, 144, 150, 165, 180, 192, 193, 201, 209, 212, 218, 1697, 20166),
    ),
}
LONG_RUN = range(1000, 1000 + int(os.environ.get("STUDYDAY_LIVES", "300")))
"""Some minutes; ``STUDYDAY_LIVES`` says how many lives of each trial."""


def beyond_death(difference: str, scenario: dict[str, Any]) -> bool:
    """A cancelled monthly contact beyond month 24 of a participant who died, that only the naive planner has.

    The program lets the series end three months after death; the naive planner goes on to three months from today and
    cancels them all. Nobody is waited for in either.
    """
    if not any(fact["kind"] == "died" for fact in scenario["facts"]):
        return False
    key, _, what = difference.partition(": ")
    return key.startswith("CJ-F01#") and int(key[7:]) > 24 and what == "only the naive planner has it (cancelled)"


def disagreements(seed: int, trial: str) -> list[str]:
    """What the two planners say differently of one life, but for what is meant.

    The dates of cancelled entries are not compared at all (`compare` leaves them out): the naive planner keeps those
    of the moment of cancelling, the program, which knows no earlier moment, reckons them from the facts.
    """
    scenario = life(random.Random(seed), trial)
    found = differences(reckon(scenario), scenario)
    return [difference for difference in found if not beyond_death(difference, scenario)]


def told(seed: int, trial: str) -> str:
    """Those disagreements, to be read in a report; empty when there are none."""
    found = disagreements(seed, trial)
    return "\n  ".join([f"life({seed}, {trial!r}):", *found]) if found else ""


@pytest.mark.parametrize(("trial", "seed"), [(trial, seed) for trial, seeds in EVERY_RUN.items() for seed in seeds])
def test_both_planners_agree_on_a_life(trial: str, seed: int) -> None:
    found = told(seed, trial)
    assert not found, found


@pytest.mark.slow
@pytest.mark.parametrize("trial", EVERY_RUN)
def test_both_planners_agree_on_hundreds_of_lives(trial: str) -> None:
    found = [text for seed in LONG_RUN if (text := told(seed, trial))]
    assert not found, "\n".join(found)


def test_what_only_one_planner_has_is_told() -> None:
    scenario = life(random.Random(0), "scanpan")
    naive = reckon(scenario)
    gone = naive["entries"].pop()
    naive["entries"][0]["status"] = "invented"
    found = differences(naive, scenario)
    assert any(text.startswith(f"{gone['visit']}: only the program has it") for text in found)
    assert any(text.startswith(f"{naive['entries'][0]['visit']}.status: naive 'invented'") for text in found)
