"""The mark of the target, as the grid of days and its legend paint it."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from app.ui.style import tokens


def paint_diamond(painter: QPainter, middle: QPointF, ink: str) -> None:
    """Paint the diamond of a target around a point; `ink`: the name of its colour."""
    half = tokens.px(4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color(ink))
    offsets = ((0, -half), (half, 0), (0, half), (-half, 0))
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in offsets]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
