"""Rows for pieces that would overlap, and room for labels."""

from app.ui.timeline.row_packing import Piece, RowPacker, crowds, room_after


def test_a_crowd_reaches_no_further_than_a_mark() -> None:
    assert crowds([0, 3, 11, 13, 14, 40], 12) == [range(3), range(3, 5), range(5, 6)]
    assert crowds([], 12) == []


def test_a_lane_leaves_room_for_labels_while_it_is_low() -> None:
    packer = RowPacker(gap=4)
    pieces = [Piece((x, x + 10.0), (x, x + 10.0), wish=50) for x in (0.0, 20.0, 40.0, 60.0)]
    assert [packer.add(piece) for piece in pieces] == [0, 1, 2, 0]


def test_room_ends_at_the_next_thing_and_there_is_none_below_a_bar() -> None:
    assert room_after([(0, 10), (50, 60)], 4) == [32, float("inf")]
    assert room_after([(0, 100), (20, 30), (150, 160)], 4) == [42, 0, float("inf")]
    assert room_after([(0, 10), (5, 10)], 4) == [float("inf"), 0]
