"""The painting of a participant's visits: each row is a picture that is kept, as the same visits are shown again."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap

from app.domain.calendar.entries import OPEN, Entry
from app.ui.pages.participant.calendar_model import CalendarModel, Column
from app.ui.session.memory import Memory
from app.ui.style import tokens
from app.ui.style.status_marks import draw_mark, mark_of, tone_of
from app.ui.widgets.name_lines import draw_name

PAD, FIRST_PAD = 6, 9
"""The free room at both sides of a cell, and at the left of the first one."""
_KEPT = 96
"""So many rows are kept: those in sight of a few participants."""
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, slots=True)
class RowForm:
    """How a row is drawn. `columns`: those that are shown, each with its left edge and width.

    `ratio`: device pixels of the screen for each logical pixel; `narrow`: the day of a visit is below its name, as its
    own columns have no room.
    """

    columns: tuple[tuple[Column, int, int], ...]
    width: int
    height: int
    ratio: float
    narrow: bool


class RowPainter:
    """Paints rows; open visits stand out."""

    def __init__(self, model: CalendarModel) -> None:
        self._model = model
        self._pictures: Memory[QPixmap] = Memory(_KEPT)
        self._font = tokens.font()
        self._metrics = QFontMetrics(self._font)

    def forget(self) -> None:
        """Forget every picture."""
        self._pictures.forget()

    def picture(self, row: int, selected: bool, form: RowForm) -> QPixmap:
        """Return the picture of a row."""
        entry = self._model.entries[row]
        made_of = (entry, tokens.current())
        values = (selected, self._model.today, tokens.scale(), form)
        return self._pictures.of(made_of, values, lambda: self._paint(entry, selected, form))

    def _paint(self, entry: Entry, selected: bool, form: RowForm) -> QPixmap:
        self._font = tokens.font()
        self._metrics = QFontMetrics(self._font)
        found = QPixmap(QSize(form.width, form.height) * form.ratio)
        found.setDevicePixelRatio(form.ratio)
        found.fill(tokens.color("selection" if selected else "surface"))
        painter = QPainter(found)
        painter.setFont(self._font)
        if selected:
            first = next((left for column, left, _width in form.columns if column is Column.VISIT), 0)
            painter.fillRect(first, 0, 3, form.height, tokens.color("accent"))
        painter.setPen(tokens.color("line"))
        bottom = form.height - 1
        painter.drawLine(0, bottom, form.width, bottom)
        for column, left, width in form.columns:
            pad = FIRST_PAD if column is Column.VISIT else PAD
            rect = QRect(left + pad, 0, width - pad - PAD, form.height)
            self._paint_cell(painter, rect, entry, column, form.narrow)
        painter.end()
        return found

    def _paint_cell(self, painter: QPainter, rect: QRect, entry: Entry, column: Column, narrow: bool) -> None:
        painter.setPen(_ink(entry, column))
        text = self._model.text_of(entry, column)
        if column is Column.VISIT:
            self._paint_name(painter, rect, entry, narrow)
            return
        if column is Column.STATUS:
            size = tokens.px(11)
            draw_mark(painter, mark_of(entry), QPointF(rect.left() + size / 2, rect.center().y() + 0.5), size)
            rect = rect.adjusted(size + tokens.px(8), 0, 0, 0)
        if text:
            elided = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, _LEFT, elided)

    def _paint_name(self, painter: QPainter, rect: QRect, entry: Entry, narrow: bool) -> None:
        """Paint the name of a visit, whose end distinguishes one dose from the next; in a narrow list its day below."""
        if narrow:
            line = self._metrics.lineSpacing()
            below = QRect(rect.left(), rect.bottom() - line - tokens.px(3), rect.width(), line)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), self._model.day_of(entry))
            rect = rect.adjusted(0, tokens.px(3), 0, -line - tokens.px(3))
        draw_name(painter, rect, self._model.text_of(entry, Column.VISIT), self._metrics)


def _ink(entry: Entry, column: Column) -> QColor:
    if column is Column.STATUS:
        return tokens.color(tone_of(mark_of(entry)))
    muted = column is Column.WINDOW or (column is Column.VISIT and entry.status not in OPEN)
    return tokens.color("muted" if muted else "text")
