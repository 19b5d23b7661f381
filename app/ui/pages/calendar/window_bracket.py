"""The window of the chosen visit, drawn as one bracket over its days, with a diamond at the target."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from app.domain.dates import Window
from app.ui.pages.calendar.days import WEEK, Day
from app.ui.style import tokens


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a window in one week: columns first..last; whether it begins and ends there; where its target is."""

    week: int
    first: int
    last: int
    begins: bool
    ends: bool
    target: int | None


def spans(window: Window | None, target: date | None, weeks: list[list[Day]]) -> Iterator[Span]:
    """Yield the part of a window in each week that is shown."""
    if window is None:
        return
    for number, week in enumerate(weeks):
        start = week[0].on
        end = start + timedelta(WEEK - 1)
        if window.earliest > end or window.latest < start:
            continue
        inside = target is not None and start <= target <= end and window.earliest <= target <= window.latest
        yield Span(
            number,
            max(0, (window.earliest - start).days),
            min(WEEK - 1, (window.latest - start).days),
            window.earliest >= start,
            window.latest <= end,
            (target - start).days if inside and target is not None else None,
        )


def draw_span(painter: QPainter, span: Span, cells: list[QRect], strip: int, label: str) -> None:
    """Draw the bracket at the foot of its days, in a strip of that height; `cells`: the days of the week."""
    left, right = cells[span.first].left() + 6, cells[span.last].right() - 6
    bottom = cells[span.first].bottom()
    middle = bottom - strip / 2 + 0.5
    ink = tokens.color("accent")
    painter.setPen(QPen(ink, 1.6))
    cap = strip * 0.3
    from_x = left if span.begins else cells[span.first].left()
    to_x = right if span.ends else cells[span.last].right()
    painter.drawLine(QPointF(from_x, middle), QPointF(to_x, middle))
    for ends, x in ((span.begins, left), (span.ends, right)):
        if ends:
            painter.drawLine(QPointF(x, middle - cap), QPointF(x, middle + cap))
    if span.target is not None:
        _diamond(painter, QPointF(cells[span.target].center().x(), middle), strip * 0.32)
    _label(painter, span, cells, label, QRectF(from_x, bottom - strip, to_x - from_x, strip))


def _diamond(painter: QPainter, at: QPointF, half: float) -> None:
    corners = ((0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(tokens.color("surface"))
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _label(painter: QPainter, span: Span, cells: list[QRect], label: str, room: QRectF) -> None:
    """Write what it is into the line, at the side of the target that has more room."""
    font = tokens.font(tokens.SMALL, strong=True)
    wide = QFontMetrics(font).horizontalAdvance(label) + 12
    if span.target is not None:
        at = cells[span.target].center().x()
        before, after = at - room.left() - 12, room.right() - at - 12
        room = (
            QRectF(at + 12, room.top(), after, room.height())
            if after >= before
            else QRectF(room.left(), room.top(), before, room.height())
        )
    if room.width() < wide + 12:
        return
    box = QRectF(room.center().x() - wide / 2, room.top(), wide, room.height())
    painter.fillRect(box, tokens.color("surface"))
    painter.setFont(font)
    painter.setPen(tokens.color("accent"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), label)
