"""The grid of days: arrows go from day to day, Tab from visit to visit of a day, the mouse drags a visit to a day."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QToolTip, QWidget

from app.domain.calendar.agenda import AgendaRow
from app.domain.dates import Window
from app.ui.pages.calendar.day_delegate import DayDelegate
from app.ui.pages.calendar.day_layout import count_rect, line_rect, shown_lines, week_heights
from app.ui.pages.calendar.day_model import DayModel
from app.ui.pages.calendar.days import WEEK, Chosen, Day, chosen_of, spoken_visit
from app.ui.pages.calendar.keys import VIEW_KEYS, VISIT_KEYS
from app.ui.pages.calendar.window_bracket import Span, draw_span, spans
from app.ui.style import tokens
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.text import tip
from app.wording.dates import window_short
from app.wording.language import gettext as _

_WEEKEND, _WEEK_NUMBER = 44, 28
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}
"""How many days on each arrow goes."""


class DayView(QTableView):
    """The days with their visits. Letters act on the chosen visit, and only while the grid has the focus."""

    chosen_changed = Signal()
    """Another visit is chosen, or none."""
    keyed = Signal(str)
    """A command by its key, about the chosen visit."""
    turned = Signal(int)
    """So many months or weeks on; 0: to today."""
    left = Signal(object)
    """An arrow went to a day that is not shown."""
    day_opened = Signal(object)
    """The list of a `Day` is asked for."""
    visit_opened = Signal()
    """The participant of the chosen visit is to be opened."""
    dropped = Signal(object)
    """The chosen visit was dragged to a day."""

    def __init__(self, model: DayModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._row: AgendaRow | None = None
        self._pressed: QPoint | None = None
        self.delegate = DayDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        set_up_rows(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().show()
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setMinimumSectionSize(8)
        self.setProperty("weeks", "true")
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.horizontalHeader().setMinimumSectionSize(8)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Visits by day"))
        model.modelReset.connect(self._laid_out)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._say_day())

    # What is chosen

    @property
    def row(self) -> AgendaRow | None:
        """The chosen visit; None for none."""
        return self._row

    @property
    def day(self) -> Day | None:
        """The day at which the keyboard is."""
        return self._model.day_at(self.currentIndex())

    def choose(self, chosen: Chosen | None) -> bool:
        """Choose a visit of the days that are shown; return whether it is there."""
        for day in self._model.each_day():
            place = day.place_of(chosen)
            if place is not None:
                self._take(day.rows[place])
                return True
        return False

    def keep(self, row: AgendaRow | None) -> None:
        """Keep a visit chosen that the days which are shown do not have."""
        self._take(row)

    def go_to(self, on: date) -> None:
        """Put the keyboard on a day, if it is shown."""
        index = self._model.index_of(on)
        if index.isValid():
            self.setCurrentIndex(index)

    def _take(self, row: AgendaRow | None) -> None:
        changed = (row and chosen_of(row)) != (self._row and chosen_of(self._row))
        self._row = row
        self.delegate.chosen = chosen_of(row) if row is not None else None
        self._fit_rows()
        self.viewport().update()
        if changed:
            self._say_day()
            self.chosen_changed.emit()

    def _say_day(self) -> None:
        """Let a screen reader say the chosen visit of the day at which the keyboard is."""
        day, row = self.day, self._row
        here = day is not None and row is not None and day.place_of(chosen_of(row)) is not None
        self.setAccessibleDescription(spoken_visit(row, self._model.today) if here and row is not None else "")

    # Layout

    def _laid_out(self) -> None:
        codes = {row.participant for day in self._model.each_day() for row in day.rows}
        self.delegate.fit(codes, tall=len(self._model.weeks) == 1)
        self.fit()

    def fit(self) -> None:
        """Share the width and the height between the days: weekends are narrow in a month."""
        self.verticalHeader().setFixedWidth(tokens.px(_WEEK_NUMBER))
        width = self.viewport().width()
        narrow = tokens.px(_WEEKEND) if len(self._model.weeks) > 1 else width // WEEK
        wide = (width - 2 * narrow) // (WEEK - 2)
        for column in range(WEEK - 2):
            self.setColumnWidth(column, wide)
        left = width - wide * (WEEK - 2)
        self.setColumnWidth(WEEK - 2, left - left // 2)
        self.setColumnWidth(WEEK - 1, left // 2)
        self._fit_rows()

    def _fit_rows(self) -> None:
        found = self._spans()
        self.delegate.strips = frozenset(span.week for span in found)
        sizes = self.delegate.sizes
        needed = [
            sizes.height_of(max(1, *(len(day.rows) for day in week)), number in self.delegate.strips)
            for number, week in enumerate(self._model.weeks)
        ]
        least, lowest = (sizes.height_of(lines, False) for lines in (2, 1))
        for number, height in enumerate(week_heights(needed, least, lowest, self.viewport().height())):
            if self.rowHeight(number) != height:
                self.setRowHeight(number, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _window(self) -> Window | None:
        return self._row.entry.window if self._row is not None else None

    def _spans(self) -> list[Span]:
        target = self._row.entry.target if self._row is not None else None
        return list(spans(self._window(), target, self._model.weeks))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        window, row = self._window(), self._row
        if window is None or row is None:
            return
        days = window_short(window.earliest, window.latest, self._model.today)
        label = _("{code} window {days}").format(code=row.participant, days=days)
        painter = QPainter(self.viewport())
        for span in self._spans():
            cells = [self.visualRect(self._model.index(span.week, column)) for column in range(WEEK)]
            draw_span(painter, span, cells, self.delegate.sizes.strip, label)
        painter.end()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key, day = Qt.Key(event.key()), self.day
        if not plain:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.turned.emit(0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if day is not None:
                self.day_opened.emit(day)
        elif key == Qt.Key.Key_Escape and self.cancel_drag():
            pass
        elif key in VIEW_KEYS:
            self.keyed.emit(VIEW_KEYS[key])
        elif key in VISIT_KEYS:
            if self._row is not None:
                self.keyed.emit(VISIT_KEYS[key])
        elif key in _ARROWS and day is not None:
            on = day.on + timedelta(_ARROWS[key])
            if self._model.index_of(on).isValid():
                self.go_to(on)
            else:
                self.left.emit(on)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next visit of the day by Tab; after the last one out of the grid."""
        day = self.day
        if day is not None and day.rows and self.hasFocus():
            place = day.place_of(self.delegate.chosen)
            following = (0 if forward else len(day.rows) - 1) if place is None else place + (1 if forward else -1)
            if 0 <= following < len(day.rows) and not (place is None and not forward):
                self._take(day.rows[following])
                return True
        return super().focusNextPrevChild(forward)

    # The mouse

    def visit_at(self, at: QPoint) -> AgendaRow | None:
        """Return the visit whose line is at that point."""
        day, number = self._place_at(at)
        return day.rows[number] if day is not None and number is not None else None

    def _place_at(self, at: QPoint) -> tuple[Day | None, int | None]:
        """Return the day at a point, and the number of the visit whose line is there."""
        index = self.indexAt(at)
        day = self._model.day_at(index)
        if day is None:
            return None, None
        rect, sizes = self.visualRect(index), self.delegate.sizes
        shown, _more = shown_lines(day, rect, sizes, index.row() in self.delegate.strips)
        lines = (number for number in range(shown) if line_rect(number, rect, sizes).contains(at))
        return day, next(lines, None)

    def _is_for_list(self, at: QPoint) -> bool:
        """Return whether a click there lists the day: on the number of its visits, or on how many more there are."""
        index = self.indexAt(at)
        day, number = self._place_at(at)
        if day is None or number is not None or not day.rows:
            return False
        rect, sizes = self.visualRect(index), self.delegate.sizes
        shown, more = shown_lines(day, rect, sizes, index.row() in self.delegate.strips)
        return count_rect(rect, sizes).contains(at) or (more and line_rect(shown, rect, sizes).contains(at))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        row, day = self.visit_at(at), self._model.day_at(self.indexAt(at))
        if row is not None:
            self._take(row)
            self._pressed = at
        elif day is not None and self._is_for_list(at):
            self.day_opened.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the visit that was pressed; nothing is selected on the way."""
        at = event.position().toPoint()
        if self._pressed is None:
            return
        if (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.delegate.dropping = self.indexAt(at)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        target, row = self.delegate.dropping, self._row
        self._end_drag()
        day = self._model.day_at(target) if target is not None else None
        if day is not None and row is not None and day.on != row.entry.assumed:
            self.dropped.emit(day.on)

    def _end_drag(self) -> None:
        self._pressed, self.delegate.dropping = None, None
        self.unsetCursor()
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the participant of a visit; anywhere else the list of the day."""
        self._end_drag()
        at = event.position().toPoint()
        day = self._model.day_at(self.indexAt(at))
        if self.visit_at(at) is not None:
            self.visit_opened.emit()
        elif day is not None:
            self.day_opened.emit(day)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the complete text of a line, or why a day is closed, as a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row, day = self.visit_at(event.pos()), self._model.day_at(self.indexAt(event.pos()))
            closed = day.closed.text if day is not None and day.closed is not None else ""
            text = spoken_visit(row, self._model.today) if row is not None else closed
            QToolTip.showText(event.globalPos(), tip(text), self, QRect())
            return True
        return super().viewportEvent(event)

    def cancel_drag(self) -> bool:
        """Leave a visit where it is that is being dragged; return whether one was."""
        dragging = self.delegate.dropping is not None
        self._end_drag()
        return dragging
