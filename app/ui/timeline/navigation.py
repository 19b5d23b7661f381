"""The way from one visit of a timeline to the next: earlier and later, and to the neighbouring lane."""

from collections.abc import Sequence

from app.ui.timeline.lanes import Layout


def neighbour_in_time(order: Sequence[str], key: str, step: int, start: str = "") -> str:
    """Return the key of the visit `step` places after `key` in time order, or before it where `step` is negative.

    Both ends of the order hold: beyond them the first or last visit is returned. When `key` is not in the order,
    nothing is selected yet, and the way begins at `start`. The answer is empty when there are no visits.
    """
    if not order:
        return ""
    if key not in order:
        return start or order[0]
    return order[min(max(order.index(key) + step, 0), len(order) - 1)]


def neighbour_in_lanes(layout: Layout, key: str, step: int) -> str:
    """Return the key of the visit nearest in time in the next lane that has visits.

    `step` is 1 for the lanes below and -1 for those above. Where no lane follows, `key` itself is returned; the
    answer is empty when the layout does not have the visit.
    """
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
