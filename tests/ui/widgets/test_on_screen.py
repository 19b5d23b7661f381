"""A window with its frame lies on the screen."""

import pytest
from PySide6.QtCore import QRect

from app.ui.widgets.on_screen import within

ROOM = QRect(0, 0, 1024, 600)


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        # A frame of 4 at each side, 30 above and 6 below: 1016 x 564 are left.
        (QRect(100, 100, 400, 300), QRect(100, 100, 400, 300)),
        (QRect(4, 30, 1016, 564), QRect(4, 30, 1016, 564)),
        (QRect(4, 30, 1024, 568), QRect(4, 30, 1016, 564)),
        (QRect(0, 0, 1024, 600), QRect(4, 30, 1016, 564)),
        (QRect(900, 500, 400, 300), QRect(620, 294, 400, 300)),
        (QRect(-50, 10, 400, 300), QRect(4, 30, 400, 300)),
    ],
)
def test_it_is_moved_and_shrunk_no_more_than_needed(inside: QRect, wanted: QRect) -> None:
    found = within(inside, inside.adjusted(-4, -30, 4, 6), ROOM)
    assert found == wanted
    assert ROOM.contains(found.adjusted(-4, -30, 4, 6))
