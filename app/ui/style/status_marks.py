"""The marks of a visit, the same in lists and on the timeline: shape first, word second, colour third."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.domain.calendar.entries import Entry, Status
from app.ui.style import tokens


class Mark(StrEnum):
    """The shape that shows a visit's status."""

    DONE = "done"
    MISSED = "missed"
    OMITTED = "omitted"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    FORECAST = "forecast"
    PLANNED = "planned"
    BOOKED = "booked"
    MOVED = "moved"
    DUE = "due"
    CLOSING = "closing"
    OVERDUE = "overdue"


TONES = {
    Mark.DONE: "done",
    Mark.MISSED: "alarm",
    Mark.OMITTED: "muted",
    Mark.CANCELLED: "muted",
    Mark.WAITING: "muted",
    Mark.FORECAST: "forecast",
    Mark.PLANNED: "accent",
    Mark.BOOKED: "accent",
    Mark.MOVED: "accent",
    Mark.DUE: "due",
    Mark.CLOSING: "due",
    Mark.OVERDUE: "alarm",
}
"""The token of each mark's colour."""

_STATUS = {
    Status.PERFORMED: Mark.DONE,
    Status.MISSED: Mark.MISSED,
    Status.OMITTED: Mark.OMITTED,
    Status.CANCELLED: Mark.CANCELLED,
    Status.AWAITING: Mark.WAITING,
    Status.OVERDUE: Mark.OVERDUE,
    Status.DUE: Mark.DUE,
}


def mark_of(entry: Entry) -> Mark:
    """Return the mark of a visit's status; a booking that cannot be kept looks like a window that closes."""
    if entry.needs_rebooking:
        return Mark.CLOSING
    known = _STATUS.get(entry.status)
    if known is not None:
        return known
    if entry.is_booked:
        return Mark.BOOKED
    if entry.is_moved:
        return Mark.MOVED
    return Mark.FORECAST if entry.basis == "forecast" else Mark.PLANNED


def mark_in(value: object) -> Mark:
    """Return the mark in a value from an item model, which Qt hands back as its text."""
    return Mark(str(value)) if value in set(Mark) else Mark.PLANNED


def tone_of(mark: Mark) -> str:
    """Return the token of the colour for text next to the mark."""
    tone = TONES[mark]
    return "muted" if tone == "forecast" else tone


def draw_mark(painter: QPainter, mark: Mark, center: QPointF, size: float = 11, color: QColor | None = None) -> None:
    """Draw a mark around a point; without a colour, in that of the mark."""
    ink = color if color is not None else tokens.color(TONES[mark])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _SHAPES[mark](painter, QRectF(center.x() - size / 2, center.y() - size / 2, size, size), ink)
    painter.restore()


def _tick(painter: QPainter, box: QRectF, ink: QColor) -> None:
    center, half = box.center(), box.width() / 2
    painter.setBrush(ink)
    painter.drawEllipse(box)
    painter.setPen(QPen(tokens.color("surface"), 1.6))
    steps = ((-0.5, 0.05), (-0.12, 0.42), (0.52, -0.38))
    painter.drawPolyline([center + QPointF(x * half, y * half) for x, y in steps])


def _crossed_box(painter: QPainter, box: QRectF, _ink: QColor) -> None:
    painter.drawRect(box)
    painter.drawLine(box.topLeft() + QPointF(2, 2), box.bottomRight() - QPointF(2, 2))
    painter.drawLine(box.topRight() + QPointF(-2, 2), box.bottomLeft() + QPointF(2, -2))


def _struck_box(painter: QPainter, box: QRectF, _ink: QColor) -> None:
    painter.drawRect(box)
    middle = box.center().y()
    painter.drawLine(QPointF(box.left() + 2, middle), QPointF(box.right() - 2, middle))


def _dash(painter: QPainter, box: QRectF, _ink: QColor) -> None:
    painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))


def _dotted_ring(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DotLine))
    painter.drawEllipse(box)


def _dashed_ring(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1.3, Qt.PenStyle.DashLine))
    painter.drawEllipse(box)


def _ring(painter: QPainter, box: QRectF, _ink: QColor) -> None:
    painter.drawEllipse(box)


def _ring_with_dot(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.drawEllipse(box)
    painter.setBrush(ink)
    painter.drawEllipse(box.center(), box.width() * 0.18, box.width() * 0.18)


def _ring_with_arrow(painter: QPainter, box: QRectF, _ink: QColor) -> None:
    center, half = box.center(), box.width() / 2
    painter.drawEllipse(box)
    tip = center + QPointF(0.45 * half, 0)
    painter.drawPolyline([center + QPointF(-0.25 * half, -0.5 * half), tip, center + QPointF(-0.25 * half, 0.5 * half)])


def _half_disc(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.drawEllipse(box)
    painter.setBrush(ink)
    painter.drawPie(box, 90 * 16, 180 * 16)


def _triangle(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))


def _diamond(painter: QPainter, box: QRectF, ink: QColor) -> None:
    center, reach = box.center(), box.width() / 2 + 1
    painter.setBrush(ink)
    corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
    painter.drawPolygon(QPolygonF([center + QPointF(x, y) for x, y in corners]))


_SHAPES: Mapping[Mark, Callable[[QPainter, QRectF, QColor], None]] = {
    Mark.DONE: _tick,
    Mark.MISSED: _crossed_box,
    Mark.OMITTED: _struck_box,
    Mark.CANCELLED: _dash,
    Mark.WAITING: _dotted_ring,
    Mark.FORECAST: _dashed_ring,
    Mark.PLANNED: _ring,
    Mark.BOOKED: _ring_with_dot,
    Mark.MOVED: _ring_with_arrow,
    Mark.DUE: _half_disc,
    Mark.CLOSING: _triangle,
    Mark.OVERDUE: _diamond,
}
