"""Exit codes of every command."""

import errno
from enum import IntEnum


class Exit(IntEnum):
    """0 done; 1 the thing asked about is not so; 2 refused with a message; 3 a bug, reported in a file."""

    DONE = 0
    NOT_SO = 1
    REFUSED = 2
    BUG = 3


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Where the answer is written, nothing more can be."""
STOPPED = 130
"""The user stopped it (Ctrl-C)."""
