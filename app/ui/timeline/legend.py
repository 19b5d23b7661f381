"""The legend of the timeline: its signs with their meanings."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.style import tokens
from app.ui.style.status_marks import Mark
from app.ui.timeline.paint_tools import PaintTools
from app.ui.timeline.painting import CAP
from app.ui.widgets.text import tip
from app.wording.language import gettext as _

_LABEL = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
Draw = Callable[[QPainter, QPointF, PaintTools], None]
_SIGN = 20
_GAPS = (12, 9, 6, 4)
"""The room after a label, at a text size of 100 %: as much as lets all of them be shown."""
_MORE = "…"
_ROWS, _HIGH = 2, 480
"""The most rows, and the least height of a window, at a text size of 100 %, in which there is more than one."""


def _labels() -> list[str]:
    return [
        _("window, target"),
        _("booked"),
        _("moved"),
        _("done"),
        _("forecast"),
        _("missed"),
        _("cancelled"),
        _("overdue"),
        _("closed"),
        _("today"),
    ]


def _window(painter: QPainter, at: QPointF, tools: PaintTools) -> None:
    half, cap = tokens.px(8), CAP
    painter.setPen(tools.pen("accent"))
    painter.drawLines([
        QLineF(at.x() - half, at.y(), at.x() + half, at.y()),
        QLineF(at.x() - half, at.y() - cap, at.x() - half, at.y() + cap),
        QLineF(at.x() + half, at.y() - cap, at.x() + half, at.y() + cap),
    ])  # fmt: skip
    _picture(painter, at, tools.diamond("accent", hollow=False).deviceIndependentSize().toSize(), tools, None)


def _picture(painter: QPainter, at: QPointF, size: QSize, tools: PaintTools, mark: Mark | None) -> None:
    picture = tools.mark(mark, False) if mark is not None else tools.diamond("accent", hollow=False)
    painter.drawPixmap(int(at.x()) - size.width() // 2, int(at.y()) - size.height() // 2, picture)


def _mark(mark: Mark) -> Draw:
    def draw(painter: QPainter, at: QPointF, tools: PaintTools) -> None:
        _picture(painter, at, tools.mark(mark, False).deviceIndependentSize().toSize(), tools, mark)

    return draw


def _closed(painter: QPainter, at: QPointF, tools: PaintTools) -> None:
    half = tokens.px(8)
    box = QRectF(at.x() - half - 0.5, at.y() - half - 0.5, 2 * half, 2 * half)
    painter.fillRect(box, tools.color("closed"))
    painter.drawTiledPixmap(box.adjusted(half, 0, 0, 0), tools.hatch(), QPointF())


def _today(painter: QPainter, at: QPointF, tools: PaintTools) -> None:
    half = tokens.px(8)
    painter.fillRect(QRectF(at.x() - 0.5, at.y() - half - 0.5, 1, 2 * half), tools.color("alarm"))


_SIGNS: tuple[Draw, ...] = (
    _window, _mark(Mark.BOOKED), _mark(Mark.MOVED), _mark(Mark.DONE), _mark(Mark.FORECAST), _mark(Mark.MISSED),
    _mark(Mark.CANCELLED), _mark(Mark.OVERDUE), _closed, _today,
)  # fmt: skip


class Legend(QWidget):
    """Signs with their labels in one row, else in two, then ``…``; the tooltip names them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Legend"))
        self.setAccessibleDescription(", ".join(_labels()))
        self.setToolTip(tip(", ".join(_labels())))
        self._tools = PaintTools(self.devicePixelRatioF())
        self._rows, self._most = 1, _ROWS

    def sizeHint(self) -> QSize:
        return QSize(self.boxes(10**6)[-1].right() + 1, self._rows * self._row())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.boxes(1)[0].width() + self._width_of(_MORE), self._rows * self._row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many rows as the signs need in this width; in a low window the timeline needs the room more."""
        super().resizeEvent(event)
        self._most = _ROWS if self.window().height() >= tokens.px(_HIGH) else 1
        rows = self.boxes(self.width())[-1].top() // self._row() + 1
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()

    def _row(self) -> int:
        return int(self._tools.metrics.height()) + tokens.px(8)

    def boxes(self, width: int) -> list[QRect]:
        """Return the boxes of the signs in that width; where the rows are too short, ``…`` fits after the last."""
        self._refresh()
        wide = [tokens.px(_SIGN) + self._width_of(label) for label in _labels()]
        gap = next((gap for gap in map(tokens.px, _GAPS) if sum(wide) + gap * len(wide) <= width), None)
        if gap is not None:
            return self._placed(wide, gap, width)
        gap = tokens.px(_GAPS[-1])
        every = self._placed(wide, gap, width)
        return every if len(every) == len(wide) else self._placed(wide, gap, width, self._width_of(_MORE))

    def _placed(self, wide: Sequence[int], gap: int, width: int, more: int = 0) -> list[QRect]:
        """Return the boxes in as many rows as may be. `more`: the room that is kept at the end of the last row."""
        found: list[QRect] = []
        x = row = 0
        for one in wide:
            last = row == self._most - 1
            if x and x + one + gap > width - (more if last else 0):
                if last:
                    break
                x, row = 0, row + 1
            found.append(QRect(x, row * self._row(), one + gap, self._row()))
            x += one + gap
        return found

    def _width_of(self, text: str) -> int:
        return round(self._tools.metrics.horizontalAdvance(text))

    def _refresh(self) -> None:
        if not self._tools.is_current(self.devicePixelRatioF()):
            self._tools = PaintTools(self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        boxes = self.boxes(self.width())
        painter = QPainter(self)
        painter.setFont(self._tools.small)
        for box, label, draw in zip(boxes, _labels(), _SIGNS, strict=False):
            middle = box.top() + box.height() // 2
            draw(painter, QPointF(box.left() + tokens.px(9) + 0.5, middle + 0.5), self._tools)
            painter.setPen(self._tools.color("muted"))
            label_box = QRectF(box.left() + tokens.px(_SIGN), box.top(), box.width(), box.height())
            painter.drawText(label_box, _LABEL, label)
        if len(boxes) < len(_SIGNS):
            rest = QRectF(boxes[-1].right() + 1, boxes[-1].top(), self._width_of(_MORE) + 1, self._row())
            painter.setPen(self._tools.color("muted"))
            painter.drawText(rest, _LABEL, _MORE)
        painter.end()
