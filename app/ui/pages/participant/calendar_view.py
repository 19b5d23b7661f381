"""The view of a participant's visits: painting, widths of the columns, keys and mouse."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.calendar.entries import OPEN, Entry
from app.ui.pages.participant.calendar_model import CalendarModel, Column, Role
from app.ui.style import tokens
from app.ui.style.status_marks import draw_mark, mark_of, tone_of
from app.ui.visit.event_menu import EVENTS
from app.ui.visit.mends import POSTPONED
from app.ui.widgets.name_lines import draw_name, fit_rows, needed_width
from app.ui.widgets.row_table import set_up_rows
from app.wording.names import visit_name

Index = QModelIndex | QPersistentModelIndex
_DATED = (Column.TARGET, Column.WINDOW, Column.BOOKED, Column.PERFORMED)
_STATUS, _LEAST_NAME = 156, 150
_OPTIONAL = (Column.BOOKED, Column.TARGET, Column.PERFORMED)
"""The columns that are hidden, one after another, where a visit's name lacks room; the inspector shows all of them."""
_PAD, _FIRST_PAD = 6, 9
VISIT_KEYS = {
    Qt.Key.Key_Space: "performed",
    Qt.Key.Key_R: "booked",
    Qt.Key.Key_B: "booked",
    Qt.Key.Key_M: "moved",
    Qt.Key.Key_P: "print",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_E: EVENTS,
    Qt.Key.Key_W: POSTPONED,
}
"""The keys that ask for a change of the chosen visit, in a list that has the focus."""


class CalendarDelegate(QStyledItemDelegate):
    """Paints a cell; open visits stand out."""

    def __init__(self, parent: QWidget) -> None:
        """Make colours and fonts once, until the look changes."""
        super().__init__(parent)
        self._look: tuple[tokens.Tokens, float] | None = None
        self._colors: dict[str, QColor] = {}
        self._font = tokens.font()
        self._metrics = QFontMetrics(self._font)
        self.narrow = False
        """Whether the day of a visit is below its name, as its own columns have no room."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, tokens.row_height())

    def _refresh(self) -> None:
        """Make colours and fonts again where the look has changed."""
        if self._look != (tokens.current(), tokens.scale()):
            self._look = (tokens.current(), tokens.scale())
            self._colors.clear()
            self._font = tokens.font()
            self._metrics = QFontMetrics(self._font)

    def _color(self, token: str) -> QColor:
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = tokens.color(token)
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(Role.ENTRY)
        if not isinstance(entry, Entry):
            return
        painter.save()
        self._refresh()
        column = index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, self._color("selection" if selected else "surface"))
        if selected and column == 0:
            bar = option.rect.adjusted(0, 0, 0, 0)
            bar.setWidth(3)
            painter.fillRect(bar, self._color("accent"))
        painter.setPen(self._color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        rect = option.rect.adjusted(_FIRST_PAD if column == 0 else _PAD, 0, -_PAD, 0)
        tone = "text" if entry.status in OPEN or column != Column.VISIT else "muted"
        if column == Column.STATUS:
            mark = mark_of(entry)
            size = tokens.px(11)
            draw_mark(painter, mark, QPointF(rect.left() + size / 2, rect.center().y() + 0.5), size)
            rect = rect.adjusted(size + tokens.px(8), 0, 0, 0)
            tone = tone_of(mark)
        elif column == Column.WINDOW:
            tone = "muted"
        painter.setFont(self._font)
        painter.setPen(self._color(tone))
        if column == Column.VISIT:
            self._paint_name(painter, rect, index)
        else:
            text = self._metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the name of a visit, whose end distinguishes one dose from the next; in a narrow list its day below."""
        if self.narrow:
            line = self._metrics.lineSpacing()
            below = QRect(rect.left(), rect.bottom() - line - tokens.px(3), rect.width(), line)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), str(index.data(Role.DAY)))
            rect = rect.adjusted(0, tokens.px(3), 0, -line - tokens.px(3))
        draw_name(painter, rect, str(index.data()), self._metrics)


