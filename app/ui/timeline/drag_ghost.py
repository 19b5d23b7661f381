"""The ghost of a visit that is dragged to another day: its day, its mark, and the label for that day."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.domain.calendar.entries import Entry
from app.ui.style import tokens
from app.ui.style.status_marks import mark_of
from app.ui.timeline.paint_tools import PaintTools, tag
from app.ui.timeline.scale import day_after

DRAG_DISTANCE = 10
"""Pixels that the pointer moves before a press becomes a drag."""


@dataclass(slots=True)
class DragGhost:
    """A visit that is tried on another day. The calendar stays as it is until the visit is dropped."""

    entry: Entry
    start: date
    day: date

    def step(self, days: int) -> None:
        """Move the ghost by days, to later ones or with a negative number to earlier ones."""
        self.day = day_after(self.day, days)

    @property
    def has_moved(self) -> bool:
        """Whether the ghost is on another day than its visit."""
        return self.day != self.start


def paint_ghost(
    painter: QPainter, ghost: DragGhost, center: QPointF, within: QRectF, text: str, tools: PaintTools
) -> None:
    """Draw the ghost's column, its mark, and the label for its day."""
    painter.setPen(tools.pen("accent", dashed=True))
    painter.drawLine(QPointF(round(center.x()) + 0.5, within.top()), QPointF(round(center.x()) + 0.5, within.bottom()))
    painter.setOpacity(0.8)
    side = tools.mark_size + 8
    painter.drawPixmap(
        round(center.x()) - side // 2, round(center.y()) - side // 2, tools.mark(mark_of(ghost.entry), False)
    )
    painter.setOpacity(1.0)
    painter.setFont(tools.small)
    box = label_box(text, center, within, tools)
    shown = tools.metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - tokens.px(8))
    tag(painter, box, shown, tools.color("text"), tools.color("surface"))


def label_box(text: str, center: QPointF, within: QRectF, tools: PaintTools) -> QRectF:
    """Return the box of the ghost's label: below the mark, or above it at the lower edge, always inside `within`."""
    width = min(tools.metrics.horizontalAdvance(text) + 2 * tokens.px(8), within.width())
    height = tools.metrics.height() + tokens.px(4)
    left = min(max(center.x() - width / 2, within.left()), within.right() - width)
    top = center.y() + tools.mark_size
    if top + height > within.bottom():
        top = center.y() - tools.mark_size - height
    return QRectF(round(left), round(max(top, within.top())), round(width), round(height))
