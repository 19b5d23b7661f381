"""Whoever changes what the planner gives raises the number of the planning rules, so that studies ask about it."""

from app.domain.planning.planning_rules import PLANNING_RULES
from tests.services.study.planning_corpus import golden, planned, stories

REMEDY = "raise PLANNING_RULES, then run python -m tests.services.study.planning_corpus"


def test_calendars_change_only_with_the_number_of_the_rules() -> None:
    rules, lines = golden()
    found = planned()
    changed = sorted({*lines} ^ {*found})
    assert not changed, f"{len(changed)} visits, as {changed[:4]}: {REMEDY}"
    assert rules == PLANNING_RULES, REMEDY


def test_the_corpus_has_both_trials_and_every_kind_of_fact() -> None:
    found = stories()
    assert {one["protocol"] for one in found} == {"scanpan", "nct06873178"}
    kinds = {fact["kind"] for one in found for fact in one["facts"]}
    assert kinds >= {"performed", "booked", "moved", "missed", "omitted", "decided", "stopped", "withdrawn", "died"}
