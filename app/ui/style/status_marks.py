"""The marks of a visit, the same in lists and on the timeline: shape first, word second, colour third."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.domain.calendar.entries import Entry, Status
from app.ui.style import tokens


class Mark(StrEnum):
    """The shape of a status."""

    DONE = "done"
    MISSED = "missed"
    OMITTED = "omitted"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    FORECAST = "forecast"
    PLANNED = "planned"
    BOOKED = "booked"
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
    """The mark that goes with an entry's status."""
    known = _STATUS.get(entry.status)
    if known is not None:
        return known
    if entry.is_booked:
        return Mark.BOOKED
    return Mark.FORECAST if entry.basis == "forecast" else Mark.PLANNED


def mark_in(value: object) -> Mark:
    """A mark that a model gave: Qt hands back the text of it."""
    return Mark(str(value)) if value in set(Mark) else Mark.PLANNED


def tone_of(mark: Mark) -> str:
    """The token for text that stands beside the mark."""
    tone = TONES[mark]
    return "muted" if tone == "forecast" else tone


def draw_mark(painter: QPainter, mark: Mark, center: QPointF, size: float = 11, color: QColor | None = None) -> None:
    """Draw a mark around a point."""
    ink = color if color is not None else tokens.color(TONES[mark])
    half = size / 2
    circle = QRectF(center.x() - half, center.y() - half, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match mark:
        case Mark.DONE:
            painter.setBrush(ink)
            painter.drawEllipse(circle)
            painter.setPen(QPen(tokens.color("surface"), 1.6))
            painter.drawPolyline(
                [
                    QPointF(center.x() - half * 0.5, center.y() + half * 0.05),
                    QPointF(center.x() - half * 0.12, center.y() + half * 0.42),
                    QPointF(center.x() + half * 0.52, center.y() - half * 0.38),
                ]
            )
        case Mark.MISSED:
            painter.drawRect(circle)
            painter.drawLine(circle.topLeft() + QPointF(2, 2), circle.bottomRight() - QPointF(2, 2))
            painter.drawLine(circle.topRight() + QPointF(-2, 2), circle.bottomLeft() + QPointF(2, -2))
        case Mark.OMITTED:
            painter.drawRect(circle)
            painter.drawLine(QPointF(circle.left() + 2, center.y()), QPointF(circle.right() - 2, center.y()))
        case Mark.CANCELLED:
            painter.drawLine(QPointF(circle.left(), center.y()), QPointF(circle.right(), center.y()))
        case Mark.WAITING:
            painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DotLine))
            painter.drawEllipse(circle)
        case Mark.FORECAST:
            painter.setPen(QPen(ink, 1.3, Qt.PenStyle.DashLine))
            painter.drawEllipse(circle)
        case Mark.PLANNED:
            painter.drawEllipse(circle)
        case Mark.BOOKED:
            painter.drawEllipse(circle)
            painter.setBrush(ink)
            painter.drawEllipse(center, half * 0.36, half * 0.36)
        case Mark.DUE:
            painter.drawEllipse(circle)
            painter.setBrush(ink)
            painter.drawPie(circle, 90 * 16, 180 * 16)
        case Mark.CLOSING:
            painter.setBrush(ink)
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(center.x(), circle.top()),
                        QPointF(circle.right(), circle.bottom()),
                        QPointF(circle.left(), circle.bottom()),
                    ]
                )
            )
        case Mark.OVERDUE:
            painter.setBrush(ink)
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(center.x(), circle.top() - 1),
                        QPointF(circle.right() + 1, center.y()),
                        QPointF(center.x(), circle.bottom() + 1),
                        QPointF(circle.left() - 1, center.y()),
                    ]
                )
            )
    painter.restore()
