"""A table of texts: each row is put into words only when it is shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.ui.style import tokens
from app.ui.widgets.code_column import code_width, longest_code
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.text import tip
from app.wording.visible import visible_line

_Index = QModelIndex | QPersistentModelIndex


class TextRowsModel(QAbstractTableModel):
    """Rows of any kind; `words` puts one of them into words, column by column."""

    def __init__(self, titles: Sequence[str], words: Callable[[Any], Sequence[str]], parent: QWidget) -> None:
        """Make a model without rows; `titles`: those of its columns."""
        super().__init__(parent)
        self._titles, self._words = titles, words
        self.rows: Sequence[Any] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows instead of the ones before."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def cells(self, row: int) -> tuple[str, ...]:
        """Return one row in words, column by column."""
        return tuple(map(visible_line, self._words(self.rows[row])))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._titles[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(index.row())[index.column()]
        return tip(self.cells(index.row())[index.column()]) if role == Qt.ItemDataRole.ToolTipRole else None


class RowsTable(QTableView):
    """A table of rows that keeps its columns and rows right at every text size."""

    def __init__(self, model: QAbstractTableModel, name: str, widths: Mapping[int, int]) -> None:
        """`name`: for a screen reader; `widths`: as for `table_of`."""
        super().__init__()
        self._widths = widths
        self._codes: tuple[int, Callable[[], Iterable[str]]] | None = None
        self.setModel(model)
        self.setAccessibleName(name)
        set_up_rows(self)
        for column in range(model.columnCount()):
            mode = QHeaderView.ResizeMode.Fixed if column in widths else QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(column, mode)
        self._fit()

    def fit_codes(self, column: int, codes: Callable[[], Iterable[str]]) -> None:
        """Give a column the width that the codes of the rows need."""
        self._codes = column, codes
        self.model().modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for column, width in self._widths.items():
            self.setColumnWidth(column, tokens.px(width))
        if self._codes is not None:
            column, codes = self._codes
            self.setColumnWidth(column, code_width(longest_code(codes()), self._widths[column]))
        self.verticalHeader().setDefaultSectionSize(tokens.row_height())

    def sizeHint(self) -> QSize:
        """Ask for no more height than the least: where there is more, a stretch gives it."""
        usual = super().sizeHint()
        return QSize(usual.width(), self.minimumHeight() or usual.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def table_of(model: QAbstractTableModel, name: str, widths: Mapping[int, int]) -> RowsTable:
    """Return a table of rows. `widths`: those of the columns that do not share the rest, at a text size of 100 %."""
    return RowsTable(model, name, widths)
