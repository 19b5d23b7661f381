"""How the rows of the cascade are painted: by hand, as a style sheet takes ten times as long for a screen of them."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui import theme
from app.ui.dialogs.cascade_model import ALONG, VISIT, CascadeModel
from app.ui.dialogs.cascade_words import entry_of
from app.ui.marks import draw_mark, mark_of

MARK_ROOM = 18
_MARK, _BOX, _EDGE = 10, 13, 9
_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: its ground, the hairline under it, the mark of the visit, and its text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One cell."""
        model, row, column = index.model(), index.row(), index.column()
        if not isinstance(model, CascadeModel):
            return
        rect, chosen = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        tokens = theme.tokens()
        painter.fillRect(rect, tokens.color("selection" if chosen else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, tokens.color("line"))
        if column == ALONG:
            if model.may_toggle(row):
                draw_tick(painter, QPointF(rect.center()) + QPointF(0.5, 0.5), not model.is_held(row))
            return
        room = rect.adjusted(_EDGE, 0, -_EDGE, 0)
        if column == VISIT:
            room = self._mark(painter, room, model, row)
        painter.setPen(tokens.color(model.ink(row, column)))
        painter.setFont(theme.font(strong=True) if column == VISIT and model.is_own(row) else option.font)
        self._text(painter, room, model.text(row, column), column)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A click anywhere in the first column ticks."""
        released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if index.column() != ALONG or not released or not isinstance(model, CascadeModel):
            return super().editorEvent(event, model, option, index) if index.column() != ALONG else False
        model.toggle(index.row())
        return True

    def _mark(self, painter: QPainter, room: QRect, model: CascadeModel, row: int) -> QRect:
        """The mark at the left; the room beside it."""
        size = theme.px(_MARK)
        middle = QPointF(room.left() + size / 2, room.center().y() + 0.5)
        draw_mark(painter, mark_of(entry_of(model.rows[row])), middle, size)
        return room.adjusted(theme.px(MARK_ROOM), 0, 0, 0)

    def _text(self, painter: QPainter, room: QRect, text: str, column: int) -> None:
        # What tells one infusion from the next stands at the end of its name.
        mode = Qt.TextElideMode.ElideMiddle if column == VISIT else Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, mode, room.width())
        painter.drawText(room, _AT_LEFT, shown)


def draw_tick(painter: QPainter, middle: QPointF, ticked: bool) -> None:
    """A box with a tick in it, or without one."""
    half = theme.px(_BOX) / 2
    box = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("strong"), 1.2))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box, 2, 2)
    if ticked:
        painter.setPen(QPen(theme.color("accent"), 1.8))
        steps = ((-0.5, 0.05), (-0.12, 0.45), (0.55, -0.42))
        painter.drawPolyline([middle + QPointF(x * half, y * half) for x, y in steps])
    painter.restore()


def draw_focus(viewport: QWidget, row: QRect) -> None:
    """Frame the row that the keyboard is on, from side to side."""
    painter = QPainter(viewport)
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.drawRect(QRect(1, row.top() + 1, viewport.width() - 2, row.height() - 2))
    painter.end()
