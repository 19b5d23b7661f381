"""The model of the impact table: one row for each visit; its texts are made when they are first seen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.calendar.difference import Change, ChangeKind
from app.domain.calendar.entries import Calendar
from app.ui.style import tokens
from app.ui.visit import impact_text as text
from app.ui.widgets.text import tip
from app.wording.language import gettext as _
from app.wording.language import marked
from app.wording.names import visit_name
from app.wording.protocol_names import NO_NAMES, visits_in

ALONG, VISIT, NOW, NEW, SHIFT, WINDOW, WHY = range(7)
HEADS = (
    marked("along"),
    marked("visit"),
    marked("now"),
    marked("new"),
    marked("shift"),
    marked("window"),
    marked("why"),
)
"""The names of the columns, to be translated when they are shown."""
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICKED = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable


class ImpactTableModel(QAbstractTableModel):
    """The rows of one preview. A visit that goes along with a change may be held on its day instead."""

    holds = Signal()
    """A visit is held or released."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Change, ...] = ()
        self.held: frozenset[str] = frozenset()
        self.own = ""
        self.offers_hold = True
        self._today = date.min
        self._before: Calendar | None = None
        self._after: Calendar | None = None
        self._texts: dict[tuple[int, int], str] = {}
        self._names = NO_NAMES

    def show_changes(
        self, changes: Sequence[Change], before: Calendar | None, after: Calendar | None, own: str = ""
    ) -> None:
        """Show another preview; `own` is the visit that is recorded, moved or booked."""
        rows = text.rows_of(changes, own)
        same = [one.key for one in rows] == [one.key for one in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.own, self._before, self._after = rows, own, before, after
        self._today = after.today if after is not None else date.min
        self._names = visits_in(after) if after is not None else NO_NAMES
        self._texts.clear()
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
        """Hold the visit of that row, or release it."""
        if self.may_toggle(row):
            self.hold(self.held ^ {self.rows[row].key})

    def may_toggle(self, row: int) -> bool:
        """Tell whether the visit of that row is held or may be held."""
        if not self.offers_hold:
            return False
        return self.rows[row].key in self.held or text.may_hold(self.rows[row], self.own)

    def is_held(self, row: int) -> bool:
        """Tell whether the visit of that row stays on its day."""
        return self.rows[row].key in self.held

    def is_own(self, row: int) -> bool:
        """Tell whether the visit of that row is the one that is recorded, moved or booked."""
        return self.rows[row].key == self.own

    # The model as Qt reads it

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(HEADS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section]) if section != ALONG else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(HEADS[section])
        if role == Qt.ItemDataRole.ToolTipRole and section == ALONG:
            return tip(_("ticked: goes along; not ticked: stays on its day"))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        may_tick = index.column() == ALONG and index.isValid() and self.may_toggle(index.row())
        return _TICKED if may_tick else _PLAIN

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.may_toggle(index.row()):
            return False
        along = Qt.CheckState(value) == Qt.CheckState.Checked
        key = self.rows[index.row()].key
        self.hold(self.held - {key} if along else self.held | {key})
        return True

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == ALONG and self.may_toggle(row):
                held = self.rows[row].key in self.held
                return Qt.CheckState.Unchecked if held else Qt.CheckState.Checked
            case Qt.ItemDataRole.ForegroundRole:
                return tokens.color(self.ink(row, column))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.text(row, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
        return None

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, made when it is first asked for."""
        found = self._texts.get((row, column))
        if found is None:
            found = self._texts[row, column] = self._cell_text(self.rows[row], column)
        return found

    def _cell_text(self, change: Change, column: int) -> str:
        match column:
            case 1:
                return visit_name(text.entry_of(change))
            case 2:
                return text.now_text(change, self._today)
            case 3:
                return text.new_text(change, self._today)
            case 4:
                return text.shift_text(change)
            case 5:
                return text.window_text(change, self._names)
            case 6:
                return text.why_text(change, self._before, self._after)
            case _:
                return ""

    def _spoken(self, row: int, column: int) -> str:
        """Return the text of a cell that makes sense without its head, for screen readers."""
        change = self.rows[row]
        if column != ALONG:
            return f"{_(HEADS[column])}: {self.text(row, column) or '–'}"
        name = visit_name(text.entry_of(change))
        if change.key in self.held:
            return _("{visit} stays on its day").format(visit=name)
        return _("{visit} goes along").format(visit=name) if self.may_toggle(row) else name

    def ink(self, row: int, column: int) -> str:
        """Return the token of the colour of a cell."""
        change = self.rows[row]
        if column == WINDOW and text.speaks_against(change):
            return "due"
        gone = change.kind in (ChangeKind.CANCELLED, ChangeKind.DISAPPEARS)
        return "muted" if column in (NOW, WHY) or gone else "text"
