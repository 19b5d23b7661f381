"""What is asked for about a recorded fact or a visit, in the place of a kind of fact."""

CORRECT, TAKE_BACK = "correct", "take_back"
MENDS = frozenset({CORRECT, TAKE_BACK})
POSTPONED = "postponed"
"""The visit is moved to a week after its planned day."""
