"""The painting of the axis: closed days, lanes, bars, marks, chips and labels, in batches of one pen."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QStaticText

from app.domain.dates import ClosedDays
from app.ui.style.status_marks import Mark
from app.ui.timeline.lanes import Chip, Layout, PlacedVisit
from app.ui.timeline.paint_tools import HATCH, PaintTools, tag
from app.ui.timeline.scale import CLOSED_FROM, Scale, months
from app.wording.language import gettext as _

Strokes = dict[tuple[str, bool, float], list[QLineF]]
CAP = 4
_RINGS = frozenset({Mark.PLANNED, Mark.FORECAST, Mark.WAITING})
"""Marks with room for a target in their middle."""


Stroke = tuple[tuple[str, bool, float], list[QLineF]]


class Figure:
    """A visit ready to be drawn: its extent, its lines by pen, its pictures and its text.

    All but the extent is made when it is first drawn, as a timeline of years has some weeks in sight.
    """

    def __init__(self, placed: PlacedVisit, tools: PaintTools) -> None:
        self.placed = placed
        self._half = tools.metrics.height() / 2
        self._side = tools.mark_size + 8
        self._diamond = tools.diamond_side
        self._y = math.floor(placed.y)
        self.left = min(placed.extent[0], placed.mark_x) - 2
        self.right = max(placed.right, placed.extent[1]) + 2
        self.top, self.bottom = self._y - self._side, self._y + self._side

    @cached_property
    def strokes(self) -> list[Stroke]:
        """The lines by pen: tone, whether dashed, width."""
        return _strokes(self.placed, self._y)

    @cached_property
    def target(self) -> QPoint | None:
        """The corner of the target's picture; None without one."""
        x, half = self.placed.target_x, self._diamond // 2
        return QPoint(math.floor(x) - half, self._y - half) if x is not None else None

    @property
    def target_inside(self) -> bool:
        """Whether the target is in the middle of the mark."""
        shown = self.placed.shown
        return shown.mark in _RINGS and self.placed.target_x == self.placed.mark_x and not shown.ringed

    @cached_property
    def mark_at(self) -> QPoint:
        """The corner of the mark's picture."""
        return QPoint(math.floor(self.placed.mark_x) - self._side // 2, self._y - self._side // 2)

    @cached_property
    def label(self) -> QStaticText | None:
        """The text next to the mark; None without one."""
        return _static(self.placed.label) if self.placed.label else None

    @property
    def label_at(self) -> QPointF:
        """The corner of the label."""
        return QPointF(round(self.placed.label_x), round(self._y - self._half))

    @property
    def off_at(self) -> QPointF:
        """The corner of the text that says how far off a window is."""
        return QPointF(round(self.placed.off_x), round(self._y - self._half))


@dataclass(frozen=True, slots=True)
class View:
    """The part of the axis that is on screen."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right end."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower end."""
        return self.top + self.height


def figures(layout: Layout, tools: PaintTools) -> list[Figure]:
    """Return a figure for each visit of a layout."""
    return [Figure(one, tools) for lane in layout.lanes for one in lane.placed]


def _static(text: str) -> QStaticText:
    found = QStaticText(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return found


def _strokes(one: PlacedVisit, y: int) -> list[Stroke]:
    if one.bar is None:
        return []
    tone, dashed = one.shown.tone, one.shown.dashed
    left, right = math.floor(one.bar[0]), max(math.floor(one.bar[1]) - 1, math.floor(one.bar[0]) + 1)
    caps = [QLineF(x + 0.5, y - CAP + 0.5, x + 0.5, y + CAP + 0.5) for x in (left, right)]
    found = [((tone, False, 1.0), caps)]
    if not one.shown.bracketed:
        found.append(((tone, dashed, 1.0), [QLineF(left, y + 0.5, right, y + 0.5)]))
    if one.link is not None:
        found.append((("alarm", True, 1.0), [QLineF(one.link[0], y + 0.5, one.link[1], y + 0.5)]))
    return found


def paint_closed(painter: QPainter, bands: "ClosedBands", view: View, tools: PaintTools) -> None:
    """Shade closed days: plain for weekdays, hatched for holidays and days that the site has closed."""
    for left, right in bands.plain:
        painter.fillRect(QRectF(left, view.top, right - left, view.height), tools.color("closed"))
    for left, right in bands.hatched:
        paint_hatched(painter, QRectF(left, view.top, right - left, view.height), tools)


def paint_hatched(painter: QPainter, box: QRectF, tools: PaintTools) -> None:
    """Hatch a box piece by piece: Qt shares a tiled picture out to threads, and waits for them where all are busy.

    The hatching begins at a fixed point of the lanes, so that it does not crawl when they scroll.
    """
    tile, wide, high = tools.hatch(), HATCH.width(), HATCH.height()
    for x in range(math.floor(box.left() / wide) * wide, math.ceil(box.right()), wide):
        for y in range(math.floor(box.top() / high) * high, math.ceil(box.bottom()), high):
            piece = box & QRectF(x, y, wide, high)
            at = piece.topLeft() - QPointF(x, y)
            painter.drawPixmap(piece, tile, QRectF(at * tools.ratio, piece.size() * tools.ratio))


@dataclass(frozen=True, slots=True)
class ClosedBands:
    """The closed days of a view, neighbours joined: closed weekdays, and all others."""

    plain: tuple[tuple[int, int], ...] = ()
    hatched: tuple[tuple[int, int], ...] = ()


def closed_bands(scale: Scale, closed: ClosedDays, view: View) -> ClosedBands:
    """Return the closed days of a view; none when they are too narrow to be seen."""
    plain: list[tuple[int, int]] = []
    hatched: list[tuple[int, int]] = []
    first, last = scale.day_at(view.left).toordinal(), scale.day_at(view.right).toordinal()
    for ordinal in range(first, last + 1) if scale.day_width >= CLOSED_FROM else ():
        day = date.fromordinal(ordinal)
        why = closed.reason(day)
        if why:
            _join(plain if why == "weekday" else hatched, math.floor(scale.left(day)), math.floor(scale.right(day)))
    return ClosedBands(tuple(plain), tuple(hatched))


def _join(bands: list[tuple[int, int]], left: int, right: int) -> None:
    if bands and bands[-1][1] == left:
        bands[-1] = (bands[-1][0], right)
    else:
        bands.append((left, right))


def paint_grid(painter: QPainter, scale: Scale, layout: Layout, view: View, tools: PaintTools, step: int) -> None:
    """Draw hairlines at the beginnings of months (every `step`-th) and between lanes."""
    painter.setPen(tools.pen("line"))
    xs = [scale.left(day) for day in months(scale.day_at(view.left), scale.day_at(view.right), step)]
    lines = [QLineF(math.floor(x) + 0.5, view.top, math.floor(x) + 0.5, view.bottom) for x in xs]
    lines += [QLineF(view.left, lane.bottom - 0.5, view.right, lane.bottom - 0.5) for lane in layout.lanes]
    painter.drawLines(lines)


def paint_visits(painter: QPainter, drawn: Iterable[Figure], view: View, tools: PaintTools) -> None:
    """Draw all visits of the view: lines first, then targets, marks and labels."""
    seen = visible(drawn, view)
    _paint_strokes(painter, seen, tools)
    for one in seen:
        if one.target is not None and not one.target_inside:
            _paint_target(painter, one, one.target, tools)
        painter.drawPixmap(one.mark_at, tools.mark(one.placed.shown.mark, one.placed.shown.ringed))
    for one in seen:
        if one.target is not None and one.target_inside:
            _paint_target(painter, one, one.target, tools)
    _paint_labels(painter, seen, tools)


def _paint_target(painter: QPainter, one: Figure, at: QPoint, tools: PaintTools) -> None:
    shown = one.placed.shown
    painter.drawPixmap(at, tools.diamond(shown.tone, shown.dashed and not one.target_inside, one.target_inside))


def visible(drawn: Iterable[Figure], view: View) -> list[Figure]:
    """Return the figures of which the view shows any part."""
    left, right, top, bottom = view.left, view.right, view.top, view.bottom
    return [one for one in drawn if one.right >= left and one.left <= right and one.bottom >= top and one.top <= bottom]


def _paint_strokes(painter: QPainter, seen: list[Figure], tools: PaintTools) -> None:
    batches: Strokes = {}
    for one in seen:
        for pen, lines in one.strokes:
            batches.setdefault(pen, []).extend(lines)
    for (tone, dashed, width), lines in batches.items():
        painter.setPen(tools.pen(tone, dashed, width))
        painter.drawLines(lines)


def _paint_labels(painter: QPainter, seen: list[Figure], tools: PaintTools) -> None:
    painter.setFont(tools.small)
    painter.setPen(tools.color("text"))
    for one in seen:
        if one.label is not None:
            painter.drawStaticText(one.label_at, one.label)
    painter.setPen(tools.color("alarm"))
    rise = tools.metrics.ascent()
    for one in seen:
        if one.placed.shown.off:
            painter.drawText(one.off_at + QPointF(0, rise), one.placed.shown.off)


def paint_chips(painter: QPainter, layout: Layout, view: View, tools: PaintTools) -> None:
    """Draw the chips of the view."""
    painter.setFont(tools.small)
    for lane in layout.lanes:
        for chip in lane.chips:
            if chip.extent[1] >= view.left and chip.extent[0] <= view.right:
                box, edge = chip_box(chip, tools), tools.pen("strong")
                tag(painter, box, chip.text, tools.color("surface"), tools.color("text"), edge)


def chip_box(chip: Chip, tools: PaintTools) -> QRectF:
    """Return the box of a chip on the axis."""
    half = round(tools.metrics.height() / 2) + 1
    return QRectF(chip.extent[0] + 0.5, math.floor(chip.y) - half + 0.5, chip.extent[1] - chip.extent[0] - 1, 2 * half)


def paint_today(painter: QPainter, x: float, view: View, tools: PaintTools) -> None:
    """Draw the line of today."""
    painter.fillRect(QRectF(math.floor(x), view.top, 1, view.height), tools.color("alarm"))


def paint_empty(painter: QPainter, within: QRectF, tools: PaintTools) -> None:
    """Draw the sentence for an axis without visits."""
    painter.setFont(tools.small)
    painter.setPen(tools.color("muted"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(within, flags, _("No visit has a date yet."))


def paint_ring(painter: QPainter, box: QRectF, tools: PaintTools) -> None:
    """Draw the ring around the selected visit."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(tools.pen("accent", width=2.0))
    painter.drawRoundedRect(box.adjusted(-3, 1, 3, -1), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
