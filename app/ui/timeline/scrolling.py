"""How far to scroll so that something is in sight."""

import math
from collections.abc import Sequence

from PySide6.QtWidgets import QScrollBar


def reveal(bar: QScrollBar, first: float, last: float, room: int) -> None:
    """Scroll as little as shows both ends, the first one rather than the last."""
    if last + room > bar.value() + bar.pageStep():
        bar.setValue(math.ceil(last + room - bar.pageStep()))
    if first - room < bar.value():
        bar.setValue(math.floor(first - room))


def reveal_from_edge(bar: QScrollBar, edges: Sequence[int], first: float, last: float, room: int) -> None:
    """The same from one of the edges on, so that nothing is cut there; between two where none shows both ends."""
    if bar.value() <= first and last <= bar.value() + bar.pageStep():
        return
    fitting = [edge for edge in edges if last - bar.pageStep() <= edge <= first]
    if fitting:
        bar.setValue(min(fitting, key=lambda edge: abs(edge - bar.value())))
    else:
        reveal(bar, first, last, room)


def last_scroll_position(edges: Sequence[int], height: float, page: int) -> int:
    """How far one can scroll down: to an edge that is near the end, so that there too nothing is cut above."""
    least = max(math.ceil(height) - page, 0)
    return min((edge for edge in edges if least <= edge <= least + page // 2), default=least)
