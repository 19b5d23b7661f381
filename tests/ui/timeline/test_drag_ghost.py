"""The ghost of a visit that is dragged."""

from datetime import date

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.drag_ghost import DragGhost, label_box
from app.ui.timeline.paint_tools import PaintTools
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.gestures import ALT, Key
from tests.ui.timeline.stories import BOOKED

WITHIN = QRectF(100, 50, 400, 200)


def test_the_ghost_is_seen(wide: Timeline) -> None:
    before = wide.grab().toImage()
    QTest.keyClick(wide, Key.Key_Right, ALT)
    assert wide.grab().toImage() != before
    QTest.keyClick(wide, Key.Key_Escape)
    assert wide.grab().toImage() == before


@pytest.mark.parametrize("x", [100, 130, 300, 499])
def test_the_label_is_below_the_mark_and_never_outside(qapp: QApplication, x: float) -> None:
    box = label_box("Tue 1 Dec 2026, day 36", QPointF(x, 100), WITHIN, PaintTools(1.0))
    assert WITHIN.contains(box)
    assert box.top() > 100
    assert box.left() <= x <= box.right()


def test_at_the_lower_edge_the_label_is_above_the_mark(qapp: QApplication) -> None:
    box = label_box("Tue 1 Dec 2026, day 36", QPointF(300, 245), WITHIN, PaintTools(1.0))
    assert WITHIN.contains(box)
    assert box.bottom() < 245


def test_a_long_label_is_as_wide_as_the_axis(qapp: QApplication) -> None:
    assert label_box("W" * 500, QPointF(300, 100), WITHIN, PaintTools(1.0)).width() == WITHIN.width()


def test_a_ghost_moves_by_days_and_comes_back(story: Rehearsal) -> None:
    entry = story.calendar.by_key[BOOKED]
    ghost = DragGhost(entry, date(2026, 12, 1), date(2026, 12, 1))
    ghost.step(2)
    assert (ghost.day, ghost.has_moved) == (date(2026, 12, 3), True)
    ghost.step(-2)
    assert not ghost.has_moved
