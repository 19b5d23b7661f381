"""The number of the planning rules, by which a study knows that a release of the program plans otherwise."""

PLANNING_RULES = 3
"""Raised by every change after which a protocol's text, a site and facts give another calendar than before.

`tests/services/study/test_planning_rules.py` fails where the calendars of its corpus change and this does not. 1: the
release 0.1.0.
"""
FIRST_RULES = 1
"""Those of the release 0.1.0, which did not note them."""
REMEMBERED = "planning_rules"
"""The name under which a study remembers the planning rules that its visits were planned by last."""
