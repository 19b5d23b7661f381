"""Exit codes of every command."""

import errno
from enum import IntEnum


class Exit(IntEnum):
    """0: done. 1: the answer is no (a check found something). 2: refused, with a message. 3: a bug, reported."""

    DONE = 0
    NOT_SO = 1
    REFUSED = 2
    BUG = 3


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Errors of a place, such as a full disk, on which nothing more can be written."""
STOPPED = 130
"""The exit code after Ctrl-C."""
