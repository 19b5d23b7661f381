"""The program's planner and the naive one agree on random lives of both trials."""

import random
from typing import Any

import pytest

from .compare import differences
from .lives import life
from .naive import reckon

TRIALS = ("scanpan", "nct06873178")
EVERY_RUN, LONG_RUN = range(30), range(1000, 2000)


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


@pytest.mark.parametrize("trial", TRIALS)
@pytest.mark.parametrize("seed", EVERY_RUN)
def test_both_planners_agree_on_a_life(seed: int, trial: str) -> None:
    found = told(seed, trial)
    assert not found, found


@pytest.mark.slow
@pytest.mark.parametrize("trial", TRIALS)
def test_both_planners_agree_on_a_thousand_lives(trial: str) -> None:
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
