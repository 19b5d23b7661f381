"""A log as a table: sorted by a column, and narrowed by what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar.entries import natural
from app.domain.search import Search, Texts
from app.services.queries.log_table import Cell, Column, LogRow, LogTable
from app.ui.style import tokens
from app.ui.widgets.text import tip
from app.wording.language import sentence_case
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
ALWAYS = ("participant",)
"""The columns that are shown even where they are empty."""
NAMED = {"visit": "visit_name", "specimen": "name", "questionnaire": "name"}
"""The columns with an id, which are left out where another one has its name."""
_MOST_NATURAL = 5_000
"""Up to so many rows, words are sorted with their numbers as numbers, which takes its time."""


@dataclass(frozen=True, slots=True)
class ShownLog:
    """A log with what the table needs of it: the worker prepares it, as a history has tens of thousands of rows."""

    table: LogTable
    columns: tuple[Column, ...]
    texts: Texts

    @classmethod
    def of(cls, table: LogTable) -> "ShownLog":
        """Prepare a log: columns without a word are left out, and every word of a row is found."""
        said = {name for row in table.rows for name, cell in row.cells.items() if cell.text}
        wanted = said.union(ALWAYS) - {key for key, name in NAMED.items() if name in said}
        columns = tuple(one for one in table.columns if one.at_terminal and one.name in wanted)
        return cls(table, columns, Texts([cell.text for cell in row.cells.values()] for row in table.rows))


_NOTHING = ShownLog.of(LogTable("", (), ()))


class LogTableModel(QAbstractTableModel):
    """The rows of one log that the search leaves, in the chosen order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = _NOTHING
        self.rows: list[LogRow] = []
        self._text = ""
        self._sorted: tuple[str, bool] = ("", False)

    @property
    def table(self) -> LogTable:
        """The log, with all of its rows."""
        return self._shown.table

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are shown."""
        return self._shown.columns

    def show_log(self, shown: ShownLog) -> None:
        """Show another log, or the same one read again; another one is in its own order."""
        self.beginResetModel()
        if shown.table.name != self.table.name:
            self._sorted = ("", False)
        self._shown = shown
        self._choose_rows()
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Show the rows in which the text is found in any column."""
        self.beginResetModel()
        self._text = text
        self._choose_rows()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column: numbers and days by their value, words in natural order, empty cells last."""
        if not 0 <= column < len(self.columns):
            return
        self.beginResetModel()
        self._sorted = (self.columns[column].name, order == Qt.SortOrder.DescendingOrder)
        self._choose_rows()
        self.endResetModel()

    def _choose_rows(self) -> None:
        rows = [self.table.rows[number] for number in self._shown.texts.found(Search(self._text))]
        name, falling = self._sorted
        if name:
            filled = [row for row in rows if row.cell(name).text]
            empty = [row for row in rows if not row.cell(name).text]
            key = _natural_order if len(rows) <= _MOST_NATURAL else _plain_order
            rows = [*sorted(filled, key=lambda row: key(row.cell(name)), reverse=falling), *empty]
        self.rows = rows

    def in_full(self, place: int) -> str:
        """Return every cell of a row with the title of its column, in one line; empty where there is no such row."""
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        if row is None:
            return ""
        said = ((one.title, row.cell(one.name).text) for one in self.table.columns)
        return visible_line("; ".join(f"{sentence_case(title)}: {text}" for title, text in said if text))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return visible_line(sentence_case(self.columns[section].title))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text = visible_line(self.rows[index.row()].cell(self.columns[index.column()].name).text)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.FontRole and self.columns[index.column()].name == "participant":
            return tokens.font(strong=True)
        return None


def _natural_order(cell: Cell) -> tuple[int, float, tuple[str | int, ...]]:
    """Return the sort key of a cell: numbers before words, and in words ``cycle 2`` before ``cycle 10``."""
    rank, value, text = _plain_order(cell)
    return rank, value, natural(text)


def _plain_order(cell: Cell) -> tuple[int, float, str]:
    """Return the sort key of a cell: numbers before words, days by their value."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return 0, float(cell.value), ""
    return 1, 0.0, cell.value if cell.is_plain and isinstance(cell.value, str) else cell.text
