"""The gestures of a person on a timeline, with mouse and keys, and what is seen after them."""

from datetime import date

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.ui.timeline.drag_ghost import DragGhost
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.stories import mark_at

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def wheel(timeline: Timeline, at: QPoint, turned: int, held: Qt.KeyboardModifier = NONE) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place, timeline.viewport().mapToGlobal(place), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(timeline.viewport(), event)


def pull(timeline: Timeline, key: str, pixels: int) -> QPoint:
    """Press on a mark and move, without letting go; return where the pointer is then."""
    start = mark_at(timeline, key)
    QTest.mousePress(timeline.viewport(), LEFT, NONE, start)
    end = start + QPoint(pixels, 0)
    for at in (start + QPoint(pixels // 2, 0), end):
        QTest.mouseMove(timeline.viewport(), at)
    return end


def ghost(timeline: Timeline) -> DragGhost | None:
    return timeline.ghost


def tried(timeline: Timeline) -> date:
    found = ghost(timeline)
    assert found is not None
    return found.day


def card_texts(timeline: Timeline) -> list[str]:
    return [label.text() for label in timeline.card.findChildren(QLabel)]
