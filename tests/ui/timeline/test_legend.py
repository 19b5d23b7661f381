"""The legend and its signs."""

from pytestqt.qtbot import QtBot

from app.ui.timeline.legend import Legend


def test_the_legend_names_its_signs(qtbot: QtBot) -> None:
    found = Legend()
    qtbot.addWidget(found)
    assert found.accessibleDescription().startswith("window, target, booked, moved, done, forecast, missed, cancelled")
    wide = found.boxes(10_000)
    assert {box.top() for box in wide} == {0}
    narrow = found.boxes(200)
    assert {box.top() for box in narrow} == {0}
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
    for width in (200, 320, 480):
        boxes = found.boxes(width)
        assert len(boxes) < 10
        assert boxes[-1].right() + found.fontMetrics().averageCharWidth() <= width
