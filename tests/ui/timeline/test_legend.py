"""The legend and its signs."""

from pytestqt.qtbot import QtBot

from app.ui.timeline.legend import Legend


def test_the_legend_names_its_signs(qtbot: QtBot) -> None:
    found = Legend()
    qtbot.addWidget(found)
    assert found.accessibleDescription().startswith(
        "window and target, booked, moved, done, forecast, missed, cancelled"
    )
    wide = found.boxes(10_000)
    assert {box.top() for box in wide} == {0}
    narrow = found.boxes(200)
    assert {box.top() for box in narrow} == {0}
    assert 0 < len(narrow) < len(wide)
    assert all(box.right() <= 200 for box in narrow)
    found.resize(found.sizeHint())
    assert not found.grab().isNull()
