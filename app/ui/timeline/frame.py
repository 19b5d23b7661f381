"""The frame of the timeline, which stays in place while the axis scrolls: header, column of names, tag of today."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.style import tokens
from app.ui.timeline import text
from app.ui.timeline.lanes import Box, Lane, Layout
from app.ui.timeline.paint_tools import PaintTools, tag
from app.ui.timeline.painting import View
from app.ui.timeline.scale import Detail, LabelWidths, Scale, detail_for, spans, ticks
from app.wording.language import gettext as _


@dataclass(frozen=True, slots=True)
class Frame:
    """The division of the widget in pixels: a column of names at the left, a header of two lines above."""

    width: int
    height: int
    column: int
    line: int

    @property
    def header(self) -> int:
        """The height of the header."""
        return 2 * self.line

    @property
    def axis_width(self) -> int:
        """The width of the visible part of the axis."""
        return max(self.width - self.column, 1)

    @property
    def axis_height(self) -> int:
        """The height of the visible part of the lanes."""
        return max(self.height - self.header, 1)


def frame_for(width: int, height: int, names: Sequence[str], tools: PaintTools) -> Frame:
    """Return the frame of a widget: the column is as wide as the names need, but never more than a quarter."""
    widest = max(map(tools.width, names), default=0.0)
    column = min(max(math.ceil(widest) + 2 * tokens.px(8), tokens.px(96)), max(width // 4, tokens.px(64)))
    return Frame(width, height, column, round(tools.metrics.height()) + tokens.px(4))


def detail_at(scale: Scale, tools: PaintTools) -> Detail:
    """Return the finest detail of the header whose labels fit at this zoom and text size."""
    width, gap = tools.width, tokens.px(6)
    named = max(width(f"{letter} 28") for letter in _("M T W T F S S").split())
    month = max(width(text.short_month(date(2027, number, 1))) for number in range(1, 13))
    return detail_for(scale.day_width, LabelWidths(named + gap, width("28") + gap, month + gap))


def paint_header(painter: QPainter, frame: Frame, scale: Scale, view: View, tools: PaintTools, detail: Detail,
                 tagged: QRectF | None) -> None:  # fmt: skip
    """Draw months or years above, and days, weeks or months below; no tick label covers the tag of today."""
    painter.setClipRect(QRectF(frame.column, 0, frame.axis_width, frame.header))
    painter.fillRect(QRectF(frame.column, 0, frame.axis_width, frame.header), tools.color("ground"))
    first, last = scale.day_at(view.left), scale.day_at(view.right)
    shift = frame.column - view.left
    _paint_spans(painter, frame, scale, tools, shift, detail, (first, last))
    _paint_ticks(painter, frame, scale, tools, shift, detail, (first, last), tagged)
    painter.setPen(tools.pen("strong"))
    painter.drawLine(QLineF(0, frame.header - 0.5, frame.width, frame.header - 0.5))
    painter.setClipping(False)


def _paint_spans(painter: QPainter, frame: Frame, scale: Scale, tools: PaintTools, shift: float, detail: Detail,
                 seen: tuple[date, date]) -> None:  # fmt: skip
    painter.setFont(tools.strong)
    pad = tokens.px(4)
    for start, end in spans(detail, *seen):
        left, right = scale.left(start) + shift, scale.right(end) + shift
        painter.setPen(tools.pen("line"))
        painter.drawLine(QLineF(math.floor(left) + 0.5, 0, math.floor(left) + 0.5, frame.header))
        room = right - max(left, frame.column) - 2 * pad
        label = next(
            (t for t in text.span_labels(detail, start) if tools.strong_metrics.horizontalAdvance(t) <= room), ""
        )
        painter.setPen(tools.color("text"))
        at = QRectF(max(left, frame.column) + pad, 0, room, frame.line)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, label)


def _paint_ticks(painter: QPainter, frame: Frame, scale: Scale, tools: PaintTools, shift: float, detail: Detail,
                 seen: tuple[date, date], tagged: QRectF | None) -> None:  # fmt: skip
    painter.setFont(tools.small)
    painter.setPen(tools.color("muted"))
    daily = detail in (Detail.NAMED_DAYS, Detail.DAYS)
    lines: list[QLineF] = []
    for day in ticks(detail, *seen):
        left = scale.left(day) + shift
        x = math.floor(left) + 0.5
        lines.append(QLineF(x, frame.header - 4, x, frame.header))
        # The number of a day is in the middle of its column, that of a week or month next to its first line.
        align = Qt.AlignmentFlag.AlignHCenter if daily else Qt.AlignmentFlag.AlignLeft
        label = text.tick_label(detail, day)
        width = scale.day_width if daily else tools.width(label) + 1
        box = QRectF(left if daily else left + 3, frame.line, width, frame.line)
        if (daily or left >= frame.column) and (tagged is None or not box.intersects(tagged)):
            painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, label)
    painter.setPen(tools.pen("strong"))
    painter.drawLines(lines)


def paint_column(painter: QPainter, frame: Frame, layout: Layout, view: View, tools: PaintTools) -> None:
    """Draw the names of the epochs, each next to its lane."""
    painter.fillRect(QRectF(0, 0, frame.column, frame.height), tools.color("ground"))
    painter.setClipRect(QRectF(0, frame.header, frame.column, frame.axis_height))
    painter.setFont(tools.small)
    for lane in layout.lanes:
        _paint_name(painter, frame, lane, frame.header - view.top, tools)
    painter.setClipping(False)
    painter.setPen(tools.pen("strong"))
    painter.drawLines([
        QLineF(frame.column - 0.5, 0, frame.column - 0.5, frame.height),
        QLineF(0, frame.header - 0.5, frame.width, frame.header - 0.5),
    ])  # fmt: skip


def _paint_name(painter: QPainter, frame: Frame, lane: Lane, shift: float, tools: PaintTools) -> None:
    left, line = tokens.px(8), tools.metrics.height()
    # A name stays in sight as long as its lane does.
    lines = len(lane.name) + bool(lane.note)
    lowest = lane.bottom + shift - lines * line - tokens.px(4)
    y = min(max(lane.top + shift, frame.header) + tokens.px(4), lowest) + tools.metrics.ascent()
    painter.setPen(tools.color("text"))
    for part in lane.name:
        painter.drawText(QPointF(left, y), part)
        y += line
    if lane.note:
        painter.setPen(tools.color("muted"))
        painter.drawText(
            QPointF(left, y), tools.metrics.elidedText(lane.note, Qt.TextElideMode.ElideRight, frame.column - left)
        )
    painter.setPen(tools.pen("line"))
    bottom = math.floor(lane.bottom + shift) - 0.5
    painter.drawLine(QLineF(0, bottom, frame.column, bottom))


def note_box(lane: Lane, frame: Frame, tools: PaintTools) -> Box:
    """Return the box of a lane's note about visits without a date: x in the column, y on the axis of lanes."""
    line = tools.metrics.height()
    return (0.0, lane.top + tokens.px(4) + len(lane.name) * line - 1, frame.column - 2.0, line + 2)


