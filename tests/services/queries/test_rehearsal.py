"""Stories of random lives with random wrong facts: each is refused with its place, or the calendar keeps its laws.

The long run takes some minutes: `.venv/bin/pytest -m slow tests/services/queries/test_rehearsal.py`.
"""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.services.queries.wrong_stories import SHIPPED, SMALL, Move, Story, stories

short = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
long = settings(short, max_examples=1500)


def tell(story: Story, moves: list[Move]) -> None:
    """Tell a story fact by fact, and look at the laws after each."""
    for move in moves:
        story.tell(move)
    story.check_retold()
    story.check_refusals()


@short
@given(stories(SHIPPED, 8))
def test_wrong_facts_in_a_life_of_a_trial_are_refused_or_change_no_law(told: tuple[Story, list[Move]]) -> None:
    tell(*told)


@short
@given(stories(SMALL, 8))
def test_wrong_facts_in_a_life_of_a_small_protocol_are_refused_or_change_no_law(told: tuple[Story, list[Move]]) -> None:
    tell(*told)


@pytest.mark.slow
@long
@given(stories((*SHIPPED, *SMALL), 20))
def test_thousands_of_wrong_facts_are_refused_or_change_no_law(told: tuple[Story, list[Move]]) -> None:
    tell(*told)
