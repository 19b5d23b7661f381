"""The model of the grid of days: complete weeks around a visit, and the description of each day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar.entries import Entry
from app.ui.visit.impact_text import against_day
from app.ui.widgets.text import tip
from app.wording.dates import day as day_words
from app.wording.dates import taken_text, weekday
from app.wording.language import counted, numbered
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.booking_days import BookingDay

WEEK = 7
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_A_MONDAY = date(2024, 1, 1)
_LETTERS = 3


class DayGridModel(QAbstractTableModel):
    """Complete weeks, from the Monday before the first known day to the Sunday after the last one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.days: dict[date, BookingDay] = {}
        self.entry: Entry | None = None
        self.today = date.min
        self.chosen: date | None = None
        self._monday = date.min

    def show_days(self, days: "Mapping[date, BookingDay]", entry: Entry, today: date) -> None:
        """Show these days of that visit."""
        self.beginResetModel()
        self.days, self.entry, self.today = dict(days), entry, today
        first = min(self.days)
        self._monday = first - timedelta(first.weekday())
        self.endResetModel()

    def choose(self, on: date | None) -> None:
        """Mark a day as chosen."""
        self.chosen = on
        if self.days:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, WEEK - 1))

    def day_at(self, index: _Index) -> date:
        """Return the day of a cell."""
        return self._monday + timedelta(index.row() * WEEK + index.column())

    def index_of(self, on: date) -> QModelIndex:
        """Return the cell of a day; an invalid index where the day is not known."""
        if on not in self.days:
            return QModelIndex()
        number = (on - self._monday).days
        return self.index(number // WEEK, number % WEEK)

    def in_window(self, on: date) -> bool:
        """Tell whether the day is in the visit's window."""
        window = self.entry.window if self.entry is not None else None
        return window is not None and window.days_out(on) == 0

    def description(self, on: date) -> str:
        """Return a day in words: whether it is usable, its problems, and how many visits it has."""
        choice = self.days[on]
        parts = [against_day(choice.against) or _("can be had")]
        if self.entry is not None and on == self.entry.target:
            parts.append(_("the target"))
        if on == self.today:
            parts.append(_("today"))
        if choice.visits:
            parts.append(counted("{n} visit", "{n} visits", choice.visits))
        if choice.times:
            parts.append(taken_text(choice.times))
        if on == self.chosen:
            parts.append(_("chosen"))
        return f"{day_words(on)}: {', '.join(parts)}"

    # The model as Qt reads it

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        if parent.isValid() or not self.days:
            return 0
        return (max(self.days) - self._monday).days // WEEK + 1

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else WEEK

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return weekday(_A_MONDAY + timedelta(section))[:_LETTERS]
        return numbered(_("w {n}"), (self._monday + timedelta(section * WEEK)).isocalendar().week)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let every known day be chosen, whatever its problems."""
        known = index.isValid() and self.day_at(index) in self.days
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if known else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or (on := self.day_at(index)) not in self.days:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.number(on)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.description(on)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.description(on))
        return None

    def number(self, on: date) -> str:
        """Return the number of the day; with its month on the first day of a month."""
        words = day_words(on).split()
        return " ".join(words[1:3]) if on.day == 1 or on == min(self.days) else str(on.day)
