"""The paper that documents are laid out for: A4, or Letter where a site has that.

A page has the same column on both, in the middle of the width; what differs is how much of it fits on a page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

A4, LETTER = "a4", "letter"
SIZES = {A4: (595.2755905511812, 841.8897637795277), LETTER: (612.0, 792.0)}
"""The width and the height of each, in points."""
_paper: ContextVar[str] = ContextVar("paper", default=A4)


@contextmanager
def on_paper(name: str) -> Iterator[None]:
    """Lay out what is drawn in the block for that paper; for one of another name, for A4."""
    before = _paper.set(name if name in SIZES else A4)
    try:
        yield
    finally:
        _paper.reset(before)


def paper_size() -> tuple[float, float]:
    """Return the width and the height of the paper in use, in points."""
    return SIZES[_paper.get()]