class CalendarView(QTableView):
    """The table of visits. Enter does the next step; letters act only while the table has the focus."""

    chosen = Signal(str)
    stepped = Signal(str)
    keyed = Signal(str, str)
    """The kind of fact that a key asks for, and the visit."""

    def __init__(self, model: CalendarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._measured: tuple[object, list[int]] | None = None
        self._names: dict[float, dict[str, int]] = {}
        """How wide each name is, by text size: participants of a trial have the same visits."""
        self._needed: dict[tuple[float, frozenset[int]], dict[Column, int]] = {}
        self.setModel(model)
        self.setItemDelegate(CalendarDelegate(self))
        set_up_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.VISIT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self._step())
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Set the widths by the text size, and hide some columns in a narrow window.

        The visit and its day never give way: where no column of days has room, the day is below the name.
        """
        widths = self._widths()
        least = tokens.px(_LEAST_NAME)
        narrow = self.viewport().width() < widths[Column.WINDOW] + widths[Column.STATUS] + least
        hidden = [Column.WINDOW, *_OPTIONAL] if narrow else []
        for column in () if narrow else _OPTIONAL:
            shown = [width for one, width in widths.items() if one not in hidden]
            if sum(shown) > self.viewport().width() - least:
                hidden.append(column)
        for column, width in widths.items():
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, width)
        room = self.viewport().width() - sum(width for one, width in widths.items() if one not in hidden)
        self._set_row_height(narrow, room - _FIRST_PAD - _PAD)

    def _set_row_height(self, narrow: bool, room: int) -> None:
        """Give a name a second line where it needs one, and its day one in a narrow list."""
        delegate = self.itemDelegate()
        if isinstance(delegate, CalendarDelegate):
            delegate.narrow = narrow
        of = (tokens.scale(), self._model.shown)
        if self._measured is None or self._measured[0] != of:
            metrics = QFontMetrics(tokens.font())
            known = self._names.setdefault(tokens.scale(), {})
            names = [visit_name(one) for one in self._model.entries]
            known.update((name, needed_width(name, metrics)) for name in set(names) - known.keys())
            self._measured = (of, [known[name] for name in names])
        fit_rows(self, self._measured[1], room, 2 if narrow else 1)

    def _widths(self) -> dict[Column, int]:
        """Return the width that each column needs, calculated once for a text size and the shown years."""
        key = (tokens.scale(), self._model.years())
        if key not in self._needed:
            width = QFontMetrics(tokens.font()).horizontalAdvance
            needed = {column: max(map(width, self._model.widest(column))) + 2 * _PAD + 1 for column in _DATED}
            self._needed[key] = {**needed, Column.STATUS: tokens.px(_STATUS)}
        return dict(self._needed[key])

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()
        self.show_chosen()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        entry = self._model.entry_at(current.row())
        if entry is not None and current.row() != previous.row():
            self.chosen.emit(entry.key)

    def choose(self, visit: str) -> None:
        """Choose a visit without emitting `chosen`."""
        row = self._model.row_of(visit)
        if row >= 0 and row != self.currentIndex().row():
            with QSignalBlocker(self):
                self.setCurrentIndex(self._model.index(row, 0))
            self.show_chosen()

    def show_chosen(self) -> None:
        """Scroll to the chosen visit; where it was out of sight, to the middle."""
        index = self.currentIndex()
        if index.isValid() and not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _step(self) -> None:
        entry = self._model.entry_at(self.currentIndex().row())
        if entry is not None:
            self.stepped.emit(entry.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self._model.entry_at(self.currentIndex().row())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if entry is not None and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step()
        elif entry is not None and plain and (kind := VISIT_KEYS.get(Qt.Key(event.key()))):
            self.keyed.emit(kind, entry.key)
        else:
            super().keyPressEvent(event)