def today_tag(frame: Frame, x: float, tools: PaintTools) -> QRectF | None:
    """Return the box of the tag of today in the header, at an edge where today is out of sight; None without width."""
    if not frame.width:
        return None
    width = math.ceil(tools.width(_("today"))) + 2 * tokens.px(6)
    side = _side(frame, x)
    if side:
        width += tokens.px(10)
        left = frame.column + tokens.px(4) if side < 0 else frame.width - width - tokens.px(4)
    else:
        left = min(max(math.floor(x) - width // 2, frame.column + 1), frame.width - width - 1)
    return QRectF(left, frame.line + 1, width, frame.line - 2)


def _side(frame: Frame, x: float) -> int:
    if x < frame.column:
        return -1
    return 1 if x > frame.width else 0


def paint_today_tag(painter: QPainter, frame: Frame, x: float, tools: PaintTools) -> None:
    """Draw the tag of today in the header, with an arrow at the edge where today is out of sight."""
    box, side = today_tag(frame, x, tools), _side(frame, x)
    if box is None:
        return
    painter.setFont(tools.small)
    if not side:
        tag(painter, box, _("today"), tools.color("alarm"), tools.color("surface"))
        return
    alarm, room = tools.color("alarm"), tokens.px(10)
    tag(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), "", tools.color("surface"), alarm, QPen(alarm, 1))
    painter.drawText(
        box.adjusted(room if side < 0 else 0, 0, 0 if side < 0 else -room, 0), Qt.AlignmentFlag.AlignCenter, _("today")
    )
    tip = QPointF(box.left() + room / 2 if side < 0 else box.right() - room / 2, box.center().y())
    _arrow(painter, tip, side, tools)


def _arrow(painter: QPainter, tip: QPointF, side: int, tools: PaintTools) -> None:
    size = tokens.px(4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tools.color("alarm"))
    points = [tip, tip - QPointF(side * size, size), tip - QPointF(side * size, -size)]
    painter.drawPolygon(QPolygonF([point + QPointF(side * size / 2, 0) for point in points]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_focus(painter: QPainter, frame: Frame, tools: PaintTools) -> None:
    """Draw the outline of a timeline that has the focus."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(tools.pen("accent", width=2.0))
    painter.drawRect(QRectF(1, 1, frame.width - 2, frame.height - 2))
