"""The progress of long work, shown on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from app.cli.terminal import Terminal
from app.progress import Progress

QUIET_SECONDS, EVERY_SECONDS = 1.0, 0.2


@contextmanager
def shown_progress(what: str) -> Iterator[Progress]:
    """Yield a function that shows progress on standard error, if that is a terminal and the work takes long."""
    start = last = monotonic()
    shown = False

    def show(done: int, total: int) -> None:
        nonlocal last, shown
        now = monotonic()
        if sys.stderr.isatty() and now - start > QUIET_SECONDS and now - last > EVERY_SECONDS:
            _steer(f"\r{what}: {done}/{total}\x1b[K")
            last, shown = now, True
        if shown and done >= total:
            _steer("\r\x1b[K")
            shown = False

    try:
        yield show
    finally:
        if shown:
            _steer("\r\x1b[K")


def _steer(text: str) -> None:
    """Write on standard error what moves the cursor."""
    if isinstance(sys.stderr, Terminal):
        sys.stderr.steer(text)
    else:
        print(text, end="", file=sys.stderr, flush=True)
