"""How long work reports how far it is."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Progress = Callable[[int, int], None]
"""Called with how many pieces are done and how many there are."""
T = TypeVar("T")


def counted(pieces: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Yield the pieces, and report each one that is done."""
    for done, piece in enumerate(pieces, start=1):
        yield piece
        if progress is not None:
            progress(done, len(pieces))
