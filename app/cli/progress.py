"""Progress of long work: told on a terminal, and nowhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from app.progress import Progress

QUIET_SECONDS, EVERY_SECONDS = 1.0, 0.2


@contextmanager
def shown_progress(what: str) -> Iterator[Progress]:
    """Takes how much is done of how much; shown on standard error when that is a terminal and it takes long."""
    start = last = monotonic()
    shown = False

    def tell(done: int, total: int) -> None:
        nonlocal last, shown
        now = monotonic()
        if sys.stderr.isatty() and now - start > QUIET_SECONDS and now - last > EVERY_SECONDS:
            print(f"\r{what}: {done}/{total}\x1b[K", end="", file=sys.stderr, flush=True)
            last, shown = now, True

    try:
        yield tell
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
