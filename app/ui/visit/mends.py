"""What is asked for about a recorded fact, in the place of a kind of fact."""

CORRECT, TAKE_BACK = "correct", "take_back"
MENDS = frozenset({CORRECT, TAKE_BACK})
