"""From one visit to the next: earlier and later, and to the neighbouring lane."""

from collections.abc import Sequence

from app.ui.timeline.lanes import Layout


def beside(order: Sequence[str], key: str, step: int, start: str = "") -> str:
    """The visit before or after `key` in time; `start` when nothing is selected, and the same one at the ends."""
    if not order:
        return ""
    if key not in order:
        return start or order[0]
    return order[min(max(order.index(key) + step, 0), len(order) - 1)]


def across(layout: Layout, key: str, step: int) -> str:
    """The visit nearest in time in the next lane upwards or downwards; the same one where there is none."""
    number = layout.lane_of.get(key)
    if number is None:
        return ""
    x = _middle(layout, key)
    for lane in layout.lanes[number + 1 :] if step > 0 else reversed(layout.lanes[:number]):
        shown = [one.key for one in lane.strand.shown]
        if shown:
            return min(shown, key=lambda other: abs(_middle(layout, other) - x))
        if lane.strand.undated:
            return lane.strand.undated[0].key
    return key


def _middle(layout: Layout, key: str) -> float:
    placed, chip = layout.placed_of.get(key), layout.chip_of.get(key)
    if placed is not None:
        return placed.mark_x
    return (chip.extent[0] + chip.extent[1]) / 2 if chip is not None else 0.0
