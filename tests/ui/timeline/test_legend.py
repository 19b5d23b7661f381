"""The legend and its signs."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.timeline.legend import Legend


def test_the_legend_names_its_signs(qtbot: QtBot) -> None:
    found = Legend()
    qtbot.addWidget(found)
    assert found.accessibleDescription().startswith("window, target, booked, moved, done, forecast, missed, cancelled")
    wide = found.boxes(10_000)
    assert {box.top() for box in wide} == {0}
    narrow = found.boxes(200)
    assert len({box.top() for box in narrow}) == 2
    assert 0 < len(narrow) < len(wide)
    assert all(box.right() <= 200 for box in narrow)
    found.resize(found.sizeHint())
    assert not found.grab().isNull()


def test_every_sign_is_shown_next_to_the_buttons_of_a_laptop(qtbot: QtBot) -> None:
    """1366 pixels less the side bar (172), the chosen visit (345) and the buttons (150)."""
    found = Legend()
    qtbot.addWidget(found)
    boxes = found.boxes(1366 - 172 - 345 - 150)
    assert len(boxes) == 10
    assert boxes[-1].right() < 1366 - 172 - 345 - 150


def test_where_not_all_are_shown_there_is_room_for_the_dots(qtbot: QtBot) -> None:
    found = Legend()
    qtbot.addWidget(found)
    for width in (120, 200, 260):
        boxes = found.boxes(width)
        assert len(boxes) < 10
        assert boxes[-1].right() + found.fontMetrics().averageCharWidth() <= width


def test_in_a_narrow_window_every_sign_is_shown_in_two_rows_that_it_takes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(420, 500)
    found = Legend(window)
    one_row = found.sizeHint().height()
    found.resize(420, one_row)
    found.grab()
    boxes = found.boxes(420)
    assert (len(boxes), boxes[-1].bottom() + 1) == (10, 2 * one_row)
    assert max(box.right() for box in boxes) < 420
    assert found.sizeHint().height() == found.minimumSizeHint().height() == 2 * one_row
    found.resize(1200, one_row)
    found.grab()
    assert found.sizeHint().height() == one_row


def test_in_a_low_window_there_is_one_row_and_the_timeline_has_the_room(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(420, 380)
    found = Legend(window)
    found.resize(420, found.sizeHint().height())
    found.grab()
    assert {box.top() for box in found.boxes(420)} == {0}
    assert len(found.boxes(420)) < 10
