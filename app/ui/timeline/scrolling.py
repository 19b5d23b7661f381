"""Scrolling: how far to move a scroll bar so that something is in sight."""

import math
from collections.abc import Sequence

from PySide6.QtWidgets import QScrollBar


def reveal(bar: QScrollBar, first: float, last: float, room: int) -> None:
    """Scroll as little as needed to show both ends of a stretch, the first end rather than the last."""
    if last + room > bar.value() + bar.pageStep():
        bar.setValue(math.ceil(last + room - bar.pageStep()))
    if first - room < bar.value():
        bar.setValue(math.floor(first - room))


def reveal_from_edge(bar: QScrollBar, edges: Sequence[int], first: float, last: float, room: int) -> None:
    """Scroll so that an edge is at the top and both ends are in sight, or like `reveal` where no edge allows that."""
    if bar.value() <= first and last <= bar.value() + bar.pageStep():
        return
    fitting = [edge for edge in edges if last - bar.pageStep() <= edge <= first]
    if fitting:
        bar.setValue(min(fitting, key=lambda edge: abs(edge - bar.value())))
    else:
        reveal(bar, first, last, room)


def last_scroll_position(edges: Sequence[int], height: float, page: int) -> int:
    """Return the largest useful scroll position: an edge near the end, so that nothing is cut above there."""
    least = max(math.ceil(height) - page, 0)
    return min((edge for edge in edges if least <= edge <= least + page // 2), default=least)
