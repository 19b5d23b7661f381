"""Exit codes of every command."""

from enum import IntEnum


class Exit(IntEnum):
    """0 done; 1 the thing asked about is not so; 2 refused with a message; 3 a bug, reported in a file."""

    DONE = 0
    NOT_SO = 1
    REFUSED = 2
    BUG = 3
