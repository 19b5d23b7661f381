"""What a change does to the calendar as a table: one row a visit, its words made only where they are seen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QFont, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from app.domain.calendar import Calendar
from app.domain.preview import Change, Kind
from app.ui import marks, theme
from app.ui.dialogs import cascade_words as words
from app.ui.dialogs.cascade_paint import RowDelegate, mark_icon
from app.ui.widgets.text import tip
from app.wording.language import gettext as _
from app.wording.language import marked
from app.wording.names import visit_name

ALONG, VISIT, NOW, NEW, SHIFT, WINDOW, WHY = range(7)
_HEADS = (
    marked("along"),
    marked("visit"),
    marked("now"),
    marked("new"),
    marked("shift"),
    marked("window"),
    marked("why"),
)
_WIDEST = (
    "",
    "Preoperative cycle 6 day 15 infusi",
    "Mon 28 Dec",
    "Mon 28 Dec",
    "stays: set by hand",
    "closed: a Sat",
    "28 days after Preoperative",
)
"""A text of the width that each column has room for."""
_LEAST_NAME = "Preoperative cycle 6 day"
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CascadeModel(QAbstractTableModel):
    """The rows of one preview. A visit that is carried along may be held on its day instead."""

    holds = Signal()
    """A visit is held, or let go."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without rows until a preview is there."""
        super().__init__(parent)
        self.rows: tuple[Change, ...] = ()
        self.held: frozenset[str] = frozenset()
        self.own = ""
        self._today = date.min
        self._before: Calendar | None = None
        self._after: Calendar | None = None
        self._icons: dict[marks.Mark, QIcon] = {}

    def show_changes(
        self, changes: Sequence[Change], before: Calendar | None, after: Calendar | None, own: str = ""
    ) -> None:
        """Show another preview; `own` is the visit that is recorded, moved or booked."""
        rows = words.rows_of(changes)
        same = [one.key for one in rows] == [one.key for one in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.own, self._before, self._after = rows, own, before, after
        self._today = after.today if after is not None else date.min
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, WHY))

    def hold(self, keys: Iterable[str]) -> None:
        """Hold exactly these visits."""
        if self.held != (held := frozenset(keys)):
            self.held = held
            if self.rows:
                self.dataChanged.emit(self.index(0, ALONG), self.index(len(self.rows) - 1, ALONG))
            self.holds.emit()

    def toggle(self, row: int) -> None:
        """Hold the visit of that row, or let it go along again."""
        if self.may_toggle(row):
            self.hold(self.held ^ {self.rows[row].key})

    def may_toggle(self, row: int) -> bool:
        """Whether that visit could be held, or is."""
        return self.rows[row].key in self.held or words.may_hold(self.rows[row], self.own)

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """One row a visit."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """The columns of the table."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_HEADS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[section]) if section != ALONG else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(_HEADS[section])
        if role == Qt.ItemDataRole.ToolTipRole and section == ALONG:
            return tip(_("ticked: goes along; not ticked: stays on its day"))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Rows are chosen; the first column is ticked."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and index.column() == ALONG and self.may_toggle(index.row()):
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.may_toggle(index.row()):
            return False
        along = Qt.CheckState(value) == Qt.CheckState.Checked
        key = self.rows[index.row()].key
        self.hold(self.held - {key} if along else self.held | {key})
        return True

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == ALONG and self.may_toggle(row):
                held = self.rows[row].key in self.held
                return Qt.CheckState.Unchecked if held else Qt.CheckState.Checked
            case Qt.ItemDataRole.DecorationRole if column == VISIT:
                return self._icon(marks.mark_of(words.entry_of(self.rows[row])))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.text(row, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
            case _:
                return self._look(row, column, role)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        change = self.rows[row]
        match column:
            case 1:
                return visit_name(words.entry_of(change))
            case 2:
                return words.now_text(change, self._today)
            case 3:
                return words.new_text(change, self._today)
            case 4:
                return words.shift_text(change)
            case 5:
                return words.window_text(change)
            case 6:
                return words.why_text(change, self._before, self._after)
            case _:
                return ""

    def _spoken(self, row: int, column: int) -> str:
        """A cell that makes sense without its head."""
        change = self.rows[row]
        if column != ALONG:
            return f"{_(_HEADS[column])}: {self.text(row, column) or '–'}"
        name = visit_name(words.entry_of(change))
        if change.key in self.held:
            return _("{visit} stays on its day").format(visit=name)
        return _("{visit} goes along").format(visit=name) if self.may_toggle(row) else name

    def _icon(self, mark: marks.Mark) -> QIcon:
        if mark not in self._icons:
            self._icons[mark] = mark_icon(mark)
        return self._icons[mark]

    def _look(self, row: int, column: int, role: int) -> Any:
        change = self.rows[row]
        if role == Qt.ItemDataRole.FontRole and column == VISIT and change.key == self.own:
            return _strong()
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(change, column)
        return None

    def _ink(self, change: Change, column: int) -> QBrush | None:
        if column == WINDOW and words.speaks_against(change):
            return QBrush(theme.color("due"))
        gone = change.kind in (Kind.CANCELLED, Kind.DISAPPEARS)
        return QBrush(theme.color("muted")) if column in (NOW, WHY) or gone else None


def _strong() -> QFont:
    return theme.font(strong=True)


class CascadeView(QTableView):
    """The table: rows of one height, columns of fixed widths, Space ticks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A table with its model."""
        super().__init__(parent)
        self.cascade = CascadeModel(self)
        self.setModel(self.cascade)
        self.setItemDelegate(RowDelegate(self, VISIT))
        self.setAccessibleName(_("What it changes"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.cascade.modelAboutToBeReset.connect(self._keep_place)
        self.cascade.modelReset.connect(self._find_place)
        self._place: tuple[str, int] = ("", 0)
        self._measure()

    def _measure(self) -> None:
        """Heights and widths from the type in use, never from the rows."""
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(theme.row_height(self) - theme.GRID)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setStyleSheet("QHeaderView::section { padding-left: 9px; }")
        columns.setMinimumSectionSize(theme.px(24))
        self.setIconSize(QSize(theme.px(13), theme.px(13)))
        for column in range(len(_HEADS)):
            self.setColumnWidth(column, self._width(column))

    def _width(self, column: int, text: str = "") -> int:
        """Room for the head and for a text."""
        metrics = self.fontMetrics()
        room = 22 + (self.iconSize().width() + 4 if column == VISIT else 0)
        head = _(_HEADS[column]) if column != ALONG else ""
        return max(map(metrics.horizontalAdvance, (head, text or _WIDEST[column]))) + room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The reason takes the room that is left."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Narrower names before anything is out of sight; the reason takes the room that is left."""
        most, least = self._width(VISIT), self._width(VISIT, _LEAST_NAME)
        others = sum(self.columnWidth(column) for column in (ALONG, *range(NOW, WHY)))
        self.setColumnWidth(VISIT, min(max(self.viewport().width() - others, least), most))
        left = self.viewport().width() - others - self.columnWidth(VISIT)
        self.setColumnWidth(WHY, max(left, self._width(WHY)))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again for another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "cascade"):
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the row, in whatever column; Enter is for the dialog."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.cascade.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _keep_place(self) -> None:
        current = self.currentIndex()
        key = self.cascade.rows[current.row()].key if current.isValid() else ""
        self._place = (key, self.verticalScrollBar().value())

    def _find_place(self) -> None:
        """A new preview leaves the reader in the row where he was."""
        key, scrolled = self._place
        rows = self.cascade.rows
        places = {one.key: number for number, one in enumerate(rows)}
        row = places.get(key, places.get(self.cascade.own, 0))
        if rows:
            self.selectionModel().setCurrentIndex(self.cascade.index(row, VISIT), _SELECT)
        self.verticalScrollBar().setValue(scrolled)


_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
