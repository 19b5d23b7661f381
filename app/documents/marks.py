"""Tick boxes and status marks as drawn shapes: they look the same in every font and without colour."""

from enum import StrEnum

from reportlab.pdfgen.canvas import Canvas

from app.domain.calendar.entries import Entry, Status

_INK = 0.1


class Shape(StrEnum):
    """The shape of a mark; the first is the box for a tick."""

    BOX = "box"
    CIRCLE = "circle"
    DASHED = "dashed"
    HALF = "half"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    DONE = "done"
    CROSS = "cross"
    DOT = "dot"


_OF_STATUS = {
    Status.PERFORMED: Shape.DONE,
    Status.MISSED: Shape.CROSS,
    Status.OMITTED: Shape.CROSS,
    Status.CANCELLED: Shape.CROSS,
    Status.AWAITING: Shape.DASHED,
    Status.PLANNED: Shape.CIRCLE,
    Status.DUE: Shape.HALF,
    Status.OVERDUE: Shape.DIAMOND,
}


def shape_of(status: Status) -> Shape:
    """Return the shape that is printed next to the word for a status."""
    return _OF_STATUS[status]


def shape_of_entry(entry: Entry) -> Shape:
    """Return the shape for a visit; one whose booking cannot be kept has that of an overdue visit."""
    return Shape.DIAMOND if entry.needs_rebooking else shape_of(entry.status)


def draw_shape(canvas: Canvas, shape: Shape, x: float, y: float, size: float) -> None:
    """Draw the shape around the point x, y of the page."""
    canvas.saveState()
    canvas.setStrokeGray(_INK)
    canvas.setFillGray(_INK)
    canvas.setLineWidth(0.8)
    half = size / 2
    match shape:
        case Shape.BOX:
            canvas.rect(x - half, y - half, size, size, stroke=1, fill=0)
        case Shape.CIRCLE:
            canvas.circle(x, y, half, stroke=1, fill=0)
        case Shape.DASHED:
            canvas.setDash(1.5, 1.5)
            canvas.circle(x, y, half, stroke=1, fill=0)
        case Shape.HALF:
            canvas.circle(x, y, half, stroke=1, fill=0)
            canvas.wedge(x - half, y - half, x + half, y + half, 90, 180, stroke=0, fill=1)
        case Shape.DOT:
            canvas.circle(x, y, half, stroke=0, fill=1)
        case Shape.DIAMOND:
            _polygon(canvas, [(x, y + half), (x + half, y), (x, y - half), (x - half, y)])
        case Shape.TRIANGLE:
            _polygon(canvas, [(x, y + half), (x + half, y - half), (x - half, y - half)])
        case Shape.CROSS:
            canvas.line(x - half, y - half, x + half, y + half)
            canvas.line(x - half, y + half, x + half, y - half)
        case Shape.DONE:
            canvas.circle(x, y, half, stroke=1, fill=0)
            canvas.line(x - half * 0.45, y, x - half * 0.1, y - half * 0.4)
            canvas.line(x - half * 0.1, y - half * 0.4, x + half * 0.5, y + half * 0.4)
    canvas.restoreState()


def _polygon(canvas: Canvas, corners: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
