"""The weeks of the calendar as a table: a row for each week, a column for each weekday."""

from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.pages.calendar.days import SATURDAY, WEEK, Day, spoken_day
from app.wording.dates import weekday_of
from app.wording.language import gettext as _
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """Data of a cell other than its text."""

    DAY = Qt.ItemDataRole.UserRole + 1


class DayModel(QAbstractTableModel):
    """The days that are shown; what a screen reader says of one is made when it is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.weeks: list[list[Day]] = []
        self.today = date.min

    def show_weeks(self, weeks: list[list[Day]], today: date) -> None:
        """Show other weeks, or the same ones read again."""
        self.beginResetModel()
        self.weeks, self.today = weeks, today
        self.endResetModel()

    def day_at(self, index: Index) -> Day | None:
        """Return the day of a cell."""
        if not index.isValid() or index.row() >= len(self.weeks):
            return None
        return self.weeks[index.row()][index.column()]

    def index_of(self, on: date) -> QModelIndex:
        """Return the cell of a day; an invalid one where it is not shown."""
        if not self.weeks:
            return QModelIndex()
        row, column = divmod((on - self.weeks[0][0].on).days, WEEK)
        return self.index(row, column) if 0 <= row < len(self.weeks) else QModelIndex()

    def each_day(self) -> list[Day]:
        """Return every day that is shown."""
        return [day for week in self.weeks for day in week]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.weeks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else WEEK

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            narrow = section >= SATURDAY and role == Qt.ItemDataRole.DisplayRole and len(self.weeks) > 1
            return weekday_of(section, short=narrow)
        number = self.weeks[section][0].on.isocalendar().week if section < len(self.weeks) else 0
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        return _("week {n}").format(n=number) if spoken else str(number)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        day = self.day_at(index)
        if day is None:
            return None
        if role == Role.DAY:
            return day
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_line(spoken_day(day, self.today))
        return None
