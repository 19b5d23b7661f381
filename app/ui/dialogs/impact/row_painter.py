"""The painter of the table's rows. It paints them in one go, which takes a fraction of the time of single cells."""

from PySide6.QtCore import QLine, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap, QStaticText
from PySide6.QtWidgets import QTableView

from app.ui.dialogs.impact.table_model import ALONG, HEADS, VISIT, ImpactTableModel
from app.ui.style import tokens
from app.ui.style.status_marks import Mark, draw_mark, mark_of
from app.ui.visit.impact_text import entry_of
from app.ui.widgets.name_lines import one_line_name

MARK_ROOM, EDGE = 18, 7
_MARK, _BOX, _MOST = 10, 13, 4000


class RowPainter:
    """Paints the visible rows; pictures and laid out texts are kept for the next time."""

    def __init__(self, view: QTableView, model: ImpactTableModel) -> None:
        self._view, self._model = view, model
        self._texts: dict[tuple[str, int, bool, bool], QStaticText] = {}
        self._pictures: dict[str, QPixmap] = {}
        self._made_for: object = None

    def paint(self, painter: QPainter, dirty: QRect) -> None:
        """Paint the rows within `dirty`, and a frame around the current one."""
        self._forget_outdated()
        view, model = self._view, self._model
        high, top = view.verticalHeader().defaultSectionSize(), -view.verticalHeader().offset()
        first = max((dirty.top() - top) // high, 0)
        rows = range(first, min((dirty.bottom() - top) // high + 1, len(model.rows)))
        chosen = view.currentIndex().row()
        if chosen in rows:
            painter.fillRect(0, top + chosen * high, view.viewport().width(), high, tokens.color("selection"))
        self._paint_lines(painter, [top + row * high + high - 1 for row in rows])
        for column in range(len(HEADS)):
            if not view.isColumnHidden(column):
                self._paint_column(painter, column, rows, top, high)
        if chosen in rows and view.hasFocus():
            self._paint_frame(painter, top + chosen * high, high)

    def _forget_outdated(self) -> None:
        """Forget pictures and texts made for other colours, another text size or another screen."""
        appearance = tokens.current(), tokens.scale(), self._view.devicePixelRatioF(), self._view.font()
        if appearance != self._made_for or len(self._texts) > _MOST:
            self._made_for = appearance
            self._texts.clear()
            self._pictures.clear()

    def _paint_lines(self, painter: QPainter, places: list[int]) -> None:
        painter.setPen(tokens.color("line"))
        painter.drawLines([QLine(0, place, self._view.viewport().width(), place) for place in places])

    def _paint_column(self, painter: QPainter, column: int, rows: range, top: int, high: int) -> None:
        left, wide = self._view.columnViewportPosition(column), self._view.columnWidth(column)
        if column == ALONG:
            self._paint_ticks(painter, QRect(left, top, wide, high), rows)
            return
        edge = EDGE
        if column == VISIT:
            self._paint_marks(painter, QRect(left + edge, top, tokens.px(_MARK), high), rows)
            edge += tokens.px(MARK_ROOM)
        self._paint_texts(painter, QRect(left + edge, top, wide - edge - EDGE, high), rows, column)

    def _paint_ticks(self, painter: QPainter, cell: QRect, rows: range) -> None:
        model, side = self._model, tokens.px(_BOX) + 3
        left, down = cell.left() + (cell.width() - side) // 2, cell.top() + (cell.height() - side) // 2
        for row in rows:
            if model.may_toggle(row):
                picture = self._tick_picture(side, not model.is_held(row))
                painter.drawPixmap(left, down + row * cell.height(), picture)

    def _paint_marks(self, painter: QPainter, cell: QRect, rows: range) -> None:
        side = cell.width() + 4
        down = cell.top() + (cell.height() - side) // 2
        for row in rows:
            mark = mark_of(entry_of(self._model.rows[row]))
            painter.drawPixmap(cell.left() - 2, down + row * cell.height(), self._mark_picture(side, mark))

    def _paint_texts(self, painter: QPainter, cell: QRect, rows: range, column: int) -> None:
        model, font, plain = self._model, self._view.font(), True
        painter.setFont(font)
        down = cell.top() + (cell.height() - QFontMetrics(font).height()) // 2
        ink = ""
        for row in rows:
            if ink != (wanted := model.ink(row, column)):
                ink = wanted
                painter.setPen(tokens.color(ink))
            strong = column == VISIT and model.is_own(row)
            if strong == plain:
                plain = not strong
                painter.setFont(tokens.font(strong=True) if strong else font)
            text = model.text(row, column)
            if text:
                shown = self._static_text(text, cell.width(), column == VISIT, strong)
                painter.drawStaticText(cell.left(), down + row * cell.height(), shown)

    def _paint_frame(self, painter: QPainter, top: int, high: int) -> None:
        painter.setPen(QPen(tokens.color("accent"), 2))
        painter.drawRect(1, top + 1, self._view.viewport().width() - 2, high - 2)

    # Kept pictures and texts

    def _static_text(self, text: str, width: int, is_name: bool, strong: bool) -> QStaticText:
        found = self._texts.get((text, width, is_name, strong))
        if found is None:
            font = tokens.font(strong=True) if strong else self._view.font()
            metrics = QFontMetrics(font)
            # One infusion differs from the next at the end of its name.
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            found = QStaticText(one_line_name(text, metrics, width) if is_name else cut)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(font=font)
            self._texts[text, width, is_name, strong] = found
        return found

    def _tick_picture(self, side: int, ticked: bool) -> QPixmap:
        found = self._pictures.get(f"tick {ticked}")
        if found is None:
            found = self._pictures[f"tick {ticked}"] = self._blank_picture(side)
            painter = QPainter(found)
            draw_tick(painter, QPointF(side / 2, side / 2), ticked)
            painter.end()
        return found

    def _mark_picture(self, side: int, mark: Mark) -> QPixmap:
        found = self._pictures.get(mark)
        if found is None:
            found = self._pictures[mark] = self._blank_picture(side)
            painter = QPainter(found)
            draw_mark(painter, mark, QPointF(side / 2, side / 2), side - 4)
            painter.end()
        return found

    def _blank_picture(self, side: int) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        found = QPixmap(round(side * ratio), round(side * ratio))
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        return found


def draw_tick(painter: QPainter, middle: QPointF, ticked: bool) -> None:
    """Draw a box, with a tick in it or without."""
    half = tokens.px(_BOX) / 2
    box = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.color("strong"), 1.2))
    painter.setBrush(tokens.color("surface"))
    painter.drawRoundedRect(box, 2, 2)
    if ticked:
        painter.setPen(QPen(tokens.color("accent"), 1.8))
        steps = ((-0.5, 0.05), (-0.12, 0.45), (0.55, -0.42))
        painter.drawPolyline([middle + QPointF(x * half, y * half) for x, y in steps])
    painter.restore()
