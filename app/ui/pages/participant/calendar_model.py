"""A participant's visits as a table: the same visits as in the timeline, with the same commands."""

from datetime import date
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItemModel

from app.domain.calendar.entries import Calendar, Entry, Status
from app.ui.session.memory import REMEMBERED, Memory
from app.ui.style.status_marks import mark_of
from app.wording.agenda import window_text
from app.wording.dates import day_at, day_long, day_narrow, window, window_short
from app.wording.language import gettext as _
from app.wording.names import judgement_text, status_text, visit_name

Index = QModelIndex | QPersistentModelIndex
_CHOSEN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


class Column(IntEnum):
    """The columns of the table."""

    VISIT = 0
    TARGET = 1
    WINDOW = 2
    BOOKED = 3
    PERFORMED = 4
    STATUS = 5


class Role(IntEnum):
    """Data of a cell other than its text."""

    MARK = Qt.ItemDataRole.UserRole + 1


class CalendarModel(QStandardItemModel):
    """The visits in their order; a cell's words are made when it is shown.

    It has no items: Qt counts rows and columns and knows the headings by itself, which a view asks for dozens of times.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(0, len(Column), parent)
        self.setHorizontalHeaderLabels([_("Visit"), _("Target"), _("Window"), _("Booked"), _("Performed"), _("Status")])
        self._entries: tuple[Entry, ...] = ()
        self._today = date.min
        self._years = frozenset({self._today.year})
        self._known: Memory[tuple[tuple[Entry, ...], frozenset[int]]] = Memory(REMEMBERED)

    def show_calendar(self, calendar: Calendar, with_cancelled: bool) -> None:
        """Show the visits of a calendar."""
        self._today = calendar.today
        rows = self._known.of((calendar,), (with_cancelled,), lambda: _rows(calendar, with_cancelled))
        self._entries, self._years = rows
        self.setRowCount(len(self._entries))
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(Column) - 1))

    def forget(self) -> None:
        """Forget the rows of other calendars."""
        self._known.forget()

    @property
    def today(self) -> date:
        """The day as of which the visits are shown."""
        return self._today

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The visits of the table, in their order."""
        return self._entries

    def entry_at(self, row: int) -> Entry | None:
        """Return the visit of a row; None outside the table."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, visit: str) -> int:
        """Return the row of a visit; -1 where the table does not have it."""
        return next((row for row, entry in enumerate(self._entries) if entry.key == visit), -1)

    # Qt

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what an index allows: it is chosen, and nothing is edited in place."""
        return _CHOSEN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text_of(entry, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(entry, self._today) if column is Column.VISIT else self.text_of(entry, column)
            case Role.MARK:
                return mark_of(entry)
            case _:
                return None

    def day_of(self, entry: Entry) -> str:
        """Return the day of a visit with its time; empty without one."""
        return day_narrow(entry.assumed, self._today, entry.appointment_time) if entry.assumed else ""

    def text_of(self, entry: Entry, column: Column) -> str:
        """Return the text of a cell."""
        match column:
            case Column.VISIT:
                return visit_name(entry)
            case Column.TARGET:
                return day_narrow(entry.target, self._today) if entry.target else ""
            case Column.WINDOW:
                return self._window(entry)
            case Column.BOOKED:
                return day_narrow(entry.booked, self._today, entry.booked_at) if entry.booked else ""
            case Column.PERFORMED:
                return day_narrow(entry.performed, self._today) if entry.performed else ""
            case _:
                return status_words(entry, self._today)

    def _window(self, entry: Entry) -> str:
        if entry.earliest is not None and entry.earliest == entry.latest:
            return day_narrow(entry.earliest, self._today)
        return window_text(entry, self._today)

    def widest(self, column: Column) -> list[str]:
        """Return sample texts of a column; the widest is as wide as a usual text of the shown years can be."""
        days = [date(year, month, 28) for year in self.years() for month in range(1, 13)]
        if column is Column.WINDOW:
            return [window_short(day.replace(month=day.month % 12 + 1), day, self._today) for day in days]
        at = "00:00" if column is Column.BOOKED else ""
        return [day_narrow(day, self._today, at) for day in days]

    def years(self) -> frozenset[int]:
        """Return this year, and the shown year farthest from it: days of other years are written differently."""
        return self._years


def _rows(calendar: Calendar, with_cancelled: bool) -> tuple[tuple[Entry, ...], frozenset[int]]:
    """Return the visits to show, and the years by which the width of days is measured."""
    shown = tuple(one for one in calendar.entries if with_cancelled or one.status is not Status.CANCELLED)
    days = (day for one in shown for day in (one.earliest, one.latest, one.target))
    years, now = {day.year for day in days if day is not None}, calendar.today.year
    return shown, frozenset({now, *sorted(years, key=lambda year: abs(year - now))[-1:]})


def status_words(entry: Entry, today: date) -> str:
    """Return the status with how the performed day lies in the window, or with an assumed day that is no target."""
    result = judgement_text(entry)
    if result and entry.window_result:
        return f"{status_text(entry)}, {result}"
    if entry.assumed is not None and entry.assumed not in (entry.target, entry.performed, entry.booked):
        return f"{status_text(entry)}, {day_narrow(entry.assumed, today)}"
    return status_text(entry)


def spoken(entry: Entry, today: date) -> str:
    """Return everything about a visit, for a screen reader."""
    parts = [visit_name(entry), status_words(entry, today)]
    parts += [_("target {day}").format(day=day_long(entry.target))] if entry.target else []
    parts += (
        [_("window {window}").format(window=window(entry.earliest, entry.latest))]
        if entry.earliest and entry.latest
        else []
    )
    parts += [_("booked {day}").format(day=day_at(entry.booked, entry.booked_at))] if entry.booked else []
    parts += [_("performed {day}").format(day=day_long(entry.performed))] if entry.performed else []
    return ", ".join(parts)
