"""Paints a day of the calendar: its number, how many visits it has, and a line for each visit that has room."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.calendar.agenda import AgendaRow
from app.ui.pages.calendar.day_layout import PAD, Measures, head_rect, line_rect, shown_lines
from app.ui.pages.calendar.day_model import Role
from app.ui.pages.calendar.days import Chosen, Day, chosen_of, line_texts
from app.ui.style import tokens
from app.ui.style.status_marks import Mark, draw_mark, mark_of
from app.ui.widgets.name_lines import cut_name
from app.wording.dates import day_and_month
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.short_names import difference_first
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)

_BOTH_ENDS = 56
"""The width from which on beginning and end of a name are shown, at a text size of 100 %."""


class DayDelegate(QStyledItemDelegate):
    """Paints the days of one view, which sets what is chosen and where room is kept for a window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sizes = Measures.of_text(set())
        self.chosen: Chosen | None = None
        self.strips: frozenset[int] = frozenset()
        self.dropping: Index | None = None

    def fit(self, codes: set[str], tall: bool) -> None:
        """Take the sizes of the text in use, for the codes that are shown; `tall`: a visit has two lines."""
        self.sizes = Measures.of_text(codes, tall)
        self._small, self._strong = tokens.font(tokens.SMALL), tokens.font(tokens.SMALL, strong=True)
        self._metrics, self._strong_metrics = QFontMetrics(self._small), QFontMetrics(self._strong)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(20, self.sizes.head)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day = index.data(Role.DAY)
        if not isinstance(day, Day):
            return
        painter.save()
        painter.setClipRect(option.rect)
        self._ground(painter, option, index, day)
        shown, more = shown_lines(day, option.rect, self.sizes, index.row() in self.strips)
        self._head(painter, option.rect, index, day, complete=shown == len(day.rows))
        for number in range(shown):
            self._line(painter, line_rect(number, option.rect, self.sizes), day.rows[number])
        if more:
            self._more(painter, line_rect(shown, option.rect, self.sizes), len(day.rows) - shown)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, day: Day) -> None:
        rect = option.rect
        quiet = day.outside or day.is_weekend
        painter.fillRect(rect, tokens.color("ground" if quiet else "surface"))
        if day.closed is not None and day.closed.everywhere:
            painter.fillRect(rect, tokens.color("closed"))
            painter.fillRect(rect, QBrush(tokens.color("line"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(tokens.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current:
            painter.fillRect(head_rect(rect, self.sizes).adjusted(-PAD, 0, PAD - 1, 0), tokens.color("selection"))
        if current or index == self.dropping:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus) or index == self.dropping
            painter.setPen(QPen(tokens.color("accent"), 2 if has_focus else 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _head(self, painter: QPainter, rect: QRect, index: Index, day: Day, complete: bool) -> None:
        model, head = index.model(), head_rect(rect, self.sizes)
        named = day.on.day == 1 or (index.row() == 0 and index.column() == 0)
        number = day_and_month(day.on) if named and not day.is_weekend else str(day.on.day)
        bold = tokens.font(strong=True)
        wide = QFontMetrics(bold).horizontalAdvance(number)
        painter.setFont(bold)
        if day.on == getattr(model, "today", None):
            disc = QRect(head.left() - 2, head.top() + 1, wide + tokens.px(8), head.height() - 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("alarm"))
            painter.drawRoundedRect(disc, 4, 4)
            painter.setPen(tokens.color("surface"))
            painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), number)
            wide = disc.width()
        else:
            painter.setPen(tokens.color("muted" if day.outside else "text"))
            painter.drawText(head, _LEFT, number)
        room = head.adjusted(wide + tokens.px(8), 0, 0, 0)
        painter.setFont(self._small)
        painter.setPen(tokens.color("muted" if complete else "accent"))
        if day.rows:
            count = str(len(day.rows))
            if not day.is_weekend and room.width() > tokens.px(80):
                count = counted("{n} visit", "{n} visits", len(day.rows))
            taken = self._metrics.horizontalAdvance(count)
            if taken <= room.width():
                painter.drawText(room, _RIGHT, count)
            room.adjust(0, 0, -taken - tokens.px(6), 0)
        if day.closed is not None and not day.is_weekend:
            painter.setPen(tokens.color("text"))
            self._write(painter, room, visible_line(day.closed.text), self._metrics)

    def _line(self, painter: QPainter, rect: QRect, row: AgendaRow) -> None:
        """Paint time, code, short name and mark; where there is no room for all, the mark stays."""
        entry, sizes = row.entry, self.sizes
        chosen = chosen_of(row) == self.chosen
        mark = mark_of(entry)
        if chosen:
            painter.fillRect(rect, tokens.color("accent"))
        inner = rect.adjusted(PAD - 1, 0, -PAD, 0)
        middle = rect.top() + (self._metrics.height() + tokens.px(2)) / 2 if sizes.tall else rect.center().y() + 0.5
        at = QPointF(inner.right() - sizes.mark / 2, middle)
        draw_mark(painter, mark, at, sizes.mark, tokens.color("on_accent") if chosen else None)
        inner.adjust(0, 0, -sizes.mark - sizes.gap, 0)
        if inner.width() < tokens.px(24):
            return
        time, code, name = map(visible_line, line_texts(row))
        ink = "on_accent" if chosen else "due" if mark is Mark.CLOSING else "text"
        plain = ink if entry.performed is None or chosen else "muted"
        first = QRect(inner.left(), inner.top(), inner.width(), self._metrics.height() + tokens.px(2))
        if sizes.time_first(inner.width()):
            self._put(painter, first, time, self._small, self._metrics, ink)
            # Two lines have room for the code after the time alone.
            first.adjust(sizes.time if time or not sizes.tall else 0, 0, 0, 0)
        elif time and sizes.time_last(inner.width()):
            at_end = first.adjusted(first.width() - sizes.time + tokens.px(3), 0, 0, 0)
            self._put(painter, at_end, time, self._small, self._metrics, plain)
            first.adjust(0, 0, -sizes.time, 0)
        room = first.width() if sizes.tall else min(sizes.code, first.width())
        # The end of a code that has no room tells whose it is, and the name comes after it.
        shown = self._strong_metrics.elidedText(code, Qt.TextElideMode.ElideMiddle, room)
        self._put(painter, first, shown, self._strong, self._strong_metrics, ink)
        first.adjust(sizes.code + sizes.gap, 0, 0, 0)
        if sizes.tall:
            first = inner.adjusted(0, self._metrics.height() + tokens.px(2), sizes.mark + sizes.gap, -tokens.px(2))
        self._put(painter, first, self._fitting(name, first.width()), self._small, self._metrics, plain)

    def _fitting(self, name: str, width: int) -> str:
        """Return a visit's name, what distinguishes it first; of others the end distinguishes it, if it has room."""
        said = difference_first(name)
        if self._metrics.horizontalAdvance(said) <= width:
            return said
        return cut_name(name, self._metrics, width, both_ends=width >= tokens.px(_BOTH_ENDS))

    def _put(self, painter: QPainter, rect: QRect, text: str, font: QFont, metrics: QFontMetrics, ink: str) -> None:
        painter.setFont(font)
        painter.setPen(tokens.color(ink))
        self._write(painter, rect, text, metrics)

    def _write(self, painter: QPainter, rect: QRect, text: str, metrics: QFontMetrics) -> None:
        if rect.width() > tokens.px(8):
            painter.drawText(rect, _LEFT, metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))

    def _more(self, painter: QPainter, rect: QRect, more: int) -> None:
        text = _("{n} more").format(n=more)
        narrow = rect.width() < self._metrics.horizontalAdvance(text) + 2 * PAD
        self._put(
            painter,
            rect.adjusted(PAD, 0, -PAD, 0),
            f"+{more}" if narrow else text,
            self._small,
            self._metrics,
            "accent",
        )
