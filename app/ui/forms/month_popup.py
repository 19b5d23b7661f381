"""A month to choose a day from: a popup over the field, in which the day can always be typed as well."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.domain.facts.parsing import FIRST_DAY, LAST_DAY
from app.ui.style import tokens
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.text import Label, tip
from app.wording import dates
from app.wording.language import gettext as _
from app.wording.language import marked

_WEEKDAYS = tuple(map(marked, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")))
_ROWS, _DAYS = 6, 7
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_DAYS,
    Qt.Key.Key_Down: _DAYS,
}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ClosedOf = Callable[[date], str]


class _Day(QToolButton):
    """One day of the grid; only the one at the cursor takes the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("day", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(tokens.px(36), tokens.px(30))
        self.on = FIRST_DAY

    def show_day(self, on: date, month: int, today: date, value: date | None, closed: str) -> None:
        """Show that day."""
        self.on = on
        self.setText(str(on.day))
        self.setAccessibleName(", ".join(filter(None, (dates.day_long(on), closed))))
        self.setToolTip(tip(closed))
        for name, whether in (
            ("other", on.month != month),
            ("today", on == today),
            ("chosen", on == value),
            ("shut", bool(closed)),
        ):
            self.setProperty(name, "true" if whether else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class MonthPopup(QFrame):
    """The grid of one month. Arrow keys go by days and weeks, Page Up and Down by months, Esc closes."""

    chosen = Signal(date)

    def __init__(self, today: date, parent: QWidget | None = None, closed_of: ClosedOf | None = None) -> None:
        """Make a month; `open_at` shows it."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("month")
        self.setAccessibleName(_("Calendar"))
        self._today, self._value, self._cursor = today, None, today
        self._closed_of = closed_of or (lambda _on: "")
        self._days: list[_Day] = []
        self._weeks: list[Label] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(self._head())
        column.addLayout(self._grid())
        self.setStyleSheet(_sheet())

    _value: date | None

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.title = Label(role="strong")
        row.addWidget(IconButton("chevron-left", _("Month before"), lambda: self._turn(-1)))
        row.addWidget(self.title, 1, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(IconButton("chevron-right", _("Month after"), lambda: self._turn(1)))
        return row

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(0)
        for column, name in enumerate(_WEEKDAYS, start=1):
            grid.addWidget(Label(_(name), "small"), 0, column, Qt.AlignmentFlag.AlignCenter)
        for row in range(1, _ROWS + 1):
            week = Label(role="small")
            week.setMinimumWidth(tokens.px(24))
            week.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._weeks.append(week)
            grid.addWidget(week, row, 0, Qt.AlignmentFlag.AlignCenter)
            for column in range(1, _DAYS + 1):
                grid.addWidget(self._day(), row, column)
        return grid

    def _day(self) -> _Day:
        day = _Day(self)
        day.clicked.connect(lambda _checked=False: self._choose(day.on))
        self._days.append(day)
        return day

    def open_at(self, below: QWidget, value: date | None, start: date | None) -> None:
        """Show the month of the value, else of the start day, below a widget and within its screen."""
        self._value = value
        self._cursor = value or start or self._today
        self._draw()
        self.adjustSize()
        corner = below.mapToGlobal(QPoint(0, below.height() + 2))
        room = below.screen().availableGeometry()
        if corner.y() + self.height() > room.bottom():
            corner.setY(max(room.top(), below.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2))
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)
        self.show()

    @property
    def cursor_day(self) -> date:
        """The day that has the keyboard."""
        return self._cursor

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(self._cursor + timedelta(_STEPS[key]))
        elif key in _MONTHS:
            self._turn(_MONTHS[key])
        elif key == Qt.Key.Key_Home:
            self._go(self._cursor.replace(day=1))
        elif key == Qt.Key.Key_End:
            self._go(_month_away(self._cursor.replace(day=1), 1) - timedelta(1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _turn(self, months: int) -> None:
        self._go(_month_away(self._cursor, months))

    def _go(self, on: date) -> None:
        self._cursor = min(max(on, FIRST_DAY), LAST_DAY)
        self._draw()
        self._focus()

    def _draw(self) -> None:
        first = self._cursor.replace(day=1)
        top = first - timedelta(first.weekday())
        self.title.setText(dates.month_long(first))
        for number, week in enumerate(self._weeks):
            week.setText(str((top + timedelta(_DAYS * number)).isocalendar().week))
        for number, day in enumerate(self._days):
            on = top + timedelta(number)
            day.show_day(on, first.month, self._today, self._value, self._closed_of(on))
            day.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on == self._cursor else Qt.FocusPolicy.NoFocus)

    def _focus(self) -> None:
        next(day for day in self._days if day.on == self._cursor).setFocus()

    def _choose(self, on: date) -> None:
        self.close()
        self.chosen.emit(on)


def _month_away(on: date, months: int) -> date:
    """Return the same day of another month, or its last day where it is shorter."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    longest = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return first.replace(day=min(on.day, longest))


def _sheet() -> str:
    """Return the style sheet of the grid in the colours in use."""
    now = tokens.current()
    return f"""
#month {{ background: {now.surface}; border: 1px solid {now.strong}; }}
QToolButton[day="true"] {{ border: 1px solid transparent; border-radius: 4px; padding: 0; }}
QToolButton[shut="true"] {{ background: {now.closed}; border-radius: 0; }}
QToolButton[other="true"] {{ color: {now.muted}; }}
QToolButton[today="true"] {{ border: 1px solid {now.strong}; font-weight: 600; }}
QToolButton[chosen="true"] {{ background: {now.accent}; color: {now.on_accent}; font-weight: 600; }}
QToolButton[day="true"]:hover {{ border: 1px solid {now.accent}; }}
QToolButton[day="true"]:focus {{ border: 2px solid {now.accent}; }}
QToolButton[chosen="true"]:focus {{ border: 2px solid {now.text}; }}
"""
