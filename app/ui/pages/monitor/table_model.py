"""A log as a table: sorted by a column, and narrowed by what is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar.entries import natural
from app.domain.search import Search
from app.services.queries.log_table import Cell, Column, LogRow, LogTable
from app.ui.style import tokens
from app.ui.widgets.text import tip
from app.wording.language import sentence_case
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
_EMPTY = LogTable("", (), ())
ALWAYS = ("participant",)
"""The columns that are shown even where they are empty."""
NAMED = {"visit": "visit_name", "specimen": "name", "questionnaire": "name"}
"""The columns with an id, which are left out where another one has its name."""


class LogTableModel(QAbstractTableModel):
    """The rows of one log that the search leaves, in the chosen order; columns without a word are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = _EMPTY
        self.columns: Sequence[Column] = ()
        self.rows: list[LogRow] = []
        self._text = ""
        self._sorted: tuple[str, bool] = ("", False)

    def show_table(self, table: LogTable) -> None:
        """Show another log, or the same one read again; another one is in its own order."""
        self.beginResetModel()
        if table.name != self.table.name:
            self._sorted = ("", False)
        self.table = table
        said = {name for row in table.rows for name, cell in row.cells.items() if cell.text}
        hidden = {key for key, name in NAMED.items() if name in said}
        wanted = said.union(ALWAYS) - hidden
        self.columns = [one for one in table.columns if one.at_terminal and one.name in wanted]
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
        search = Search(self._text)
        rows = [row for row in self.table.rows if search.finds(*(row.cell(one.name).text for one in self.columns))]
        name, falling = self._sorted
        if name:
            filled = [row for row in rows if row.cell(name).text]
            empty = [row for row in rows if not row.cell(name).text]
            rows = [*sorted(filled, key=lambda row: _order(row.cell(name)), reverse=falling), *empty]
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


def _order(cell: Cell) -> tuple[int, float, list[tuple[int, int, str]] | object]:
    """Return the sort key of a cell: numbers before words."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return (0, float(cell.value), natural(""))
    text = cell.value if cell.is_plain and isinstance(cell.value, str) else cell.text
    return (1, 0.0, natural(text))
