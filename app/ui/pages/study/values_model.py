"""The values and questions of the page Study as a table: narrowed by chips and a text, with a tick for each row."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.search import Search
from app.services.queries.value_rows import ValueRow
from app.ui.style import tokens
from app.ui.widgets.text import tip
from app.wording.language import gettext as _
from app.wording.visible import visible_line

TICK, WHAT, NOW, SOURCE, MARK, KEY = range(6)
_Index = QModelIndex | QPersistentModelIndex
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class ValuesModel(QAbstractTableModel):
    """The rows that the filter leaves, in the order of the protocols."""

    ticked = Signal()
    """Other rows are ticked."""

    def __init__(self, parent: QWidget) -> None:
        """Make a model without rows."""
        super().__init__(parent)
        self.every: Sequence[ValueRow] = ()
        self.rows: list[ValueRow] = []
        self._ticks: set[tuple[str, str]] = set()
        self._confirmed: bool | None = False
        self._protocol, self._text = "", ""

    # What is shown

    def show_values(self, rows: Sequence[ValueRow]) -> None:
        """Show these rows; a tick stays where its row is there and still to be confirmed."""
        self._ticks &= {id_of(one) for one in rows if not one.is_confirmed}
        self.every = rows
        self._choose()

    def narrow(self, confirmed: bool | None, protocol: str, text: str) -> None:
        """Show those that are confirmed, or not, or all; of one protocol, or of all; with a text in any column."""
        self._confirmed, self._protocol, self._text = confirmed, protocol, text
        self._choose()

    def _choose(self) -> None:
        search = Search(self._text)
        self.beginResetModel()
        self.rows = [
            one
            for one in self.every
            if _fits(one, self._confirmed)
            and self._protocol in ("", one.protocol)
            and search.finds(one.key, one.what, one.now, one.source, one.mark)
        ]
        self.endResetModel()
        self.ticked.emit()

    def count(self, confirmed: bool | None, protocol: str = "") -> int:
        """Return how many there are, whatever the text; of what nobody is asked about only among all."""
        return sum(_fits(one, confirmed) and protocol in ("", one.protocol) for one in self.every)

    # Ticks

    def ticked_rows(self) -> list[ValueRow]:
        """Return the rows that are ticked, also those that the filter hides."""
        return [one for one in self.every if id_of(one) in self._ticks]

    def tick(self, row: int, on: bool | None = None) -> None:
        """Tick a row, or take its tick away; without `on` the other of the two."""
        name = id_of(self.rows[row])
        wanted = name not in self._ticks if on is None else on
        (self._ticks.add if wanted else self._ticks.discard)(name)
        self.dataChanged.emit(self.index(row, TICK), self.index(row, TICK))
        self.ticked.emit()

    def tick_all(self, on: bool) -> None:
        """Tick every row that is shown, or take the ticks of all rows away."""
        self._ticks = self._ticks | set(map(id_of, self.rows)) if on else set()
        self.dataChanged.emit(self.index(0, TICK), self.index(max(len(self.rows) - 1, 0), TICK))
        self.ticked.emit()

    # The table

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return ("", _("Value or question"), _("Now"), _("Source"), _("Confirmed"), _("Key"))[section]

    def cell(self, row: int, column: int) -> str:
        """Return the words of a cell."""
        one = self.rows[row]
        return visible_line(("", one.what, one.now, one.source, one.mark, one.key)[column])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        if index.column() == TICK:
            if role == Qt.ItemDataRole.CheckStateRole:
                is_ticked = id_of(one) in self._ticks
                return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
            said = _("ticked") if id_of(one) in self._ticks else _("not ticked")
            return f"{one.what}, {said}" if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.cell(index.row(), index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == MARK:
            return tokens.color("done" if one.is_confirmed else "due" if one.is_overtaken else "text")
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return _PLAIN | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TICK else _PLAIN

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick(index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


def _fits(row: ValueRow, confirmed: bool | None) -> bool:
    """Whether a row is among those that are confirmed, or to be confirmed; None: among all."""
    if confirmed is None:
        return True
    return row.is_confirmed if confirmed else row.is_asked and not row.is_confirmed


def id_of(row: ValueRow) -> tuple[str, str]:
    """Return what a row is about: its protocol and key."""
    return row.protocol, row.key
