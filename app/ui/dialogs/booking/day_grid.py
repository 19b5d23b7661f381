"""The grid of days in weeks: usable days are plain, the window is shaded, all other days are grey."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.dialogs.booking.day_marks import paint_diamond
from app.ui.dialogs.booking.day_model import WEEK, DayGridModel
from app.ui.style import tokens
from app.wording.language import counted
from app.wording.language import gettext as _

_Index = QModelIndex | QPersistentModelIndex


class _DayDelegate(QStyledItemDelegate):
    """Draws the days."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, DayGridModel) or (on := model.day_at(index)) not in model.days:
            return
        rect: QRect = option.rect.adjusted(0, 0, -1, -1)
        painter.save()
        painter.fillRect(rect, tokens.color(self._ground(model, on)))
        self._paint_texts(painter, rect, model, on)
        if model.entry is not None and on == model.entry.target:
            _paint_target(painter, rect, on == model.chosen)
        self._paint_frames(painter, rect, model, on, index)
        painter.restore()

    def _ground(self, model: DayGridModel, on: date) -> str:
        if on == model.chosen:
            return "accent"
        if model.in_window(on) and on >= model.today:
            return "selection"
        return "surface" if model.days[on].usable else "closed"

    def _paint_texts(self, painter: QPainter, rect: QRect, model: DayGridModel, on: date) -> None:
        choice = model.days[on]
        plain = "text" if choice.usable else "muted"
        ink = "on_accent" if on == model.chosen else plain
        painter.setPen(tokens.color(ink))
        painter.setFont(tokens.font(strong=choice.usable))
        room = rect.adjusted(tokens.px(6), tokens.px(3), -tokens.px(3), -tokens.px(3))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, model.number(on))
        if choice.visits:
            painter.setFont(tokens.font(tokens.SMALL))
            text = counted("{n} visit", "{n} visits", choice.visits)
            if painter.fontMetrics().horizontalAdvance(text) > room.width():
                text = str(choice.visits)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
        if not choice.usable and model.in_window(on):
            _paint_strike(painter, room, painter.fontMetrics().horizontalAdvance(model.number(on)))

    def _paint_frames(self, painter: QPainter, rect: QRect, model: DayGridModel, on: date, index: _Index) -> None:
        if on == model.today:
            painter.setPen(QPen(tokens.color("on_accent" if on == model.chosen else "strong"), 1))
            painter.drawRect(rect.adjusted(2, 2, -3, -3))
        view = self.parent()
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(tokens.color("text" if on == model.chosen else "accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _paint_target(painter: QPainter, rect: QRect, chosen: bool) -> None:
    """Draw the mark of the target in the upper right corner."""
    middle = QPointF(rect.right() - tokens.px(9), rect.top() + tokens.px(10))
    paint_diamond(painter, middle, "on_accent" if chosen else "accent")


def _paint_strike(painter: QPainter, room: QRect, width: int) -> None:
    """Cross out a day of the window that is not usable, so that grey is not its only sign."""
    middle = room.top() + painter.fontMetrics().height() // 2
    painter.drawLine(room.left(), middle, room.left() + width, middle)


class DayGrid(QTableView):
    """The grid: arrows move, Enter and Space choose, Home goes to the target; what is typed is for the fields below."""

    picked = Signal(object)
    """The day that was chosen."""
    day_focused = Signal(object)
    """The day under the keyboard or the mouse."""
    more_asked = Signal(int)
    """More days are wanted, before (-1) or after (1) those shown."""
    typed = Signal(str)
    """A digit or a letter, which is meant for the time or for the day and never moves in the grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen_by_key = False
        """Whether Enter is choosing a day just now, after which the keyboard goes on to the next field."""
        self.setProperty("days", "true")
        self.day_model = DayGridModel(self)
        self.setModel(self.day_model)
        self.setItemDelegate(_DayDelegate(self))
        self.setAccessibleName(_("Days"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self._report_focus(index))
        self.clicked.connect(lambda index: self._pick(index))
        self._measure()

    def _measure(self) -> None:
        columns, rows = self.horizontalHeader(), self.verticalHeader()
        for header in (columns, rows):
            header.setMinimumSectionSize(1)
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows.setDefaultSectionSize(max(tokens.px(36), self.fontMetrics().height() * 2 + 4))
        self.setMinimumWidth(tokens.px(36) + WEEK * self.fontMetrics().horizontalAdvance("88 May") + WEEK * 8)

    def fit(self, most: int) -> None:
        """Make the grid as high as its weeks, but at most `most` of them."""
        rows = min(max(self.day_model.rowCount(), 1), most)
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize() + 2
        )

    def go_to(self, on: date) -> None:
        """Make a day the current one."""
        index = self.day_model.index_of(on)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def current_day(self) -> date | None:
        """Return the current day."""
        index = self.currentIndex()
        return self.day_model.day_at(index) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by days, so that Monday follows Sunday; page keys ask for more days."""
        key = Qt.Key(event.key())
        step = _STEPS.get(key)
        if step is not None:
            self._step(step)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.more_asked.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home and self.day_model.entry is not None:
            self.go_to(self.day_model.entry.target or self.day_model.entry.earliest or self.day_model.today)
        elif key in _CHOOSING and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.chosen_by_key = key != Qt.Key.Key_Space
            self._pick(self.currentIndex())
            self.chosen_by_key = False
        elif event.text().isalnum() and event.modifiers() in _TYPING:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: a digit that is meant for the time never moves the day."""

    def _step(self, days: int) -> None:
        current = self.current_day()
        if current is not None:
            self.go_to(current + timedelta(days))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self._report_focus(current)

    def _report_focus(self, index: _Index) -> None:
        if index.isValid() and self.day_model.day_at(index) in self.day_model.days:
            self.day_focused.emit(self.day_model.day_at(index))

    def _pick(self, index: _Index) -> None:
        if index.isValid() and self.day_model.day_at(index) in self.day_model.days:
            self.picked.emit(self.day_model.day_at(index))


_STEPS: Mapping[Qt.Key, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -WEEK,
    Qt.Key.Key_Down: WEEK,
}
_TYPING = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_CHOOSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
