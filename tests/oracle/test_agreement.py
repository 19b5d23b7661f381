"""The program's planner and the naive one agree on random lives of both trials."""

import os
import random
from typing import Any

import pytest

from .compare import differences
from .lives import life
from .naive import reckon

# Of the first 260 lives of each trial, those that together reach the most branches of the rules (`branches` names them)
# with the fewest facts.
EVERY_RUN = {
    "scanpan": (
        *(6, 12, 19, 21, 41, 46, 82, 88, 116, 120, 121, 123, 132, 136, 147, 155),
        *(179, 180, 183, 185, 187, 190, 198, 201, 203, 213, 220, 237, 240, 242, 247, 249),
    ),
    "nct06873178": (
        *(7, 39, 45, 47, 56, 67, 70, 71, 90, 95, 106, 107, 113, 123, 125, 127),
        *(144, 148, 152, 160, 184, 192, 197, 209, 210, 220, 229, 232, 246, 251, 254, 258),
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
