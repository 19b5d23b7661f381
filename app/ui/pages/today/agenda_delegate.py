"""Paints the lines of the agenda: in columns, or on two lines where the list is narrow, and the headings of groups."""

from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from app.domain.calendar.agenda import AgendaRow
from app.ui.pages.today.agenda_groups import Group
from app.ui.pages.today.agenda_lines import Column
from app.ui.pages.today.agenda_model import Role
from app.ui.style import tokens
from app.ui.style.status_marks import draw_mark, mark_in, tone_of
from app.ui.widgets.name_lines import one_line_name

Index = QModelIndex | QPersistentModelIndex
_PAD = 9
_VCENTER = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Form(Enum):
    """How lines are laid out: columns; name over day and status; or these with the code, where that is too narrow."""

    COLUMNS = 1
    TWO_LINES = 2
    NARROW = 3


class AgendaDelegate(QStyledItemDelegate):
    """Paints a line or a heading."""

    def __init__(self, parent: QTreeView) -> None:
        super().__init__(parent)
        self.form = Form.COLUMNS
        self._heading_size = self._line_size = QSize()
        self.lay_out(self.form)

    def lay_out(self, form: Form) -> bool:
        """Lay lines out so, by the text size in use; return whether that differs from what was.

        The sizes are measured here, as Qt asks for that of every cell of every line before it paints the first.
        """
        before = self.form, self._heading_size, self._line_size
        height = tokens.row_height() + tokens.px(4)
        two_lines = 2 * QFontMetrics(tokens.font()).height() + tokens.px(12)
        self.form, self._heading_size = form, QSize(40, height)
        self._line_size = QSize(40, height if form is Form.COLUMNS else two_lines)
        return before != (self.form, self._heading_size, self._line_size)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # As a class the group may not be read back from Qt; a heading has no parent, of which the model would be asked.
        return self._line_size if index.internalId() else self._heading_size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        if index.parent().isValid():
            self._line(painter, option, index)
        elif index.column() == 0:
            self._heading(painter, option, index)
        painter.restore()

    # Headings

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        group, view = index.data(Role.GROUP), option.widget
        if not isinstance(group, Group) or not isinstance(view, QTreeView):
            return
        rect = QRect(option.rect)
        rect.setWidth(view.viewport().width() - rect.left())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect.adjusted(-rect.left(), 0, 0, 0), tokens.color("selection" if chosen else "ground"))
        if group.button:
            box = heading_button_rect(rect, group.button)
            draw_button(painter, box, group.button, primary=chosen)
            rect.setRight(box.left() - tokens.px(8))
        self._heading_text(painter, rect, group, view.isExpanded(index.sibling(index.row(), 0)))
        painter.setPen(tokens.color("line"))
        painter.drawLine(0, option.rect.bottom(), view.viewport().width(), option.rect.bottom())

    def _heading_text(self, painter: QPainter, rect: QRect, group: Group, is_open: bool) -> None:
        rect = rect.adjusted(_PAD if group.within else 1, 0 if group.within else tokens.px(6), 0, 0)
        strong = tokens.font(tokens.SMALL if group.within else tokens.BODY, strong=True)
        painter.setFont(strong)
        painter.setPen(tokens.color("text"))
        if group.folds:
            rect.adjust(_draw_arrow(painter, rect, is_open), 0, 0, 0)
        painter.drawText(rect, _VCENTER, group.title)
        rect.adjust(QFontMetrics(strong).horizontalAdvance(group.title) + tokens.px(8), 0, 0, 0)
        draw_text(painter, rect, group.said, "muted", size=tokens.SMALL)

    # Lines

    def _line(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, tokens.color("selection" if selected else "surface"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        column = Column(index.column())
        first = Column.VISIT if self.form is Form.NARROW else Column.CODE
        if selected and column is first:
            painter.fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), tokens.color("accent"))
        rect = option.rect.adjusted(_PAD if column is first else 4, 0, -8, 0)
        if column is Column.STEP:
            primary = selected and isinstance(option.widget, QTreeView) and option.widget.hasFocus()
            draw_button(painter, button_rect(rect), str(index.data()), primary)
        elif column is Column.STATE:
            _draw_state(painter, rect, index)
        elif column is Column.VISIT and self.form is not Form.COLUMNS:
            self._two_lines(painter, rect, index)
        else:
            self._cell(painter, rect, column, index)

    def _cell(self, painter: QPainter, rect: QRect, column: Column, index: Index) -> None:
        repeated = column is Column.CODE and bool(index.data(Role.REPEATED))
        strong = (column is Column.CODE and not repeated) or (column is Column.DAY and _is_timed(index))
        muted = repeated or column is Column.WINDOW
        # The end of a visit's name distinguishes one dose from the next.
        mode = Qt.TextElideMode.ElideMiddle if column is Column.VISIT else Qt.TextElideMode.ElideRight
        text = str(index.data())
        if column is Column.CODE:
            text = QFontMetrics(tokens.font(strong=strong)).elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        draw_text(painter, rect, text, "muted" if muted else "text", strong, mode)

    def _two_lines(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the name of the visit, and below it the day and the status, which gives way before the day does."""
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top() + tokens.px(3), rect.width(), half - tokens.px(3))
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half - tokens.px(3))
        draw_text(painter, upper, str(index.data()), "text", mode=Qt.TextElideMode.ElideMiddle)
        if self.form is Form.NARROW:
            lower = _after(lower, draw_text(painter, lower, _cell_text(index, Column.CODE), "text", strong=True))
        day = _cell_text(index, Column.DAY)
        lower = _after(lower, draw_text(painter, lower, day, "text", strong=_is_timed(index)))
        _draw_state(painter, lower, index.sibling(index.row(), Column.STATE))


def _draw_arrow(painter: QPainter, rect: QRect, is_open: bool) -> int:
    """Draw the arrow of a heading that hides its lines or shows them. Return the room that it takes."""
    size, middle = tokens.px(4), rect.center().y() + 1
    x = rect.left() + size
    points = ((-size, -size / 2), (size, -size / 2), (0, size / 2 + 1))
    corners = [QPointF(x + across, middle + down) for across, down in points]
    if not is_open:
        corners = [QPointF(x + down, middle + across) for across, down in points]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(tokens.color("text"))
    painter.drawPolygon(QPolygonF(corners))
    return 2 * size + tokens.px(8)


def _cell_text(index: Index, column: Column) -> str:
    return str(index.sibling(index.row(), column).data() or "")


def _is_timed(index: Index) -> bool:
    line = index.data(Role.LINE)
    return isinstance(line, AgendaRow) and bool(line.entry.booked_at) and line.entry.is_booked


def _after(rect: QRect, width: int) -> QRect:
    return rect.adjusted(width + tokens.px(12), 0, 0, 0)


def _draw_state(painter: QPainter, rect: QRect, index: Index) -> None:
    mark = mark_in(index.data(Role.MARK))
    size = tokens.px(11)
    if rect.width() < size:
        return
    draw_mark(painter, mark, QPointF(rect.left() + size / 2 + 1, rect.center().y() + 0.5), size)
    draw_text(painter, rect.adjusted(size + tokens.px(8), 0, 0, 0), str(index.data()), tone_of(mark))


def button_rect(rect: QRect) -> QRect:
    """Return the rectangle of the button in a line."""
    height = min(rect.height() - 4, max(24, tokens.px(24)))
    return QRect(rect.left(), rect.center().y() - height // 2 + 1, rect.width(), height)


def heading_button_rect(rect: QRect, text: str) -> QRect:
    """Return the rectangle of the button at the end of a heading."""
    width = QFontMetrics(tokens.font(tokens.SMALL, strong=True)).horizontalAdvance(text) + tokens.px(22)
    return button_rect(QRect(rect.right() - width - 8, rect.top(), width, rect.height()))


def draw_button(painter: QPainter, box: QRect, text: str, primary: bool) -> None:
    """Draw a button."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.color("accent" if primary else "strong"), 1))
    painter.setBrush(tokens.color("accent" if primary else "surface"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    font = tokens.font(tokens.SMALL, strong=primary)
    painter.setFont(font)
    painter.setPen(tokens.color("on_accent" if primary else "text"))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 4)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: str,
    strong: bool = False,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    size: int = tokens.BODY,
) -> int:
    """Draw a text that is cut short where it has no room. Return its width in pixels."""
    font = tokens.font(size, strong)
    painter.setFont(font)
    painter.setPen(tokens.color(tone))
    metrics = QFontMetrics(font)
    width = max(rect.width(), 0)
    is_name = mode is Qt.TextElideMode.ElideMiddle
    shown = one_line_name(text, metrics, width) if is_name else metrics.elidedText(text, mode, width)
    painter.drawText(rect, _VCENTER, shown)
    return metrics.horizontalAdvance(shown)
