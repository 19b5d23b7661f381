"""The painting of the axis: closed days, lanes, bars, marks, chips and labels, in batches of one pen."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QStaticText

from app.domain.dates import ClosedDays
from app.ui.style.status_marks import Mark
from app.ui.timeline.lanes import Chip, Layout, PlacedVisit
from app.ui.timeline.paint_tools import PaintTools, tag
from app.ui.timeline.scale import CLOSED_FROM, Scale, months
from app.wording.language import gettext as _

Strokes = dict[tuple[str, bool, float], list[QLineF]]
CAP = 4
_RINGS = frozenset({Mark.PLANNED, Mark.FORECAST, Mark.WAITING})
"""Marks with room for a target in their middle."""


@dataclass(slots=True)
class Figure:
    """A visit ready to be drawn: its extent, its lines by pen, its pictures and its text."""

    left: float
    right: float
    top: float
    bottom: float
    strokes: list[tuple[tuple[str, bool, float], list[QLineF]]]
    target: QPoint | None
    target_inside: bool
    mark_at: QPoint
    label: QStaticText | None
    label_at: QPointF
    off_at: QPointF
    placed: PlacedVisit


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
    return [_figure(one, tools) for lane in layout.lanes for one in lane.placed]


def _figure(one: PlacedVisit, tools: PaintTools) -> Figure:
    y = math.floor(one.y)
    half = tools.metrics.height() / 2
    side = tools.mark_size + 8
    diamond = tools.diamond_side
    return Figure(
        left=min(one.extent[0], one.mark_x) - 2,
        right=max(one.right, one.extent[1]) + 2,
        top=y - side,
        bottom=y + side,
        strokes=_strokes(one, y),
        target=QPoint(math.floor(one.target_x) - diamond // 2, y - diamond // 2) if one.target_x is not None else None,
        target_inside=one.shown.mark in _RINGS and one.target_x == one.mark_x and not one.shown.ringed,
        mark_at=QPoint(math.floor(one.mark_x) - side // 2, y - side // 2),
        label=_static(one.label) if one.label else None,
        label_at=QPointF(round(one.label_x), round(y - half)),
        off_at=QPointF(round(one.off_x), round(y - half)),
        placed=one,
    )


def _static(text: str) -> QStaticText:
    found = QStaticText(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return found


def _strokes(one: PlacedVisit, y: int) -> list[tuple[tuple[str, bool, float], list[QLineF]]]:
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
        # The hatching begins at a fixed point of the lanes, so that it does not crawl when they scroll.
        painter.drawTiledPixmap(
            QRectF(left, view.top, right - left, view.height), tools.hatch(), QPointF(left, view.top)
        )


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
