"""The paint tools of the timeline: pens, pictures and fonts, made once for one theme and one text size."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from app.ui.style import tokens
from app.ui.style.status_marks import Mark, draw_mark
from app.ui.timeline.lanes import Measure

MARK = 11
_HOLLOW = frozenset(
    {Mark.WAITING, Mark.FORECAST, Mark.PLANNED, Mark.BOOKED, Mark.MOVED, Mark.DUE, Mark.MISSED, Mark.OMITTED}
)
HATCH = QSize(64, 512)
"""The size of the picture of the hatching: most timelines are lower."""
_DASHES = (3.0, 2.0)


class PaintTools:
    """The pens, pictures and fonts in use. Make new ones when `is_current` says that they are outdated."""

    def __init__(self, ratio: float) -> None:
        """`ratio`: device pixels of the screen for each logical pixel."""
        self.tokens, self.scale, self.ratio = tokens.current(), tokens.scale(), ratio
        self.small = tokens.font(tokens.SMALL)
        self.strong = tokens.font(tokens.SMALL, strong=True)
        self.metrics = QFontMetricsF(self.small)
        self.strong_metrics = QFontMetricsF(self.strong)
        self.mark_size = tokens.px(MARK) | 1  # odd, so that a mark has a pixel in its middle
        self._pens: dict[tuple[str, bool, float], QPen] = {}
        self._marks: dict[tuple[str, bool], QPixmap] = {}
        self._diamonds: dict[tuple[str, bool, bool], QPixmap] = {}
        self._hatch: QPixmap | None = None
        self._widths: dict[str, float] = {}

    def is_current(self, ratio: float) -> bool:
        """Tell whether the tools still fit the theme, the text size and the screen."""
        return (self.tokens, self.scale, self.ratio) == (tokens.current(), tokens.scale(), ratio)

    def measure(self, name_width: int) -> Measure:
        """Return the sizes of all parts at this text size."""
        line = round(self.metrics.height())
        return Measure(
            row=max(tokens.px(20), line + 4),
            pad=tokens.px(4),
            mark=self.mark_size,
            gap=tokens.px(4),
            line=line,
            name_width=name_width,
            least_label=tokens.px(64),
            most_label=tokens.px(260),
            width=self.width,
            elided=lambda text, room: self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room),
            cut_inside=lambda text, room: self.metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room),
        )

    def width(self, text: str) -> float:
        """Return how wide a small text is, measured once."""
        found = self._widths.get(text)
        if found is None:
            found = self._widths[text] = self.metrics.horizontalAdvance(text)
        return found

    def color(self, token: str) -> QColor:
        """Return a colour of the theme."""
        return self.tokens.color(token)

    def pen(self, token: str, dashed: bool = False, width: float = 1.0) -> QPen:
        """Return a pen for horizontal and vertical lines."""
        found = self._pens.get((token, dashed, width))
        if found is None:
            found = QPen(self.color(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            if dashed:
                found.setDashPattern([each / width for each in _DASHES])
            self._pens[token, dashed, width] = found
        return found

    def hatch(self) -> QPixmap:
        """Return the tile for closed days on weekdays that are otherwise open."""
        if self._hatch is None:
            self._hatch, painter = self._filled(HATCH, self.color("closed"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillRect(QRect(QPoint(), HATCH), QBrush(self.color("line"), Qt.BrushStyle.BDiagPattern))
            painter.end()
        return self._hatch

    def mark(self, mark: Mark, ringed: bool) -> QPixmap:
        """Return the picture of a status mark, on a clear ground that interrupts the bar below it."""
        found = self._marks.get((mark, ringed))
        if found is None:
            found = self._marks[mark, ringed] = self._picture(mark, ringed)
        return found

    def _picture(self, mark: Mark, ringed: bool) -> QPixmap:
        side = self.mark_size + 8
        picture, painter = self._blank(side)
        center = QPointF(side / 2, side / 2)
        if mark in _HOLLOW or ringed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.color("surface"))
            half = self.mark_size / 2 + (2 if ringed else 0)
            painter.drawEllipse(center, half, half)
        draw_mark(painter, mark, center, self.mark_size - (4 if ringed else 1))
        if ringed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.color("accent"), 1.5))
            painter.drawEllipse(center, self.mark_size / 2 + 1.5, self.mark_size / 2 + 1.5)
        painter.end()
        return picture

    def diamond(self, token: str, hollow: bool, small: bool = False) -> QPixmap:
        """Return the picture of a target; a small one fits inside a mark."""
        found = self._diamonds.get((token, hollow, small))
        if found is None:
            found = self._diamonds[token, hollow, small] = self._target(token, hollow, small)
        return found

    @property
    def diamond_side(self) -> int:
        """The width of the picture of a target in pixels, an odd number."""
        return 2 * round(self.mark_size / 4 + 2.5) + 1

    def _target(self, token: str, hollow: bool, small: bool) -> QPixmap:
        half = self.mark_size / 4 - (0.75 if small else -0.5)
        side = self.diamond_side
        picture, painter = self._blank(side)
        middle = side / 2
        path = QPainterPath(QPointF(middle, middle - half))
        for x, y in ((half, 0.0), (0.0, half), (-half, 0.0)):
            path.lineTo(middle + x, middle + y)
        path.closeSubpath()
        painter.setPen(QPen(self.color(token), 1))
        painter.setBrush(self.color("surface" if hollow else token))
        painter.drawPath(path)
        painter.end()
        return picture

    def _blank(self, side: int) -> tuple[QPixmap, QPainter]:
        return self._filled(QSize(side, side), Qt.GlobalColor.transparent)

    def _filled(self, size: QSize, ground: QColor | Qt.GlobalColor) -> tuple[QPixmap, QPainter]:
        picture = QPixmap(size * self.ratio)
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(ground)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return picture, painter


def tag(painter: QPainter, box: QRectF, text: str, fill: QColor, ink: QColor, edge: QPen | None = None) -> None:
    """Draw a small label on a ground of its own."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(edge if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
